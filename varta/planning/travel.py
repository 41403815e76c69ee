"""How long a crew drives: the port that every provider of travel times has, and the one by straight lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EARTH_M = 6_371_008.8  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of driving, and by what they were estimated.

    `seconds` has a row for each origin and a column for each destination; NaN where nobody knows, or where
    no road leads. `estimated_by` is "great_circle", "roads", or "roads+great_circle" where the graph
    answered for some pairs only. `trouble` says in both languages ("uk", "en") why the roads were not asked
    in full; empty without trouble. `by_road`: for how many destinations, from the first, roads answered.
    """

    seconds: Floats
    estimated_by: str
    trouble: Mapping[str, str] = field(default_factory=dict)
    by_road: int = 0


class TravelTimes(Protocol):
    """Whoever estimates travel times."""

    def matrix(self, origins: Floats, destinations: Floats) -> Times:
        """Return the times between all pairs; both are arrays of (latitude, longitude) in WGS84 degrees."""
        ...


@dataclass(frozen=True, slots=True)
class GreatCircle:
    """Travel times from straight lines: no map is needed, and all numbers can be changed.

    `detour`: a road is so many times longer than the straight line. Found elsewhere: about 1.2 in cities
    (Newell 1980), 1.22 to 1.44 by province in South Korea (Kim, Shin, Lee, Suh 2015); for Ukraine an
    assumption, and across the Dnipro far from the truth.
    `street_kmh`, `street_m`: the first metres of each way are streets. `road_kmh`: the rest. That long ways
    are driven faster than short ones is known (Larson, Odoni, Urban Operations Research, 3.7.2); these
    speeds are assumptions, to be replaced by what an installation measures between sending and arrival.
    """

    detour: float = 1.3
    street_kmh: float = 32.0
    street_m: float = 4_000.0
    road_kmh: float = 62.0

    def matrix(self, origins: Floats, destinations: Floats) -> Times:
        """Return the times between all pairs; NaN where a point is unknown."""
        return Times(self.seconds_over(metres(origins, destinations)), "great_circle")

    def seconds_over(self, straight_m: Floats) -> Floats:
        """Return the seconds of ways that are so long by a straight line; a longer one never takes less."""
        way_m = straight_m * self.detour
        streets_m = np.minimum(way_m, self.street_m)
        return np.asarray(
            streets_m * (3.6 / self.street_kmh) + (way_m - streets_m) * (3.6 / self.road_kmh), float
        )


def points(pairs: Sequence[tuple[float | None, float | None]]) -> Floats:
    """Return (latitude, longitude) pairs as an array of two columns; None becomes NaN."""
    return np.array(
        [(np.nan if a is None else a, np.nan if b is None else b) for a, b in pairs], float
    ).reshape(-1, 2)


def metres(origins: Floats, destinations: Floats) -> Floats:
    """Return great-circle distances in metres between all pairs of points in degrees."""
    half_chord_squared = (1.0 - on_sphere(origins) @ on_sphere(destinations).T) / 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.clip(half_chord_squared, 0.0, 1.0))))


def on_sphere(degrees: Floats) -> Floats:
    """Return points of the unit sphere; a dot product of two is the cosine of the angle between them."""
    lat, lon = np.radians(degrees).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
