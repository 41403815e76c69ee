"""Programs of partners have no business in tables that ask for place and unit only, nor with accounts."""

from django.db import migrations

OFFICER_READS = (
    "(SELECT coalesce(current_setting('varta.role', true), '') NOT IN ('exchange', 'shared', 'published'))"
)
TABLES = (
    "residents_waiting",
    "residents_receipt",
    "appeals_letter",
    "appeals_reminder",
    "results_frozenreport",
)

STAY_OUT = "".join(
    f"CREATE POLICY programs_stay_out ON {table} AS RESTRICTIVE USING ({OFFICER_READS});\n"
    for table in TABLES
)
ACCOUNTS = f"""
CREATE POLICY programs_change_no_account ON people_officer AS RESTRICTIVE FOR UPDATE USING ({OFFICER_READS});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0004_walls_asked_once"),
        ("residents", "0002_walls"),
        ("appeals", "0002_walls_and_register"),
        ("results", "0001_frozen_reports"),
    ]

    operations = [migrations.RunSQL(STAY_OUT), migrations.RunSQL(ACCOUNTS)]
