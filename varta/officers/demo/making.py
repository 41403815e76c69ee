"""Making the programme of the demonstration, in chapters that processes share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from varta.cases.bulk import Row, take_many
from varta.cases.models import Entry
from varta.lib.clock import kyiv_day
from varta.officers.demo import calendar, memoranda, people, plan, ways
from varta.officers.models import Cohort
from varta.people.scope import Reader, reading
from varta.places import police, units
from varta.places.models import Territory, Unit

IN_A_CHAPTER = 90  # memoranda
SUBJECTS = (
    ("law", "Правова підготовка", "Law", 60),
    ("tactics", "Тактична підготовка", "Tactics", 70),
    ("driving", "Екстремальне водіння", "Emergency driving", 40),
    ("first_aid", "Домедична допомога", "First aid", 24),
    ("communication", "Комунікація і психологія", "Communication and psychology", 36),
    ("juvenile", "Ювенальна превенція", "Work with children", 20),
)


class Chapter(NamedTuple):
    """A cohort, or some memoranda, that are written together; `now` ends the story."""

    cohort: str
    first: int  # number of the first memorandum
    now: datetime


@dataclass(slots=True)
class Made:
    """What a chapter wrote."""

    cases: int = 0
    written: int = 0
    repeated: int = 0
    refused: list[str] = field(default_factory=list)


def chapters(now: datetime) -> list[Chapter]:
    """Write the cohorts that are missing and return what is to be told in pieces."""
    _write_cohorts(now)
    told = [Chapter(course.code, 0, now) for course in calendar.courses()]
    return told + [Chapter("", first, now) for first in range(0, len(memoranda.hromadas()), IN_A_CHAPTER)]


def begin() -> None:
    """Prepare a process: draw the plan."""
    plan.plan()


def write(chapter: Chapter) -> Made:
    """Write the entries of a chapter; what is there already adds nothing."""
    until = kyiv_day(chapter.now)
    rows = _of_cohort(chapter.cohort, until) if chapter.cohort else _of_memoranda(chapter.first, until)
    rows = [row for row in rows if row.at <= chapter.now]
    if not rows or _is_told(rows):
        return Made(repeated=len(rows))
    outcome = take_many(rows, by=Reader.system())
    refused = [f"{rows[one.index].procedure}.{rows[one.index].step}: {one.error}" for one in outcome.refused]
    return Made(outcome.opened, outcome.written, outcome.repeated, refused)


def _is_told(rows: Sequence[Row]) -> bool:
    """Return whether the last entries of the chapter's cases are there."""
    last: dict[UUID, UUID] = {row.case: row.key for row in rows}
    with reading(Reader.system()):
        there = Entry.objects.filter(key__in=last.values()).count()
    return there == len(last)


def _of_cohort(cohort: str, until: date) -> list[Row]:
    group = plan.plan().people[cohort]
    told = [(one, ways.rows(one, until=until)) for one in group]
    people.write((one.nth, one.login) for one, rows in told if rows)
    return [row for _, rows in told for row in rows]


def _of_memoranda(first: int, until: date) -> list[Row]:
    some = memoranda.hromadas()[first : first + IN_A_CHAPTER]
    seats = _settlements([code for code, _, _ in some])
    return [
        row
        for code, applied, signed in some
        for row in memoranda.rows(code, applied, signed=signed, settlement=seats.get(code, ""), until=until)
    ]


def _settlements(hromadas: Sequence[str]) -> dict[str, str]:
    """Return a settlement of each hromada for its station: the largest that is counted, else the first."""
    found = Territory.objects.filter(
        parent__in=hromadas, level=Territory.SETTLEMENT, valid_to__isnull=True
    ).values_list("parent", "code", "population")
    best: dict[str, tuple[int, str]] = {}
    for hromada, code, counted in found:
        one = (-(counted or 0), code)
        best[hromada] = min(best.get(hromada, one), one)
    return {hromada: code for hromada, (_, code) in best.items()}


def _write_cohorts(now: datetime) -> None:
    with reading(Reader.system()):
        if not Unit.objects.filter(kind=Unit.Kind.UNIVERSITY).exists():
            units.load(list(police.universities()), as_of=kyiv_day(now))
        Cohort.objects.bulk_create(
            [
                Cohort(
                    code=course.code,
                    university_id=f"{police.PARTNERS}-{course.university}",
                    course_uk="Поліцейський офіцер громади",
                    course_en="Hromada police officer",
                    begins=course.begins,
                    ends=course.ends,
                    capacity=course.people + 5 if course.people < 70 else course.people,
                    curriculum=[
                        {"code": code, "uk": uk, "en": en, "hours": hours} for code, uk, en, hours in SUBJECTS
                    ],
                    created_at=now,
                )
                for course in calendar.courses()
            ],
            ignore_conflicts=True,
        )
