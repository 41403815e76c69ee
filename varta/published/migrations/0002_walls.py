"""Publications are read by everybody and changed by nobody; true counts are the system's alone."""

from django.db import migrations

from varta.published import sql


class Migration(migrations.Migration):
    dependencies = [("published", "0001_publications")]

    operations = [migrations.RunSQL(sql.WALLS, migrations.RunSQL.noop)]
