"""The outbox: notices that wait or were sent, chats of Telegram, and addresses that asked for silence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from varta.people.sealed import unseal

SEALED_WITH = "contacts"  # name of the key in the home folder


class Channel(models.TextChoices):
    """A way out."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    TELEGRAM = "telegram", _("Telegram")


class Notice(models.Model):
    """One notice to one address: written with the change that it tells of, sent by the worker."""

    key = models.UUIDField(primary_key=True)  # UUIDv7; also the key that a provider knows a repeat by
    channel = models.CharField(max_length=8, choices=Channel)
    to_sealed = models.TextField()  # emptied a while after the end
    to_digest = models.BinaryField()  # keyed hash of channel and address, see actions.digest
    template = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    context = models.JSONField(default=dict)  # numbers, days and addresses of pages; nothing about people
    about = models.UUIDField(null=True)  # key of the case
    dedupe = models.TextField(
        unique=True, db_collation="C"
    )  # what this notice is, so that it is written once
    anytime = models.BooleanField(default=False)  # quiet hours do not hold it back
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()  # quiet hours, and after a failure the next try
    useless_after = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)  # of the last try, without contents
    provider_id = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                name="notices_notice_waiting",
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
            models.Index(fields=["given_up_at"], name="notices_notice_given_up"),
            models.Index(fields=["sent_at"], name="notices_notice_sent"),
        ]

    @property
    def to(self) -> str:
        """Return the address in the clear: for the provider alone."""
        return unseal(self.to_sealed, key=SEALED_WITH)


class Chat(models.Model):
    """A chat of Telegram: expected since a code was given, linked once somebody sent it to the bot."""

    key = models.UUIDField(primary_key=True)  # UUIDv7; notices name the chat by it
    code_hash = models.BinaryField(unique=True)
    chat_sealed = models.TextField(blank=True)
    chat_digest = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["chat_digest"], name="notices_chat_by_digest")]


class Silence(models.Model):
    """That an address wants no notices any more; the address itself is not kept."""

    to_digest = models.BinaryField(primary_key=True)
    since = models.DateTimeField()
