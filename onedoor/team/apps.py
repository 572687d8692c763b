from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class TeamConfig(AppConfig):
    name = "onedoor.team"
    label = "team"

    def ready(self) -> None:
        from onedoor.team import engine, seal, signing_in

        checks.register(engine.settings_keep_promises, checks.Tags.database)
        checks.register(seal.still_in_place, checks.Tags.database)
        # Migrations that remake a table on SQLite drop its triggers without a word.
        post_migrate.connect(seal.put_in_place, sender=self)
        connection_created.connect(engine.refuse_unsafe)
        user_logged_in.connect(signing_in.leave_behind)
