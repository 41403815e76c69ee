"""Row-level security and privileges of meetings, seats and decisions."""

from django.db import migrations

from varta.results.meetings import sql


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings"), ("cases", "0002_journal_and_walls")]

    operations = [migrations.RunSQL(sql.WALLS)]
