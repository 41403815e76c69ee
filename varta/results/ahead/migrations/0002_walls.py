"""Row-level security and privileges of targets and forecasts."""

from django.db import migrations

from varta.results.ahead import sql


class Migration(migrations.Migration):
    dependencies = [("ahead", "0001_tables")]

    operations = [migrations.RunSQL(sql.WALLS)]
