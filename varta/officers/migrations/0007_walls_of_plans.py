"""Row-level security and privileges of plans and proposals."""

from django.db import migrations

from varta.officers import plansql


class Migration(migrations.Migration):
    dependencies = [("officers", "0006_plans")]

    operations = [migrations.RunSQL(plansql.PLANS)]
