"""Writes of residents. They have no account: the system takes the step, and the case says that it came by the web.

`Reader.system()` is used for exactly these steps and nothing else: to register what was sent, to add the
resident's words to their own matter, to keep two answers. Place and unit follow from the place alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from varta.cases.actions import take
from varta.cases.canon import Written
from varta.cases.errors import KeyReused
from varta.cases.involving import involve
from varta.cases.models import Entry
from varta.lib.uuid7 import is_uuid7, moment_of, uuid7, uuid7_from
from varta.notices.actions import CONTACT_KEPT
from varta.notices.models import SEALED_WITH, Channel
from varta.people.scope import Reader, reading
from varta.people.sealed import seal, unseal
from varta.places.models import Territory, Unit
from varta.residents import codes, limits, queries
from varta.residents.models import Receipt, Subscription, Waiting

PAGE_LASTS = timedelta(days=2)  # a form that stood open for longer is opened again
CLOCK_SLACK = timedelta(minutes=5)
AGAIN = timedelta(minutes=15)  # in which the same send, repeated, is given a code again
PARTS = {"call": "caller", "appeal": "applicant"}


class TooManyWaiting(Exception):
    """So many reports wait for a call back in this unit that no more are taken in without proof of work."""


class DecidedAlready(Exception):
    """Another officer has decided on this report, or it is not in the reader's scope."""


@dataclass(frozen=True)
class Contact:
    """Where a resident wants to be told, and of what."""

    channel: str
    to: str
    language: str
    coming: bool = False


@dataclass(frozen=True)
class Report:
    """What a resident sent: the record of the opening step, the person, and their choices."""

    procedure: str
    record: Mapping[str, Any]
    person: Mapping[str, str]
    place: Territory
    unit: Unit
    contact: Contact | None = None
    discreet: bool = False
    followed: bool = True
    shows_answer: bool = False

    def told_at(self, to: str) -> "Report":
        """Return the same report with another address for notices."""
        assert self.contact is not None
        return replace(self, contact=replace(self.contact, to=to))

    @property
    def digest(self) -> bytes:
        """Return the hash of what was sent."""
        said = [self.procedure, dict(self.record), dict(self.person), self.place.code, self.unit.code]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()


@dataclass(frozen=True)
class Given:
    """What the resident is handed: the receipt and its code; no code where it was given long ago."""

    receipt: Receipt
    code: str
    waits: bool = False


def case_key(form_key: UUID) -> UUID:
    """Return the key of the case that a form becomes. Who knows the case cannot send the form again."""
    return uuid7_from(moment_of(form_key), form_key, "resident")


def page_key(typed: str, *, at: datetime) -> UUID | None:
    """Return the key that a page of ours bears, None for one that it cannot bear: too old, or made up."""
    try:
        key = UUID(typed)
    except ValueError:
        return None
    return key if is_uuid7(key) and at - PAGE_LASTS <= moment_of(key) <= at + CLOCK_SLACK else None


def is_known(form_key: UUID) -> bool:
    """Return whether this very form was sent before."""
    with reading(Reader.system()):
        return Receipt.objects.filter(case=case_key(form_key)).exists()


def send(*, form_key: UUID, report: Report, origin: str, confirmed: bool, at: datetime) -> Given:
    """Register what a resident sent, or, without proof of work, let it wait; return the receipt.

    The same form twice is one matter. Raises KeyReused where the same form came with other content,
    TooManyWaiting, and StepRefused as `take` does.
    """
    key = case_key(form_key)
    with reading(Reader.system()) as system:
        if found := Receipt.objects.filter(case=key).first():
            return _again(found, report, at)
        try:
            with transaction.atomic():
                given = _receipt(key, report, origin=origin, waits=not confirmed, at=at)
        except IntegrityError:  # the same form, sent twice at once: the first has just been written
            return _again(Receipt.objects.get(case=key), report, at)
        if confirmed:
            register(key=key, report=report, by=system, at=at)
        else:
            _wait(key, report, at)
        _subscribe(key, given.receipt, report, at)
        return given


def register(*, key: UUID, report: Report, by: Reader, at: datetime) -> Written:
    """Open the case of a report and return its opening entry."""
    people = involve(report.person, part=PARTS[report.procedure], key=key, by=by, at=at)
    return take(
        key=key,
        procedure=report.procedure,
        step="receive",
        data=report.record,
        by=by,
        at=at,
        received_at=at,
        place=report.place.code,
        unit=report.unit.code,
        people=people,
    )


def _receipt(key: UUID, report: Report, *, origin: str, waits: bool, at: datetime) -> Given:
    code = codes.new_code()
    receipt = Receipt(
        number=_free_number(),
        case=key,
        procedure=report.procedure,
        code_hash=codes.code_hash(key, code),
        content_hash=report.digest,
        made_at=at,
        origin=origin,
        discreet=report.discreet,
        followed=report.followed,
        shows_answer=report.shows_answer,
    )
    receipt.save(force_insert=True)
    return Given(receipt, code if report.followed else "", waits)


def _free_number() -> str:
    while Receipt.objects.filter(number=(number := codes.new_number())).exists():
        pass
    return number


def _again(receipt: Receipt, report: Report, at: datetime) -> Given:
    """Answer a form that came before: with a new code for a while, since the first may never have been seen."""
    if bytes(receipt.content_hash) != report.digest:
        raise KeyReused(key=receipt.case)
    waits = Waiting.objects.filter(key=receipt.case, state=Waiting.State.WAITING).exists()
    if at - receipt.made_at > AGAIN or not receipt.followed:
        return Given(receipt, "", waits)
    code = codes.new_code()
    receipt.code_hash = codes.code_hash(receipt.case, code)
    receipt.save(update_fields=["code_hash"])
    return Given(receipt, code, waits)


def _wait(key: UUID, report: Report, at: datetime) -> None:
    already = Waiting.objects.filter(unit_pre=report.unit.pre, state=Waiting.State.WAITING).count()
    if already >= limits.WAITING_MOST:
        raise TooManyWaiting
    content = {"record": dict(report.record), "person": dict(report.person)}
    Waiting.objects.create(
        key=key,
        procedure=report.procedure,
        place=report.place,
        place_pre=report.place.pre,
        unit=report.unit,
        unit_pre=report.unit.pre,
        content_sealed=seal(json.dumps(content, default=str), key=SEALED_WITH),
        made_at=at,
    )


def content_of(waiting: Waiting) -> dict[str, Any]:
    """Return the record and the person of a report that waits. Who shows it writes a look."""
    return json.loads(unseal(waiting.content_sealed, key=SEALED_WITH))


def _subscribe(key: UUID, receipt: Receipt, report: Report, at: datetime) -> None:
    contact = report.contact
    if contact is None:
        return
    Subscription.objects.create(
        key=uuid7(at),
        case=key,
        number=receipt.shown,
        channel=Channel(contact.channel),
        to_sealed=seal(contact.to, key=SEALED_WITH),
        language=contact.language,
        coming=contact.coming and not report.discreet,
        discreet=report.discreet,
    )


@transaction.atomic
def confirm(*, key: UUID, by: Reader, at: datetime) -> Written:
    """Register a report that its sender confirmed by telephone, in the officer's name. Raises DecidedAlready."""
    waiting = _held(key, by)
    content = content_of(waiting)
    report = Report(
        waiting.procedure, content["record"], content["person"], place=waiting.place, unit=waiting.unit
    )
    entry = register(key=key, report=report, by=by, at=at)
    _decided(waiting, Waiting.State.CONFIRMED, "", by, at)
    return entry


@transaction.atomic
def dismiss(*, key: UUID, why: str, by: Reader, at: datetime) -> None:
    """Put a report aside that nobody confirmed; it is kept with the reason. Raises DecidedAlready."""
    _decided(_held(key, by), Waiting.State.DISMISSED, Waiting.Why(why), by, at)


def _held(key: UUID, by: Reader) -> Waiting:
    """Return the report, locked: of two officers who decide at once the second is told."""
    found = queries.waiting(by).select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise DecidedAlready
    return found


def _decided(waiting: Waiting, state: str, why: str, by: Reader, at: datetime) -> None:
    waiting.state, waiting.why = state, why
    waiting.decided_by_id, waiting.decided_at = by.officer_id, at
    waiting.save(update_fields=["state", "why", "decided_by", "decided_at"])


def add_information(*, receipt: Receipt, key: UUID, text: str, at: datetime) -> None:
    """Add the resident's words to their matter."""
    _step(receipt, "add_information", {"text": text}, key=key, at=at)


def give_feedback(*, receipt: Receipt, key: UUID, satisfied: str, treated_well: str, at: datetime) -> None:
    """Keep what the resident answered after the end, once."""
    data = {"satisfied": satisfied, "treated_well": treated_well}
    _step(receipt, "feedback", data, key=key, at=at)


def _step(receipt: Receipt, step: str, data: Mapping[str, Any], *, key: UUID, at: datetime) -> None:
    """Take the step, unless this very send of it was taken before."""
    with reading(Reader.system()) as system:
        if Entry.objects.filter(key=key, case_key=receipt.case).exists():
            return
        take(
            key=key,
            procedure=receipt.procedure,
            step=step,
            data=data,
            by=system,
            at=at,
            received_at=at,
            case=receipt.case,
        )


def stop_notices(*, receipt: Receipt, at: datetime) -> int:
    """Tell nothing more of this matter, and return how many ways that ended."""
    with reading(Reader.system()):
        return Subscription.objects.filter(case=receipt.case, ended_at=None).update(ended_at=at)


def forget(*, at: datetime) -> int:
    """Forget where residents were written to in matters that ended long ago, and return how many it was."""
    with reading(Reader.system()):
        ended = Subscription.objects.filter(ended_at__lt=at - CONTACT_KEPT).exclude(to_sealed="")
        return ended.update(to_sealed="")
