"""What is known of a telephone while its call is taken: earlier calls within the reader's scope, and marks.

A view that shows it writes a look first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from varta.calls import practice
from varta.cases import queries as cases
from varta.cases import wording
from varta.cases.models import Case, Entry, Involvement
from varta.people.models import Person
from varta.people.naming import SHORTEST, phone_digits
from varta.people.scope import Reader
from varta.people.search import by_phone
from varta.procedures.call import KIND, OUTCOME

SHOWN = 8  # earlier matters that are listed
READ = 60  # matters that the marks are counted over
NAMES = 3


@dataclass(frozen=True, slots=True)
class Earlier:
    """Earlier matters of a telephone."""

    cases: tuple[Case, ...]
    names: tuple[str, ...]  # under which it called
    in_an_hour: int
    violence: bool  # a case or a call about domestic violence
    false_calls: int  # calls that turned out false
    protocols: int  # drawn up for false calls

    @property
    def is_flood(self) -> bool:
        """Return whether so many calls in an hour ask for a look at a protocol. Never a reason to refuse."""
        return self.in_an_hour >= practice.FLOOD

    def rows(self) -> list[dict[str, Any]]:
        """Return the earlier matters in words, the newest first."""
        return [_row(case) for case in self.cases[:SHOWN]]


def earlier(typed: str, reader: Reader, *, at: datetime) -> Earlier | None:
    """Return what this telephone called about before; None where it is no whole number."""
    digits = phone_digits(typed)
    if len(digits) < SHORTEST:
        return None
    persons = [one for one in by_phone(digits, reader, limit=READ) if one.phone_digits == digits]
    keys = Involvement.objects.filter(person__in=persons).values_list("case_id", flat=True)
    mine = cases.visible_to(reader).filter(key__in=list(keys)).select_related("place")
    found = list(mine.order_by("-opened_at")[:READ])
    calls = [case for case in found if case.procedure == "call"]
    return Earlier(
        tuple(found),
        _names(persons),
        sum(at - case.opened_at < practice.FLOOD_WITHIN for case in calls),
        any(
            "domestic_violence" in (case.procedure, case.facts.get("kind"))
            for case in found
        ),
        sum(case.facts.get("outcome") == "false_call" for case in calls),
        _protocols(calls),
    )  # fmt: skip


def _names(persons: Sequence[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in persons if one.name))[:NAMES]


def _protocols(calls: Sequence[Case]) -> int:
    if not calls:
        return 0
    span = min(case.key_low for case in calls), max(case.key_high for case in calls)
    drawn = Entry.objects.filter(
        case_key__in=[case.key for case in calls], key__range=span, step="false_call"
    )
    return drawn.count()


def _row(case: Case) -> dict[str, Any]:
    kind, outcome = case.facts.get("kind"), case.facts.get("outcome")
    about = wording.said(KIND[kind]) if case.procedure == "call" and kind in KIND else _titled(case)
    ended = wording.said(OUTCOME[outcome]) if outcome in OUTCOME else _("closed")
    return {
        "key": case.key,
        "number": f"{case.number}/{case.year}",
        "opened_at": case.opened_at,
        "place": case.place.title,
        "about": about,
        "state": ended if case.closed_at else _("still open"),
    }


def _titled(case: Case) -> str:
    return wording.all_titles().get(case.procedure, case.procedure)


def last_call(found: Earlier) -> UUID | None:
    """Return the key of the newest call: the one for which a protocol may be drawn up."""
    return next((case.key for case in found.cases if case.procedure == "call"), None)
