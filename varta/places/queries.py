"""Questions about places and units. Reference data: every officer who is signed in may read it."""

from collections.abc import Iterable
from datetime import date
from math import cos, radians
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from varta.lib import text
from varta.places.models import Edition, PlaceShape, Territory, TerritoryChange, Tree, Unit
from varta.places.points import distance_km

T = TypeVar("T", bound=Tree)

KM_OF_A_DEGREE = 111.2  # of latitude


def in_force(on: date) -> Q:
    """Return the condition that a row of either tree is in force on a day."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def territory(code: str) -> Territory | None:
    """Return the territory of a code, in force or not."""
    return Territory.objects.filter(code=code).first()


def territory_at(code: str, on: date) -> Territory | None:
    """Return the territory of a code if it was in force on a day."""
    return Territory.objects.filter(in_force(on), code=code).first()


def unit(code: str) -> Unit | None:
    """Return the unit of a code, in force or not."""
    return Unit.objects.filter(code=code).first()


def interval(code: str) -> tuple[int, int] | None:
    """Return the preorder interval of a territory, both ends inclusive."""
    return Territory.objects.filter(code=code).values_list("pre", "pre_end").first()


def unit_interval(code: str) -> tuple[int, int] | None:
    """Return the preorder interval of a unit, both ends inclusive."""
    return Unit.objects.filter(code=code).values_list("pre", "pre_end").first()


def roots() -> QuerySet[Territory]:
    """Return the countries whose trees are loaded."""
    return Territory.objects.filter(level=Territory.COUNTRY)


def path(row: T) -> list[T]:
    """Return the rows above a territory or a unit, the widest first, without itself."""
    return list(type(row).objects.filter(pre__lt=row.pre, pre_end__gte=row.pre))


def children(row: T, *, on: date | None = None) -> QuerySet[T]:
    """Return the rows directly below in Ukrainian order; on a day those in force, else also the closed."""
    below = type(row).objects.filter(parent=row).order_by("sort_key")
    return below if on is None else below.filter(in_force(on))


def units_for(place: Territory, *, on: date | None = None) -> QuerySet[Unit]:
    """Return the units that answer for a place or for a place it lies in, the widest first."""
    found = Unit.objects.filter(places__pre__lte=place.pre, places__pre_end__gte=place.pre).distinct()
    return found if on is None else found.filter(in_force(on))


def by_name(name: str, *, within: str | None = None) -> list[Territory]:
    """Return the territories in force whose name folds to the same form, the widest first.

    `within` is the code of a territory in which they must lie.
    """
    folded = text.fold(name)
    found = Territory.objects.filter(Q(folded=folded) | Q(folded_en=folded), valid_to__isnull=True)
    if within is not None:
        inside = interval(within)
        if inside is None:
            return []
        found = found.filter(pre__range=inside)
    return list(found.order_by("level", "pre"))


def box(lat: float, lon: float, km: float) -> tuple[float, float, float, float]:
    """Return south, north, west and east, in degrees, of a box that holds the circle around a point."""
    high = 1.01 * km / KM_OF_A_DEGREE
    wide = high / max(0.01, cos(radians(lat)))
    return lat - high, lat + high, lon - wide, lon + wide


def nearest(lat: float, lon: float, *, max_km: float) -> Territory | None:
    """Return the settlement in force whose point is nearest and within `max_km`, by straight distance."""
    south, north, west, east = box(lat, lon, max_km)
    near = Territory.objects.filter(
        lat__range=(south, north),
        lon__range=(west, east),
        valid_to__isnull=True,
        level__gte=Territory.SETTLEMENT,
    )
    measured = [(distance_km((lat, lon), (place.lat, place.lon)), place.code, place) for place in near]
    distance, _, place = min(measured, default=(max_km + 1, "", None))
    return place if distance <= max_km else None


def counts_below(row: Territory) -> dict[int, int]:
    """Return how many territories in force lie below, by level."""
    below = Territory.objects.filter(pre__gt=row.pre, pre__lte=row.pre_end, valid_to__isnull=True)
    return dict(below.values_list("level").annotate(count=Count("code")).order_by("level"))


def changes(row: Territory) -> QuerySet[TerritoryChange]:
    """Return what the territory was before, the latest first."""
    return TerritoryChange.objects.filter(territory=row)


def editions(root: str) -> QuerySet[Edition]:
    """Return which files described a tree, the latest first."""
    return Edition.objects.filter(root=root).order_by("-as_of", "-pk")


def middles(places: Iterable[Territory]) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of each place by code: its own point, else the middle of its shape.

    A place without either has the middle of its hromada; what has none at all is missing.
    """
    wanted = {place.code: place for place in places}
    found = {code: (place.lat, place.lon) for code, place in wanted.items() if place.lat and place.lon}
    rest = [place for code, place in wanted.items() if code not in found]
    if not rest:
        return found
    codes = {place.code for place in rest} | {place.hromada for place in rest if place.hromada}
    shapes = PlaceShape.objects.filter(place__in=codes).values_list("place_id", "lat", "lon")
    known = {code: (lat, lon) for code, lat, lon in shapes}
    for place in rest:
        middle = known.get(place.code) or known.get(place.hromada or "")
        if middle:
            found[place.code] = middle
    return found


def shapes(level: int, within: str) -> QuerySet[PlaceShape]:
    """Return the shapes of a level within a country or an oblast, with their places."""
    found = PlaceShape.objects.filter(level=level).select_related("place").order_by("place__pre")
    return found if within == "UA" else found.filter(oblast=within)
