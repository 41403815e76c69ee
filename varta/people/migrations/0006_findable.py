"""What residents are found by, in tables that only functions read."""

from django.db import migrations

from varta.people import sql


class Migration(migrations.Migration):
    dependencies = [("people", "0005_person_words"), ("places", "0003_former_names")]

    operations = [
        migrations.RunSQL(statements)
        for statements in (
            sql.TABLES,
            sql.KEYS,
            sql.ORDER,
            sql.CHANGES,
            sql.ASKING,
            sql.SCOPED,
            sql.PRIVILEGES,
        )
    ]
