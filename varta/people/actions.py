"""Writes about people: who is registered, who is appointed, who may sign in."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from varta.lib.clock import kyiv_day
from varta.lib.text import sort_key
from varta.lib.uuid7 import uuid7
from varta.people import looks
from varta.people.errors import (
    AppointedAlready,
    EndedAlready,
    EndsBeforeItBegins,
    LoginTaken,
    NotAllowed,
    OutsideOwnScope,
    OwnAccount,
)
from varta.people.models import SEALED_WITH, Appointment, Officer, Person
from varta.people.naming import search_keys
from varta.people.roles import may, may_register
from varta.people.scope import SYSTEM, Reader
from varta.people.sealed import seal
from varta.places.models import Territory, Unit

GIVEN_PASSWORD_LASTS = timedelta(hours=72)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another


def register_person(*, by: Reader, at: datetime, **known: Any) -> Person:
    """Write a resident and return it; `known` is what `new_person` takes. Nobody sees it before a case."""
    if by.role != SYSTEM and not may_register(by):
        raise NotAllowed
    person = new_person(at=at, **known)
    person.save(force_insert=True)
    return person


def complete_person(
    *, by: Reader, at: datetime, person: Person, phone: str = "", sex: str = "", residence: str = ""
) -> Person:
    """Fill in what a resident's file lacked and return the resident; what was known stays as it was."""
    if by.role != SYSTEM and not may_register(by):
        raise NotAllowed
    filled = []
    if phone and not person.phone:
        person.phone = phone.strip()
        for name, value in search_keys(
            surname=person.surname, given=person.given, patronymic=person.patronymic, phone=person.phone
        ).items():
            setattr(person, name, value)
        filled += ["phone", "phone_digits"]
    if sex and not person.sex:
        person.sex = sex
        filled.append("sex")
    if residence and not person.residence_sealed:
        person.residence_sealed = seal(residence.strip(), key=SEALED_WITH)
        filled.append("residence_sealed")
    if filled:
        person.save(update_fields=filled)
        looks.note(
            by=by,
            at=at,
            action="complete",
            subject_kind="person",
            subject_key=person.key,
            detail={"filled": filled},
        )
    return person


def new_person(
    *,
    at: datetime,
    surname: str = "",
    given: str = "",
    patronymic: str = "",
    phone: str = "",
    birth_on: date | None = None,
    sex: str = "",
    tax_number: str = "",
    residence: str = "",
    note: str = "",
    key: UUID | None = None,
) -> Person:
    """Return a resident that is not written yet, with the keys of search and the sealed columns."""
    names = {"surname": surname.strip(), "given": given.strip(), "patronymic": patronymic.strip()}
    return Person(
        key=key or uuid7(at),
        phone=phone.strip(),
        birth_on=birth_on,
        sex=sex,
        tax_number_sealed=seal(tax_number.strip(), key=SEALED_WITH),
        residence_sealed=seal(residence.strip(), key=SEALED_WITH),
        note=note.strip(),
        created_at=at,
        **names,
        **search_keys(**names, phone=phone),
    )


@transaction.atomic
def open_account(
    *,
    by: Reader,
    at: datetime,
    login: str,
    name: str,
    unit: Unit | None,
    name_en: str = "",
    rank: str = "",
    email: str = "",
    language: str = "uk",
) -> tuple[Officer, str]:
    """Write an officer and return it with a password that lapses after three days.

    Raises LoginTaken, and OutsideOwnScope for a unit that the administrator does not cover.
    """
    _check_administrator(by)
    _check_scope(by, unit=unit)
    password = new_password()
    officer = Officer(
        login=login.strip().lower(),  # sign-in compares lower case
        name=name.strip(),
        name_en=name_en.strip(),
        sort_key=sort_key(name),
        rank=rank.strip(),
        email=email.strip(),
        unit=unit,
        language=language,
        created_at=at,
    )
    _give_password(officer, password, at=at)
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(login=login) from error
    _note(by, at, officer, change="opened")
    return officer, password


@transaction.atomic
def appoint(
    *,
    by: Reader,
    at: datetime,
    officer: Officer,
    role: str,
    place: Territory,
    unit: Unit,
    since: date,
    until: date | None = None,
) -> Appointment:
    """Give the officer a role over a place and a unit and return the appointment.

    Raises OutsideOwnScope, EndsBeforeItBegins and AppointedAlready; OwnAccount for oneself.
    """
    _check_administrator(by, officer)
    _check_scope(by, unit=unit, place=place)
    if until is not None and until < since:
        raise EndsBeforeItBegins(since=since, until=until)
    appointment = Appointment(
        officer=officer, role=role, place=place, unit=unit, since=since, until=until, made_by_id=by.officer_id
    )
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
    except IntegrityError as error:
        raise AppointedAlready from error
    _note(by, at, officer, change="appointed", role=role, place=place.code, unit=unit.code)
    return appointment


@transaction.atomic
def end_appointment(*, by: Reader, at: datetime, appointment: Appointment, until: date) -> Appointment:
    """End an appointment with this day, which is its last, and return it."""
    _check_administrator(by, appointment.officer)
    _check_scope(by, unit=appointment.unit, place=appointment.place)
    if appointment.until is not None and appointment.until < until:
        raise EndedAlready(until=appointment.until)
    if until < appointment.since:
        raise EndsBeforeItBegins(since=appointment.since, until=until)
    appointment.until = until
    appointment.save(update_fields=["until"])
    _note(by, at, appointment.officer, change="appointment-ended", role=appointment.role)
    return appointment


@transaction.atomic
def reset_password(*, by: Reader, at: datetime, officer: Officer, forget_factors: bool = False) -> str:
    """Give the officer a new password that lapses after three days, end the sessions, and return it.

    With `forget_factors` the second factors go too, as for a lost telephone.
    """
    _check_administrator(by, officer)
    _check_reach(by, officer, at=at)
    password = new_password()
    _give_password(officer, password, at=at)
    officer.save(update_fields=["password", "must_change_password", "password_until"])
    if forget_factors:
        Authenticator.objects.filter(user=officer).delete()
    _note(by, at, officer, change="password-reset", factors_forgotten=forget_factors)
    return password


@transaction.atomic
def set_locked(*, by: Reader, at: datetime, officer: Officer, locked: bool) -> Officer:
    """Lock or unlock an account and return it. A locked officer is signed out at the next request."""
    _check_administrator(by, officer)
    _check_reach(by, officer, at=at)
    officer.is_active = not locked
    officer.save(update_fields=["is_active"])
    _note(by, at, officer, change="locked" if locked else "unlocked")
    return officer


def prefer(*, officer: Officer, language: str, theme: str) -> Officer:
    """Keep the officer's own language and theme, and return the officer."""
    officer.language, officer.theme = language, theme
    officer.save(update_fields=["language", "theme"])
    return officer


def new_password() -> str:
    """Return a password of twenty letters in groups of five, about 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def _give_password(officer: Officer, password: str, *, at: datetime) -> None:
    officer.set_password(password)
    officer.must_change_password = True
    officer.password_until = at + GIVEN_PASSWORD_LASTS


def _check_administrator(by: Reader, officer: Officer | None = None) -> None:
    if by.role != SYSTEM and not may(by, "accounts"):
        raise NotAllowed
    if officer is not None and officer.pk == by.officer_id:
        raise OwnAccount


def _check_scope(by: Reader, *, unit: Unit | None, place: Territory | None = None) -> None:
    if place is not None and not by.covers_place(place.pre):
        raise OutsideOwnScope(name=place.name)
    if unit is not None and not by.covers_unit(unit.pre):
        raise OutsideOwnScope(name=unit.name)


def _check_reach(by: Reader, officer: Officer, *, at: datetime) -> None:
    """Refuse unless all that the officer may do lies in the administrator's own scope.

    Whoever gives a password could sign in with it: nobody may reach further by that.
    """
    _check_scope(by, unit=officer.unit)
    for one in officer.appointments.valid(kyiv_day(at)):
        _check_scope(by, unit=one.unit, place=one.place)


def _note(by: Reader, at: datetime, officer: Officer, **detail: object) -> None:
    looks.note(by=by, at=at, action="account", subject_kind="officer", subject_key=officer.pk, detail=detail)
