"""Who comes from where and which hromadas they serve: drawn once, the same in every process and at every run."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from varta.officers.demo import calendar
from varta.officers.demo.calendar import Course
from varta.people import demo
from varta.places.models import Territory, Unit, UnitPlace

FIRST_HROMADAS = 22  # that the first 34 officers served


@dataclass(frozen=True, slots=True)
class Someone:
    """A candidate of the story; `nth` is the number in the whole story."""

    nth: int
    course: Course
    in_course: int  # from 0; those who were not taken come after those who were
    oblast: str  # two digits
    hromada: str
    taken: bool
    login: str = ""


@dataclass(frozen=True)
class Plan:
    """Everybody by cohort, and the day on which each hromada's first officer began."""

    people: dict[str, list[Someone]] = field(default_factory=dict)
    first: dict[str, date] = field(default_factory=dict)  # hromada -> first day of a planned service
    wanted: Counter[str] = field(default_factory=Counter)  # hromada -> officers meant for it


@cache
def plan() -> Plan:
    """Return the plan of the whole story."""
    drawn, nth = Plan(), 0
    hromadas = {digits: _hromadas(digits) for digits in calendar.FIRST_SEVEN + calendar.LATER}
    given: Counter[str] = Counter()
    for course in calendar.courses():
        chance = Random(course.code)  # noqa: S311
        group = drawn.people[course.code] = []
        for in_course in range(course.people + course.rejected):
            oblast = course.oblasts[in_course % len(course.oblasts)]
            hromada = _next(hromadas[oblast], given[oblast])
            taken = in_course < course.people
            login = _login(course, in_course)
            if login:
                hromada = demo.HROMADA if login == "andrii" else demo.OTHER_HROMADA
            elif not taken:
                hromada = chance.choice(hromadas[oblast][:40])
            else:
                given[oblast] += 1
            if taken:
                drawn.wanted[hromada] += 1
                drawn.first.setdefault(hromada, _serves(course))
            group.append(Someone(nth, course, in_course, oblast, hromada, taken, login))
            nth += 1
    return drawn


def _serves(course: Course) -> date:
    return course.serves_from or course.ends + timedelta(days=45)


def _login(course: Course, in_course: int) -> str:
    """Return which of the demonstration's hromada officers this is: both were among the first."""
    if course.code != calendar.STORY[0].code:
        return ""
    return {20: "andrii", 21: "maria"}.get(in_course, "")


def _next(hromadas: list[str], given: int) -> str:
    """Return the hromada of the next officer: first one to each of the first, then further, then second ones."""
    if given < FIRST_HROMADAS + 12:
        return hromadas[given % FIRST_HROMADAS]
    return hromadas[given * 11 // 20 % len(hromadas)]


def _hromadas(digits: str) -> list[str]:
    """Return the hromadas of an oblast in the order in which they get officers; the large ones tend to be first."""
    found = Territory.objects.filter(
        level=Territory.HROMADA, oblast__startswith=f"UA{digits}", valid_to__isnull=True
    ).values_list("code", "population")
    chance = Random(f"hromadas {digits}")  # noqa: S311
    weighed = [(chance.random() ** (10_000 / (3000 + (people or 6000))), code) for code, people in found]
    kept = [code for _, code in sorted(weighed, reverse=True)]
    return [code for code in kept if code not in (demo.HROMADA, demo.OTHER_HROMADA)]


@cache
def units() -> dict[str, str]:
    """Return the unit in which an officer serves by hromada, and the main directorate by digits of the oblast."""
    links = UnitPlace.objects.filter(unit__kind=Unit.Kind.SECTOR, unit__valid_to__isnull=True)
    found = dict(links.order_by("-unit__pre").values_list("place", "unit"))
    heads = Unit.objects.filter(kind=Unit.Kind.MAIN_DIRECTORATE).values_list("code", flat=True)
    return found | {code.removeprefix("NPU-"): code for code in heads}
