"""One place for a person at a time; row-level security and privileges; how full a cohort is."""

from django.db import migrations

from varta.officers import sql


class Migration(migrations.Migration):
    dependencies = [("officers", "0001_programme"), ("cases", "0002_journal_and_walls")]

    operations = [
        migrations.RunSQL(statement)
        for statement in (sql.ONE_AT_A_TIME, sql.WALLS, sql.OF_MEMORANDA, sql.ENROLLED)
    ]
