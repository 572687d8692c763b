from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "onedoor.outcomes"
    label = "outcomes"
