"""The board of the duty desk: open calls by urgency and age, crews with their states, and what changed.

A row is the same for everyone who may see it, so the live process renders it once in each language. It has
no names and no telephones, and no exact place where `call.GUARDED` says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.template.loader import render_to_string
from django.utils import translation

from varta.calls import practice, queries
from varta.calls.callrow import URGENCY, CallRow, call_rows
from varta.calls.crewrow import CrewRow, crew_rows
from varta.calls.models import Crew, Sending
from varta.cases import lists
from varta.cases.models import Case
from varta.people.scope import Reader

LANGUAGES = ("uk", "en")


@dataclass(frozen=True)
class Asked:
    """What a board is narrowed to: an interval of units, a category, the calls of one crew."""

    unit: tuple[int, int] | None = None
    category: str = ""
    crew: UUID | None = None


@dataclass(frozen=True)
class Board:
    """What the page shows. `older`: open calls from before; `more`: rows beyond those that are shown."""

    calls: list[CallRow]
    crews: list[CrewRow]
    older: int
    more: int
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed:
    """A row that changed: who may see it, and its HTML in both languages; `gone`: it leaves the board.

    A crew may be at a call that not everybody who sees the crew may see: then `call_at` says where that call
    stands, and `without_call` is the row for those who may not see it.
    """

    key: UUID
    kind: str  # "call" or "crew"
    place_pre: int
    unit_pre: int
    procedure: str
    gone: bool
    html: dict[str, str]
    call_at: tuple[int, int] | None = None
    without_call: dict[str, str] = field(default_factory=dict)


def rows(reader: Reader, *, now: datetime, asked: Asked = Asked()) -> Board:
    """Return the board of a reader at a moment."""
    since = now - practice.BOARD
    mine = _narrowed(queries.open_calls(reader), asked)
    fresh = mine.filter(opened_at__gte=since).order_by(_urgency(), "opened_at", "key")
    found = list(fresh[: practice.MOST + 1])
    more = lists.count(fresh) - practice.MOST if len(found) > practice.MOST else 0
    calls = call_rows(found[: practice.MOST], now=now)
    crews = crew_rows(list(_crews(reader, asked)[: practice.MOST]), now=now)
    older = lists.count(mine.filter(opened_at__lt=since))
    return Board(calls, crews, older, more, now, _counts(calls, crews))


def state(board: Board) -> Iterator[tuple[object, ...]]:
    """Yield what a board says apart from the passing of time: equal where nothing changed."""
    yield board.older, board.more
    for call in board.calls:
        silent = any(one["silent"] for one in call.crews)
        yield call.key, call.case.entries, call.clock.kind, silent
    for crew in board.crews:
        yield crew.key, crew.state, crew.since, crew.number, crew.point, crew.silent


def changed(keys: Iterable[UUID], *, now: datetime) -> list[Changed]:
    """Return the rows of these calls and crews, and of the crews and calls that they concern.

    Called as the system's reader: it sees all, and the caller shows each row to those who may see it.
    """
    wanted = set(keys)
    concerned = Sending.objects.filter(Q(call__in=wanted) | Q(crew__in=wanted, left_at=None))
    for call, crew in concerned.values_list("call", "crew_id"):
        wanted |= {call, crew}
    cases = Case.objects.filter(key__in=wanted, procedure="call").select_related("place", "unit")
    crews = Crew.objects.filter(key__in=wanted).select_related("place", "unit", "position")
    return [*_changed_calls(list(cases), now=now), *_changed_crews(list(crews), now=now)]


def concerned(reader: Reader, case: Case, *, now: datetime) -> dict[str, Any]:
    """Return the row of a call, None when it left the board, and the rows of the crews that were sent to it."""
    sent = Sending.objects.filter(call=case.key).values("crew")
    crews = crew_rows(list(queries.on_duty(reader).filter(key__in=sent)), now=now)
    call = None if _gone(case, now=now) else call_rows([case], now=now)[0]
    return {"call": call, "crews": crews}


def _changed_calls(cases: list[Case], *, now: datetime) -> Iterator[Changed]:
    shown = {row.key: row for row in call_rows([case for case in cases if not _gone(case, now=now)], now=now)}
    for case in cases:
        row = shown.get(case.key)
        html = _html("calls/call_row.html", row) if row else {}
        yield Changed(case.key, "call", case.place_pre, case.unit_pre, "call", row is None, html)


def _changed_crews(crews: list[Crew], *, now: datetime) -> Iterator[Changed]:
    for row in crew_rows(crews, now=now):
        gone = row.crew.ended_at is not None
        html = {} if gone else _html("calls/crew_row.html", row)
        crew = row.crew
        made = Changed(row.key, "crew", crew.place_pre, crew.unit_pre, "duty_shift", gone, html)
        if row.at is not None and row.at["spot"] != (crew.place_pre, crew.unit_pre):
            without = _html("calls/crew_row.html", replace(row, at=None))
            made = replace(made, call_at=row.at["spot"], without_call=without)
        yield made


def _gone(case: Case, *, now: datetime) -> bool:
    return case.closed_at is not None or case.opened_at < now - practice.BOARD


def _html(template: str, row: CallRow | CrewRow) -> dict[str, str]:
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            made[language] = render_to_string(template, {"row": row}).strip()
    return made


def _narrowed(calls: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    if asked.unit:
        calls = calls.filter(unit_pre__range=asked.unit)
    if asked.category:
        calls = calls.filter(facts__category=asked.category)
    if asked.crew:
        present = Sending.objects.filter(crew=asked.crew, left_at=None)
        calls = calls.filter(key__in=present.values("call"))
    return calls


def _crews(reader: Reader, asked: Asked) -> QuerySet[Crew]:
    crews = queries.on_duty(reader)
    return crews.filter(unit_pre__range=asked.unit) if asked.unit else crews


def _urgency() -> Choose:
    whens = [When(facts__category=code, then=Value(nth)) for nth, code in enumerate(URGENCY)]
    return Choose(*whens, default=Value(URGENCY.index("unknown")), output_field=IntegerField())


def _counts(calls: list[CallRow], crews: list[CrewRow]) -> dict[str, int]:
    """Return what the page says in figures above the lists."""
    return {
        "calls": len(calls),
        "waiting": sum(row.state == "waiting" for row in calls),
        "late": sum(row.clock.kind == "late" for row in calls),
        "short": sum(row.followed.asked_at is not None for row in calls),
        "free": sum(row.state == "free" for row in crews),
        "busy": sum(row.state in ("sent", "on_the_way", "on_scene") for row in crews),
        "paused": sum(row.state == "paused" for row in crews),
    }
