"""What the desk keeps beside cases: crews on duty, where they were sent, where they are; lines of loaded files.

`Crew`, `Sending` and `Shortage` are projections: `calls.projection` computes them from the entries of the procedures
`duty_shift` and `call`, and `varta rebuild` again. `Position` is the last one known, never a track.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Crew(models.Model):
    """A crew on its turn of duty: the case of the procedure `duty_shift` under the same key."""

    class State(models.TextChoices):
        ON = "on", _("on duty")
        PAUSED = "paused", _("not available")
        ENDED = "ended", _("off duty")

    key = models.UUIDField(primary_key=True)
    place = models.ForeignKey("places.Territory", models.PROTECT, db_column="place", related_name="+")
    place_pre = models.IntegerField()
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    call_sign = models.TextField()
    force = models.TextField()  # code of call.FORCE
    skills = ArrayField(models.TextField(), default=list)  # codes of duty_shift.SKILL
    officers = ArrayField(models.TextField(), default=list)  # logins in lower case
    vehicle = models.TextField(blank=True)
    lat = models.FloatField(null=True)  # where it began, WGS84 degrees
    lon = models.FloatField(null=True)
    state = models.CharField(max_length=8, choices=State)
    why = models.TextField(blank=True)  # code of duty_shift.PAUSE while paused
    since = models.DateTimeField()  # in this state
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "unit",
                models.functions.Lower("call_sign"),
                condition=Q(ended_at=None),
                name="calls_call_sign_is_one_crew",
            ),
        ]
        indexes = [
            models.Index(fields=["unit_pre"], name="calls_crew_on_duty", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.call_sign


class Sending(models.Model):
    """That a crew was sent to a call, and how far it came."""

    pk = models.CompositePrimaryKey("call", "nth")
    call = models.UUIDField()  # key of the case
    nth = models.SmallIntegerField()  # order of the sendings of a call, from 1
    crew = models.ForeignKey(
        Crew, models.PROTECT, db_column="crew", db_constraint=False, related_name="sendings"
    )
    why = models.TextField(blank=True)  # the sentence that recommended it
    assigned_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_why = models.TextField(blank=True)  # code of call.RELEASE, or "closed", "joined"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["crew"], condition=Q(left_at=None), name="calls_crew_is_sent_to_one_call"
            ),
        ]

    @property
    def state(self) -> str:
        """Return "sent", "on_the_way", "on_scene" or "left"."""
        if self.left_at:
            return "left"
        if self.arrived_at:
            return "on_scene"
        return "on_the_way" if self.accepted_at else "sent"


class Shortage(models.Model):
    """That forces were short for a call: when the head was asked, when and what the head decided."""

    pk = models.CompositePrimaryKey("call", "nth")
    call = models.UUIDField()  # key of the case
    nth = models.SmallIntegerField()  # from 1
    asked_at = models.DateTimeField(null=True)  # None where the head decided unasked
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)  # code of call.DECISION

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="calls_undecided", condition=Q(decided_at=None)),
        ]


class Position(models.Model):
    """Where a crew was last seen. One row for each crew: no track is kept."""

    crew = models.OneToOneField(
        Crew, models.PROTECT, primary_key=True, db_column="crew", related_name="position"
    )
    lat = models.FloatField()  # WGS84 degrees
    lon = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="calls_position_is_on_earth"
            ),
        ]
        indexes = [models.Index(fields=["seen_at"], name="calls_position_by_time")]


class LoadedLine(models.Model):
    """A line of a source under its own number there, and the case that it became."""

    pk = models.CompositePrimaryKey("source", "number")
    source = models.TextField(db_collation="C")  # as the mapping names it
    number = models.TextField(db_collation="C")
    case_key = models.UUIDField()

    class Meta:
        verbose_name = "loaded line"
