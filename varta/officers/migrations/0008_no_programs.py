"""Programs of partners have a place and a unit too, and no business in the programme: see decision 0011."""

from django.db import migrations

ROLE = "(SELECT coalesce(current_setting('varta.role', true), ''))"
TABLES = ("cohort", "stay", "memorandum", "duty", "station", "asset", "plan", "proposal")
STAY_OUT = "".join(
    f"""
    DROP POLICY IF EXISTS officers_{table}_not_for_programs ON officers_{table};
    CREATE POLICY officers_{table}_not_for_programs ON officers_{table} AS RESTRICTIVE
        USING ({ROLE} NOT IN ('exchange', 'shared', 'published'));
    """
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("officers", "0007_walls_of_plans")]

    operations = [migrations.RunSQL(STAY_OUT)]
