"""What is read of reports on their way: drafts, what has been asked of units, entries that came late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.figures import Period
from varta.figures.engine import TOTAL, Level
from varta.people.models import Officer
from varta.people.scope import WIDEST, Reader
from varta.places.models import Territory, Unit
from varta.procedures import explanation, period_report
from varta.results.freezing import Keeping
from varta.results.pack import Remark, Text, titled
from varta.results.report import Asked

MOST_LATE = 200


@dataclass(frozen=True)
class Draft:
    """A report on its way: its case, the steps that stand, and what it is to hold."""

    case: Case
    entries: tuple[Written, ...]
    composition: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.composition["name"])

    @property
    def state(self) -> str:
        return period_report.state_after([entry.step for entry in self.entries])

    @property
    def period(self) -> Period:
        return Period(*(date.fromisoformat(self.composition[end]) for end in ("first", "last")))

    @property
    def title(self) -> Text:
        """Return its title; where one language has none, the usual one."""
        usual = titled(self.period.first, self.period.last)
        return {one: self.composition[f"title_{one}"] or usual[one] for one in ("uk", "en")}

    @property
    def asked(self) -> Asked:
        """Return what is counted, by the first of its levels."""
        level = cast(Level, self.composition["levels"][0])
        return Asked(self.period, level, self.composition["place"] or None, self.composition["under"] or None)

    def keeping(self, remarks: Sequence[Remark] = (), edition: int = 0) -> Keeping:
        """Return how it is kept; edition 0 is a draft."""
        return Keeping(
            name=self.name,
            levels=tuple(self.composition["levels"]),
            chapters=tuple(self.composition["chapters"]),
            title=self.title,
            case=self.case.key,
            remarks=tuple(remarks),
            edition=edition,
        )


def reports(reader: Reader) -> QuerySet[Case]:
    """Return the cases of reports that the reader may see, the newest first."""
    found = cases.visible_to(reader).filter(procedure=period_report.procedure.code)
    return found.select_related("place", "unit").order_by("-opened_at")


def draft(reader: Reader, name: str) -> Draft | None:
    """Return the report of this name that is on its way, or None."""
    case = reports(reader).filter(facts__name=name).first()
    return draft_of(case) if case else None


def draft_of(case: Case) -> Draft:
    """Return the report that a case is about."""
    entries = tuple(effective(cases.journal(case)))
    composed = [entry.data for entry in entries if entry.step in ("compose", "amend")]
    return Draft(case, entries, composed[-1])


@dataclass(frozen=True)
class Asking:
    """A question about a figure, and where its answer is."""

    case: Case
    entries: tuple[Written, ...]

    @property
    def question(self) -> Mapping[str, Any]:
        return self.entries[0].data

    @property
    def answer(self) -> Written | None:
        """Return the last answer that was given."""
        return next((entry for entry in reversed(self.entries) if entry.step in ("explain", "add")), None)

    @property
    def state(self) -> str:
        """Return "asked", "answered", "returned", "accepted" or "dropped"."""
        last = self.entries[-1].step
        words = {"ask": "asked", "return": "returned", "accept": "accepted", "drop": "dropped"}
        return words.get(last, "answered")

    def remark(self) -> Remark | None:
        """Return what stands beside the figure; None until it has been accepted."""
        given = self.answer
        if self.state != "accepted" or given is None:
            return None
        row = self.question["row"]
        return Remark(
            indicator=self.question["indicator"],
            row=None if row == TOTAL else row,
            unit=self.case.unit.titles,
            text={"uk": given.data["text"], "en": given.data["text_en"] or given.data["text"]},
            at=given.at,
        )


def asking_of(case: Case) -> Asking:
    """Return the question that a case is about."""
    return Asking(case, tuple(effective(cases.journal(case))))


def askings(reader: Reader, report: UUID) -> list[Asking]:
    """Return what was asked about figures of a report, the earliest first."""
    found = cases.visible_to(reader).filter(parent=report, procedure=explanation.procedure.code)
    return [asking_of(case) for case in found.select_related("place", "unit").order_by("opened_at")]


def to_explain(reader: Reader) -> list[Asking]:
    """Return the questions that wait for an answer of the reader's units, what is due first."""
    found = cases.pending(reader).filter(procedure=explanation.procedure.code, due_step__isnull=False)
    return [asking_of(case) for case in found.select_related("place", "unit")[:50]]


def remarks(reader: Reader, report: UUID) -> list[Remark]:
    """Return the accepted explanations of a report."""
    found = (asking.remark() for asking in askings(reader, report))
    return [remark for remark in found if remark is not None]


def units_for(reader: Reader, level: str, row: str) -> list[Unit]:
    """Return the units that may be asked about a row: itself, or those that answer for the place, the widest first."""
    units = Unit.objects.filter(pre__range=(reader.unit_from, reader.unit_to))
    if level in ("directorate", "unit"):
        return list(units.filter(code=row))
    return list(units.filter(place_links__place=row).order_by("pre").distinct()[:12])


def place_for(level: str, row: str, unit: Unit) -> Territory | None:
    """Return the place in which the question lies: that of the row, or where the unit answers."""
    if level in ("directorate", "unit"):
        return unit.places.order_by("pre").first()
    return Territory.objects.filter(code=row).first()


def place_title(code: str) -> str:
    """Return the name of a place, its code where there is none."""
    found = Territory.objects.filter(code=code).first()
    return found.title if found else code


def unit_title(code: str) -> str:
    """Return the name of a unit, its code where there is none."""
    found = Unit.objects.filter(code=code).first()
    return found.title if found else code


def names_of(officers: Sequence[int | None], language: str) -> dict[int, str]:
    """Return the names of officers by their numbers."""
    found = Officer.objects.filter(pk__in={one for one in officers if one is not None})
    return {officer.pk: officer.name_in(language) for officer in found}


LATE = """
SELECT c.key, c.procedure, c.number, c.year, e.step, e.at, e.received_at, e.corrects IS NOT NULL, e.place
FROM cases_entry e JOIN cases_case c ON c.key = e.case_key
JOIN places_territory t ON t.code = e.place JOIN places_unit u ON u.code = e.unit
WHERE e.txid >= %(watermark)s::text::xid8 AND e.procedure = ANY (%(procedures)s)
  AND (e.at >= %(first)s AND e.at < %(last)s OR c.opened_at >= %(first)s AND c.opened_at < %(last)s)
  AND t.pre BETWEEN %(place_from)s AND %(place_to)s AND u.pre BETWEEN %(unit_from)s AND %(unit_to)s
ORDER BY e.received_at DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class Late:
    """An entry that came after a report was frozen, of a case or a moment in its period."""

    case: UUID
    procedure: str
    number: int
    year: int
    step: str
    at: datetime
    received_at: datetime
    corrects: bool
    place: str


def late(
    reader: Reader,
    *,
    watermark: int,
    period: Period,
    procedures: Collection[str],
    places: tuple[int, int],
    units: tuple[int, int],
) -> list[Late]:
    """Return the entries of these procedures behind a difference that the reader may see, the newest first."""
    asked = {
        "watermark": watermark,
        "procedures": list(procedures),
        "first": period.start,
        "last": period.end,
        "place_from": max(places[0], reader.place_from),
        "place_to": min(places[1], reader.place_to),
        "unit_from": max(units[0], reader.unit_from),
        "unit_to": min(units[1], reader.unit_to),
        "most": MOST_LATE,
    }
    with connection.cursor() as cursor:
        cursor.execute(LATE, asked)
        return [Late(*row) for row in cursor.fetchall()]


def interval_of(level: str, row: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the places and the units of a row of a report, as preorder intervals; TOTAL has all."""
    tree = Unit if level in ("directorate", "unit") else Territory
    found = tree.objects.filter(code=row).first() if row != TOTAL else None
    own = (found.pre, found.pre_end) if found else (0, WIDEST)
    return ((0, WIDEST), own) if tree is Unit else (own, (0, WIDEST))
