"""Writes about people: who is registered, who is appointed, who may sign in."""

from datetime import date, datetime
from uuid import UUID

from varta.lib.uuid7 import uuid7
from varta.people.errors import NotAllowed
from varta.people.models import Person
from varta.people.naming import search_keys
from varta.people.roles import may_register
from varta.people.scope import SYSTEM, Reader


def register_person(
    *,
    by: Reader,
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
    """Write a resident and return it. Nobody sees it until a case involves it."""
    if by.role != SYSTEM and not may_register(by):
        raise NotAllowed(what="register-person")
    person = Person(
        key=key or uuid7(at),
        surname=surname.strip(),
        given=given.strip(),
        patronymic=patronymic.strip(),
        phone=phone.strip(),
        birth_on=birth_on,
        sex=sex,
        tax_number=tax_number.strip(),
        residence=residence.strip(),
        note=note.strip(),
        created_at=at,
        **search_keys(surname=surname, given=given, patronymic=patronymic, phone=phone),
    )
    person.save(force_insert=True)
    return person
