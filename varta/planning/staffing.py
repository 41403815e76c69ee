"""What more hromada officers may change of the time until somebody arrives: an estimate, held against past calls.

Calls are drawn from those that were, with the hours and places that they had; crews and officers answer them in the
simulation of dispatch, queues and all, the nearest free one first. How fast ways are is fitted on one half of the
past calls and tried on the other: what is off there is told as the error of the estimate. Both worlds, with and
without more officers, meet the same calls, so that their difference is not blurred by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from varta.planning.coverage import nearest
from varta.planning.onscene import ON_SCENE
from varta.planning.policies import NearestFree
from varta.planning.simulation import Call, Post, Rules, Unserved, replay
from varta.planning.travel import Floats, GreatCircle

TURNOUT_S = 60.0
RUNS = 16
CALLS_A_RUN = 60  # about; the days of a run follow from it
PACE_SPREAD = 0.25  # how much a way differs from what was expected: standard deviation of its logarithm
FEWEST = 40  # past calls with a known arrival, below which nothing is estimated
SLOWEST, FASTEST = 6.0, 0.2  # bounds of the fitted pace
LIMIT_MIN = 20.0  # minutes within which a settlement is near an officer


@dataclass(frozen=True, slots=True)
class Past:
    """A call that was: where, of which category, at which hour of Kyiv, after how many minutes somebody came."""

    lat: float
    lon: float
    category: str
    hour: float
    minutes: float
    norm_min: float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What is assumed. `shift_h`: hours of a day in which an officer answers calls, beginning between 8 and 12."""

    days: float  # over which the past calls came
    crews: Floats  # (latitude, longitude) of each response crew, always on duty
    shift_h: float = 8.0
    busier: float = 1.0  # so many times as many calls as there were


@dataclass(frozen=True, slots=True)
class Told:
    """How fast help came: minutes by which half and nine tenths were reached, and the part within the norm."""

    median: float
    p90: float
    within: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over the runs: the mean and the 95 % interval of the mean."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """One figure without and with more officers, and the difference, paired by runs."""

    now: Spread
    then: Spread
    difference: Spread


@dataclass(frozen=True)
class Estimate:
    """The answer. `pace`: how much slower ways are than assumed by straight lines, fitted on half of the calls.

    `seen` and `simulated`: the other half of the calls as they were, and as the simulation has them with the
    officers of that time. `near`: part of the settlements within 20 minutes of an officer, without and with more;
    `minutes`: the median of their minutes to the nearest officer.
    """

    pace: float
    seen: Told
    simulated: Told
    calls: int
    median: Change
    p90: Change
    within: Change
    near: tuple[float, float]
    minutes: tuple[float, float]


class TooFewCalls(ValueError):
    """There are too few past calls with a known arrival to fit anything."""


def estimate(
    past: Sequence[Past],
    setting: Setting,
    officers: Floats,
    more: Floats,
    settlements: Floats,
    *,
    runs: int = RUNS,
    seed: int = 1,
) -> Estimate:
    """Return what `more` officers beside `officers` may change; all places are rows of degrees.

    Raises TooFewCalls.
    """
    if len(past) < FEWEST:
        raise TooFewCalls(f"{len(past)} past calls have a known arrival; {FEWEST} are needed.")
    fitted, tried = past[::2], past[1::2]
    pace = _fitted(fitted, setting, officers, seed)
    simulated = [_run(tried, setting, officers, pace, (seed, 1, run)) for run in range(runs)]
    both = np.concatenate((officers, more)) if len(more) else officers
    pairs = [
        (
            _run(past, setting, officers, pace, (seed, 2, run)),
            _run(past, setting, both, pace, (seed, 2, run)),
        )
        for run in range(runs)
    ]
    nears = [_near(settlements, where) for where in (officers, both)]
    return Estimate(
        pace=pace,
        seen=told([(one.minutes, one.norm_min) for one in tried]),
        simulated=told([call for run in simulated for call in run]),
        calls=len(past),
        median=_change(pairs, "median"),
        p90=_change(pairs, "p90"),
        within=_change(pairs, "within"),
        near=(nears[0][0], nears[1][0]),
        minutes=(nears[0][1], nears[1][1]),
    )


Arrivals = list[tuple[float, float | None]]  # minutes, norm


def told(arrivals: Sequence[tuple[float, float | None]]) -> Told:
    """Return what arrivals come to; the norm is told over those that have one."""
    minutes = np.array([one for one, _ in arrivals])
    kept = [one <= norm for one, norm in arrivals if norm is not None]
    return Told(
        float(np.median(minutes)), float(np.quantile(minutes, 0.9)), float(np.mean(kept)) if kept else np.nan
    )


def _fitted(past: Sequence[Past], setting: Setting, officers: Floats, seed: int) -> float:
    """Return the pace at which the simulated median is that of the calls: by halving, since it rises with it."""
    wanted = told([(one.minutes, one.norm_min) for one in past]).median
    low, high = FASTEST, SLOWEST
    for step in range(7):
        pace = sqrt(low * high)
        runs = [_run(past, setting, officers, pace, (seed, 0, run)) for run in range(3)]
        too_slow = told([call for one in runs for call in one]).median > wanted
        low, high = (low, pace) if too_slow else (pace, high)
        if step and high / low < 1.05:
            break
    return sqrt(low * high)


def _run(
    past: Sequence[Past], setting: Setting, officers: Floats, pace: float, seed: tuple[int, ...]
) -> Arrivals:
    """Return the arrivals of one run: days of calls drawn from the past, each day beginning with all crews free."""
    a_day = len(past) / setting.days * setting.busier
    days = max(1, min(20, round(CALLS_A_RUN / max(a_day, 0.1))))
    found: Arrivals = []
    for day in range(days):
        found += _day(past, setting, officers, pace, a_day, (*seed, day))
    return found or [(float(np.median([one.minutes for one in past])), None)]


def _day(
    past: Sequence[Past],
    setting: Setting,
    officers: Floats,
    pace: float,
    a_day: float,
    seed: tuple[int, ...],
) -> Arrivals:
    dice = np.random.default_rng(seed)
    calls = _calls(past, dice, int(dice.poisson(a_day)), pace)
    posts = [*_crews(setting.crews), *_officers(officers, setting.shift_h, seed)]
    try:
        served = replay(calls, posts, NearestFree(), Rules(turnout_s=TURNOUT_S)) if calls else []
    except Unserved:
        return [(24 * 60.0, _minutes(one.norm_s)) for one in calls]
    return [(one.arrival_s / 60, _minutes(calls[one.call].norm_s)) for one in served]


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def _calls(past: Sequence[Past], dice: np.random.Generator, number: int, pace: float) -> list[Call]:
    chosen = dice.integers(len(past), size=number)
    stay = ON_SCENE.median_s * np.exp(dice.normal(0, ON_SCENE.spread, number))
    paces = pace * np.exp(dice.normal(-(PACE_SPREAD**2) / 2, PACE_SPREAD, number))
    found = [
        Call(
            float(one.hour * 3600),
            one.lat,
            one.lon,
            one.category,
            "other",
            float(scene),
            None if one.norm_min is None else one.norm_min * 60,
            float(slow),
        )
        for one, scene, slow in zip((past[n] for n in chosen), stay, paces, strict=True)
    ]
    return sorted(found, key=lambda call: call.received_s)


def _crews(where: Floats) -> list[Post]:
    return [Post(f"crew-{nth}", float(lat), float(lon)) for nth, (lat, lon) in enumerate(where)]


def _officers(where: Floats, shift_h: float, seed: tuple[int, ...]) -> list[Post]:
    """Return each officer's shift; those who are there in both worlds have the same one in both."""
    posts = []
    for nth, (lat, lon) in enumerate(where):
        since = float(np.random.default_rng((*seed, nth)).uniform(8, 12)) * 3600
        until = since + shift_h * 3600
        posts.append(Post(f"officer-{nth}", float(lat), float(lon), "patrol", frozenset(), since, until))
    return posts


def _change(pairs: Sequence[tuple[Arrivals, Arrivals]], name: str) -> Change:
    values = np.array([[getattr(told(one), name) for one in pair] for pair in pairs])
    return Change(_spread(values[:, 0]), _spread(values[:, 1]), _spread(values[:, 1] - values[:, 0]))


def _spread(values: Floats) -> Spread:
    """Return the mean with its 95 % interval over the runs; Student's factor of some fifteen runs."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Spread(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    half = 2.13 * float(known.std(ddof=1)) / sqrt(len(known)) if len(known) > 1 else 0.0
    return Spread(mean, mean - half, mean + half)


def _near(settlements: Floats, officers: Floats) -> tuple[float, float]:
    """Return the part of the settlements within reach of an officer, and the median of their minutes."""
    if not len(officers):
        return 0.0, float("nan")
    minutes = nearest(settlements, officers, GreatCircle()).minutes
    known = minutes[np.isfinite(minutes)]
    if not len(known):
        return float("nan"), float("nan")
    return float(np.mean(known <= LIMIT_MIN)), float(np.median(known))
