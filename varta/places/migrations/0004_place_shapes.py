"""Boundaries of places, for maps."""

import django.db.models.deletion
from django.db import migrations, models

import varta.places.models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_former_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceShape",
            fields=[
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shape",
                        serialize=False,
                        to="places.territory",
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("oblast", varta.places.models.CodeField(blank=True, db_collation="C", max_length=64)),
                ("geometry", models.TextField()),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["level", "oblast"], name="place_shape_level_oblast")],
            },
        ),
    ]
