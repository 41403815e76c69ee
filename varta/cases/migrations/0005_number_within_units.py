"""A journal number is found among millions: the newest first, and within the reader's units."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0004_findable_before")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(fields=["number", "year", "opened_at", "unit_pre"], name="cases_by_journal_number"),
        ),
        RemoveIndexConcurrently("case", "cases_by_number"),
    ]
