from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class HomesConfig(AppConfig):
    name = "onedoor.homes"
    label = "homes"

    def ready(self) -> None:
        from onedoor.homes import lock

        checks.register(lock.still_in_place, checks.Tags.database)
        post_migrate.connect(lock.put_in_place, sender=self)
