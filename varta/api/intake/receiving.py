"""The entry that a partner's report becomes, and the way back from the partner's identifier to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege, UniqueViolation

from varta.api.intake.spotting import Spotted
from varta.api.models import Message, Partner
from varta.api.partners.refusals import Fault, Refused
from varta.calls import actions as calls
from varta.cases import actions as cases
from varta.cases.canon import Written
from varta.cases.involving import involve
from varta.cases.models import Case
from varta.lib.uuid7 import uuid7_from
from varta.people.scope import Reader

CLOCK_SLACK = timedelta(minutes=5)  # how far a partner's clock may run ahead
OLDEST = timedelta(hours=24)  # what was reported before is not urgent any more: somebody must look at it
GRID = 2  # decimals of a published degree: about a kilometre


@dataclass(frozen=True)
class Sent:
    """A message as its sender names it: by this it is found again, and a second one is told from the first."""

    door: str
    identifier: str
    at: datetime
    content: Mapping[str, Any]
    sender: str = ""
    key: UUID | None = None  # where the sender makes our keys itself
    service: str = ""
    digest: bytes = field(init=False)

    def __post_init__(self) -> None:
        plain = orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS, default=str)
        object.__setattr__(self, "digest", hashlib.sha256(plain).digest())

    def key_for(self, partner: Partner) -> UUID:
        """Return the key of the entry: the sender's own, or the one that follows from its identifier."""
        return self.key or uuid7_from(self.at, partner.code, self.door, self.sender, self.identifier)


def known(partner: Partner, sent: Sent) -> Message | None:
    """Return the message if it came before; Refused where it comes with other content.

    Two that come at once wait for each other here, until the first one is committed.
    """
    name = f"{partner.pk}/{sent.door}/{sent.sender}/{sent.identifier}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])
    earlier = Message.objects.filter(
        partner=partner, door=sent.door, sender=sent.sender, identifier=sent.identifier
    ).first()
    if earlier is not None and bytes(earlier.digest) != sent.digest:
        raise Refused(409, reused(sent.identifier))
    return earlier


def timely(at: datetime, *, now: datetime, where: str) -> list[Fault]:
    """Return what is wrong with the moment of a report: that it lies ahead, or too far back."""
    if at > now + CLOCK_SLACK:
        return [
            Fault(
                "in-the-future",
                "Час ще не настав. Перевірте годинник і часовий пояс своєї системи.",
                "The time lies in the future. Check the clock and the time zone of your system.",
                at=where,
            )
        ]
    if at < now - OLDEST:
        return [
            Fault(
                "too-old",
                "Повідомленню понад добу. Зателефонуйте до чергової частини або надішліть нове.",
                "The message is older than a day. Telephone the duty desk, or send a new one.",
                at=where,
            )
        ]
    return []


def register_call(
    sent: Sent,
    record: Mapping[str, Any],
    spotted: Spotted,
    *,
    partner: Partner,
    by: Reader,
    now: datetime,
    caller: Mapping[str, str] | None = None,
) -> Written:
    """Register a call and keep the partner's message beside it; both or neither."""
    key = sent.key_for(partner)
    keep(sent, partner, key=key, case=key, now=now, point=(record.get("lat"), record.get("lon")))
    return calls.receive(
        key=key,
        by=by,
        at=min(sent.at, now),
        received_at=now,
        record=record,
        place=spotted.place.code,
        unit=spotted.unit,
        caller=caller,
    )


def register_appeal(
    sent: Sent,
    record: Mapping[str, Any],
    spotted: Spotted,
    *,
    partner: Partner,
    by: Reader,
    now: datetime,
    applicant: Mapping[str, str],
) -> Written:
    """Register an appeal and keep the partner's message beside it; both or neither."""
    key = sent.key_for(partner)
    keep(sent, partner, key=key, case=key, now=now, point=(None, None))
    return cases.take(
        key=key,
        procedure="appeal",
        step="receive",
        data=record,
        by=by,
        at=min(sent.at, now),
        received_at=now,
        place=spotted.place.code,
        unit=spotted.unit,
        people=involve(applicant, part="applicant", key=key, by=by, at=now),
    )


def keep(
    sent: Sent,
    partner: Partner,
    *,
    key: UUID,
    case: UUID,
    now: datetime,
    point: tuple[float | None, float | None] = (None, None),
) -> Message:
    """Write down that the message came and which case it belongs to; of a point only its square of the grid.

    Raises Refused where the key is taken: by another message, or by a case that this partner did not send.
    """
    lat, lon = (None if one is None else round(float(one), GRID) for one in point)
    message = Message(
        key=key,
        partner=partner,
        door=sent.door,
        sender=sent.sender,
        identifier=sent.identifier,
        sent_at=sent.at,
        digest=sent.digest,
        case_key=case,
        service=sent.service,
        lat=lat,
        lon=lon,
        received_at=now,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except (IntegrityError, ProgrammingError) as broken:
        if isinstance(broken.__cause__, UniqueViolation | InsufficientPrivilege):
            raise Refused(409, reused(sent.identifier)) from broken
        raise
    return message


def number_of(case: UUID) -> str:
    """Return the journal number of a case that the reader may see, with its year."""
    found = Case.objects.filter(key=case).values_list("number", "year").first()
    return f"{found[0]}/{found[1]}" if found else ""


def reused(identifier: str) -> Fault:
    """Return the fault of an identifier that came before with other content."""
    return Fault(
        "identifier-reused",
        f"Повідомлення «{identifier[:60]}» уже прийнято з іншим змістом. Для змін надішліть оновлення.",
        f"A message “{identifier[:60]}” was taken with other content. Send an update to change it.",
    )
