"""Cohorts, and the projections of the programme: stays, memoranda, duties, stations, assets."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import varta.places.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0008_no_grams_of_persons"),
        ("places", "0005_universities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                (
                    "code",
                    varta.places.models.CodeField(
                        db_collation="C", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("course_uk", models.CharField(max_length=200)),
                ("course_en", models.CharField(max_length=200)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("capacity", models.IntegerField()),
                ("curriculum", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "university",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cohorts", to="places.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["begins", "code"],
            },
        ),
        migrations.CreateModel(
            name="Memorandum",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("place_pre", models.IntegerField()),
                ("unit_pre", models.IntegerField()),
                ("applied_on", models.DateField()),
                ("wanted", models.IntegerField()),
                ("signed_on", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("officers", models.IntegerField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("end_why", models.CharField(blank=True, max_length=16)),
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
                    "oblast",
                    models.ForeignKey(
                        db_column="oblast",
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
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("nth", models.SmallIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "memorandum", "nth", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("side", models.CharField(max_length=8)),
                ("what", models.CharField(max_length=16)),
                ("about", models.TextField(blank=True)),
                ("due", models.DateField()),
                ("met_on", models.DateField(null=True)),
                (
                    "memorandum",
                    models.ForeignKey(
                        db_column="memorandum",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="duties",
                        to="officers.memorandum",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("nth", models.SmallIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "memorandum", "nth", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("side", models.CharField(max_length=8)),
                ("what", models.TextField()),
                ("plate", models.TextField(blank=True)),
                ("count", models.IntegerField()),
                ("given_on", models.DateField()),
                (
                    "memorandum",
                    models.ForeignKey(
                        db_column="memorandum",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="assets",
                        to="officers.memorandum",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Station",
            fields=[
                ("nth", models.SmallIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "memorandum", "nth", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                (
                    "memorandum",
                    models.ForeignKey(
                        db_column="memorandum",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="stations",
                        to="officers.memorandum",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        db_column="settlement",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case", "nth", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case", models.UUIDField()),
                ("nth", models.SmallIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("candidate", "candidate"),
                            ("training", "in training"),
                            ("internship", "on internship"),
                            ("serving", "serving"),
                            ("leave", "on leave"),
                            ("left", "left"),
                        ],
                        max_length=12,
                    ),
                ),
                ("place_pre", models.IntegerField()),
                ("unit_pre", models.IntegerField()),
                ("began", models.DateField()),
                ("ended", models.DateField(null=True)),
                ("finished", models.DateField(null=True)),
                ("why", models.CharField(blank=True, max_length=16)),
                (
                    "cohort",
                    models.ForeignKey(
                        db_column="cohort",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="officers.cohort",
                    ),
                ),
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
                    "oblast",
                    models.ForeignKey(
                        db_column="oblast",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.territory",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_column="person",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("begins"))),
                name="officers_cohort_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1)), name="officers_cohort_takes_somebody"
            ),
        ),
        migrations.AddIndex(
            model_name="memorandum",
            index=models.Index(fields=["place_pre"], name="officers_memorandum_by_place"),
        ),
        migrations.AddIndex(
            model_name="memorandum",
            index=models.Index(fields=["hromada"], name="officers_memorandum_of"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("met_on", None)), fields=["due"], name="officers_duty_unmet"
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["stage", "began"], name="officers_stay_by_stage"),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["place_pre", "began"], name="officers_stay_by_place"),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                condition=models.Q(("cohort__isnull", False)),
                fields=["cohort"],
                name="officers_stay_of_cohort",
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended", None), ("ended__gt", models.F("began")), _connector="OR"),
                name="officers_stay_ends_after_it_begins",
            ),
        ),
    ]
