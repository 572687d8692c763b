from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "onedoor.today"
    label = "today"
