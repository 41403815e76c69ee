"""Meetings, their seats and their decisions: projections of entries, kept so that invited units can read them.

`Meeting` and `Seat` follow from the cases of `meeting`, `Decision` from those of `joint_task` that a meeting opened.
A meeting's case stays with the unit that holds it; a row of `Seat` is what opens the meeting to an invited unit.
"""

from django.db import models

from varta.places.models import Unit


class Meeting(models.Model):
    """A meeting as its entries leave it; `told` has agenda, minutes and decisions, see state.py."""

    key = models.UUIDField(primary_key=True)  # of the case
    number = models.CharField(max_length=16)  # "1/2019"
    place_pre = models.IntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_column="unit", related_name="+")  # that holds it
    unit_pre = models.IntegerField()
    on = models.DateField()
    hour = models.CharField(max_length=5)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    report = models.CharField(max_length=80, blank=True)  # name of the frozen report
    state = models.CharField(max_length=9)  # "called", "open", "closed", "cancelled"
    told = models.JSONField()
    entries = models.IntegerField()

    class Meta:
        ordering = ["-on", "-hour", "key"]
        indexes = [models.Index(fields=["unit_pre", "on"], name="meetings_of_unit")]


class Seat(models.Model):
    """An invited unit, and whether somebody came for it."""

    pk = models.CompositePrimaryKey("meeting", "unit_id")
    meeting = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    host_place = models.IntegerField()  # preorder numbers of the meeting itself
    host_unit = models.IntegerField()
    came = models.CharField(max_length=8, blank=True)  # code of meeting.CAME; "" while it is not entered
    who = models.TextField(blank=True)
    reason = models.TextField(blank=True)


class Decision(models.Model):
    """A decision of a meeting as the task of its owner unit stands."""

    key = models.UUIDField(primary_key=True)  # of the task's case
    meeting = models.UUIDField()
    number = models.SmallIntegerField()  # within the meeting
    text = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_column="unit", related_name="+")  # the owner
    unit_pre = models.IntegerField()
    place_pre = models.IntegerField()
    host_place = models.IntegerField()
    host_unit = models.IntegerField()
    decided_on = models.DateField()
    due = models.DateField()  # as it was put off last
    put_off = models.SmallIntegerField()  # how often
    state = models.CharField(max_length=9)  # "sent", "accepted", "sent_back", "reported", "appraised"
    result = models.CharField(max_length=8, blank=True)  # code of joint_task.RESULT
    reported_on = models.DateField(null=True)
    mark = models.CharField(max_length=4, blank=True)  # code of joint_task.MARK

    class Meta:
        ordering = ["due", "key"]
        indexes = [
            models.Index(fields=["host_unit", "decided_on"], name="meetings_decision_of_host"),
            models.Index(fields=["unit_pre", "due"], name="meetings_decision_of_owner"),
        ]
