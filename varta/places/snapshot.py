"""The hromadas of a day: which existed, what holds of them, and where their settlements lie.

How many hromadas there are is never a constant: it follows from the lists of the codifier, each of which says
what was in force on its day, and from dated facts. A day before the first list that is known is shown by that
list, and `Snapshot.listed_on` says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from varta.places import facts, names
from varta.places.models import Edition, Territory, TerritoryFact
from varta.places.territory import ROOT_OF_UKRAINE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Interval = tuple[int, int]

EVERYWHERE = (0, 2**31 - 1)
CENTRE, LARGEST, MIDDLE = "centre", "largest", "middle"  # by what a hromada's point is known

_IN_FORCE = """(t.valid_from IS NULL OR t.valid_from <= %(day)s) AND (t.valid_to IS NULL OR t.valid_to > %(day)s)
    AND t.code NOT IN (SELECT territory_id FROM places_territorychange
                       WHERE what = 'absence' AND until > %(day)s AND was <= %(day)s::text)"""
_HROMADAS = f"""
    SELECT t.code, t.name, t.name_en, t.sort_key, coalesce(t.oblast, ''), t.kind, t.pre, t.pre_end,
           t.population, t.population_on, t.population_source, coalesce(c.lat, t.lat), coalesce(c.lon, t.lon),
           s.lat, s.lon
    FROM places_territory t
    LEFT JOIN places_territory c ON c.code = t.centre AND c.lat IS NOT NULL
    LEFT JOIN places_placeshape s ON s.place_id = t.code
    WHERE t.level = 3 AND t.pre BETWEEN %(first)s AND %(last)s AND {_IN_FORCE}
    ORDER BY t.pre"""
# A settlement that moved since lay in another hromada on that day. All rows come as one value of packed
# numbers, which numpy reads as it stands: 30,000 rows one by one would take longer than all the rest. Their
# order is fixed, since a plan keeps a hash of them.
_SETTLEMENTS = f"""
    SELECT coalesce(string_agg(int4send(t.pre) || int4send(h.pre) || int4send((t.category = 'M')::int)
               || float8send(coalesce(t.lat, 'NaN')) || float8send(coalesce(t.lon, 'NaN'))
               || float8send(coalesce(t.population::float8, 'NaN')), '' ORDER BY t.pre), '')
    FROM places_territory t
    LEFT JOIN (SELECT DISTINCT ON (territory_id) territory_id, was FROM places_territorychange
               WHERE what = 'parent' AND until > %(day)s ORDER BY territory_id, until) m
           ON m.territory_id = t.code
    JOIN places_territory h ON h.code = coalesce(m.was, t.hromada) AND h.level = 3
    WHERE t.level = 4 AND h.pre BETWEEN %(first)s AND %(last)s AND {_IN_FORCE}"""
_RECORD = np.dtype(
    [("pre", ">i4"), ("home", ">i4"), ("city", ">i4"), ("lat", ">f8"), ("lon", ">f8"), ("people", ">f8")]
)


@dataclass(frozen=True, slots=True)
class Hromada:
    """A hromada on a day.

    `population` as its own source states it, None where nobody knows. `point`: where its officers are taken to
    stand (latitude, longitude in degrees), `point_by` how it is known: the centre, its largest settlement with
    a point, the middle of its approximate shape, or "". `mark`: "occupied", "front_line" or ""; `partly`:
    whether a part of it is so.
    """

    code: str
    name: str
    name_en: str
    sort_key: str
    oblast: str
    kind: str
    pre: int
    pre_end: int
    population: int | None
    population_on: date | None
    population_source: str
    point: tuple[float, float] | None
    point_by: str
    has_city: bool
    mark: str
    partly: bool

    @property
    def counts(self) -> bool:
        """Whether it belongs to the base by which cover is measured: neither front-line nor occupied."""
        return not self.mark

    def title(self, language: str) -> str:
        """Return the full name in "uk" or "en"."""
        return names.titles(code=self.code, category="H", name=self.name, name_en=self.name_en)[language]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The hromadas of a day in the order of the tree, and their settlements as columns, in any order.

    `pre`: the number of each settlement in the tree. `area`: the row of each settlement's hromada. `points`:
    latitude and longitude in degrees, NaN where unknown. `people`: NaN where unknown. `listed_on`: the day of
    the list of the codifier that was in force; None where the first known list, of `first_list`, is later.
    """

    day: date
    hromadas: Sequence[Hromada]
    pre: Ints
    area: Ints
    points: Floats
    people: Floats
    facts: Sequence[TerritoryFact]
    listed_on: date | None
    first_list: date | None

    @property
    def row_of(self) -> Mapping[str, int]:
        """Return the row of each hromada by its code."""
        return {one.code: row for row, one in enumerate(self.hromadas)}

    @property
    def posts(self) -> Floats:
        """Return the point of each hromada's officers, NaN where unknown."""
        return np.array([one.point or (np.nan, np.nan) for one in self.hromadas], float).reshape(-1, 2)


def on(day: date, *, within: Interval = EVERYWHERE, root: str = ROOT_OF_UKRAINE.code) -> Snapshot:
    """Return the hromadas of a country on a day, only those in an interval of preorder numbers if given."""
    first, last = _overlap(root, within)
    asked = {"day": day, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_HROMADAS, asked)
        rows = cursor.fetchall()
        cursor.execute(_SETTLEMENTS, asked)
        settled = np.frombuffer(cursor.fetchone()[0], _RECORD)
    starts = np.array([row[6] for row in rows], np.int64)
    area = np.searchsorted(starts, settled["home"])
    inside = (area < len(starts)) & (
        starts[np.minimum(area, len(starts) - 1)] == settled["home"] if rows else False
    )
    settled, area = settled[inside], area[inside]
    points = np.column_stack((settled["lat"], settled["lon"])).astype(float)
    people = settled["people"].astype(float)
    said = facts.on_day(day, within=(first, last))
    lists = sorted(Edition.objects.filter(root=root).values_list("as_of", flat=True))
    return Snapshot(
        day=day,
        hromadas=_hromadas(
            rows,
            _marks(starts, [row[7] for row in rows], said),
            _largest(area, points, people),
            set(area[settled["city"] == 1].tolist()),
        ),
        pre=settled["pre"].astype(np.int64),
        area=area.astype(np.int64),
        points=points,
        people=people,
        facts=said,
        listed_on=max((one for one in lists if one <= day), default=None),
        first_list=min(lists, default=None),
    )


def _overlap(root: str, within: Interval) -> Interval:
    """Return what an interval has in common with the tree of a country; nothing where that is not loaded."""
    tree = Territory.objects.filter(code=root).values_list("pre", "pre_end").first() or (1, 0)
    return max(tree[0], within[0]), min(tree[1], within[1])


def _hromadas(
    rows: Sequence[tuple[Any, ...]],
    marks: Sequence[tuple[str, bool]],
    largest: Mapping[int, tuple[float, float]],
    with_city: set[int],
) -> list[Hromada]:
    """Return the hromadas: at their centre's point, else their largest settlement's, else their middle."""
    found = []
    for number, row in enumerate(rows):
        lat, lon, middle_lat, middle_lon = row[11:]
        point, by = ((lat, lon), CENTRE) if lat is not None else (largest.get(number), LARGEST)
        if point is None:
            point, by = ((middle_lat, middle_lon), MIDDLE) if middle_lat is not None else (None, "")
        found.append(Hromada(*row[:11], point, by, number in with_city, *marks[number]))
    return found


def _marks(starts: Ints, ends: Sequence[int], said: Iterable[TerritoryFact]) -> list[tuple[str, bool]]:
    """Return what facts say of each hromada and whether one says so of a part; occupied goes before front-line."""
    marks, parts = [""] * len(starts), [False] * len(starts)
    for fact in said:
        place = fact.place
        first, last = np.searchsorted(starts, (place.pre, place.pre_end + 1)).tolist()
        for row in range(first, last):
            if marks[row] != TerritoryFact.Kind.OCCUPIED:
                marks[row] = str(fact.kind)
        if first == last and first > 0 and ends[first - 1] >= place.pre:
            parts[first - 1] = True
    return list(zip(marks, parts, strict=True))


def _largest(area: Ints, points: Floats, people: Floats) -> dict[int, tuple[float, float]]:
    """Return, for the row of each hromada, the point of its settlement with most people, where it has a point."""
    (known,) = np.nonzero(np.isfinite(points).all(axis=1))
    order = known[np.lexsort((-np.nan_to_num(people[known], nan=-1.0), area[known]))]
    rows, first = np.unique(area[order], return_index=True)
    return {
        row: (lat, lon) for row, (lat, lon) in zip(rows.tolist(), points[order[first]].tolist(), strict=True)
    }


@dataclass(frozen=True, slots=True)
class BeatPeople:
    """A beat and its people: as stated, else at least those of its settlements that are known, None without any."""

    pk: int
    hromada: str
    kind: str
    people: int | None
    whole: bool


_BEATS = """
    SELECT b.id, b.hromada_id, b.kind, coalesce(b.population, (
               SELECT sum(p.population)::int
               FROM places_beat_places l JOIN places_territory p ON p.code = l.territory_id
               WHERE l.beat_id = b.id)), b.population IS NOT NULL
    FROM places_beat b JOIN places_territory h ON h.code = b.hromada_id
    WHERE b.since <= %(day)s AND (b.until IS NULL OR b.until > %(day)s) AND h.pre BETWEEN %(first)s AND %(last)s
    ORDER BY h.pre, b.code"""


def beats(day: date, *, within: Interval = EVERYWHERE) -> list[BeatPeople]:
    """Return the beats of a day whose hromada lies in an interval of preorder numbers, with their people."""
    with connection.cursor() as cursor:
        cursor.execute(_BEATS, {"day": day, "first": within[0], "last": within[1]})
        return [BeatPeople(*row) for row in cursor.fetchall()]
