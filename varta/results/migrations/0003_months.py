"""Frozen reports keep their figures month by month, for little charts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0002_editions")]

    operations = [migrations.AddField("frozenreport", "months", models.JSONField(default=dict))]
