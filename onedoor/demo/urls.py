from django.urls import path

from onedoor.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.sign_in, name="sign_in"),
    path("<uuid:account_id>/", views.be, name="be"),
]
