"""What is kept for a resident beside the case: the receipt, where to write, a report that waits, counted tries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from varta.notices.models import SEALED_WITH, Channel
from varta.people.sealed import unseal


class Receipt(models.Model):
    """That a resident may follow a matter by number and code. The code itself is not kept."""

    number = models.CharField(max_length=9, primary_key=True, db_collation="C")  # digits, by chance
    case = models.UUIDField(unique=True)  # key of the case, which may still wait to be confirmed
    procedure = models.TextField()
    code_hash = models.BinaryField()  # keyed hash of case and code, see codes.py
    content_hash = models.BinaryField()  # of what was sent, so that a second send is known
    made_at = models.DateTimeField()
    origin = models.TextField(blank=True)  # keyed hash of the address it came from: equal for equal ones
    discreet = models.BooleanField(default=False)  # the page says no more than "being dealt with"
    followed = models.BooleanField(default=True)  # False: the resident wanted no page to follow it
    shows_answer = models.BooleanField(default=False)  # the text of the answer is shown to who has the code

    class Meta:
        indexes = [models.Index(fields=["origin", "made_at"], name="residents_receipt_by_origin")]

    @property
    def shown(self) -> str:
        """Return the number as people read it: "482-915-036"."""
        return f"{self.number[:3]}-{self.number[3:6]}-{self.number[6:]}"


class Subscription(models.Model):
    """Where a resident wants to be told of a matter, and up to which entry that was done."""

    key = models.UUIDField(primary_key=True)  # UUIDv7
    case = models.UUIDField()
    number = models.CharField(max_length=11)  # the receipt's, as people read it
    channel = models.CharField(max_length=8, choices=Channel)
    to_sealed = models.TextField()
    language = models.CharField(max_length=2)
    coming = models.BooleanField(default=False)  # also when a crew is on the way
    discreet = models.BooleanField(default=False)
    told = models.IntegerField(default=0)  # position of the last entry that was looked at
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "channel"], name="residents_a_channel_is_chosen_once")
        ]
        indexes = [
            models.Index(
                fields=["case"], name="residents_subscription_lasts", condition=models.Q(ended_at=None)
            )
        ]

    @property
    def to(self) -> str:
        """Return the address in the clear: for the notice alone."""
        return unseal(self.to_sealed, key=SEALED_WITH)


class Waiting(models.Model):
    """A report that came without proof of work: the desk calls back before it becomes a case."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a call back")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("not confirmed")

    class Why(models.TextChoices):
        NOT_REACHED = "not_reached", _("nobody answered")
        DENIED = "denied", _("the owner of the telephone did not send it")
        REPEATED = "repeated", _("the same matter is registered already")

    key = models.UUIDField(primary_key=True)  # of the case that it may become
    procedure = models.TextField()
    place = models.ForeignKey("places.Territory", models.PROTECT, db_column="place", related_name="+")
    place_pre = models.IntegerField()
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    content_sealed = models.TextField()  # JSON of the record and of the person
    made_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    decided_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at=None)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="residents_a_decision_has_its_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["unit_pre", "made_at"],
                name="residents_waiting_by_unit",
                condition=models.Q(state="waiting"),
            )
        ]


class Tally(models.Model):
    """How often something happened in a while: tries, sends, used challenges. Subjects are keyed hashes."""

    key = models.TextField(primary_key=True, db_collation="C")
    count = models.IntegerField()
    until = models.DateTimeField()  # then it begins anew

    class Meta:
        indexes = [models.Index(fields=["until"], name="residents_tally_by_end")]
