"""What rooms add to an officer's own week beside the deadlines of cases: a turn of duty, hours of reception.

A room registers a source when it starts; the officer's own page asks them all and knows none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from varta.people.models import Appointment
from varta.people.scope import Reader


@dataclass(frozen=True)
class Week:
    """Whose week it is: the reader, under which appointment, and its days, both inclusive."""

    reader: Reader
    appointment: Appointment  # with officer, place and unit
    first: date
    last: date
    now: datetime


@dataclass(frozen=True)
class Item:
    """One thing of a day: when, what, where it leads; `state` is a badge's colour, `hours` as people say them."""

    day: date
    title: str
    text: str = ""
    hours: str = ""
    address: str = ""
    state: str = ""
    kind: str = ""  # "shift", "call", "reception", "meeting" or "due"


Source = Callable[[Week], Iterable[Item]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room add its items to officers' weeks."""
    if source not in _sources:
        _sources.append(source)


def items(week: Week) -> list[Item]:
    """Return what all rooms add to the week, in the order of days and hours."""
    found = [item for source in _sources for item in source(week)]
    return sorted(found, key=lambda item: (item.day, item.hours, item.title))
