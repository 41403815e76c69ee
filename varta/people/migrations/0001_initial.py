"""Tables of officers, appointments, residents and the log of looks."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_territories_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("login", models.CharField(max_length=64, verbose_name="login")),
                ("name", models.CharField(max_length=200, verbose_name="full name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in Latin letters"),
                ),
                ("sort_key", models.TextField(db_collation="C", default="")),
                ("rank", models.CharField(blank=True, max_length=80, verbose_name="rank")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("uk", "Українська"), ("en", "English")], default="uk", max_length=2
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "As the device"), ("light", "Light"), ("dark", "Dark")],
                        default="auto",
                        max_length=5,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("password_until", models.DateTimeField(null=True)),
                ("is_demo", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=32)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="people.officer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("role", models.CharField(blank=True, max_length=32)),
                ("unit_pre", models.IntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=24)),
                ("subject_kind", models.CharField(blank=True, max_length=16)),
                ("subject_key", models.CharField(blank=True, max_length=64)),
                ("purpose", models.CharField(blank=True, max_length=24)),
                ("reason", models.TextField(blank=True)),
                ("case_number", models.CharField(blank=True, max_length=64)),
                ("detail", models.JSONField(default=dict)),
                ("origin", models.CharField(blank=True, max_length=64)),
                ("hash", models.BinaryField()),
                (
                    "officer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-key"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("surname", models.CharField(blank=True, max_length=100, verbose_name="surname")),
                ("given", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                ("patronymic", models.CharField(blank=True, max_length=100, verbose_name="patronymic")),
                ("birth_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("", "not stated"), ("f", "female"), ("m", "male")],
                        max_length=1,
                        verbose_name="sex",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("phone_digits", models.CharField(blank=True, max_length=20)),
                ("tax_number", models.CharField(blank=True, max_length=10, verbose_name="tax number")),
                ("residence", models.TextField(blank=True, verbose_name="residence")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("sort_key", models.TextField(db_collation="C")),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "phone_grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["sort_key", "key"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="people_person_by_name"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["phone_grams"], name="people_person_by_phone"
                    ),
                    models.Index(fields=["sort_key"], name="people_person_in_order"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("login"), name="people_officer_login_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "administrator",
                            "analyst",
                            "auditor",
                            "coordinator",
                            "criminal_block",
                            "duty",
                            "editor",
                            "head",
                            "hromada_officer",
                            "juvenile_officer",
                            "partner",
                        ],
                    )
                ),
                name="people_appointment_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="people_appointment_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["subject_kind", "subject_key", "at"], name="people_look_by_subject"),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["officer", "at"], name="people_look_by_officer"),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["at"], name="people_look_by_time"),
        ),
    ]
