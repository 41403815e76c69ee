"""A resident is found as soon as a case names them."""

from django.db import migrations

from varta.cases import sql


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_journal_and_walls"), ("people", "0007_words_of_the_known")]

    operations = [migrations.RunSQL(sql.FINDABLE)]
