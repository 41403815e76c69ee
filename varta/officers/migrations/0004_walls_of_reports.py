"""Row-level security and privileges of reports to hromadas."""

from django.db import migrations

from varta.officers.hromada import sql


class Migration(migrations.Migration):
    dependencies = [("officers", "0003_reports_to_hromadas"), ("cases", "0002_journal_and_walls")]

    operations = [migrations.RunSQL(sql.REPORTS)]
