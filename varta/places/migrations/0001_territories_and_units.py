"""The tables of places and of units."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import varta.places.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Territory",
            fields=[
                (
                    "code",
                    varta.places.models.CodeField(
                        db_collation="C", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("name_en", models.TextField()),
                ("sort_key", models.TextField(db_collation="C")),
                ("folded", models.TextField(db_collation="C")),
                ("folded_en", models.TextField(db_collation="C")),
                ("pre", models.IntegerField(unique=True)),
                ("pre_end", models.IntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("level", models.SmallIntegerField()),
                ("category", models.CharField(blank=True, max_length=32)),
                (
                    "oblast",
                    varta.places.models.CodeField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                (
                    "raion",
                    varta.places.models.CodeField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                (
                    "hromada",
                    varta.places.models.CodeField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                ("kind", models.CharField(blank=True, max_length=16)),
                (
                    "centre",
                    varta.places.models.CodeField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                ("population", models.IntegerField(blank=True, null=True)),
                ("population_on", models.DateField(blank=True, null=True)),
                ("population_source", models.CharField(blank=True, max_length=200)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("point_source", models.CharField(blank=True, max_length=200)),
                (
                    "became",
                    varta.places.models.CodeField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(db_collation="C"), size=None
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory",
                "ordering": ["pre"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TerritoryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("parent", "Parent"),
                            ("category", "Category"),
                            ("absence", "Absence from the codifier"),
                        ],
                        max_length=16,
                    ),
                ),
                ("was", models.TextField()),
                ("until", models.DateField()),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="places.territory",
                    ),
                ),
            ],
            options={
                "ordering": ["territory", "-until", "what"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "code",
                    varta.places.models.CodeField(
                        db_collation="C", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("name_en", models.TextField()),
                ("sort_key", models.TextField(db_collation="C")),
                ("folded", models.TextField(db_collation="C")),
                ("folded_en", models.TextField(db_collation="C")),
                ("pre", models.IntegerField(unique=True)),
                ("pre_end", models.IntegerField()),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("headquarters", "Headquarters"),
                            ("main_directorate", "Main directorate"),
                            ("directorate", "Directorate"),
                            ("raion_directorate", "Raion directorate"),
                            ("department", "Department"),
                            ("division", "Division"),
                            ("sector", "Sector"),
                            ("station", "Police station"),
                            ("service", "Partner service"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "branch",
                    models.CharField(
                        choices=[
                            ("headquarters", "Leadership"),
                            ("prevention", "Prevention"),
                            ("criminal", "Criminal block"),
                            ("patrol", "Patrol"),
                            ("dispatch", "Dispatch"),
                            ("partner", "Partner service"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "ordering": ["pre"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_links",
                        to="places.territory",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="place_links",
                        to="places.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="unit",
            name="places",
            field=models.ManyToManyField(
                related_name="units", through="places.UnitPlace", to="places.territory"
            ),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["level", "pre"], name="territory_level_pre"),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["parent", "sort_key"], name="territory_parent_sort"),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["folded"], name="territory_folded"),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["folded_en"], name="territory_folded_en"),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["grams"], name="territory_grams"
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("pre_end__gte", models.F("pre"))), name="territory_interval_is_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (0, 5))), name="territory_level_is_0_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("population__isnull", True), ("population__gte", 0), _connector="OR"),
                name="territory_population_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                    _connector="OR",
                ),
                name="territory_point_is_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="territorychange",
            constraint=models.UniqueConstraint(
                fields=("territory", "what", "until"), name="one_change_of_a_kind_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitplace",
            constraint=models.UniqueConstraint(
                fields=("unit", "place"), name="a_unit_answers_for_a_place_once"
            ),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["branch", "pre"], name="unit_branch_pre"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("pre_end__gte", models.F("pre"))), name="unit_interval_is_forward"
            ),
        ),
    ]
