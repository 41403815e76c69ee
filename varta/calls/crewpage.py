"""What a crew sees on its telephone: its turn of duty, its call, and what it may press."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from varta.calls import queries
from varta.calls.callrow import call_rows
from varta.calls.crewrow import CrewRow, crew_rows
from varta.calls.models import Crew, Sending
from varta.calls.stepforms import form_of
from varta.cases import wording
from varta.cases.models import Case
from varta.lib.uuid7 import uuid7
from varta.people import queries as people
from varta.people.models import Person
from varta.people.scope import Reader
from varta.procedures.call import CHANNEL, RELEASE
from varta.procedures.duty_shift import PAUSE

CANNOT = ("declined", "broken_down", "cleared")  # what a crew itself says; the rest is the desk's word


@dataclass(frozen=True)
class Mine:
    """The officer's turn of duty and what it is sent to; `case` is None where it lies outside the scope."""

    crew: Crew
    row: CrewRow
    sending: Sending | None
    case: Case | None


def mine(reader: Reader, login: str, *, now: datetime) -> Mine | None:
    """Return the turn of duty of the officer with this login, None without one."""
    crew = queries.crew_of(reader, login)
    if crew is None:
        return None
    [row] = crew_rows([crew], now=now)
    sending = queries.present_sendings([crew]).get(crew.key)
    case = None
    if sending is not None:
        case = queries.calls(reader).filter(key=sending.call).select_related("place", "unit").first()
    return Mine(crew, row, sending, case)


def on_duty(reader: Reader, found: Mine, *, now: datetime) -> dict[str, Any]:
    """Return what the page of a crew on duty shows."""
    shown: dict[str, Any] = {
        "mine": found,
        "crew": found.row,
        "pauses": [(code, wording.said(text)) for code, text in PAUSE.items()],
        "new_key": lambda: uuid7(now),
        "state": state_of(found),
    }
    if found.case is not None:
        shown |= _call(reader, found.case, now=now)
    return shown


def state_of(found: Mine) -> str:
    """Return what the page shows as a short text: equal where nothing changed."""
    entries = found.case.entries if found.case else 0
    key = found.sending.call if found.sending else ""
    return f"{found.row.state}:{key}:{entries}:{found.crew.since.timestamp():.0f}"


def _call(reader: Reader, case: Case, *, now: datetime) -> dict[str, Any]:
    [row] = call_rows([case], now=now)
    record = row.followed.record
    exact = record.get("lat") is not None and record.get("lon") is not None
    return {
        "row": row,
        "panel": case.key,
        "record": record,
        "channel": wording.said(CHANNEL[record["channel"]]),
        "point": (record["lat"], record["lon"]) if exact else None,
        "callers": _callers(reader, case),
        "close": form_of("close", moment=now),
        "releases": [(code, wording.said(RELEASE[code])) for code in CANNOT],
    }


def _callers(reader: Reader, case: Case) -> list[Person]:
    """Return who called and can be called back."""
    keys = case.involvements.filter(part="caller").values_list("person_id", flat=True)
    found = people.visible_to(reader).filter(key__in=list(keys)).exclude(phone="")
    return list(found)


def last_turn(reader: Reader, login: str) -> Crew | None:
    """Return the officer's last ended turn of duty: what the next one begins with."""
    return queries.crews(reader).filter(officers__contains=[login.lower()]).order_by("-began_at").first()
