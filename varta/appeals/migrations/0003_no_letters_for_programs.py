"""Programs of partners read no letters, reminders or forms of names."""

from django.db import migrations

from varta.appeals import sql


class Migration(migrations.Migration):
    dependencies = [("appeals", "0002_walls_and_register")]

    operations = [migrations.RunSQL(sql.OFFICERS_ONLY)]
