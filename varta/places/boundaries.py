"""Boundaries of places: approximate ones made of the points that are known, or official ones from a file.

Approximate: what lies nearer to a settlement than to any other belongs to it (Voronoi cells); the cells of a
hromada, a raion, an oblast together are its shape. Open country goes at most as far as `REACH_KM` from the
outermost settlements. The shared edges stay shared when they are simplified.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.db import transaction

from varta.places.errors import NoSuchFile, NotBoundaries
from varta.places.models import PlaceShape, Territory

APPROXIMATE = PlaceShape.APPROXIMATE
REACH_KM = 12.0
BRIDGE_KM = 25.0  # settlements so far from open country still bound it together
KM_OF_A_DEGREE = 111.2  # of latitude
MIDDLE_LAT = 48.5  # degrees of longitude are drawn as long as there
DECIMALS = 4  # of degrees: about ten metres
# Degrees by which edges of a level may be moved when they are simplified.
TOLERANCE = {Territory.OBLAST: 0.015, Territory.RAION: 0.01, Territory.HROMADA: 0.006}
OFFICIAL_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class Spot:
    """A settlement with its point and the places that it belongs to, by level."""

    lat: float
    lon: float
    within: Mapping[int, str | None]


@dataclass(frozen=True)
class Outcome:
    """How many shapes were written, and which lines of a file were left out, with the reason."""

    written: int
    left_out: tuple[str, ...] = ()


def compute(spots: Sequence[Spot]) -> dict[tuple[int, str], Any]:
    """Return the shape of each place by level and code, in degrees; places without a settlement have none."""
    points = _flat(spots)
    cells = _cells(points)
    shapes: dict[tuple[int, str], Any] = {}
    for level, tolerance in TOLERANCE.items():
        parts: dict[str, list[Any]] = defaultdict(list)
        for spot, cell in zip(spots, cells, strict=True):
            if code := spot.within[level]:
                parts[code].append(cell)
        whole = [shapely.coverage_union_all(found) for found in parts.values()]
        if not whole:
            continue
        simple = shapely.coverage_simplify(np.array(whole), tolerance)
        for code, shape in zip(parts, simple, strict=True):
            shapes[level, code] = _degrees(shape)
    return shapes


@transaction.atomic
def fill() -> Outcome:
    """Make the approximate shapes of Ukraine anew; official ones stay."""
    official = set(PlaceShape.objects.exclude(source=APPROXIMATE).values_list("place_id", flat=True))
    shapes = {key: shape for key, shape in compute(_spots()).items() if key[1] not in official}
    PlaceShape.objects.filter(source=APPROXIMATE).delete()
    known = Territory.objects.in_bulk({code for _, code in shapes})
    PlaceShape.objects.bulk_create(
        [_row(known[code], shape, APPROXIMATE) for (_, code), shape in shapes.items() if code in known]
    )
    return Outcome(len(shapes))


@transaction.atomic
def load(file: Path, *, source: str, code_field: str) -> Outcome:
    """Write the boundaries of a GeoJSON file; features that name no place of ours are left out and named.

    The file is a FeatureCollection of polygons in WGS84 degrees; `code_field` is the property that holds the
    place's code. Raises NoSuchFile, NotBoundaries.
    """
    features = _features(file)
    rows, left_out = [], []
    codes = [str((one.get("properties") or {}).get(code_field, "")).strip() for one in features]
    known = Territory.objects.in_bulk([code for code in codes if code])
    for number, (code, feature) in enumerate(zip(codes, features, strict=True), start=1):
        place, shape = known.get(code), _polygon(feature.get("geometry"))
        if place is None:
            left_out.append(f"{number}: no place “{code}”")
        elif shape is None:
            left_out.append(f"{number}: {code} has no polygon in degrees")
        else:
            rows.append(_row(place, shapely.simplify(shape, OFFICIAL_TOLERANCE), source))
    PlaceShape.objects.filter(place__in=[row.place_id for row in rows]).delete()
    PlaceShape.objects.bulk_create({row.place_id: row for row in rows}.values())
    return Outcome(len(rows), tuple(left_out))


def _spots() -> list[Spot]:
    """Return the settlements of Ukraine that have a point; Kyiv and Sevastopol are settlements, too."""
    found = Territory.objects.filter(code__startswith="UA", valid_to=None, lat__isnull=False)
    wanted = found.filter(level=Territory.SETTLEMENT) | found.filter(category="K")
    columns = ("lat", "lon", "oblast", "raion", "hromada")
    spots: dict[tuple[float, float], Spot] = {}
    for lat, lon, *within in wanted.order_by("pre").values_list(*columns):
        levels = (Territory.OBLAST, Territory.RAION, Territory.HROMADA)
        spots.setdefault(
            (round(lat, 3), round(lon, 3)), Spot(lat, lon, dict(zip(levels, within, strict=True)))
        )
    return list(spots.values())


def _flat(spots: Sequence[Spot]) -> Any:
    """Return the points on a plane on which a degree of longitude is as long as one of latitude."""
    narrow = cos(radians(MIDDLE_LAT))
    return np.array([(spot.lon * narrow, spot.lat) for spot in spots], float).reshape(-1, 2)


def _cells(points: Any) -> Any:
    """Return the cell of each point, cut where the land ends."""
    if len(points) == 0:
        return []
    dots = shapely.points(points)
    around = shapely.union_all(shapely.buffer(dots, BRIDGE_KM / KM_OF_A_DEGREE, quad_segs=8))
    land = shapely.buffer(around, (REACH_KM - BRIDGE_KM) / KM_OF_A_DEGREE)
    land = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(land)])
    shapely.prepare(land)
    wide = land.buffer(1)
    whole = shapely.voronoi_polygons(shapely.multipoints(dots), extend_to=wide, ordered=True)
    return shapely.intersection(shapely.get_parts(whole), land)


def _degrees(shape: Any) -> Any:
    narrow = cos(radians(MIDDLE_LAT))
    return shapely.transform(shape, lambda flat: np.column_stack([flat[:, 0] / narrow, flat[:, 1]]))


def _row(place: Territory, shape: Any, source: str) -> PlaceShape:
    middle = shapely.point_on_surface(shape)
    rounded = shapely.transform(shape, lambda pairs: pairs.round(DECIMALS))
    return PlaceShape(
        place=place,
        level=place.level,
        oblast=place.oblast or "",
        geometry=shapely.to_geojson(rounded),
        lat=round(middle.y, 5),
        lon=round(middle.x, 5),
        source=source,
    )


def _features(file: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(file.read_bytes())
    except OSError:
        raise NoSuchFile(file=file) from None
    except ValueError:
        raise NotBoundaries(file=file.name) from None
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise NotBoundaries(file=file.name)
    return features


def _polygon(geometry: Any) -> Any:
    """Return a valid polygon within the world's degrees, None where there is none."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException:
        return None
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)
