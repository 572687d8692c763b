from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "onedoor.plan"
    label = "plan"
