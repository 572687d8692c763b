from django.db import migrations, models
from django.db.models import F, Q


def name_the_files(apps, schema_editor):
    """Until now the digest of returns was that of their files."""
    apps.get_model("programme", "Returns").objects.update(of_files=F("digest"))


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_a_costing_keeps_its_inputs")]
    operations = [
        migrations.AddField(
            "returns", "authority", models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            "returns", "hubs_name", models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            "returns", "hubs", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "returns", "of_files", models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_files, migrations.RunPython.noop),
        migrations.AlterField(
            "returns", "of_files", models.CharField(db_index=True, max_length=64)
        ),
        migrations.AddConstraint(
            "returns",
            models.CheckConstraint(
                condition=Q(packed__isnull=False) | Q(hubs=""), name="returns_let_go_with_hubs"
            ),
        ),
    ]
