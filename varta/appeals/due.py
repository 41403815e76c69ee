"""What is due in appeals, for whom and in how many days: what pages show and reminders tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from varta.appeals import queries, register
from varta.cases import lists
from varta.cases.models import Case
from varta.lib.clock import kyiv_day
from varta.people.scope import Reader

MOST = 100  # rows of a page
FIRST = 8  # of those that nobody works on
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Left:
    """How much of the term is left on a day: `days` until the last day, negative when it has passed."""

    last_day: date
    days: int

    @property
    def late(self) -> bool:
        return self.days < 0


def left_of(case: Case, *, on: date) -> Left | None:
    """Return how much is left of the nearest term of an appeal; the head's own earlier day comes before it."""
    if case.late_from is None:
        return None
    last = kyiv_day(case.late_from - _TICK)
    own = case.facts.get("answer_by")
    if own:
        last = min(last, date.fromisoformat(own))
    return Left(last, (last - on).days)


def tallies(reader: Reader, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield what the register counts above itself, each with the address that lists it."""
    mine = queries.visible_to(reader)
    address = reverse("appeals:register")
    for title, cases, state, query in (
        (_("Late"), lists.in_state(mine, "late", now=now), "late", "state=late"),
        (_("Due within three days"), _soon(mine, now=now), "soon", "state=open&sort=due"),
        (_("Without an executor"), queries.without_executor(reader), "soon", "state=open&mark=unassigned"),
        (_("Under control"), mine.filter(facts__control=True), "open", "state=all&mark=control"),
        (_("Await approval"), queries.awaiting_approval(reader), "open", "state=open&mark=approval"),
    ):
        number = lists.count(cases)
        yield {
            "title": title,
            "count": lists.shown(number),
            "state": state if number else "",
            "address": f"{address}?{query}",
        }


def _soon(cases: QuerySet[Case], *, now: datetime) -> QuerySet[Case]:
    return cases.filter(late_from__gt=now, late_from__lte=now + timedelta(days=3))


def of_officer(reader: Reader, login: str, *, now: datetime) -> dict[str, Any]:
    """Return what the page of an executor shows: the own appeals by urgency, and what waits for a head."""
    today = kyiv_day(now)
    own = _rows(queries.given_to(reader, login), reader, now=now)
    return {
        "groups": [group for group in _grouped(own, today) if group["rows"]],
        "count": len(own),
        "approvals": _rows(queries.awaiting_approval(reader), reader, now=now)
        if reader.role == "head"
        else [],
        "unassigned": _rows(queries.without_executor(reader), reader, now=now, most=FIRST)
        if queries.keeps_office(reader)
        else [],
        "may_keep_office": queries.keeps_office(reader),
        "today": today,
        "most": MOST,
    }


def _rows(cases: QuerySet[Case], reader: Reader, *, now: datetime, most: int = MOST) -> list[dict[str, Any]]:
    found = [lists.row(case, now=now) for case in cases.select_related("place", "unit")[:most]]
    today = kyiv_day(now)
    return [row | {"left": left_of(row["case"], on=today)} for row in register.rows(found, reader)]


def _grouped(rows: list[dict[str, Any]], today: date) -> Iterator[dict[str, Any]]:
    bounds = ((None, -1, "late"), (0, 0, "today"), (1, 3, "soon"), (4, 7, "week"), (8, None, "later"))
    titles = {
        "late": _("Late"),
        "today": _("Today is the last day"),
        "soon": _("Three days or less"),
        "week": _("Within a week"),
        "later": _("Later"),
    }
    for least, most, code in bounds:
        inside = [row for row in rows if row["left"] is not None and _between(row["left"].days, least, most)]
        yield {"code": code, "title": titles[code], "rows": sorted(inside, key=lambda row: row["left"].days)}
    yield {
        "code": "later",
        "title": _("Without a term"),
        "rows": [row for row in rows if row["left"] is None],
    }


def _between(days: int, least: int | None, most: int | None) -> bool:
    return (least is None or days >= least) and (most is None or days <= most)
