"""Cases are found by the words of their address."""

from django.db import migrations

from varta.cases import sql
from varta.people.scope import Reader, reading


def fill(apps, editor) -> None:
    """Write the words of the addresses that are there already; a second row of one does no harm."""
    with reading(Reader.system()), editor.connection.cursor() as cursor:
        cursor.execute(sql.FILL_ADDRESSED)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0005_number_within_units")]

    operations = [
        migrations.RunSQL(sql.ADDRESSED),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(sql.ADDRESSED_INDEX),
    ]
