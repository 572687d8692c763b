from django.urls import path

from onedoor.programme import views

app_name = "programme"
urlpatterns = [
    path("baseline/", views.baseline, name="baseline"),
    path("baseline/make/", views.make, name="make"),
    path("baseline/<uuid:baseline_id>/", views.baseline, name="one_baseline"),
    path("baseline/<uuid:baseline_id>/repairs/", views.repairs, name="repairs"),
    path("baseline/<uuid:baseline_id>/repairs.csv", views.repairs_csv, name="repairs_csv"),
]
