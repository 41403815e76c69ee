"""Row-level security of shortages, and an index of open calls."""

from django.db import migrations

from varta.calls import sql


class Migration(migrations.Migration):
    dependencies = [("calls", "0004_shortages"), ("cases", "0002_journal_and_walls")]

    operations = [migrations.RunSQL(sql.SHORTAGES), migrations.RunSQL(sql.OPEN_CALLS)]
