"""What tests of cases share: a call that Olena registers in Andrii's hromada."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from varta.cases.actions import take
from varta.cases.canon import Written
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people.models import Officer, Person
from varta.people.scope import Reader, reading

RECEIVED = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "noise",
    "zone": "city",
    "about": "Шумлять під вікнами",
}


@pytest.fixture
def reader_of() -> Callable[[Officer], Reader]:
    """Return who an officer is on the day of the call."""
    return lambda officer: Reader.of(officer, on=kyiv_day(RECEIVED))


@pytest.fixture
def desk(olena: Officer, reader_of: Callable[[Officer], Reader]) -> Iterator[Reader]:
    """Read and write as Olena for the whole test."""
    with reading(reader_of(olena)) as reader:
        yield reader


@pytest.fixture
def register(andrii: Officer) -> Callable[..., Written]:
    """Register a call in Andrii's hromada; any argument of `take` can be given otherwise."""
    home = andrii.appointments.get()

    def take_call(by: Reader, **other: Any) -> Written:
        given: dict[str, Any] = {
            "key": uuid7(RECEIVED),
            "procedure": "call",
            "step": "receive",
            "data": CALL,
            "by": by,
            "at": RECEIVED,
            "received_at": RECEIVED + timedelta(seconds=20),
            "place": home.place_id,
            "unit": home.unit_id,
        }
        return take(**given | other)

    return take_call


@pytest.fixture
def next_step() -> Callable[..., Written]:
    """Take a later step of a call, some minutes after it was received."""

    def take_next(
        by: Reader, case: UUID, step: str, data: dict[str, Any], *, minutes: int, **other: Any
    ) -> Written:
        at = RECEIVED + timedelta(minutes=minutes)
        given: dict[str, Any] = {
            "key": uuid7(at),
            "case": case,
            "procedure": "call",
            "step": step,
            "data": data,
            "by": by,
            "at": at,
            "received_at": at,
        }
        return take(**given | other)

    return take_next


@pytest.fixture
def resident() -> Person:
    """Return a resident who exists nowhere but here."""
    key = uuid7(RECEIVED)
    Person.objects.create(
        key=key, surname="Вигаданенко", given="Ганна", sort_key="вигаданенко ганна", created_at=RECEIVED
    )
    return Person(key=key)
