"""What `bench.dispatch` replays: the demonstration's oblast, and a file of real calls.

Real in the file: when a call came, and where. Assumed everywhere: how long crews stay, how fast they
drive, how many there are and where they stand, and in the file the category that goes with a kind.
"""

import csv
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zlib import crc32

import numpy as np

from varta.calls.demo import calls as demo_calls
from varta.calls.demo import days
from varta.calls.demo.ground import Spot
from varta.calls.files.choosing import Choosing
from varta.calls.files.mapping import find
from varta.planning.demand import Demand
from varta.planning.onscene import ON_SCENE
from varta.planning.simulation import Call, Post
from varta.planning.travel import metres
from varta.procedures.call import arrival_norm

OBLAST = "12"
DAY_S = 86_400.0
ON = date(2026, 1, 1)
PACE_SPREAD = 0.25  # how much a way differs from what was expected: standard deviation of its logarithm
OF_THE_FILE = {
    "medical": "beta",
    "emergency": "beta",
    "other": "gamma",
}  # kinds the demonstration lacks, or only talks about
WAY_S = 540.0  # guess of turnout and way, to turn a utilisation into a number of calls
WARM_UP_S = 3 * 3600.0  # calls before this fill the crews and are not measured


@dataclass(frozen=True)
class Scene:
    """Crews and where calls come from; `drawn` makes a period of them."""

    name: str
    posts: tuple[Post, ...]
    demand: Demand  # calls of an hour in shares, learnt from calls that are not measured

    def per_hour(self, utilisation: float) -> float:
        """Return the calls of an hour that keep the crews so busy, by the guess of the way."""
        crews = sum(post.force == "patrol" for post in self.posts)
        return utilisation * crews * 3600 / (ON_SCENE.mean_s + WAY_S)

    def expecting(self, per_hour: float) -> Demand:
        """Return the demand for a load."""
        return replace(self.demand, per_hour=self.demand.per_hour / self.demand.per_hour.sum() * per_hour)


# -- the demonstration's oblast ----------------------------------------------------------------------


@dataclass(frozen=True)
class Oblast(Scene):
    """Calls are drawn as `varta.calls.demo` draws them: spots by people, kinds by weight, hours by weight."""

    points: np.ndarray
    zones: tuple[str, ...]
    weights: np.ndarray

    def drawn(self, seed: int, utilisation: float, hours: float = 24.0) -> list[Call]:
        """Return a period of calls; the same seed gives the same calls."""
        chance = np.random.default_rng([seed, 12])
        number = chance.poisson(self.per_hour(utilisation) * hours)
        at = _moments(chance, number, hours)
        spots = chance.choice(len(self.points), number, p=self.weights)
        where = self.points[spots] + chance.normal(0, (0.008, 0.012), (number, 2))
        kinds = [kind for kind, one in demo_calls.KINDS.items() if one[1] != "delta"]
        weights = np.array([demo_calls.KINDS[kind][0] for kind in kinds])
        drawn = chance.choice(len(kinds), number, p=weights / weights.sum())
        return _calls(chance, at, where, [kinds[n] for n in drawn], [self.zones[n] for n in spots])


def _moments(chance: np.random.Generator, number: int, hours: float) -> np.ndarray:
    """Return moments in seconds, likelier in the evening."""
    weights = np.resize(np.array(days.HOURS, float), math.ceil(hours))
    hour = chance.choice(len(weights), number, p=weights / weights.sum())
    return np.sort((hour + chance.random(number)) * 3600)


def _calls(
    chance: np.random.Generator,
    at: np.ndarray,
    where: np.ndarray,
    kinds: Sequence[str],
    zones: Sequence[str],
) -> list[Call]:
    stay = ON_SCENE.median_s * np.exp(chance.normal(0, ON_SCENE.spread, len(at)))
    pace = np.exp(chance.normal(-(PACE_SPREAD**2) / 2, PACE_SPREAD, len(at)))
    return [
        Call(float(a), float(lat), float(lon), category(kind), kind, float(s), _norm_s(kind, zone), float(p))
        for a, (lat, lon), kind, zone, s, p in zip(at, where, kinds, zones, stay, pace, strict=True)
    ]


def category(kind: str) -> str:
    """Return the category that the demonstration gives to a kind, or that is assumed for it here."""
    return OF_THE_FILE.get(kind) or demo_calls.KINDS[kind][1]


def _norm_s(kind: str, zone: str) -> float | None:
    term = arrival_norm(category(kind), zone, on=ON)
    return term.amount * 60.0 if term else None  # these norms are in minutes


def oblast(crews: int = 120) -> Oblast:
    """Return the demonstration's oblast: a crew at each sector and city division, the rest where calls are.

    Asks the database for places and units. Settlements without coordinates, mostly villages, lie around
    the middle of their hromada, and the districts of a city on a ring around it.
    """
    from varta.calls.demo.ground import country

    ground = country(wartime=True)
    weights = np.diff([0.0, *ground._sums])
    found = [
        (spot, weight) for spot, weight in zip(ground.spots, weights, strict=True) if spot.oblast == OBLAST
    ]
    places = _places([spot for spot, _ in found])
    known = [(spot, weight) for spot, weight in found if spot.code in places]
    points = np.array([places[spot.code] for spot, _ in known])
    shares = np.array([weight for _, weight in known]) / sum(weight for _, weight in known)
    posts = _posts([spot for spot, _ in known], points, shares, crews)
    demand = Demand.learnt(
        points.repeat(np.maximum(np.round(shares * 20_000), 0).astype(int), axis=0), hours=1
    )
    zones = tuple(spot.zone for spot, _ in known)
    return Oblast("Dnipropetrovsk oblast, invented calls", posts, demand, points, zones, shares)


def _places(spots: Sequence[Spot]) -> dict[str, tuple[float, float]]:
    """Return a point for each spot that can have one."""
    from varta.people.scope import Reader, reading
    from varta.places.models import Territory

    with reading(Reader.system()):
        rows = Territory.objects.filter(code__startswith=f"UA{OBLAST}", lat__isnull=False)
        cities = {code: (lat, lon) for code, lat, lon in rows.values_list("code", "lat", "lon")}
        parents = dict(
            Territory.objects.filter(code__in=[spot.code for spot in spots]).values_list("code", "parent_id")
        )
    middles = _middles(spots)
    places = {}
    for spot in spots:
        if spot.lat is not None and spot.lon is not None:
            places[spot.code] = (spot.lat, spot.lon)
        elif parents[spot.code] in cities:
            places[spot.code] = _around(cities[parents[spot.code]], spot.code, least_km=2, most_km=7)
        elif spot.hromada in middles:
            places[spot.code] = _around(middles[spot.hromada], spot.code, least_km=2, most_km=10)
    return places


def _middles(spots: Sequence[Spot]) -> dict[str, tuple[float, float]]:
    """Return the mean of the known points of each hromada."""
    known: dict[str, list[tuple[float, float]]] = {}
    for spot in spots:
        if spot.lat is not None and spot.lon is not None:
            known.setdefault(spot.hromada, []).append((spot.lat, spot.lon))
    return {hromada: tuple(np.mean(points, axis=0)) for hromada, points in known.items()}


def _around(
    middle: tuple[float, float], code: str, *, least_km: float, most_km: float
) -> tuple[float, float]:
    """Return a point near another one, always the same for a code."""
    chance = crc32(code.encode())
    angle, away = chance % 360, least_km + (chance // 360 % 1000) / 1000 * (most_km - least_km)
    north, east = away * math.cos(math.radians(angle)), away * math.sin(math.radians(angle))
    return middle[0] + north / 111.2, middle[1] + east / (111.2 * math.cos(math.radians(middle[0])))


def _posts(spots: Sequence[Spot], points: np.ndarray, shares: np.ndarray, crews: int) -> tuple[Post, ...]:
    """Return a crew for each unit that answers for a place, then one more where most calls go to a crew."""
    units = sorted({spot.unit for spot in spots})
    of = np.array([units.index(spot.unit) for spot in spots])
    load = np.bincount(of, shares)
    bases = [tuple(np.average(points[of == n], axis=0, weights=shares[of == n])) for n in range(len(units))]
    count = Counter(range(len(units)))
    while count.total() < crews:
        count[int(np.argmax([load[n] / count[n] for n in range(len(units))]))] += 1
    posts = [Post(f"Явір-{n}", *bases[unit]) for n, unit in enumerate(sorted(count.elements()), 1)]
    busiest = np.argsort(-load)[:7]
    groups = [Post(f"Омега-{n}", *bases[unit], force="violence_group") for n, unit in enumerate(busiest, 1)]
    return (*posts, *groups)


# -- a file of real calls ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Filed(Scene):
    """The recorded hours of a file one after the other, with the moments and places that it has."""

    at: np.ndarray  # seconds from the first call; hours that the file does not cover are left out
    where: np.ndarray
    kinds: tuple[str, ...]

    def drawn(self, seed: int, utilisation: float) -> list[Call]:
        """Return the calls, their time stretched to the load; the seed is of stays and paces only."""
        chance = np.random.default_rng([seed, 3])
        stretched = len(self.at) / (self.at[-1] / 3600) / self.per_hour(utilisation)
        return _calls(chance, self.at * stretched, self.where, self.kinds, ["city"] * len(self.at))


def filed(file: Path, *, mapping: str = "montgomery", crews: int = 40) -> dict[str, Filed]:
    """Return two scenes of a file: days to tune on and days to report on, every second day each.

    Crews stand where a p-median of the days for tuning puts them. A day with more than three times the
    usual calls (a snowstorm) is left out: no number of crews is realistic for it and for the others.
    """
    by_day: dict[date, list[Row]] = {}
    for row in _rows(file, find(mapping).chosen["kind"]):
        by_day.setdefault(row[0].date(), []).append(row)
    usual = np.median([len(rows) for rows in by_day.values()])
    windows = [_window(by_day[day]) for day in sorted(by_day) if 0.1 * usual < len(by_day[day]) < 3 * usual]
    parts = {"tuning": windows[::2], "reported": windows[1::2]}
    learnt = np.array([row[1:3] for rows in parts["tuning"] for row in rows])
    posts = tuple(Post(f"Crew {n}", lat, lon) for n, (lat, lon) in enumerate(_medians(learnt, crews), 1))
    demand = Demand.learnt(learnt, hours=1)
    return {part: _scene(f"{file.name}, {part} days", some, posts, demand) for part, some in parts.items()}


Row = tuple[datetime, float, float, str]
WINDOW_H = 3


def _rows(file: Path, kinds: Choosing) -> list[Row]:
    """Return moment, latitude, longitude and kind of each call."""
    rows = []
    with file.open(newline="", encoding="utf-8") as lines:
        for lat, lon, title, moment, *_ in csv.reader(lines):
            rows.append((datetime.fromisoformat(moment), float(lat), float(lon), kinds.choose(title)))
    return sorted(rows)


def _window(rows: Sequence[Row]) -> list[Row]:
    """Return the calls of the three hours of a day that the file covers."""
    begin = rows[0][0].replace(minute=0)
    return [row for row in rows if (row[0] - begin).total_seconds() < WINDOW_H * 3600]


def _scene(name: str, windows: Sequence[Sequence[Row]], posts: tuple[Post, ...], demand: Demand) -> Filed:
    at = [
        nth * WINDOW_H * 3600 + (moment - rows[0][0].replace(minute=0)).total_seconds()
        for nth, rows in enumerate(windows)
        for moment, *_ in rows
    ]
    rows = [row for window in windows for row in window]
    where = np.array([row[1:3] for row in rows])
    return Filed(name, posts, demand, np.array(at), where, tuple(row[3] for row in rows))


def _medians(points: np.ndarray, number: int) -> np.ndarray:
    """Return places for crews: of the calls' own, chosen greedily, then exchanged while it helps."""
    some = points[:: max(len(points) // 400, 1)]
    far = metres(some, points)
    chosen: list[int] = []
    for _ in range(number):
        least = far[chosen].min(axis=0) if chosen else np.full(len(points), np.inf)
        chosen.append(int(np.minimum(far, least).sum(axis=1).argmin()))
    for place in range(number):
        rest = chosen[:place] + chosen[place + 1 :]
        chosen[place] = int(np.minimum(far, far[rest].min(axis=0)).sum(axis=1).argmin())
    return some[chosen]
