"""A number belongs to the journal of the unit that gave it, wherever the case moves afterwards."""

from django.db import migrations, models

from varta.people.scope import Reader, reading

FILL = "UPDATE cases_case c SET journal = e.unit FROM cases_entry e WHERE e.key = c.key"


def fill(apps, editor) -> None:
    """Write the unit of each opening entry."""
    with reading(Reader.system()), editor.connection.cursor() as cursor:
        cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_addressed")]

    operations = [
        migrations.AddField("case", "journal", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint("case", "cases_journal_number_is_given_once"),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                fields=["procedure", "journal", "year", "number"], name="cases_journal_number_is_given_once"
            ),
        ),
    ]
