"""Row-level security of notices, chats and silences."""

from django.db import migrations

from varta.notices import sql


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_outbox")]

    operations = [migrations.RunSQL(sql.WALLS)]
