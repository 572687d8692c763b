from django.urls import path

from onedoor.programme.views import baselines

app_name = "programme"
urlpatterns = [
    path("baseline/", baselines.baseline, name="baseline"),
    path("baseline/make/", baselines.make, name="make"),
    path("baseline/<uuid:baseline_id>/", baselines.baseline, name="one_baseline"),
    path("baseline/<uuid:baseline_id>/repairs/", baselines.repairs, name="repairs"),
    path("baseline/<uuid:baseline_id>/repairs.csv", baselines.repairs_csv, name="repairs_csv"),
]
