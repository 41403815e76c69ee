"""Placement solvers beside HiGHS alone and a plain greedy start with interchange, on graphs and on a country.

    python -m bench.placement [--seconds 60] [--file pmed.txt ...] [--smoke]

Graphs are made as those of the OR-Library: n vertices, n*n/50 edges of cost 1 to 100. The country is 1,469
sites and about 29,700 settlements, spread evenly over an area as large as Ukraine: only sizes and growth are
meant. HiGHS alone gets the radius formulation of all pairs, at sizes it can hold.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bench import ground

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from varta.planning.placement import cover, exact, highs, instance, interchange, median, orlib
from varta.planning.placement.tables import Table, within
from varta.planning.travel import GreatCircle, metres

GRAPHS = ((100, 5), (200, 10), (400, 40), (500, 100), (700, 140), (800, 80), (900, 5), (900, 90))
COUNTRY = (1469, 29_700, 254)
MINUTES = 30  # over straight lines: some three sites in reach of a settlement, as 20 km would have
SPOPT_COVER, SPOPT_MEDIAN = (
    3_000_000,
    60_000,
)  # clients x sites of which spopt makes a model in a minute or so


def made(vertices: int, wanted: int) -> instance.Instance:
    """Return a random connected graph of that family as an instance."""
    chance = np.random.default_rng(vertices * 1000 + wanted)
    edges = {(n, n + 1): int(chance.integers(1, 101)) for n in range(1, vertices)}
    while len(edges) < vertices * vertices // 50:
        one, other = sorted(int(n) + 1 for n in chance.choice(vertices, 2, replace=False))
        edges.setdefault((one, other), int(chance.integers(1, 101)))
    return instance.of_matrix(orlib.shortest(vertices, edges))


def peer(problem: instance.Instance, wanted: int, seconds: float) -> str:
    """Return what HiGHS alone says of the whole problem in that time; a dash where it is too large to try."""
    if problem.clients > 500:
        return "—"
    nothing = np.zeros(problem.sites, dtype=bool)
    useful = np.ones(problem.cost.shape, dtype=bool)
    began = time.perf_counter()
    whole = exact.reduced(problem, useful, wanted, opened=nothing, closed=nothing)
    answer = highs.solve(whole.problem, seconds=seconds, stop=lambda: False)
    gap = (answer.value - answer.bound) / max(answer.value, 1e-9)
    return f"{answer.value:.0f} in {time.perf_counter() - began:.1f} s, gap {gap:.2%}"


def floor(problem: instance.Instance, wanted: int) -> tuple[float, float]:
    """Return value and seconds of greedy with interchange: a plan without a bound."""
    nothing = np.zeros(problem.sites, dtype=bool)
    began = time.perf_counter()
    swaps = interchange.Interchange(problem)
    plan = swaps.improve(
        interchange.greedy(problem, wanted, open_=nothing, allowed=~nothing), fixed=nothing, allowed=~nothing
    )
    return problem.value(np.flatnonzero(plan)), time.perf_counter() - began


def graphs(sizes: list[tuple[int, int]], files: list[Path], seconds: float) -> None:
    """Print the table of graphs."""
    lines = []
    problems = [(f"{n} / {p}", made(n, p), p) for n, p in sizes]
    for file in files:
        read = orlib.read(file)
        problems.append((file.name, instance.of_matrix(read.distances), read.wanted))
    for name, problem, wanted in problems:
        answer = median.solve(problem, wanted, seconds=seconds)
        start, spent = floor(problem, wanted)
        lines.append(
            [
                name,
                f"{answer.value:.0f}",
                f"{answer.bound:.0f}",
                f"{answer.gap:.3%}",
                f"{answer.seconds:.1f}",
                f"{start:.0f} in {spent:.2f} s",
                peer(problem, wanted, seconds),
            ]
        )
    head = ["graph / p", "value", "bound", "gap", "s", "greedy + interchange", "HiGHS alone"]
    ground.table("p-median on graphs", head, lines)


def country(share: float) -> tuple[Table, Table, int]:
    """Return demand and sites of a country, or of a share of it, and the officers.

    The area shrinks with the share, so that as many sites are in reach of a settlement at each size.
    """
    chance = np.random.default_rng(20191031)
    sites, side = int(COUNTRY[0] * share), share**0.5
    low, high = np.array([49 - 2.5 * side, 31 - 8 * side]), np.array([49 + 2.5 * side, 31 + 8 * side])
    centres = chance.uniform(low, high, (sites, 2))
    others = chance.uniform(low, high, (int(COUNTRY[1] * share) - sites, 2))
    points = np.concatenate([centres, others])
    people = np.concatenate([chance.lognormal(8.5, 1.2, sites), chance.lognormal(5.5, 1.1, len(others))])
    names = [str(n) for n in range(len(points))]
    group = [f"{int((lon - low[1]) / (high[1] - low[1]) * 25)}" for lon in centres[:, 1]]
    demand = Table(names, points, people, {}, {}, [""] * len(points))
    return demand, Table(names[:sites], centres, np.ones(sites), {}, {}, group), round(COUNTRY[2] * share)


def spopt_cover(near: csr_matrix, weights: np.ndarray, officers: int, seconds: float) -> str:
    """Return what spopt says of the covering, with its own model and HiGHS; the building of the model counts."""
    return _spopt(
        "MCLP",
        seconds,
        lambda kind: kind.from_cost_matrix(
            np.where(near.toarray() > 0, 0.0, 1.0), weights, service_radius=0.5, p_facilities=officers
        ),
    )


def spopt_median(demand: Table, sites: Table, officers: int, seconds: float) -> str:
    """Return what spopt says of the p-median over the same distances."""
    km = metres(demand.points, sites.points) / 1000.0
    return _spopt(
        "PMedian", seconds, lambda kind: kind.from_cost_matrix(km, demand.weights, p_facilities=officers)
    )


def _spopt(name: str, seconds: float, model: Callable[[Any], Any]) -> str:
    try:
        import pulp
        from spopt import locate
    except ImportError:
        return "not installed"
    began = time.perf_counter()
    made = model(getattr(locate, name))
    built = time.perf_counter() - began
    made.solve(pulp.HiGHS(msg=False, timeLimit=seconds, threads=2), results=False)
    status = pulp.LpStatus[made.problem.status]
    value = pulp.value(made.problem.objective)
    shown = "no plan" if value is None else f"{value:,.0f}"
    return f"{time.perf_counter() - began:.1f} (model {built:.1f}); {status}, {shown}"


def growth(shares: list[float], seconds: float) -> None:
    """Print covering and p-median at growing shares of a country, beside spopt where its model is small enough."""
    lines = []
    for share in shares:
        demand, sites, officers = country(share)
        near = within(demand, sites, minutes=MINUTES, travel=GreatCircle())
        free = cover.solve(near, demand.weights, officers, seconds=seconds)
        bound = cover.solve(near, demand.weights, officers, limits(sites, officers), seconds=seconds)
        problem = instance.of_points(demand.points, sites.points, demand.weights, depth=64)
        answer = median.solve(problem, officers, seconds=seconds, gap=0.0005)
        cells = len(demand.names) * len(sites.names)
        lines.append(
            [
                f"{len(sites.names):,} / {len(demand.names):,} / {officers}",
                f"{near.nnz / len(demand.names):.1f}",
                f"{free.seconds:.1f} ({free.gap:.2%}), {free.value:,.0f}",
                spopt_cover(near, demand.weights, officers, seconds)
                if cells <= SPOPT_COVER
                else "not tried: model too large",
                f"{bound.seconds:.1f} ({bound.gap:.2%})",
                f"{answer.seconds:.1f} ({answer.gap:.3%}), {answer.value:,.0f}",
                spopt_median(demand, sites, officers, seconds)
                if cells <= SPOPT_MEDIAN
                else "not tried: model too large",
            ]
        )
        print(*lines[-1], sep=" | ", flush=True)
    head = [
        "sites / settlements / officers",
        "sites in reach",
        "covering, s (gap)",
        "spopt, s",
        "… with conditions",
        "p-median, s (gap)",
        "spopt, s",
    ]
    ground.table("A country and its shares", head, lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"peak memory of all this {peak:.1f} GiB")


def limits(sites: Table, officers: int) -> cover.Conditions:
    """Return present officers, limits for sites, and fairness: a group gets 0.6 to 1.6 times its share of sites."""
    fixed = dict.fromkeys(range(0, len(sites.names), max(1, len(sites.names) // max(1, officers // 8))), 1)
    shares = {name: officers * sites.group.count(name) / len(sites.names) for name in set(sites.group)}
    least = {name: int(0.6 * share) for name, share in shares.items()}
    most = {name: int(1.6 * share) + 2 for name, share in shares.items()}
    two = dict.fromkeys(range(0, len(sites.names), 7), 2)
    return cover.Conditions(fixed, two, sites.group, least, most)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of each solve")
    parser.add_argument("--file", type=Path, nargs="*", default=[], help="graphs of the OR-Library")
    parser.add_argument("--country", action="store_true", help="leave the graphs out")
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    seconds = 5.0 if options.smoke else options.seconds
    print(f"{os.cpu_count()} cores, {seconds:.0f} s for each solve")
    if not options.country:
        graphs([(60, 5)] if options.smoke else list(GRAPHS), options.file, seconds)
    growth([1 / 64] if options.smoke else [1 / 32, 1 / 8, 1 / 4, 1 / 2, 1], seconds)


if __name__ == "__main__":
    main()
