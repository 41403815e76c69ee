"""Reports to hromadas as they were published, the hromada's opinion, and drafts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("officers", "0002_walls"),
        ("places", "0005_universities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HromadaOpinion",
            fields=[
                ("case", models.UUIDField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=8)),
                ("decision", models.TextField(blank=True)),
                ("given_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                ("case", models.UUIDField(primary_key=True, serialize=False)),
                ("content", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HromadaReport",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("case", models.UUIDField()),
                ("address", models.UUIDField()),
                ("revision", models.SmallIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("held_on", models.DateField()),
                ("content", models.JSONField()),
                ("figures", models.JSONField()),
                ("published_at", models.DateTimeField()),
                (
                    "hromada",
                    models.ForeignKey(
                        db_column="hromada",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.territory",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_column="unit",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-revision"],
                "indexes": [
                    models.Index(fields=["hromada", "published_at"], name="officers_report_of_hromada")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address", "revision"), name="officers_report_revision_is_one"
                    )
                ],
            },
        ),
    ]
