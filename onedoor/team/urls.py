from django.urls import path

from onedoor.team import views

app_name = "team"
urlpatterns = [
    path("team/", views.people, name="people"),
    path("team/invite/", views.invite, name="invite"),
    path("team/invite/<slug:role>/", views.invite_as, name="invite_as"),
    path("team/<uuid:account_id>/", views.person, name="person"),
    path("team/<uuid:account_id>/role/", views.give_role, name="give_role"),
    path("team/<uuid:account_id>/role/<slug:role>/", views.give_role_as, name="give_role_as"),
    path("team/<uuid:account_id>/send-again/", views.send_again, name="send_again"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.ask_for_help, name="help"),
    path("record/", views.the_record, name="record"),
]
