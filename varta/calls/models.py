"""Which lines of which source are loaded: a line that has changed since is told from a new one."""

from django.db import models


class LoadedLine(models.Model):
    """A line of a source under its own number there, and the case that it became."""

    pk = models.CompositePrimaryKey("source", "number")
    source = models.TextField(db_collation="C")  # as the mapping names it
    number = models.TextField(db_collation="C")
    case_key = models.UUIDField()

    class Meta:
        verbose_name = "loaded line"
