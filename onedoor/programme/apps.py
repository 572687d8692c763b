from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "onedoor.programme"
    label = "programme"
