"""The journal of personal reception: who came, on what, who received, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from varta.appeals import queries
from varta.cases import lists, wording
from varta.cases import queries as cases
from varta.cases.models import Case, Entry, Involvement
from varta.law import discover
from varta.people.scope import Reader

RECEPTION = "personal_reception"
LAW = discover()[RECEPTION]
MOST = 200  # rows


@dataclass(frozen=True)
class Asked:
    """Which days of the journal are wanted, both inclusive."""

    since: date | None = None
    until: date | None = None

    @property
    def detail(self) -> str:
        """Return the days as the log of looks keeps them."""
        return f"{self.since or ''}..{self.until or ''}"


def asked_of(given: Mapping[str, Any]) -> Asked:
    """Return the days that an address names; what is no day narrows nothing."""
    return Asked(_day(given.get("since")), _day(given.get("until")))


def journal(reader: Reader, asked: Asked) -> dict[str, Any]:
    """Return the visits of these days, the latest first."""
    found = lists.narrowed(
        reader, lists.Asked(state="all", procedure=RECEPTION, since=asked.since, until=asked.until)
    )
    shown = list(found.order_by("-opened_at", "-key").select_related("place", "unit")[: MOST + 1])
    visits = shown[:MOST]
    keys = [case.key for case in visits]
    about = dict(Entry.objects.filter(key__in=keys).values_list("key", "data__about"))
    notes = dict(
        Entry.objects.filter(case_key__in=keys, step="conclude").values_list("case_key", "data__note")
    )
    visitors = _visitors(keys, reader)
    grown = _grown(keys, reader)
    return {
        "rows": [
            {
                "case": case,
                "number": f"{case.number}/{case.year}",
                "about": about.get(case.key, ""),
                "note": notes.get(case.key, ""),
                "visitor": visitors.get(case.key, ""),
                "subject": _said("subject", case),
                "received_by": case.facts.get("received_by", ""),
                "outcome": _said("outcome", case),
                "appeal": grown.get(case.key),
            }
            for case in visits
        ],
        "asked": asked,
        "more": len(shown) > MOST,
        "most": MOST,
    }


def _said(name: str, case: Case) -> str:
    return wording.value(wording.listed_fields(RECEPTION)[name], case.facts.get(name))


def _visitors(keys: list[Any], reader: Reader) -> dict[Any, str]:
    mine = cases.visible_to(reader).filter(key__in=keys)
    rows = Involvement.objects.filter(case__in=mine).select_related("person").order_by("-part", "person")
    return {one.case_id: str(one.person) for one in rows}


def _grown(keys: list[Any], reader: Reader) -> dict[Any, Case]:
    return {case.parent: case for case in queries.visible_to(reader).filter(parent__in=keys)}


def _day(typed: Any) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None
