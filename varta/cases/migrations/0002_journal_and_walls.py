"""The partitioned journal, its privileges, and row-level security."""

from django.db import migrations

from varta.cases import sql


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases"), ("people", "0002_policies")]

    operations = [
        migrations.RunSQL(statements)
        for statements in (
            sql.ENTRY,
            sql.PARTITION,
            sql.PRIVILEGES,
            sql.MONTHS,
            sql.POLICIES,
            sql.LOCKED_HISTORY,
            sql.PERSONS,
        )
    ]
