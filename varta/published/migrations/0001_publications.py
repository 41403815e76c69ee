"""Tables of what was published, and of the counts behind it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.SlugField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("title", models.JSONField()),
                ("of", models.SlugField(max_length=120)),
                ("edition", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.BigIntegerField(null=True)),
                ("shown", models.JSONField()),
                ("loss", models.JSONField()),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "of", "edition"), name="one_publication_for_each_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Counts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.TextField()),
                ("first", models.CharField(max_length=10)),
                ("last", models.CharField(max_length=10)),
                ("rows", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="published.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["publication_id", "pk"],
                "indexes": [models.Index(fields=["quantity"], name="published_counts_quantity")],
            },
        ),
    ]
