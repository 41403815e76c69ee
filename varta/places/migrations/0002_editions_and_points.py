"""Which files described a tree, and an index for the nearest place."""

from django.db import migrations, models

import varta.places.models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_territories_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("root", varta.places.models.CodeField(db_collation="C", max_length=64)),
                ("as_of", models.DateField()),
                ("source", models.CharField(max_length=200)),
                ("rows", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("added", models.IntegerField()),
                ("closed", models.IntegerField()),
                ("changed", models.IntegerField()),
            ],
            options={
                "ordering": ["root", "as_of", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(
                condition=models.Q(("lat__isnull", False)), fields=["lat", "lon"], name="territory_point"
            ),
        ),
    ]
