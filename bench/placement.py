"""Placement solvers beside HiGHS alone and a plain greedy start with interchange, on graphs and on a country.

    python -m bench.placement [--seconds 60] [--file pmed.txt ...] [--smoke]

Graphs are made as those of the OR-Library: n vertices, n*n/50 edges of cost 1 to 100. The country is 1,469
sites and about 29,000 settlements; the points are invented around real-looking centres, so that only sizes and
growth are meant, not Ukraine. HiGHS alone gets the radius formulation of all pairs, at sizes it can hold.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

from bench import ground

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from varta.planning.placement import cover, exact, highs, instance, interchange, median, orlib
from varta.planning.placement.tables import Table, within
from varta.planning.travel import GreatCircle

GRAPHS = ((100, 5), (200, 10), (400, 40), (500, 100), (700, 140), (800, 80), (900, 5), (900, 90))
COUNTRY = (1469, 29_700, 254)


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
    """Return demand and sites of a country, or of a share of it, and the officers."""
    chance = np.random.default_rng(20191031)
    sites = int(COUNTRY[0] * share)
    centres = np.column_stack((chance.uniform(46, 52, sites), chance.uniform(23, 40, sites)))
    people = np.minimum(chance.pareto(1.1, sites) * 5_000 + 3_000, 1_400_000)
    owner = np.concatenate([np.arange(sites), chance.integers(0, sites, int(COUNTRY[1] * share) - sites)])
    points = (
        centres[owner] + chance.normal(0, 0.07, (len(owner), 2)) * (np.arange(len(owner)) >= sites)[:, None]
    )
    size = np.where(
        np.arange(len(owner)) < sites, people[owner] * 0.5, 1.0 + chance.pareto(1.3, len(owner)) * 200
    )
    names = [str(n) for n in range(len(owner))]
    group = [f"{int((lon - 23) / 17 * 25)}" for lon in centres[:, 1]]
    demand = Table(names, points, size, {}, {}, [""] * len(owner))
    return demand, Table(names[:sites], centres, np.ones(sites), {}, {}, group), round(COUNTRY[2] * share)


def growth(shares: list[float], seconds: float) -> None:
    """Print covering and p-median at growing shares of a country."""
    lines = []
    for share in shares:
        demand, sites, officers = country(share)
        near = within(demand, sites, minutes=20, travel=GreatCircle())
        free = cover.solve(near, demand.weights, officers, seconds=seconds)
        kept = limits(sites, officers)
        bound = cover.solve(near, demand.weights, officers, kept, seconds=seconds)
        problem = instance.of_points(demand.points, sites.points, demand.weights, depth=64)
        answer = median.solve(problem, officers, seconds=seconds, gap=0.0005)
        lines.append(
            [
                f"{len(sites.names):,} / {len(demand.names):,} / {officers}",
                f"{free.seconds:.1f} ({free.gap:.2%})",
                f"{bound.seconds:.1f} ({bound.gap:.2%})",
                f"{answer.seconds:.1f} ({answer.gap:.3%})",
            ]
        )
    head = ["sites / settlements / officers", "covering, s (gap)", "… with conditions", "p-median, s (gap)"]
    ground.table("A country and its shares", head, lines)


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
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    seconds = 5.0 if options.smoke else options.seconds
    print(f"{os.cpu_count()} cores, {seconds:.0f} s for each solve")
    graphs([(60, 5)] if options.smoke else list(GRAPHS), options.file, seconds)
    growth([1 / 64] if options.smoke else [1 / 8, 1 / 4, 1 / 2, 1], seconds)


if __name__ == "__main__":
    main()
