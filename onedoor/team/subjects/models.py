"""The one table of the record that names young people, by opaque id.

It is an app of its own so that the national forum, which keeps a record too, is installed without
it: no table there could hold a young person.
"""

from django.apps import apps
from django.db import models

from onedoor.team.models import Entry


class EntrySubject(models.Model):
    """A young person whom an entry is about, by opaque id: the record never points forward."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="subjects")
    subject = models.UUIDField()

    keep = ("id", "entry")
    scrub = ("subject",)
    never_leaves = ()

    class Meta:
        # Named outright, so that the class can be imported where its table is not installed.
        app_label = "subjects"
        db_table = "team_entrysubject"
        constraints = [
            models.UniqueConstraint(fields=["subject", "entry"], name="one_line_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} about {self.subject}"


def are_kept() -> bool:
    """Whether this installation may hold anybody's id. The forum's may not."""
    return apps.is_installed("onedoor.team.subjects")
