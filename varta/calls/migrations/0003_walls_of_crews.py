"""Row-level security of crews, sendings and positions."""

from django.db import migrations

from varta.calls import sql


class Migration(migrations.Migration):
    dependencies = [("calls", "0002_crews"), ("cases", "0002_journal_and_walls")]

    operations = [migrations.RunSQL(sql.CREWS)]
