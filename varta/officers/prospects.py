"""Prospects of the programme: stays become spells, a cover becomes officers wanted, runs become answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from math import ceil
from operator import itemgetter

from varta.officers import publishing, queries
from varta.officers.models import Cohort, Stay
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.places.queries import in_force
from varta.planning import pipeline
from varta.planning.pipeline import Checked, Known, Paths, Reached, WhatIf
from varta.planning.survival import Spell

RUNS = 200
LAST_CHECKED = date(2023, 12, 31)  # the published series ends in that month
CHECKED = tuple(date(*day) for day in ((2019, 12, 31), (2020, 8, 31), (2021, 3, 31), (2021, 8, 31)))


@dataclass(frozen=True)
class Aim:
    """A cover: `part` of the need, 0..1, where an officer serves `norm` people; or `part` of the hromadas."""

    kind: str  # "people" or "hromadas"
    norm: int
    part: float


@dataclass(frozen=True)
class Prospect:
    """One oblast: its aim, when it is reached, and why not if it cannot be told."""

    place: Territory
    reached: Reached | None  # None where the people of the oblast are not known


@dataclass(frozen=True)
class Backtest:
    """What was expected from `known` on, beside what was published later and what records say of the same days."""

    known: Known
    paths: Paths
    published: tuple[Checked, ...]
    recorded: tuple[Checked, ...]

    @property
    def error(self) -> float | None:
        """Return the mean of the published figures' relative errors, signs left out; None where there are none."""
        errors = [abs(one.error) for one in self.published if one.error is not None]
        return sum(errors) / len(errors) if errors else None


def spells_of(reader: Reader) -> tuple[Spell, ...]:
    """Return the stays that the reader counts as spells; a transfer goes on in the same spell."""
    columns = ("case", "stage", "oblast_id", "cohort_id", "began", "ended")
    rows = queries.visible_to(reader).order_by("case", "nth").values_list(*columns)
    return tuple(
        spell for _, way in groupby(rows, key=itemgetter(0)) for spell in _of_one([row[1:] for row in way])
    )


def _of_one(way: list[tuple[str, str, str | None, date, date | None]]) -> Iterable[Spell]:
    """Yield the spells of one person from the stays in their order."""
    for stage, joined in groupby(way, key=itemgetter(0)):
        stays = list(joined)
        if stage == Stay.Stage.LEFT:
            return
        (_, _, cohort, began, _), (_, oblast, _, _, ended) = stays[0], stays[-1]
        after = way[way.index(stays[-1]) + 1 :]
        yield Spell(
            stage,
            oblast,
            began.toordinal(),
            ended.toordinal() if ended else None,
            after[0][0] if ended and after else "",
            (cohort or "") if stage == Stay.Stage.TRAINING else "",
        )


def capacities() -> tuple[tuple[str, int], ...]:
    """Return the places on each cohort."""
    return tuple(Cohort.objects.order_by("code").values_list("code", "capacity"))


@lru_cache(maxsize=24)
def understood(
    spells: tuple[Spell, ...], day: date, places: tuple[str, ...], on_courses: tuple[tuple[str, int], ...]
) -> Known:
    """Return what the spells tell at the end of a day; kept, because a page asks it often."""
    return pipeline.understand(spells, day.toordinal(), places, dict(on_courses))


@lru_cache(maxsize=24)
def runs(
    spells: tuple[Spell, ...],
    day: date,
    places: tuple[str, ...],
    on_courses: tuple[tuple[str, int], ...],
    weeks: int,
    what_if: WhatIf,
) -> Paths:
    """Return the runs from a day on; the same question gives the same runs, and is not asked twice."""
    known = understood(spells, day, places, on_courses)
    return pipeline.simulate(known, weeks=weeks, what_if=what_if, runs=RUNS)


def oblasts(reader: Reader) -> list[Territory]:
    """Return the oblasts within the reader's area in the order of the alphabet."""
    found = Territory.objects.filter(
        level=Territory.OBLAST,
        pre__gte=reader.place_from,
        pre_end__lte=reader.place_to,
        code__startswith="UA",
    )
    return list(found.order_by("sort_key"))


def wanted(
    aim: Aim, places: Iterable[Territory], known: Known, covered: Mapping[str, int], day: date
) -> dict[str, int]:
    """Return how many officers each oblast needs for the aim; oblasts whose people are not known are left out.

    `covered`: hromadas of each oblast with an officer. For a part of the hromadas as many officers serve
    a hromada as now, in the oblast or, where nobody serves yet, in all.
    """
    if aim.kind == "people":
        return {
            one.code: pipeline.wanted_for(round(one.population * aim.part), aim.norm)
            for one in places
            if one.population
        }
    in_all = sum(covered.values())
    usual = sum(known.serving(place) for place in known.places) / in_all if in_all else 1.0
    found = {}
    for one in places:
        number = _hromadas(one, day)
        each = known.serving(one.code) / covered[one.code] if covered.get(one.code) else usual
        if number:
            found[one.code] = ceil(number * aim.part * each)
    return found


def _hromadas(place: Territory, day: date) -> int:
    below = Territory.objects.filter(
        in_force(day), level=Territory.HROMADA, pre__range=(place.pre, place.pre_end)
    )
    return below.count()


def covered_on(reader: Reader, day: date) -> dict[str, int]:
    """Return how many hromadas of each oblast have an officer on a day."""
    found = queries.counts(reader, day, by=("oblast", "hromada", "stage"))
    numbers: dict[str, int] = {}
    for oblast, _hromada, stage in found:
        if oblast and stage == Stay.Stage.SERVING:
            numbers[oblast] = numbers.get(oblast, 0) + 1
    return numbers


def backtest(
    spells: tuple[Spell, ...], day: date, on_courses: tuple[tuple[str, int], ...]
) -> Backtest | None:
    """Return what would have been expected at the end of a day; None where nothing was known yet."""
    known = understood(spells, day, (), on_courses)
    if not known.places:
        return None
    weeks = (LAST_CHECKED - day).days // pipeline.WEEK + 1
    paths = runs(spells, day, (), on_courses, weeks, WhatIf())
    later = [
        (row.first.toordinal(), row.last.toordinal(), row.value)
        for row in publishing.in_force().of("serving")
    ]
    recorded = [(first, last, _serving(spells, (first + last) // 2)) for first, last, _ in later]
    return Backtest(known, paths, tuple(pipeline.check(paths, later)), tuple(pipeline.check(paths, recorded)))


def _serving(spells: Iterable[Spell], day: int) -> int:
    return sum(
        one.stage == "serving" and one.began <= day and (one.ended is None or day < one.ended)
        for one in spells
    )
