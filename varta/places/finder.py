"""Finding places for many rows: the whole tree in memory, asked without the database."""

from collections.abc import Iterable, Iterator
from math import floor
from typing import NamedTuple

from varta.lib import text
from varta.places.models import Territory, TerritoryChange
from varta.places.points import distance_km
from varta.places.queries import box

CITIES = ("K", "M")

_CELL = 0.1  # degrees: about 11 km of latitude

Point = tuple[float, float]


class Found(NamedTuple):
    """What a loader needs to know of a place."""

    code: str
    level: int
    category: str
    name: str
    oblast: str | None
    raion: str | None
    hromada: str | None
    pre: int
    pre_end: int
    lat: float | None
    lon: float | None


class Finder:
    """All territories in force, or those of one tree, by code, by name and by point.

    Made once for a load: `Finder()`, or `Finder(within="US")` for the places in one territory.
    """

    def __init__(self, *, within: str | None = None) -> None:
        rows = Territory.objects.filter(valid_to__isnull=True)
        if within is not None:
            top = Territory.objects.get(code=within)
            rows = rows.filter(pre__range=(top.pre, top.pre_end))
        self._by_code = {row[0]: Found(*row) for row in rows.values_list(*Found._fields).iterator(10_000)}
        self._by_name: dict[str, list[Found]] = {}
        for name, code in self._names():
            places = self._by_name.setdefault(name, [])
            if (place := self._by_code[code]) not in places:
                places.append(place)
        self._cells: dict[tuple[int, int], list[Found]] = {}
        for place in self._by_code.values():
            if place.lat is not None and place.lon is not None and not self._is_area(place):
                self._cells.setdefault(_cell(place.lat, place.lon), []).append(place)

    def __len__(self) -> int:
        return len(self._by_code)

    def by_code(self, code: str) -> Found | None:
        """Return the place of a code."""
        return self._by_code.get(code)

    def by_name(self, name: str, *, within: str | None = None, level: int | None = None) -> Found | None:
        """Return the one place of this name, today's or a former one; None if there is none or several.

        `within` is the code of a territory in which it must lie. Where one of the namesakes is a city,
        the city is meant; where one is a settlement and the rest are areas, the settlement.
        """
        places = self.namesakes(name, within=within, level=level)
        cities = [place for place in places if place.category in CITIES]
        settlements = [place for place in places if place.level == Territory.SETTLEMENT]
        meant = cities or settlements or places
        return meant[0] if len(meant) == 1 else None

    def namesakes(self, name: str, *, within: str | None = None, level: int | None = None) -> list[Found]:
        """Return all places of this name."""
        places = self._by_name.get(text.fold(name), [])
        if within is not None:
            top = self._by_code.get(within)
            places = [place for place in places if top and top.pre <= place.pre <= top.pre_end]
        return [place for place in places if level is None or place.level == level]

    def nearest(self, lat: float, lon: float, *, max_km: float) -> Found | None:
        """Return the settlement, or the smallest kind of place with points, nearest and within `max_km`."""
        best, found = max_km, None
        for place in self._around(lat, lon, max_km):
            distance = distance_km((lat, lon), (place.lat or 0.0, place.lon or 0.0))
            if distance < best or (distance == best and (found is None or place.code < found.code)):
                best, found = distance, place
        return found

    def _names(self) -> Iterator[tuple[str, str]]:
        codes = self._by_code
        for row in Territory.objects.filter(valid_to__isnull=True).values_list("folded", "folded_en", "code"):
            if row[2] in codes:
                yield row[0], row[2]
                yield row[1], row[2]
        former = TerritoryChange.objects.filter(what=TerritoryChange.What.NAME)
        for code, folded in former.values_list("territory", "folded"):
            if code in codes:
                yield folded, code

    def _is_area(self, place: Found) -> bool:
        """Whether the point of a Ukrainian place is that of its centre: such a place is never the nearest."""
        return place.code.startswith("UA") and place.level < Territory.SETTLEMENT and place.raion is not None

    def _around(self, lat: float, lon: float, max_km: float) -> Iterable[Found]:
        south, north, west, east = box(lat, lon, max_km)
        (bottom, left), (top, right) = _cell(south, west), _cell(north, east)
        for row in range(bottom, top + 1):
            for column in range(left, right + 1):
                yield from self._cells.get((row, column), ())


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / _CELL), floor(lon / _CELL)
