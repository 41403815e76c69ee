"""Publications as everybody reads them, and apart from them the counts that they rest on."""

from django.db import models


class Publication(models.Model):
    """An edition of what was published: read by everybody, never changed, never deleted (not by the role)."""

    name = models.SlugField(unique=True, max_length=120)
    kind = models.CharField(max_length=16)  # report, hromada
    title = models.JSONField()  # {"uk", "en"}
    of = models.SlugField(max_length=120)  # name of the first edition
    edition = models.IntegerField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)  # officer; None: the system
    shown = models.JSONField()  # exactly what everybody sees
    loss = models.JSONField()  # {"hidden", "figures", "share", "gap"}: what hiding cost

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "of", "edition"], name="one_publication_for_each_edition")
        ]


class Counts(models.Model):
    """The true counts behind a publication, by what is counted and of which days. The system alone reads them."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="counts")
    quantity = models.TextField()
    first = models.CharField(max_length=10)  # ISO days, both inclusive
    last = models.CharField(max_length=10)
    rows = models.JSONField()  # row -> [count or null, whether it is shown, what it is known to be at least]

    class Meta:
        ordering = ["publication_id", "pk"]
        indexes = [models.Index(fields=["quantity"], name="published_counts_quantity")]
