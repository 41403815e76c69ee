"""Shortages of forces beside their calls."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_walls_of_crews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shortage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "call", "nth", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("call", models.UUIDField()),
                ("nth", models.SmallIntegerField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at", None)), fields=["asked_at"], name="calls_undecided"
                    )
                ],
            },
        ),
    ]
