from django.apps import AppConfig


class Govuk(AppConfig):
    name = "onedoor.govuk"
    label = "govuk"
    verbose_name = "Paintwork"
