"""Frozen reports, which the application's role may add and read within its scope, but not change."""

from django.db import migrations, models

from varta.people.scope import SETTING

WITHIN = f"""
    place_from >= {SETTING["place_from"]} AND place_to <= {SETTING["place_to"]}
    AND unit_from >= {SETTING["unit_from"]} AND unit_to <= {SETTING["unit_to"]}
"""
WALLS = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON results_frozenreport FROM varta_app, PUBLIC;
ALTER TABLE results_frozenreport ENABLE ROW LEVEL SECURITY;
ALTER TABLE results_frozenreport FORCE ROW LEVEL SECURITY;
CREATE POLICY within_scope ON results_frozenreport USING ({WITHIN}) WITH CHECK ({WITHIN});
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FrozenReport",
            fields=[
                ("name", models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("asked", models.JSONField()),
                ("rows", models.JSONField()),
                ("files", models.JSONField()),
                ("watermark", models.BigIntegerField()),
                ("version", models.TextField()),
                ("law", models.TextField()),
                ("place_from", models.IntegerField()),
                ("place_to", models.IntegerField()),
                ("unit_from", models.IntegerField()),
                ("unit_to", models.IntegerField()),
            ],
            options={"ordering": ["-made_at"]},
        ),
        migrations.RunSQL(WALLS, "DROP POLICY within_scope ON results_frozenreport;"),
    ]
