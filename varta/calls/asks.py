"""Forces are short: which calls wait for the head's decision, and who was told when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from varta.calls import queries
from varta.calls.callrow import CallRow, call_rows
from varta.calls.models import Shortage
from varta.cases import wording
from varta.cases.models import Case
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader
from varta.procedures.call import DECISION

MOST = 200
LASTS = timedelta(days=7)  # a question that nobody answered for longer is one for the hand-over sheets


@dataclass(frozen=True)
class Ask:
    """A call for which forces are short. `heads`: whose boards show it since `row.followed.asked_at`."""

    row: CallRow
    reason: str
    asked_by: str
    heads: tuple[str, ...]


def undecided(reader: Reader, *, now: datetime) -> list[Ask]:
    """Return the open calls that wait for a head's decision, the longest waiting first."""
    asked = Shortage.objects.filter(decided_at=None, asked_at__gte=now - LASTS).order_by("asked_at")
    cases = queries.open_calls(reader).filter(key__in=list(asked.values_list("call", flat=True)[:MOST]))
    asks = _asks(call_rows(list(cases), now=now), now=now)
    return sorted(asks, key=lambda ask: ask.row.followed.asked_at or now)


def for_page(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return what the block above a board, and above the start page, shows."""
    return {
        "asks": undecided(reader, now=now),
        "reader_is_head": reader.role == "head",
        "decisions": [(code, wording.said(text)) for code, text in DECISION.items()],
        "ask_key": lambda: uuid7(now),
    }


def _asks(rows: list[CallRow], *, now: datetime) -> Iterator[Ask]:
    officers = Officer.objects.in_bulk([row.followed.asked_by for row in rows if row.followed.asked_by])
    for row in rows:
        if row.followed.asked_at is not None:
            by = officers.get(row.followed.asked_by)
            name = by.name_in(reading_language()) if by else ""
            yield Ask(row, row.followed.asked_why, name, heads_of(row.case, now=now))


def heads_of(case: Case, *, now: datetime) -> tuple[str, ...]:
    """Return the names of the heads in whose scope the call lies, the nearest unit first."""
    language = reading_language()
    found = (
        Appointment.objects.valid(kyiv_day(now))
        .filter(
            role="head",
            officer__is_active=True,
            place__pre__lte=case.place_pre,
            place__pre_end__gte=case.place_pre,
            unit__pre__lte=case.unit_pre,
            unit__pre_end__gte=case.unit_pre,
        )
        .select_related("officer", "unit")
        .order_by("-unit__pre")
    )
    return tuple(dict.fromkeys(one.officer.name_in(language) for one in found))
