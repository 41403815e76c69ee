"""Row-level security and privileges of letters, offices and reminders; the indexes of the register."""

from django.db import migrations

from varta.appeals import sql


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_letters_offices_reception"), ("cases", "0002_journal_and_walls")]

    operations = [
        migrations.RunSQL(part) for part in (sql.LETTERS, sql.FORMS, sql.OFFICES, sql.REMINDERS, sql.REGISTER)
    ]
