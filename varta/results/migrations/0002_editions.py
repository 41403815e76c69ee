"""Frozen reports have editions, and say in which case they were agreed."""

from django.db import migrations, models

# Those frozen before are first editions of themselves; the owner writes past the wall for this once.
NAMED = """
ALTER TABLE results_frozenreport NO FORCE ROW LEVEL SECURITY;
UPDATE results_frozenreport SET "of" = name;
ALTER TABLE results_frozenreport FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("results", "0001_frozen_reports")]

    operations = [
        migrations.AddField("frozenreport", "of", models.SlugField(default="", max_length=80), False),
        migrations.AddField("frozenreport", "edition", models.IntegerField(default=1)),
        migrations.AddField("frozenreport", "reason", models.TextField(default="")),
        migrations.AddField("frozenreport", "case", models.UUIDField(null=True)),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "frozenreport",
            models.UniqueConstraint(fields=["of", "edition"], name="one_row_for_each_edition"),
        ),
    ]
