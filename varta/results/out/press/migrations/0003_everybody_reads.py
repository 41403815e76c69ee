"""Statements that were published are read by everybody."""

from django.db import migrations

from varta.results.out.press.sql import OPEN, SHUT


class Migration(migrations.Migration):
    dependencies = [("press", "0002_walls")]

    operations = [migrations.RunSQL(OPEN, SHUT)]
