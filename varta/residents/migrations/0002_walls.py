"""Row-level security of receipts, subscriptions and reports that wait."""

from django.db import migrations

from varta.residents import sql


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_receipts"), ("cases", "0002_journal_and_walls")]

    operations = [migrations.RunSQL(sql.WALLS)]
