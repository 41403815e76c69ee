"""Writes of the office of appeals: registering, letters with their numbers, hours of reception, the letterhead."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from varta.appeals import errors, grammar, letters, queries, typeset
from varta.appeals.letters import Content
from varta.appeals.models import Letter, NameForm, Office, ReceptionHours
from varta.cases.actions import take
from varta.cases.canon import Involved, Written
from varta.cases.errors import KeyReused
from varta.cases.involving import involve
from varta.cases.models import Case
from varta.lib.clock import kyiv_day
from varta.lib.text import fold
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.people import queries as people
from varta.people.actions import complete_person, register_person
from varta.people.models import SEALED_WITH
from varta.people.scope import Reader
from varta.people.sealed import seal
from varta.places.models import Unit

FILL_IN: Mapping[str, str] = {"uk": "Заповніть це поле.", "en": "Fill in this field."}


def register(
    *,
    key: UUID,
    data: Mapping[str, Any],
    sender: Mapping[str, str],
    known: UUID | None = None,
    signatories: Sequence[Mapping[str, str]] = (),
    place: str,
    unit: str,
    by: Reader,
    at: datetime,
    received_at: datetime,
    parent: UUID | None = None,
) -> Written:
    """Register an appeal with its sender and others who signed, and return its entry.

    `sender` is what `register_person` takes; `known` the key of a resident who is the sender, whose
    file is completed with what it lacked. The same key twice means the same people. Raises StepRefused.
    """
    with transaction.atomic():
        if known is None:
            involved = involve(sender, part="applicant", key=key, by=by, at=received_at)
        else:
            involved = (_known_sender(known, sender, by=by, at=received_at),)
        signed = [
            _signatory(one, key=key, nth=nth, by=by, at=received_at) for nth, one in enumerate(signatories)
        ]
        return take(
            key=key,
            procedure=queries.APPEAL,
            step="receive",
            data=data,
            by=by,
            at=at,
            received_at=received_at,
            place=place,
            unit=unit,
            people=(*involved, *signed),
            parent=parent,
        )


def _known_sender(known: UUID, told: Mapping[str, str], *, by: Reader, at: datetime) -> Involved:
    person = people.visible_to(by).filter(key=known).first()
    if person is None:
        raise errors.SenderUnknown()
    residence = told.get("residence", "")
    if residence and person.residence and fold(residence) != fold(person.residence):
        raise errors.ResidenceDiffers()
    lacked = {name: told.get(name, "") for name in ("phone", "sex", "residence")}
    complete_person(by=by, at=at, person=person, **lacked)
    return Involved(person.key, "applicant")


def _signatory(told: Mapping[str, str], *, key: UUID, nth: int, by: Reader, at: datetime) -> Involved:
    person = uuid7_from(moment_of(key), key, "signatory", nth)
    try:
        with transaction.atomic():
            register_person(by=by, at=at, key=person, **told)
    except IntegrityError:
        pass  # registered by the first send: the key says so
    return Involved(person, "signatory")


# The counter's row stays locked until the transaction ends: nobody gets a number that could be given back.
LOCK = """
INSERT INTO appeals_outgoing (unit, year, last) VALUES (%s, %s, 0)
ON CONFLICT (unit, year) DO UPDATE SET last = appeals_outgoing.last RETURNING last + 1
"""
ADVANCE = "UPDATE appeals_outgoing SET last = last + 1 WHERE unit = %s AND year = %s"


@transaction.atomic
def send_letter(
    *,
    key: UUID,
    case: Case,
    content: Content,
    address: str,
    by: Reader,
    at: datetime,
    received_at: datetime,
) -> Letter:
    """Give the letter the next number of the unit's journal, fix it, enter it in the case, and return it.

    `address` is where the addressee lives and is kept sealed. The same key with the same letter returns the
    first one. Raises StepRefused, and then no number was used.
    """
    day = kyiv_day(at)
    journal = (case.unit_id, day.year)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, journal)
        [nth] = cursor.fetchone()
        earlier = Letter.objects.filter(key=key).first()
        if earlier is not None:
            return _same(earlier, case, content)
        _refuse_incomplete(content)
        letter = _fixed(key, case, content, address, nth=nth, by=by, at=at)
        cursor.execute(ADVANCE, journal)
    letter.save(force_insert=True)
    take(
        key=key,
        case=case.key,
        procedure=case.procedure,
        step="send_letter",
        data={
            "kind": letter.kind,
            "number": letter.number,
            "sent_on": letter.sent_on,
            "to": content.to.split("\n")[0],
            "fingerprint": letter.fingerprint,
        },
        by=by,
        at=at,
        received_at=received_at,
    )
    return letter


def _same(earlier: Letter, case: Case, content: Content) -> Letter:
    if earlier.case_key != case.key or earlier.content != content.as_json():
        raise KeyReused(key=earlier.key)
    return earlier


def _refuse_incomplete(content: Content) -> None:
    missing = list(content.lacks())
    if missing:
        raise errors.LetterLacks(fields=dict.fromkeys(missing, FILL_IN))


def _fixed(
    key: UUID, case: Case, content: Content, address: str, *, nth: int, by: Reader, at: datetime
) -> Letter:
    day = kyiv_day(at)
    letter = Letter(
        key=key,
        case_key=case.key,
        unit_id=case.unit_id,
        unit_pre=case.unit_pre,
        year=day.year,
        nth=nth,
        kind=content.kind,
        sent_on=day,
        content=content.as_json(),
        address_sealed=seal(address.strip(), key=SEALED_WITH),
        officer_id=by.officer_id,
        at=at,
    )
    letter.fingerprint = letters.fingerprint(
        content, address_sealed=letter.address_sealed, sent_on=day, number=letter.number
    )
    try:
        drawn = typeset.pdf(letters.sheet(content, address=address, sent_on=day, number=letter.number))
    except typeset.Unprintable as error:
        raise errors.LetterUnprintable(sign=error.sign) from error
    letter.pdf_sha256 = hashlib.sha256(drawn).hexdigest()
    return letter


def remember_forms(*, forms: Mapping[grammar.Key, str], by: Reader, at: datetime) -> None:
    """Keep how a clerk put words of names into a case, so that the next letter says it right."""
    NameForm.objects.bulk_create(
        NameForm(**key._asdict(), form=form, officer_id=by.officer_id, at=at) for key, form in forms.items()
    )


def write_office(*, unit: Unit, by: Reader, at: datetime, **told: Any) -> Office:
    """Write a unit's letterhead and rules, and return them. Raises OutsideOffice."""
    _refuse_outside(unit, by)
    office, _ = Office.objects.update_or_create(unit=unit, defaults=told)
    return office


def add_hours(
    *, unit: Unit, weekday: int, since: time, until: time, place: str, who: str, note: str = "", by: Reader
) -> ReceptionHours:
    """Add hours of personal reception of a unit and return them. Raises OutsideOffice."""
    _refuse_outside(unit, by)
    return ReceptionHours.objects.create(
        unit=unit, weekday=weekday, since=since, until=until, place=place, who=who, note=note
    )


def remove_hours(*, hours: ReceptionHours, by: Reader) -> None:
    """Take hours of reception out of the schedule. Raises OutsideOffice."""
    _refuse_outside(hours.unit, by)
    hours.delete()


def _refuse_outside(unit: Unit, by: Reader) -> None:
    if not by.covers_unit(unit.pre):
        raise errors.OutsideOffice(unit=unit.name)
