"""Residents of the cases that are there already are made findable, and then indexed."""

from django.db import migrations

from varta.cases import sql
from varta.people.scope import Reader, reading
from varta.people.sql import INDEXES


def fill(apps, editor) -> None:
    """Write what residents are found by; a second row of one that came meanwhile does no harm."""
    with reading(Reader.system()), editor.connection.cursor() as cursor:
        cursor.execute(sql.FILL)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0003_findable_people")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(migrations.RunSQL(index) for index in INDEXES),
    ]
