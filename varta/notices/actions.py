"""Writes of notices: into the outbox with the change itself, out of it by the worker."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from varta.lib import home
from varta.lib.quiet import after_quiet
from varta.lib.uuid7 import uuid7
from varta.notices import letters, providers
from varta.notices.models import SEALED_WITH, Channel, Chat, Notice, Silence
from varta.people.scope import Reader, reading
from varta.people.sealed import seal

MOST_TRIES = 8
BACKOFF = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60, 180, 360, 720))  # after the 1st, 2nd … try
CONTACT_KEPT = timedelta(days=30)  # after a notice was sent or given up
CODE_LASTS = timedelta(days=2)  # of a chat that nobody linked


def send(
    *,
    to: str,
    channel: str,
    template: str,
    language: str,
    dedupe: str,
    by: Reader,
    at: datetime,
    context: Mapping[str, str | int] | None = None,
    about: UUID | None = None,
    anytime: bool = False,
    useless_after: datetime | None = None,
) -> bool:
    """Put a notice into the outbox and return whether it is new.

    Called in the transaction of the change that it tells of, inside `reading(by)`: both are kept or
    neither. The same `dedupe` twice is one notice. `context` holds nothing about people. Outside quiet
    hours the worker sends it at once. Raises TemplateDoesNotExist for a notice that nobody wrote.
    """
    if not by.known:
        raise PermissionError("A notice is written by somebody who acts in a role.")
    letters.template_of(template, channel=channel, language=language)
    notice = Notice(
        key=uuid7(at),
        channel=Channel(channel),
        to_sealed=seal(to, key=SEALED_WITH),
        to_digest=digest(channel, to),
        template=template,
        language=language,
        context=dict(context or {}),
        about=about,
        dedupe=dedupe,
        anytime=anytime,
        made_at=at,
        not_before=at if anytime else after_quiet(at, settings.VARTA_QUIET_HOURS),
        useless_after=useless_after,
    )
    with reading(Reader.system()), transaction.atomic():
        Notice.objects.bulk_create([notice], ignore_conflicts=True)
        if not Notice.objects.filter(key=notice.key).exists():
            return False
    _hurry(notice)
    return True


def _hurry(notice: Notice) -> None:
    """Let the worker send it as soon as it may, not only at its next round."""
    from varta.notices.jobs import deliver_one

    deliver_one.configure(schedule_at=notice.not_before).defer(key=str(notice.key))


def deliver(*, key: UUID, at: datetime) -> bool:
    """Try once to send a notice and return whether it was sent now.

    The claim is committed before the provider is asked, so two workers never try at once, and a worker
    that is killed after the provider took the notice leaves it to be sent again after the pause: at
    least once. Providers that know a repeat by its key make it once.
    """
    notice = _claimed(key, at)
    if notice is None:
        return False
    try:
        answer = providers.of(notice.channel).send(letters.letter_of(notice))
    except providers.Refused as error:
        return _ended(notice, given_up_at=at, error=str(error)[:120])
    except providers.NotSent as error:
        last = {"given_up_at": at} if notice.tries >= MOST_TRIES else {}
        return _ended(notice, error=str(error)[:120], **last)
    _ended(notice, sent_at=at, error="", provider_id=answer[:120])
    return True


def _claimed(key: UUID, at: datetime) -> Notice | None:
    """Return the notice if it may be tried now, with the next try put off."""
    with reading(Reader.system()):
        waiting = Notice.objects.select_for_update(skip_locked=True)
        notice = waiting.filter(key=key, sent_at=None, given_up_at=None, not_before__lte=at).first()
        if notice is None:
            return None
        if Silence.objects.filter(to_digest=bytes(notice.to_digest)).exists():
            return _put_aside(notice, given_up_at=at, error="silence was asked for")
        if notice.useless_after and notice.useless_after < at:
            return _put_aside(notice, given_up_at=at, error="too late to be of use")
        allowed = at if notice.anytime else after_quiet(at, settings.VARTA_QUIET_HOURS)
        if allowed > at:
            return _put_aside(notice, not_before=allowed)
        notice.tries += 1
        notice.not_before = at + BACKOFF[min(notice.tries, len(BACKOFF)) - 1]
        notice.save(update_fields=["tries", "not_before"])
        return notice


def _put_aside(notice: Notice, **values: object) -> None:
    Notice.objects.filter(key=notice.key).update(**values)


def _ended(notice: Notice, **values: object) -> bool:
    with reading(Reader.system()):
        Notice.objects.filter(key=notice.key, sent_at=None).update(**values)
    return False


def silence(*, key: UUID, at: datetime) -> bool:
    """Send nothing more to where this notice went, and return whether there is such a notice."""
    with reading(Reader.system()):
        notice = Notice.objects.filter(key=key).first()
        if notice is None:
            return False
        Silence.objects.get_or_create(to_digest=bytes(notice.to_digest), defaults={"since": at})
    return True


def expect_chat(*, at: datetime) -> tuple[UUID, str]:
    """Return the key of a chat that is to come, and the code that its owner sends to the bot."""
    code = secrets.token_urlsafe(12)
    key = uuid7(at)
    with reading(Reader.system()):
        Chat.objects.create(key=key, code_hash=_keyed(code), made_at=at)
    return key, code


def link_chat(*, code: str, chat: str, at: datetime) -> bool:
    """Link the chat that sent the code, hurry what waits for it, and return whether the code is known."""
    with reading(Reader.system()):
        fresh = Chat.objects.filter(code_hash=_keyed(code), linked_at=None, made_at__gte=at - CODE_LASTS)
        for found in fresh.select_for_update():
            found.chat_sealed, found.chat_digest = seal(chat, key=SEALED_WITH), digest("chat", chat)
            found.linked_at = at
            found.save()
            waiting = Notice.objects.filter(
                to_digest=digest(Channel.TELEGRAM, str(found.key)), sent_at=None, given_up_at=None
            )
            waiting.update(not_before=at)
            return True
    return False


def stop_chat(*, chat: str, at: datetime) -> None:
    """Send nothing more to a chat whose owner asked so."""
    with reading(Reader.system()):
        Chat.objects.filter(chat_digest=digest("chat", chat)).update(stopped_at=at, chat_sealed="")


def forget(*, at: datetime) -> int:
    """Forget the addresses of notices that ended long ago and codes that nobody used; return how many."""
    long_ago = at - CONTACT_KEPT
    with reading(Reader.system()):
        Chat.objects.filter(linked_at=None, made_at__lt=at - CODE_LASTS).delete()
        ended = Notice.objects.exclude(to_sealed="")
        sent = ended.filter(sent_at__lt=long_ago).update(to_sealed="")
        return sent + ended.filter(given_up_at__lt=long_ago).update(to_sealed="")


def digest(channel: str, to: str) -> bytes:
    """Return a keyed hash of an address: equal for equal ones, and no more."""
    return _keyed(f"{channel}:{to.strip().casefold()}")


def _keyed(text: str) -> bytes:
    return hmac.new(home.secret(SEALED_WITH).encode(), text.encode(), hashlib.sha256).digest()
