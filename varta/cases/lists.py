"""Lists of cases: what an address asks for, narrowed and sorted, and how many there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_noop

from varta.cases import queries, rooms, wording
from varta.cases.models import Case
from varta.lib.clock import day_end, day_start
from varta.people.scope import Reader
from varta.places import queries as places

PER_PAGE = 50
LAST_PAGE = 200
COUNTED = 1000  # beyond this a list says "1000+": counting millions would be slower than showing them
SOON = timedelta(hours=24)

STATES = {
    "pending": gettext_noop("Waiting"),
    "late": gettext_noop("Late"),
    "soon": gettext_noop("Due within a day"),
    "open": gettext_noop("Open"),
    "closed": gettext_noop("Closed"),
    "all": gettext_noop("All"),
}
SORTS = {
    "due": gettext_noop("what is late first"),
    "newest": gettext_noop("newest first"),
    "oldest": gettext_noop("oldest first"),
    "number": gettext_noop("by number"),
    "place": gettext_noop("by place"),
}
ORDER = {
    "due": (F("late_from").asc(nulls_last=True), "opened_at", "key"),
    "newest": ("-opened_at", "-key"),
    "oldest": ("opened_at", "key"),
    "number": ("-year", "-number", "key"),
    "place": ("place_pre", "-opened_at", "key"),
}


@dataclass(frozen=True)
class Asked:
    """What a list of cases is asked for; codes of places and units stand for all that lies below."""

    state: str = "pending"
    procedure: str = ""
    place: str = ""
    unit: str = ""
    since: Any = None
    until: Any = None
    sort: str = ""
    facts: tuple[tuple[str, Any], ...] = ()

    @property
    def order(self) -> str:
        """Return the order: by lateness for what waits, else the newest first."""
        return self.sort or ("due" if self.state in ("pending", "late", "soon") else "newest")


def narrowed(reader: Reader, asked: Asked) -> QuerySet[Case]:
    """Return the reader's cases that the filter lets through, whatever their state."""
    cases = queries.visible_to(reader)
    if asked.procedure:
        cases = cases.filter(procedure=asked.procedure)
    if asked.place or asked.unit:
        cases = queries.under(
            cases,
            place=(places.interval(asked.place) or (1, 0)) if asked.place else None,
            unit=(places.unit_interval(asked.unit) or (1, 0)) if asked.unit else None,
        )
    if asked.since:
        cases = cases.filter(opened_at__gte=day_start(asked.since))
    if asked.until:
        cases = cases.filter(opened_at__lt=day_end(asked.until))
    for name, code in asked.facts:
        cases = cases.filter(**{f"facts__{name}": code})
    return cases


def in_state(cases: QuerySet[Case], state: str, *, now: datetime) -> QuerySet[Case]:
    """Return those of the cases that are late, due soon, open, closed, or still owe something."""
    unfinished = cases.filter(queries.UNFINISHED)
    return {
        "pending": unfinished,
        "late": unfinished.filter(late_from__lte=now),
        "soon": unfinished.filter(late_from__gt=now, late_from__lte=now + SOON),
        "open": cases.filter(closed_at=None),
        "closed": cases.filter(closed_at__isnull=False),
    }.get(state, cases)


def count(cases: QuerySet[Case]) -> int:
    """Return how many cases there are, counting no further than COUNTED + 1."""
    return cases.order_by().values("key")[: COUNTED + 1].count()


def shown(number: int) -> str:
    """Return a count as a page says it: "1000+" when there are more than were counted."""
    return f"{COUNTED}+" if number > COUNTED else str(number)


def sorted_by(cases: QuerySet[Case], order: str) -> QuerySet[Case]:
    """Return the cases in order, with place and unit at hand."""
    return cases.order_by(*ORDER[order]).select_related("place", "unit")


def state_of(case: Case, *, now: datetime) -> str:
    """Return "late", "soon", "open" or "closed": what colour a case has in a list."""
    if case.late_from is not None and case.late_from <= now:
        return "late"
    if case.late_from is not None and case.late_from <= now + SOON:
        return "soon"
    return "closed" if case.closed_at else "open"


def row(case: Case, *, now: datetime) -> dict[str, Any]:
    """Return a case ready for a table."""
    procedures = wording.all_titles()
    guarded = wording.guards(case.procedure, case.facts)
    return {
        "case": case,
        "address": rooms.case_address(case.procedure, case.key),
        "number": f"{case.number}/{case.year}",
        "procedure": procedures.get(case.procedure, case.procedure),
        "guarded": guarded,
        "where": "" if guarded else case.facts.get("address", ""),
        "state": state_of(case, now=now),
        "marks": wording.marks(case.procedure, case.facts),
        "due_step": wording.step_title(case.procedure, case.due_step),
        "last_step": wording.step_title(case.procedure, case.last_step),
    }
