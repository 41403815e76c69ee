"""What if more officers served in an oblast: its past calls, crews and officers put together for the estimate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import duckdb
import numpy as np

from varta.figures import Period
from varta.lake.source import LakeFiles
from varta.lib.clock import KYIV, kyiv_day
from varta.officers import covering, prospects
from varta.officers import queries as programme
from varta.people.scope import Reader
from varta.places import snapshot
from varta.places.models import Territory, Unit, UnitPlace
from varta.planning import staffing
from varta.planning.staffing import Estimate, Past, Setting
from varta.planning.travel import Floats
from varta.procedures.call import arrival_norm

MOST_CALLS = 4000  # of the past, the latest ones
LONGEST_MIN = 12 * 60  # a longer "arrival" is an entry made late


@dataclass(frozen=True)
class Asked:
    """The question: how many more officers serve in an oblast, beside those of a day, and what is assumed."""

    oblast: str
    on: date
    period: Period  # whose calls are drawn from
    more: int
    crews: int = 2  # response crews on duty in each raion
    shift_h: float = 8.0
    busier: float = 1.0


@dataclass(frozen=True)
class Answer:
    """The estimate with what it rests on. `added`: hromadas that get an officer, with how many."""

    estimate: Estimate
    officers: int
    crews: int
    calls: int
    without_point: int  # past calls whose settlement and hromada have no known point
    added: Mapping[str, int]
    expected: (
        tuple[int, int, int] | None
    )  # of 200 runs of the programme: a tenth, half, nine tenths at the year's end


class CannotTell(ValueError):
    """There is no estimate; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


def answer(asked: Asked, *, reader: Reader) -> Answer:
    """Return the estimate. Raises CannotTell."""
    place = Territory.objects.get(code=asked.oblast)
    lake = LakeFiles()
    past, without_point = _past(lake, place, asked.period)
    found = snapshot.on(asked.on, within=(place.pre, place.pre_end))
    serving = {
        code: many for code, many in programme.serving(reader, asked.on).items() if code in found.row_of
    }
    officers = _officers(reader, asked.on, found, serving)
    added = _added(found, serving, past, asked.more)
    crews = _crews(place, asked.crews)
    if not len(crews):
        raise CannotTell(
            "Не відомо, де стоять наряди реагування: у районів немає точок.",
            "Nobody knows where response crews stand: the raions have no points.",
        )
    where = {one.code: one.point for one in found.hromadas}
    more = np.array([where[code] for code, many in added.items() for _ in range(many)], float).reshape(-1, 2)
    setting = Setting((asked.period.last - asked.period.first).days + 1, crews, asked.shift_h, asked.busier)
    try:
        made = _estimated(tuple(past), _Frozen(setting, officers, more, found.points))
    except staffing.TooFewCalls as few:
        raise CannotTell(
            f"Замало минулих викликів із відомим прибуттям: {len(past)}. Потрібно щонайменше {staffing.FEWEST}.",
            f"Too few past calls have a known arrival: {len(past)}. At least {staffing.FEWEST} are needed.",
        ) from few
    return Answer(
        made, len(officers), len(crews), len(past), without_point, added, _expected(reader, place, asked.on)
    )


class _Frozen:
    """Arrays that a cache can tell apart by their content."""

    def __init__(self, setting: Setting, officers: Floats, more: Floats, settlements: Floats) -> None:
        self.setting, self.officers, self.more, self.settlements = setting, officers, more, settlements
        arrays = (setting.crews, officers, more, settlements)
        self.key = (setting.days, setting.shift_h, setting.busier, *(one.tobytes() for one in arrays))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.key == other.key


@lru_cache(maxsize=16)  # the same question gives the same runs
def _estimated(past: tuple[Past, ...], given: _Frozen) -> Estimate:
    return staffing.estimate(past, given.setting, given.officers, given.more, given.settlements)


def _past(lake: LakeFiles, place: Territory, period: Period) -> tuple[list[Past], int]:
    """Return the calls of the countryside to which somebody came, and how many have no known point."""
    months = f"{period.first:%Y-%m}", f"{period.last:%Y-%m}"
    received, arrived = (lake.files(f"call.{step}", *months) for step in ("receive", "arrive"))
    if not received or not arrived:
        return [], 0
    rows = _rows(received, arrived, place, period)
    points = _points({pre for pre, *_ in rows})
    found, unknown = [], 0
    for pre, category, zone, at, minutes in rows:
        if pre not in points:
            unknown += 1
            continue
        found.append(_call(points[pre], category, zone, at.replace(tzinfo=UTC), minutes))
    return found, unknown


def _rows(
    received: list[str], arrived: list[str], place: Territory, period: Period
) -> list[tuple[int, str, str, datetime, float]]:
    query = """
        SELECT r.place_pre, r.category, r.zone, r."at",
               (SELECT min(epoch_us(a."at")) FROM read_parquet($arrived) a WHERE a."case" = r."case") - epoch_us(r."at")
        FROM read_parquet($received) r
        WHERE r.zone = 'rural' AND r.category IN ('alpha', 'beta', 'gamma')
              AND r.place_pre BETWEEN $low AND $high AND r."at" >= $start AND r."at" < $end
        ORDER BY r."at" DESC LIMIT $most"""
    given = {
        "arrived": arrived, "received": received, "low": place.pre, "high": place.pre_end, "most": MOST_CALLS,
        "start": period.start.replace(tzinfo=None), "end": period.end.replace(tzinfo=None),
    }  # fmt: skip
    with duckdb.connect() as database:
        rows = database.execute(query, given).fetchall()
    return [
        (pre, category, zone, at, us / 60e6)
        for pre, category, zone, at, us in rows
        if us is not None and 0 <= us / 60e6 <= LONGEST_MIN
    ]


def _call(point: tuple[float, float], category: str, zone: str, at: datetime, minutes: float) -> Past:
    local = at.astimezone(KYIV)
    norm = arrival_norm(category, zone, on=kyiv_day(at))
    hour = local.hour + local.minute / 60
    return Past(*point, category, hour, minutes, float(norm.amount) if norm else None)


def _points(pres: set[int]) -> dict[int, tuple[float, float]]:
    """Return where settlements lie: their own point, else that of their hromada's centre or shape."""
    places = Territory.objects.filter(pre__in=pres)
    homes = Territory.objects.filter(code__in=places.values("hromada")).select_related("shape")
    centres = Territory.objects.in_bulk({one.centre for one in homes if one.centre})
    of_home = {}
    for one in homes:
        centre = centres.get(one.centre or "")
        for lat, lon in ((centre.lat, centre.lon) if centre else (None, None), (one.lat, one.lon)):
            if lat is not None:
                of_home.setdefault(one.code, (lat, lon))
        if one.code not in of_home and hasattr(one, "shape"):
            of_home[one.code] = (one.shape.lat, one.shape.lon)
    found = {}
    for one in places:
        point = (one.lat, one.lon) if one.lat is not None else of_home.get(one.hromada or "")
        if point:
            found[one.pre] = point
    return found


def _officers(reader: Reader, day: date, found: snapshot.Snapshot, serving: Mapping[str, int]) -> Floats:
    """Return a row for each officer: at an open station of the hromada, in turn, else at its centre."""
    where, codes = covering.posts(reader, day, found, serving, ())
    posts: dict[str, list[tuple[float, float]]] = {}
    for code, point in zip(codes, where.tolist(), strict=True):
        posts.setdefault(code, []).append((point[0], point[1]))
    rows = [
        posts[code][nth % len(posts[code])]
        for code, many in serving.items()
        if code in posts
        for nth in range(many)
    ]
    return np.array(rows, float).reshape(-1, 2)


def _added(
    found: snapshot.Snapshot, serving: Mapping[str, int], past: list[Past], more: int
) -> dict[str, int]:
    """Return which hromadas get the new officers: those without one and with the most calls first, one each."""
    known = [one for one in found.hromadas if one.point]
    calls = np.zeros(len(known))
    if past and known:
        homes = np.array([one.point for one in known])
        for one in past:
            calls[int(((homes - (one.lat, one.lon)) ** 2).sum(axis=1).argmin())] += 1
    order = sorted(
        range(len(known)), key=lambda n: (bool(serving.get(known[n].code)), -calls[n], known[n].code)
    )
    added: dict[str, int] = {}
    for nth in range(more if order else 0):
        code = known[order[nth % len(order)]].code
        added[code] = added.get(code, 0) + 1
    return added


def _crews(place: Territory, each: int) -> Floats:
    """Return where response crews stand: at the largest settlement of each raion that has a directorate."""
    raions = UnitPlace.objects.filter(
        unit__kind=Unit.Kind.RAION_DIRECTORATE,
        place__level=Territory.RAION,
        place__pre__range=(place.pre, place.pre_end),
    ).values_list("place__pre", "place__pre_end")
    rows = []
    for pre, end in raions:
        seat = (
            Territory.objects.filter(level=Territory.SETTLEMENT, pre__range=(pre, end), lat__isnull=False)
            .exclude(population=None)
            .order_by("-population")
            .first()
        )
        rows += [(seat.lat, seat.lon)] * each if seat else []
    return np.array(rows, float).reshape(-1, 2)


def _expected(reader: Reader, place: Territory, day: date) -> tuple[int, int, int] | None:
    """Return how many officers the programme's own runs have serving there at the end of the year."""
    spells = prospects.spells_of(reader)
    weeks = (date(day.year, 12, 31) - day).days // 7
    if not spells or weeks < 1:
        return None
    codes = tuple(one.code for one in prospects.oblasts(reader))
    paths = prospects.runs(spells, day, codes, prospects.capacities(), weeks, prospects.WhatIf())
    if place.code not in paths.places:
        return None
    low, middle, high = paths.band(place.code)
    return round(float(low[-1])), round(float(middle[-1])), round(float(high[-1]))
