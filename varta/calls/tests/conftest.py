"""What tests of the desk share: a call in Andrii's hromada, and crews on duty there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from varta.calls import actions
from varta.calls.models import Crew
from varta.cases.canon import Written
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading

RECEIVED = datetime(2026, 10, 3, 9, 15, tzinfo=UTC)
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "noise",
    "zone": "city",
    "about": "Шумлять під вікнами",
}


def minutes(after: float) -> datetime:
    """Return a moment so many minutes after the call."""
    return RECEIVED + timedelta(minutes=after)


def step(at: datetime) -> dict[str, Any]:
    """Return the arguments that every write takes, for one moment."""
    return {"key": uuid7(at), "at": at, "received_at": at}


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
def call() -> Callable[..., Written]:
    """Register a call in Andrii's hromada; any argument of `receive` can be given otherwise."""

    def register(by: Reader, *, after: float = 0, **other: Any) -> Written:
        given: dict[str, Any] = {"record": CALL, "place": demo.HROMADA, "unit": demo.SECTOR, "by": by}
        return actions.receive(**step(minutes(after)) | given | other)

    return register


@pytest.fixture
def crew() -> Callable[..., UUID]:
    """Let a crew begin its turn in Andrii's hromada an hour before the call; return its key."""

    def begin(
        by: Reader,
        call_sign: str = "Явір-1",
        *,
        place: str = demo.HROMADA,
        unit: str = demo.SECTOR,
        **more: Any,
    ):
        record = {"crew": call_sign, "force": "response", "officers": "", "lat": 48.55, "lon": 34.9} | more
        record["officers"] = record["officers"] or "andrii"
        return actions.begin_shift(
            **step(minutes(-60)), by=by, record=record, place=place, unit=unit
        ).case_key

    return begin


@pytest.fixture
def row() -> Callable[[UUID], Crew]:
    """Return the row of a crew."""
    return lambda key: Crew.objects.get(key=key)
