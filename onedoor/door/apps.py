from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "onedoor.door"
    label = "door"
