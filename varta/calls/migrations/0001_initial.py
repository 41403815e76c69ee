"""Which lines of which source are loaded. What is noted stays: the role of the application may not change it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LoadedLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.TextField(db_collation="C")),
                ("number", models.TextField(db_collation="C")),
                ("case_key", models.UUIDField()),
            ],
            options={"verbose_name": "loaded line"},
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON calls_loadedline FROM varta_app, PUBLIC;",
            migrations.RunSQL.noop,
        ),
    ]
