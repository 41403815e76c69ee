"""Tables of partner systems, their keys, their messages, and how often they asked."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_sealed_residence"),
        ("places", "0003_former_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="partner_system",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                (
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), size=None
                    ),
                ),
                ("channel", models.CharField(max_length=16)),
                ("per_minute", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
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
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("door", models.CharField(max_length=8)),
                ("sender", models.CharField(blank=True, max_length=200)),
                ("identifier", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField()),
                ("digest", models.BinaryField()),
                ("case_key", models.UUIDField()),
                ("service", models.CharField(blank=True, max_length=40)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="api.partner"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("name", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("hash", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="api.partner"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "partner_id",
                        "minute",
                        "slot",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("minute", models.DateTimeField()),
                ("slot", models.SmallIntegerField()),
                ("asked", models.IntegerField(default=0)),
                ("faulty", models.IntegerField(default=0)),
                ("over", models.IntegerField(default=0)),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="api.partner",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights__contained_by", ["cap_in", "cap_out", "open311", "calls"])),
                name="api_partner_rights_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["line_112", "other_body"])),
                name="api_partner_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_minute__gte", 1)), name="api_partner_may_ask_at_all"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["case_key"], name="api_message_of_case"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["door", "sent_at"], name="api_message_by_time"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("partner", "door", "sender", "identifier"), name="api_message_comes_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("door__in", ["cap", "open311", "call"])), name="api_message_door_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="use",
            index=models.Index(fields=["minute"], name="api_use_by_minute"),
        ),
    ]
