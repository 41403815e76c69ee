"""Targets in editions, figures from before Varta, and forecasts with what they were made from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scoped(models.Model):
    """Whose matter a row is: preorder intervals of places and of the units that answer for them, inclusive."""

    place_from = models.IntegerField()
    place_to = models.IntegerField()
    unit_from = models.IntegerField()
    unit_to = models.IntegerField()

    class Meta:
        abstract = True


class Target(Scoped):
    """What a place or a unit shall reach in a period, and how that was set.

    Never changed: a correction is another edition that `replaces` this one and says why. An edition without
    a value withdraws the target.
    """

    class Span(models.TextChoices):
        YEAR = "year", _("year")
        NINE_MONTHS = "nine_months", _("nine months")
        HALF_YEAR = "half_year", _("half-year")
        QUARTER = "quarter", _("quarter")
        MONTH = "month", _("month")

    class Sense(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    class Method(models.TextChoices):
        DECISION = "decision", _("decided by a meeting or an order")
        LAST_YEAR = "last_year", _("value of the year before")
        BEST_QUARTER = "best_quarter", _("as the best quarter of similar places")
        NATIONAL_NORM = "national_norm", _("norm for the whole country")
        OTHER = "other", _("set otherwise")

    place = models.ForeignKey(
        "places.Territory", models.PROTECT, null=True, db_column="place", related_name="+"
    )
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, db_column="unit", related_name="+")
    indicator = models.CharField(max_length=16)
    span = models.CharField(max_length=16, choices=Span)
    first = models.DateField()
    last = models.DateField()
    value = models.FloatField(null=True)  # None withdraws; a share in 0..1
    sense = models.CharField(max_length=8, choices=Sense)
    method = models.CharField(max_length=16, choices=Method)
    basis = models.TextField()  # the decision, order or calculation, in words
    reason = models.TextField(blank=True)  # why an edition replaces another
    set_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-last", "indicator", "place_from", "set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=True) ^ Q(unit__isnull=True), name="target_is_of_a_place_or_a_unit"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="target_has_a_basis"),
            models.CheckConstraint(
                condition=Q(last__gte=models.F("first")), name="target_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["indicator", "place", "first", "last"],
                condition=Q(replaces__isnull=True, unit__isnull=True),
                name="one_target_of_a_place",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "first", "last"],
                condition=Q(replaces__isnull=True, place__isnull=True),
                name="one_target_of_a_unit",
            ),
        ]


class EarlierMonth(models.Model):
    """A figure of a month that no entries tell: reported from an earlier system, with its source."""

    indicator = models.CharField(max_length=16)
    place = models.ForeignKey("places.Territory", models.PROTECT, db_column="place", related_name="+")
    month = models.IntegerField()  # year * 12 + month - 1
    value = models.FloatField()
    base = models.FloatField(null=True)  # what a share or a mean rests on
    source = models.TextField()
    is_invented = models.BooleanField(default=False)  # made up for a demonstration
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "place", "month"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "month"], name="one_earlier_figure_a_month")
        ]


class Prospect(models.Model):
    """One making of forecasts, as of a day, with the state of the lake that they were made from."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    key = models.UUIDField(primary_key=True)
    as_of = models.DateField()  # the last day of the last month that is known
    made_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done = models.IntegerField(default=0)  # steps of `steps`, for who waits
    steps = models.IntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    counted_at = models.TextField(blank=True)  # when the lake was last brought up to the journal
    watermark = models.BigIntegerField(default=0)  # entries of transactions before this one were counted
    files = models.JSONField(default=dict)  # file of the lake -> SHA-256
    version = models.TextField(blank=True)  # of the code

    class Meta:
        ordering = ["-as_of", "-asked_at"]

    @property
    def is_open(self) -> bool:
        """Whether it still waits or is being made."""
        return self.state in (self.State.WAITING, self.State.MAKING)


class ProspectRow(Scoped):
    """The months of one indicator in one place, and what they may come to or why that cannot be said."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="rows")
    indicator = models.CharField(max_length=16)
    place = models.ForeignKey("places.Territory", models.PROTECT, db_column="place", related_name="+")
    months = models.JSONField()  # as months.as_plain
    outcome = models.JSONField()  # as making.as_plain

    class Meta:
        ordering = ["indicator", "place_from"]
        constraints = [
            models.UniqueConstraint(fields=["prospect", "indicator", "place"], name="one_forecast_of_a_place")
        ]


class ProspectOfReport(models.Model):
    """Which forecasts a frozen report was made with."""

    report = models.OneToOneField(
        "results.FrozenReport", models.PROTECT, primary_key=True, db_column="report", related_name="prospect"
    )
    prospect = models.ForeignKey(Prospect, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
