"""Front-line and occupied territory by day, and beats."""

import django.db.models.deletion
from django.db import migrations, models

import varta.places.models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0005_universities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("source", models.TextField()),
                ("verified_by", models.TextField(blank=True)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False)),
                ("code", varta.places.models.CodeField(db_collation="C", max_length=64)),
                ("name", models.TextField()),
                ("kind", models.CharField(choices=[("rural", "rural"), ("urban", "urban")], max_length=8)),
                ("population", models.IntegerField(blank=True, null=True)),
                ("population_on", models.DateField(blank=True, null=True)),
                (
                    "hromada",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beats",
                        to="places.territory",
                    ),
                ),
                (
                    "places",
                    models.ManyToManyField(blank=True, related_name="beats_of", to="places.territory"),
                ),
            ],
            options={
                "ordering": ["hromada", "code", "since"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "since"), name="a_beat_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("rural", "urban"))), name="beat_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("population__isnull", True), ("population__gte", 0), _connector="OR"
                        ),
                        name="beat_population_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="beat_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TerritoryFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("source", models.TextField()),
                ("verified_by", models.TextField(blank=True)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("front_line", "front-line"), ("occupied", "occupied")], max_length=16
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="places.territory",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "since", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "kind", "since"), name="a_fact_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("front_line", "occupied"))),
                        name="territory_fact_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="territory_fact_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
