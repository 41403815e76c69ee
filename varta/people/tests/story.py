"""The three people of every test: Olena at the duty desk, Andrii in his hromada, Maria in another."""

from datetime import UTC, date, datetime

import pytest

from varta.lib.text import sort_key, transliterate
from varta.people import demo
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

SINCE = date(2018, 1, 1)
CREATED = datetime(2018, 1, 1, 8, tzinfo=UTC)


def officer_of(login: str, name: str, role: str, place: Territory, unit: Unit, **more: object) -> Officer:
    """Return an officer with one appointment that began in 2018 and has no end."""
    with reading(Reader.system()):
        officer = Officer(
            login=login,
            name=name,
            name_en=transliterate(name),
            sort_key=sort_key(name),
            unit=unit,
            created_at=CREATED,
            **more,
        )
        officer.set_unusable_password()
        officer.save(force_insert=True)
        Appointment.objects.create(officer=officer, role=role, place=place, unit=unit, since=SINCE)
    return officer


def officer_at(login: str, name: str, role: str, place: str, unit: str) -> Officer:
    """Return an officer at a place and a unit named by their codes."""
    return officer_of(login, name, role, Territory.objects.get(code=place), Unit.objects.get(code=unit))


@pytest.fixture
def olena(db) -> Officer:
    """Duty officer of the raion directorate: sees both hromadas."""
    return officer_at("olena", "Олена Черговенко", "duty", demo.RAION, demo.DIRECTORATE)


@pytest.fixture
def andrii(db) -> Officer:
    """Hromada officer of the first hromada."""
    return officer_at("andrii", "Андрій Громаденко", "hromada_officer", demo.HROMADA, demo.SECTOR)


@pytest.fixture
def maria(db) -> Officer:
    """Hromada officer of another hromada: may see nothing of Andrii's."""
    return officer_at("maria", "Марія Сусіденко", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)


@pytest.fixture
def reading_as():
    """Return a context that reads as an officer on a day."""

    def as_officer(officer: Officer, on: date | None = None):
        return reading(Reader.of(officer, on=on or date(2026, 10, 31)))

    return as_officer
