"""The nearest free crew beside Varta's recommendation, on invented and on real calls; and how long a decision takes.

    python -m bench.dispatch [--file ../shared/data/calls/montgomery.csv] [--seeds 10] [--smoke]

Both policies see the same expected times, take calls in the order of the same urgency and meet the same
calls, stays and paces (common random numbers). The settings of the recommendation were found on other
seeds and on the other days of the file than those reported here; `docs/explanation/dispatch.md` tells
what is assumed. ± is half of the 95 % confidence interval over the seeds, of the paired differences too.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import stats

from bench import ground
from varta.planning import Crew, Demand, GreatCircle, Incident, Settings, State, recommend
from varta.planning.policies import Diverting, NearestFree, Policy, Recommended, Relieving
from varta.planning.simulation import Call, Served, replay, utilisation
from varta.planning.travel import metres

if TYPE_CHECKING:
    from bench.dispatch_scenes import Scene

FILE = ground.ROOT.parent / "shared/data/calls/montgomery.csv"
FIRST_SEED = 101  # 1 to 8 were for tuning
MEASURES = ("mean", "median", "P90", "P95", "in norm %")
MINUTE = 60.0

Making = Callable[[Demand], Policy]
POLICIES: dict[str, Making] = {
    "nearest free crew": lambda demand: NearestFree(),
    "recommendation": Recommended,
    "recommendation, all swaps accepted": lambda demand: Relieving(Diverting(Recommended(demand))),
}


def only(**settings: object) -> Making:
    """Return a recommendation with some of its ingredients."""
    return lambda demand: Recommended(demand, settings=replace(Settings(), **settings))


ABLATION: dict[str, Making] = {
    "nearest free crew": POLICIES["nearest free crew"],
    "+ waiting calls matched jointly": only(cover=0.0, may_wait=frozenset(), crowding=0.0),
    "+ crowding": only(cover=0.0, may_wait=frozenset()),
    "+ Gamma may wait for who is soon free": only(cover=0.0),
    "+ cover: the recommendation": only(),
    "... diversions accepted": lambda demand: Diverting(Recommended(demand)),
    "... reliefs accepted": lambda demand: Relieving(Recommended(demand)),
    "nearest free crew, reliefs accepted": lambda demand: Relieving(NearestFree()),
    "recommendation, Beta may wait too": only(may_wait=frozenset({"beta", "gamma", "delta"})),
    "recommendation, cover doubled": only(cover=2 * Settings().cover),
}


class Outcome(NamedTuple):
    """Arrivals of one period under one policy, in minutes, of the calls that are measured."""

    arrival: np.ndarray
    category: np.ndarray
    in_norm: np.ndarray  # NaN where there is no norm
    busy: float

    def measures(self, category: str = "") -> list[float]:
        """Return the measures in the order of MEASURES, of one category or of all."""
        of = self.category == category if category else np.ones(len(self.category), bool)
        some = self.arrival[of]
        share = 100 * float(np.nanmean(self.in_norm[of]))
        return [float(some.mean()), *map(float, np.percentile(some, [50, 90, 95])), share]


def outcome(scene: "Scene", calls: Sequence[Call], policy: Policy, warm_up_s: float) -> Outcome:
    """Replay a period under a policy."""
    served = replay(calls, scene.posts, policy)
    kept = [one for one in served if one.received_s >= warm_up_s]
    norms = np.array([calls[one.call].norm_s or np.nan for one in kept])
    arrival = np.array([one.arrival_s for one in kept])
    return Outcome(
        arrival / MINUTE,
        np.array([calls[one.call].category for one in kept]),
        np.where(np.isnan(norms), np.nan, arrival <= norms),
        _busy(served, scene, calls, warm_up_s),
    )


def _busy(served: Sequence[Served], scene: "Scene", calls: Sequence[Call], since_s: float) -> float:
    patrol = [n for n, post in enumerate(scene.posts) if post.force == "patrol"]
    mine = [one for one in served if one.post in patrol]
    return utilisation(mine, [scene.posts[n] for n in patrol], since_s=since_s, until_s=calls[-1].received_s)


def outcomes(
    scene: "Scene", load: float, policies: dict[str, Making], seeds: Sequence[int], most: int | None
) -> dict[str, list[Outcome]]:
    """Replay every seed's period under every policy; `most` cuts the periods short."""
    from bench.dispatch_scenes import WARM_UP_S

    demand = scene.expecting(scene.per_hour(load))
    periods = [scene.drawn(seed, load)[:most] for seed in seeds]
    warm_up_s = min(WARM_UP_S, periods[0][-1].received_s / 4)
    return {
        name: [outcome(scene, calls, making(demand), warm_up_s) for calls in periods]
        for name, making in policies.items()
    }


def lines(found: dict[str, list[Outcome]], category: str = "") -> list[list[str]]:
    """Return a line of measures for each policy, and one of paired differences to the first."""
    first: np.ndarray | None = None
    rows = []
    for name, several in found.items():
        values = np.array([one.measures(category) for one in several])
        rows.append([name, f"{np.mean([one.busy for one in several]):.2f}", *_with_interval(values)])
        if first is None:
            first = values
        else:
            rows.append(["  difference", "", *_with_interval(values - first, signed=True)])
    return rows


def _with_interval(values: np.ndarray, *, signed: bool = False) -> list[str]:
    sign = "+" if signed else ""
    return [
        f"{mean:{sign}.2f} ±{half:.2f}" for mean, half in zip(values.mean(axis=0), _half(values), strict=True)
    ]


def _half(values: np.ndarray) -> np.ndarray:
    """Return half of the 95 % confidence interval of the mean of each column, by Student's t."""
    number = len(values)
    if number < 2:
        return np.full(values.shape[1], np.nan)
    error = values.std(axis=0, ddof=1) / np.sqrt(number)
    return np.asarray(stats.t.ppf(0.975, number - 1) * error)


def compared(scene: "Scene", loads: Sequence[float], seeds: Sequence[int], most: int | None) -> None:
    """Print the tables of a scene: by load, by category at the middle load, and the ablation there."""
    head = ["policy", "busy", *MEASURES]
    middle = loads[len(loads) // 2]
    for load in loads:
        found = outcomes(scene, load, POLICIES, seeds, most)
        calls = np.mean([len(one.arrival) for one in found["recommendation"]])
        title = f"{scene.name}: {len(scene.posts)} crews, {calls:,.0f} calls, {len(seeds)} seeds; minutes to arrival"
        ground.table(title, head, lines(found))
        if load == middle:
            for category in ("alpha", "beta", "gamma"):
                ground.table(f"The same, {category} alone", head, lines(found, category))
    ground.table(
        f"{scene.name}: what each ingredient brings, at the middle load",
        head,
        lines(outcomes(scene, middle, ABLATION, seeds, most)),
    )


def speed(times: int, *, calls: int = 200, crews: int = 300) -> None:
    """Print how long one decision takes with all that context, beside the nearest crew by numpy alone."""
    fleet, waiting, demand = _context(calls, crews)
    travel = GreatCircle()
    where = np.array([(crew.lat, crew.lon) for crew in fleet])
    there = np.array([(one.lat, one.lon) for one in waiting])
    works = {
        "nearest of the crews to each call, numpy (floor)": lambda nth: metres(where, there).argmin(axis=0),
        "recommendation for one call": lambda nth: recommend(
            waiting[nth % calls], fleet, travel=travel, demand=demand
        ),
        "recommendation among all waiting calls": lambda nth: recommend(
            waiting[nth % calls], fleet, travel=travel, demand=demand, waiting=waiting
        ),
    }
    rows, floor = [], 0.0
    for name, work in works.items():
        spent = _spent(work, times)
        median, late = ground.percentile(spent, 0.5), ground.percentile(spent, 0.99)
        floor = floor or median
        rows.append([name, f"{median:.2f}", f"{late:.2f}", f"{median / floor:.1f}"])
    head = ["one decision", "p50 ms", "p99 ms", "times the floor"]
    ground.table(f"{calls} waiting calls, {crews} crews, {len(demand.points)} places of demand", head, rows)


def _spent(work: Callable[[int], object], times: int) -> list[float]:
    """Return the milliseconds of each call after one that warms up."""
    work(0)
    spent = []
    for nth in range(times):
        started = time.perf_counter()
        work(nth)
        spent.append(1000 * (time.perf_counter() - started))
    return spent


def _context(calls: int, crews: int) -> tuple[list[Crew], list[Incident], Demand]:
    chance = np.random.default_rng(200_300)
    place = partial(chance.uniform, (47.5, 33.3), (49.1, 36.9))
    fleet = [
        Crew(
            f"crew {n}",
            f"Явір-{n}",
            *place(),
            state=State.FREE if n % 3 else State.ON_SCENE,
            free_in_s=900.0 * (n % 3 == 0),
        )
        for n in range(crews)
    ]
    kinds = ("domestic_violence", "theft", "noise", "injury")
    waiting = [
        Incident(
            f"call {n}",
            *place(),
            ("alpha", "gamma", "gamma", "beta")[n % 4],
            kinds[n % 4],
            chance.uniform(0, 1800),
            2400.0,
        )
        for n in range(calls)
    ]
    return fleet, waiting, Demand.learnt(np.array([place() for _ in range(5000)]), hours=48)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=FILE, help="a file that the montgomery mapping reads")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    seeds = range(FIRST_SEED, FIRST_SEED + (2 if options.smoke else options.seeds))
    with ground.database():
        from bench import dispatch_scenes

        oblast = dispatch_scenes.oblast()
    most = 120 if options.smoke else None
    compared(oblast, (0.3,) if options.smoke else (0.25, 0.3, 0.35), seeds, most)
    if options.file.exists():
        real = dispatch_scenes.filed(options.file)["reported"]
        compared(real, (0.5,) if options.smoke else (0.35, 0.5, 0.6), seeds, most)
    else:
        print(f"\nNo real calls: there is no file {options.file}.")
    speed(20 if options.smoke else 400)


if __name__ == "__main__":
    main()
