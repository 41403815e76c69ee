"""What relaxation leaves of a p-median as a small mixed-integer problem: the radius formulation.

A client pays the first distance, and the difference to each further one as long as no open site lies within
(Elloumi 2010; Garcia, Labbe and Marin 2011): far fewer columns than a variable for each client and site. Pairs
that no better plan uses are left out by their Lagrangian penalty.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from varta.planning.placement.highs import Problem
from varta.planning.placement.instance import Floats, Instance
from varta.planning.placement.interchange import Open
from varta.planning.placement.lagrange import Relaxation, Relaxed


@dataclass(frozen=True)
class Reduced:
    """The problem, and which site each of its first columns opens."""

    problem: Problem
    sites: NDArray[np.int64]


def useful_pairs(
    instance: Instance, at: Relaxed, multipliers: Floats, relaxation: Relaxation, closed: Open, ceiling: float
) -> NDArray[np.bool_]:
    """Return clients x K: whether a plan cheaper than `ceiling` may serve the client from the site."""
    dearest = at.reduced[at.chosen[~relaxation.fixed[at.chosen]]].max(initial=-np.inf)
    penalty = np.where(relaxation.fixed | np.isinf(dearest), 0.0, np.maximum(at.reduced - dearest, 0.0))
    dear = np.maximum(instance.cost - multipliers[:, None], 0.0) + penalty[instance.site]
    return np.asarray((at.bound + dear < ceiling) & ~closed[instance.site])


def reduced(
    instance: Instance, useful: NDArray[np.bool_], wanted: int, *, opened: Open, closed: Open
) -> Reduced:
    """Return the radius formulation over the useful pairs.

    Rows for one client and each of its distinct costs: open sites within it, plus the column that pays
    the difference to the next cost; the last distance must be covered.
    """
    sites = np.flatnonzero(~closed)
    place = np.full(instance.sites, -1)
    place[sites] = np.arange(len(sites))
    clients, ranks = np.nonzero(useful)
    cost, column = instance.cost[clients, ranks], place[instance.site[clients, ranks]]
    new_client = np.r_[True, clients[1:] != clients[:-1]]
    new_level = new_client | np.r_[True, cost[1:] != cost[:-1]]
    level = np.cumsum(new_level) - 1
    first = np.flatnonzero(new_level)
    last_of_client = np.r_[new_client[first][1:], True]
    step = np.where(last_of_client, 0.0, np.r_[cost[first][1:], 0.0] - cost[first])
    rows, columns = _within(clients, level, column, new_client)
    paying = np.flatnonzero(~last_of_client)
    extra = len(sites) + np.arange(len(paying))
    count = len(first)
    matrix = csr_matrix(
        (
            np.ones(len(rows) + len(paying) + len(sites)),
            (
                np.concatenate([rows, paying, np.full(len(sites), count)]),
                np.concatenate([columns, extra, np.arange(len(sites))]),
            ),
        ),
        shape=(count + 1, len(sites) + len(paying)),
    )
    low, high = np.ones(count + 1), np.full(count + 1, np.inf)
    low[-1] = high[-1] = wanted
    whole = np.arange(len(sites) + len(paying)) < len(sites)
    least = np.zeros(len(whole))
    least[place[np.flatnonzero(opened & ~closed)]] = 1.0
    costs = np.concatenate([np.zeros(len(sites)), step[paying]])
    return Reduced(Problem(costs, matrix, low, high, whole, least, float(cost[new_client].sum())), sites)


def _within(
    clients: NDArray[np.int64], level: NDArray[np.int64], column: NDArray[np.int64], new: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column of each useful pair in its own level and in all later ones of its client."""
    group = np.cumsum(new) - 1
    last_level = np.maximum.reduceat(level, np.flatnonzero(new))[group]
    repeats = last_level - level + 1
    columns = np.repeat(column, repeats)
    offset = np.arange(len(columns)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return np.repeat(level, repeats) + offset, columns


def cells(useful: NDArray[np.bool_]) -> int:
    """Return about how many non-zeros the formulation has, to know whether it is worth making."""
    many = useful.sum(axis=1).astype(np.int64)
    return int((many * (many + 1) // 2).sum())


def start_of(reduced: Reduced, plan: Open) -> Floats:
    """Return the columns' values that describe a plan, to begin the solver with."""
    problem, count = reduced.problem, len(reduced.sites)
    x = np.zeros(len(problem.cost))
    x[:count] = plan[reduced.sites]
    covered = np.asarray(problem.rows[:-1, :count] @ x[:count]) > 0
    pays = problem.rows[:-1, count:].tocoo()
    x[count + pays.col] = np.where(covered[pays.row], 0.0, 1.0)
    return x
