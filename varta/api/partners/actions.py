"""Writes about partner systems: let one in, give it another key, revoke its keys."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from varta.api.models import Key, Partner
from varta.api.partners import keys
from varta.lib.text import sort_key, transliterate
from varta.people import looks
from varta.people.models import Officer
from varta.people.scope import Reader
from varta.places.models import Territory, Unit

LOGIN = "partner.{}"


@transaction.atomic
def add(
    *,
    by: Reader,
    at: datetime,
    code: str,
    name: str,
    rights: Sequence[str],
    channel: str,
    place: Territory,
    unit: Unit,
    per_minute: int,
    days: int,
    made_by: Officer | None = None,
) -> tuple[Partner, str]:
    """Write a partner with an account that signs in nowhere, and return it with its first key."""
    account = Officer(
        login=LOGIN.format(code),
        name=name,
        name_en=transliterate(name),
        sort_key=sort_key(name),
        unit=unit,
        created_at=at,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    partner = Partner(
        account=account,
        code=code,
        rights=sorted(rights),
        channel=channel,
        place=place,
        unit=unit,
        per_minute=per_minute,
        made_by=made_by,
        made_at=at,
    )
    partner.save(force_insert=True)
    _note(by, at, partner, change="partner-added", rights=sorted(rights), place=place.code, unit=unit.code)
    return partner, give_key(by=by, at=at, partner=partner, days=days)


@transaction.atomic
def give_key(*, by: Reader, at: datetime, partner: Partner, days: int) -> str:
    """Give the partner one more key that holds for so many days, and return it: it is shown this once."""
    name, key = keys.new()
    until = at + timedelta(days=days)
    Key.objects.create(name=name, partner=partner, hash=keys.hashed(key), made_at=at, until=until)
    _note(by, at, partner, change="key-given", key=name, until=until.isoformat())
    return key


@transaction.atomic
def revoke(*, by: Reader, at: datetime, partner: Partner, name: str | None = None) -> int:
    """Revoke the key of this name, or all of the partner's keys, and return how many held until now."""
    held = Key.objects.filter(partner=partner, revoked_at=None)
    if name is not None:
        held = held.filter(name=name)
    names = list(held.values_list("name", flat=True))
    held.update(revoked_at=at)
    _note(by, at, partner, change="keys-revoked", keys=names)
    return len(names)


def _note(by: Reader, at: datetime, partner: Partner, **detail: object) -> None:
    looks.note(by=by, at=at, action="account", subject_kind="officer", subject_key=partner.pk, detail=detail)
