"""Statements and templates are read within one's area, added by editors, and changed by nobody."""

from django.db import migrations

from varta.results.out.press.sql import DOWN, WALLS


class Migration(migrations.Migration):
    dependencies = [("press", "0001_statements")]

    operations = [migrations.RunSQL(WALLS, DOWN)]
