"""Frozen reports: what was published stays as it was."""

from django.db import models


class FrozenReport(models.Model):
    """A report as it stood at a moment; never changed, never deleted (the application's role may not).

    `rows` is what every way out shows; `files` and `watermark` say what it was counted from,
    `law` by which procedures and indicators, so that `varta recount` can count the same again.
    A revision is another row: the next edition `of` the same report.
    """

    name = models.SlugField(primary_key=True, max_length=80)
    of = models.SlugField(max_length=80)  # name of the first edition; its own, where this is the first
    edition = models.IntegerField(default=1)
    reason = models.TextField(default="")  # why there is another edition
    case = models.UUIDField(null=True)  # of the procedure in which it was agreed; None: frozen by hand
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)  # officer; None: the command of this machine
    asked = models.JSONField()  # {"from", "to", "by", "levels", "place", "unit"}
    rows = models.JSONField()  # the pack as pack.as_plain gives it; read it with pack.of_frozen
    months = models.JSONField(default=dict)  # the same month by month for little charts, see monthly.by_month
    files = models.JSONField()  # file of the lake -> SHA-256
    watermark = models.BigIntegerField()  # entries of transactions before this one were counted
    version = models.TextField()  # of the code
    law = models.TextField()  # SHA-256 of the sources of procedures and indicators
    place_from = models.IntegerField()  # scope, as preorder intervals, both ends inclusive
    place_to = models.IntegerField()
    unit_from = models.IntegerField()
    unit_to = models.IntegerField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["of", "edition"], name="one_row_for_each_edition"),
        ]
