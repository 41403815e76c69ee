"""Partner systems: who they are, the keys they show, what they sent, how often they asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from varta.api.partners.rights import CHANNELS, DOORS, RIGHTS


class Partner(models.Model):
    """A system of another body. Its account signs its entries and signs in nowhere.

    It acts within a place and a unit, as an officer does, and never beyond its rights.
    """

    account = models.OneToOneField(
        "people.Officer", models.PROTECT, primary_key=True, related_name="partner_system"
    )
    code = models.SlugField(max_length=40, unique=True)
    rights = ArrayField(models.CharField(max_length=16))
    channel = models.CharField(max_length=16)  # how its calls are said to have come
    place = models.ForeignKey("places.Territory", models.PROTECT, related_name="+")
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    per_minute = models.PositiveIntegerField()  # messages and questions, all doors together
    made_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rights__contained_by=list(RIGHTS)), name="api_partner_rights_are_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=list(CHANNELS)), name="api_partner_channel_is_known"
            ),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="api_partner_may_ask_at_all"),
        ]

    def __str__(self) -> str:
        return self.account.name


class Key(models.Model):
    """A key of a partner, of which only a keyed hash is kept. Several may hold at once, to change them calmly."""

    name = models.CharField(max_length=10, primary_key=True)  # the part that is no secret
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="keys")
    hash = models.BinaryField()  # HMAC-SHA256 under a secret of the home folder
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]


class Message(models.Model):
    """What a partner sent and what became of it: the way from the sender's identifier to our case.

    It holds no free text and nobody's name. Written once, never changed.
    """

    key = models.UUIDField(primary_key=True)  # of the entry that it became
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="messages")
    door = models.CharField(max_length=8)
    sender = models.CharField(max_length=200, blank=True)  # as CAP names it
    identifier = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    digest = models.BinaryField()  # SHA-256 of the content: the same identifier may not bring another
    case_key = models.UUIDField()
    service = models.CharField(max_length=40, blank=True)  # code of the Open311 service
    lat = models.FloatField(null=True)  # rounded to a grid of about a kilometre: this may be published
    lon = models.FloatField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "door", "sender", "identifier"], name="api_message_comes_once"
            ),
            models.CheckConstraint(condition=Q(door__in=list(DOORS)), name="api_message_door_is_known"),
        ]
        indexes = [
            models.Index(fields=["case_key"], name="api_message_of_case"),
            models.Index(fields=["door", "sent_at"], name="api_message_by_time"),
        ]


class Use(models.Model):
    """How often a partner asked within a minute; several rows a minute, so that requests do not wait in line."""

    pk = models.CompositePrimaryKey("partner_id", "minute", "slot")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="uses", db_index=False)
    minute = models.DateTimeField()
    slot = models.SmallIntegerField()
    asked = models.IntegerField(default=0)
    faulty = models.IntegerField(default=0)  # refused for what they held
    over = models.IntegerField(default=0)  # refused because there were too many

    class Meta:
        indexes = [models.Index(fields=["minute"], name="api_use_by_minute")]
