from django.urls import path

from onedoor.today import views

app_name = "today"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("young-person/<uuid:young_person_id>/step-away/", views.step_away, name="step_away"),
    path("tonight/", views.tonight, name="tonight"),
    path("young-person/<uuid:young_person_id>/", views.young_person, name="young_person"),
    path("team/<uuid:account_id>/leaving/", views.leave, name="leave"),
    path("team/roles/<uuid:membership_id>/ending/", views.end_role, name="end_role"),
]
