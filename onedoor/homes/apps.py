from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "onedoor.homes"
    label = "homes"
