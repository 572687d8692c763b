from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubjectsConfig(AppConfig):
    name = "onedoor.team.subjects"
    label = "subjects"

    def ready(self) -> None:
        from onedoor.team import seal

        post_migrate.connect(seal.put_in_place, sender=self)
