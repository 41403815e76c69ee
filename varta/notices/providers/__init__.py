"""The ways out, each behind the same port; their addresses come from the settings and from nowhere else."""

from typing import Protocol

from django.conf import settings

from varta.notices.letters import Letter
from varta.notices.models import Channel


class NotSent(Exception):
    """The provider did not take the notice now; it is tried again. The text says nothing of the contents."""


class Refused(Exception):
    """The provider never takes this notice, or nobody wants it there."""


class Provider(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over and return the provider's number of it. Raises NotSent or Refused."""


def offered() -> list[str]:
    """Return the channels that this installation can use."""
    if settings.VARTA_NOTICES == "local":
        return list(Channel.values)
    known = {
        Channel.EMAIL: settings.VARTA_EMAIL,
        Channel.SMS: settings.VARTA_SMS_URL,
        Channel.TELEGRAM: settings.VARTA_TELEGRAM_TOKEN,
    }
    return [channel.value for channel, address in known.items() if address]


def of(channel: str) -> Provider:
    """Return the provider of a channel. Raises NotSent where none is set up."""
    from varta.notices.providers import email, local, sms, telegram

    if channel not in offered():
        raise NotSent("no provider is set up")
    if settings.VARTA_NOTICES == "local":
        return local.Folder()
    by_channel: dict[str, Provider] = {
        Channel.EMAIL: email.Mail(),
        Channel.SMS: sms.Gateway(),
        Channel.TELEGRAM: telegram.Bot(),
    }
    return by_channel[channel]
