from datetime import UTC, date, datetime

from django.db import migrations

from onedoor.door import rules

PUBLISHED = date(2019, 11, 6)


def word_the_national_keys(apps, schema_editor):
    """A council starts with the wording the model's authors print, and may then use its own."""
    Provocation = apps.get_model("door", "Provocation")
    for national in rules.provocations().values():
        Provocation.objects.get_or_create(
            key=national.key,
            version=1,
            defaults={
                "wording": national.wording,
                "from_on": PUBLISHED,
                "recorded_at": datetime(2019, 11, 6, tzinfo=UTC),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("door", "0001_initial")]
    operations = [migrations.RunPython(word_the_national_keys, migrations.RunPython.noop)]
