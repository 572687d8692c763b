"""`onedoor manage check_nights`: do the nights say what the stays say?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onedoor.homes import nights


class Command(BaseCommand):
    help = "Compare every night with the stay or repair that holds it, and say what disagrees."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = nights.check()
        for sentence in faults:
            self.stdout.write(sentence)
        if faults:
            raise CommandError(f"{len(faults)} disagree. Nothing was changed.")
        self.stdout.write("Every night agrees with its stay.")
