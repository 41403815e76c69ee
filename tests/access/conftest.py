"""A resident who called from Andrii's hromada, and clients for those who ask about her."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from varta.cases.actions import take
from varta.cases.canon import Involved, Written
from varta.lib.uuid7 import uuid7
from varta.people import actions, demo
from varta.people.models import Look, Officer, Person
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
RESIDENCE = "вул. Вигадана, 17, кв. 4"
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "public_order",
    "zone": "rural",
    "about": "Шумлять під вікнами",
}


def resident(
    *, surname: str = "Мар'яненко", given: str = "Ганна", phone: str = "+380 00 765 43 21"
) -> Person:
    """Return a new resident of nobody's case yet."""
    with reading(Reader.system()) as by:
        return actions.register_person(
            by=by,
            at=AT,
            surname=surname,
            given=given,
            phone=phone,
            residence=RESIDENCE,
            tax_number="0000000000",
        )


def call_of(person: Person, *, place: str = demo.HROMADA, unit: str = demo.SECTOR) -> Written:
    """Return the opening entry of a call that the person made."""
    with reading(Reader.system()) as by:
        return take(
            key=uuid7(AT),
            procedure="call",
            step="receive",
            data=CALL,
            by=by,
            at=AT,
            received_at=AT + timedelta(seconds=20),
            place=place,
            unit=unit,
            people=[Involved(person.key, "caller")],
        )


def looks(**conditions: object) -> list[Look]:
    """Return looks as the system sees them, the newest first."""
    with reading(Reader.system()):
        return list(Look.objects.filter(**conditions))


@pytest.fixture(autouse=True)
def _demonstration(settings):
    """Sign-in without a second factor: these tests ask what comes after it."""
    settings.DEMO = True


@pytest.fixture
def hanna(db) -> Person:
    """A resident with a call in Andrii's hromada."""
    person = resident()
    call_of(person)
    return person


@pytest.fixture
def signed_in():
    """Return a client that is signed in as an officer."""

    def client_of(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        return client

    return client_of


@pytest.fixture
def halyna(db) -> Officer:
    """Head of the raion directorate."""
    return officer_at("halyna", "Галина Керівна", "head", demo.RAION, demo.DIRECTORATE)


@pytest.fixture
def oksana(db) -> Officer:
    """Auditor of the whole service."""
    return officer_at("oksana", "Оксана Перевірко", "auditor", demo.UKRAINE, demo.HEADQUARTERS)


@pytest.fixture
def adam(db) -> Officer:
    """Administrator of the oblast."""
    return officer_at("adam", "Адам Обліковець", "administrator", demo.OBLAST, demo.MAIN_DIRECTORATE)
