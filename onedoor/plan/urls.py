from django.urls import path

from onedoor.plan import views

app_name = "plan"
HERE = "young-person/<uuid:young_person_id>/plan/"
urlpatterns = [
    path(HERE, views.plan, name="plan"),
    path(HERE + "open/", views.open_plan, name="open"),
    path(HERE + "hear/", views.hear, name="hear"),
    path(HERE + "aspire/", views.aspire, name="aspire"),
    path(HERE + "goal/", views.goal, name="goal"),
    path(HERE + "goals/<uuid:goal_id>/step/", views.step, name="step"),
    path(HERE + "goals/<uuid:goal_id>/ending/", views.goal_ending, name="goal_ending"),
    path(HERE + "steps/<uuid:step_id>/done/", views.step_done, name="step_done"),
]
