"""What a turn of duty, or a day, leaves to the next: figures, what is open, what was late, what is owed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from varta.calls import queries
from varta.calls.callrow import URGENCY, CallRow, call_rows
from varta.calls.clocks import lasting
from varta.calls.models import Crew, Sending, Shortage
from varta.cases import wording
from varta.cases.models import Case, Deadline, Entry
from varta.law.fields import Choices
from varta.people.scope import Reader
from varta.procedures.call import CATEGORY, DECISION, KIND, OUTCOME

MOST = 200  # rows of a list: a sheet is read by people
BEGUN_S = 59  # a minute that has begun counts


@dataclass(frozen=True)
class Counted:
    """A code, its words and how many calls there were."""

    code: str
    title: str
    count: int


@dataclass(frozen=True)
class Late:
    """A call whose crew came, or comes, too late."""

    case: Case
    by: str
    came: bool


@dataclass(frozen=True)
class Worked:
    """A crew with its hours and calls within the period, and what it left to the next turn."""

    crew: Crew
    lasted: str
    sent: int
    arrived: int
    note: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet. The lists hold at most `MOST` rows; the figures count all."""

    since: datetime
    until: datetime
    received: int
    closed: int
    open_now: int
    categories: list[Counted]
    kinds: list[Counted]
    outcomes: list[Counted]
    handed_on: list[CallRow]
    late: list[Late]
    late_count: int
    shortages: list[dict[str, Any]]
    owed: list[Deadline]
    crews: list[Worked]


def sheet(reader: Reader, *, since: datetime, until: datetime, now: datetime) -> Sheet:
    """Return the sheet of a period, half open, as it stands at `now`."""
    calls = queries.calls(reader)
    fresh = calls.filter(opened_at__gte=since, opened_at__lt=until)
    ended = calls.filter(closed_at__gte=since, closed_at__lt=until)
    left = calls.filter(opened_at__lt=until).filter(Q(closed_at=None) | Q(closed_at__gte=until))
    open_calls = left.filter(opened_at__gte=since).select_related("place", "unit")
    late = _late(fresh, at=min(until, now))
    return Sheet(
        since=since,
        until=until,
        received=fresh.count(),
        closed=ended.count(),
        open_now=open_calls.count(),
        categories=_counted(fresh, "category", CATEGORY, order=URGENCY),
        kinds=_counted(fresh, "kind", KIND),
        outcomes=_counted(ended, "outcome", OUTCOME),
        handed_on=sorted(
            call_rows(list(open_calls.order_by("opened_at")[:MOST]), now=now), key=lambda row: row.order
        ),
        late=list(_late_rows(late[:MOST], now=min(until, now))),
        late_count=late.count(),
        shortages=list(_shortages(reader, since, until)),
        owed=list(_owed(reader, until)),
        crews=list(_crews(reader, since, min(until, now))),
    )


def _counted(calls: QuerySet[Case], fact: str, choices: Choices, order: Sequence[str] = ()) -> list[Counted]:
    found = calls.order_by().values_list(f"facts__{fact}").annotate(count=Count("key"))
    counts = {code or "unknown": count for code, count in found}
    codes = [code for code in order if code in counts] or sorted(counts, key=lambda code: -counts[code])
    return [Counted(code, _title(choices, code), counts[code]) for code in codes]


def _title(choices: Choices, code: str) -> str:
    return wording.brief(wording.said(choices[code])) if code in choices else code


def _late(calls: QuerySet[Case], *, at: datetime) -> QuerySet[Deadline]:
    """Return the arrivals that came after their norm, or that are missing although it has passed."""
    late = Q(met_at__gte=F("late_from")) | Q(met_at=None, late_from__lte=at)
    arrivals = Deadline.objects.filter(late, step="arrive", case__in=calls)
    return arrivals.select_related("case", "case__place").order_by("from_at")


def _late_rows(dues: QuerySet[Deadline], *, now: datetime) -> Iterator[Late]:
    for due in dues:
        came_at = due.met_at or due.case.closed_at or now
        by = (came_at - due.due_at).total_seconds() + BEGUN_S
        yield Late(due.case, lasting(by), due.met_at is not None)


def _shortages(reader: Reader, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
    """Yield the shortages that were asked about or decided in the period."""
    span = (since, until)
    within = Q(asked_at__range=span) | Q(decided_at__range=span)
    found = list(Shortage.objects.filter(within).order_by("asked_at", "decided_at")[:MOST])
    cases = queries.calls(reader).select_related("place").in_bulk([one.call for one in found])
    for one in found:
        if one.call in cases:
            decision = wording.said(DECISION[one.decision]) if one.decision in DECISION else ""
            yield {"case": cases[one.call], "asked_at": one.asked_at, "decided_at": one.decided_at} | {
                "decision": decision
            }


def _owed(reader: Reader, until: datetime) -> QuerySet[Deadline]:
    """Return the entries into the register of crimes that are still owed, what is due first on top."""
    owed = Deadline.objects.filter(step="register_crime", met_at=None, from_at__lt=until)
    seen = owed.filter(case__in=queries.calls(reader).filter(late_from__isnull=False))
    return seen.select_related("case", "case__place").order_by("due_at")[:MOST]


def _crews(reader: Reader, since: datetime, until: datetime) -> Iterator[Worked]:
    crews = list(queries.at_work(reader, since=since, until=until).select_related("unit")[:MOST])
    keys = [crew.key for crew in crews]
    within = Q(assigned_at__gte=since, assigned_at__lt=until)
    counted = (
        Sending.objects.filter(within, crew__in=keys)
        .values("crew")
        .annotate(sent=Count("pk"), arrived=Count("arrived_at"))
    )
    calls = {row["crew"]: row for row in counted}
    notes = _notes(keys)
    for crew in crews:
        ended = min(crew.ended_at or until, until)
        done = calls.get(crew.key, {"sent": 0, "arrived": 0})
        lasted = lasting((ended - max(crew.began_at, since)).total_seconds())
        yield Worked(crew, lasted, done["sent"], done["arrived"], notes.get(crew.key, ""))


def _notes(crews: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return what the crews left to the next turn."""
    ended = Entry.objects.filter(case_key__in=list(crews), step="end").values_list("case_key", "data__note")
    return {key: note or "" for key, note in ended}
