"""A placement problem as arrays: who must be served, from which sites, at what cost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varta.planning.travel import metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Numbers = NDArray[np.integer[Any]]  # of sites

BLOCK = 2_000  # clients whose distances are computed at once: 2,000 x 1,469 doubles are 24 MB


@dataclass(frozen=True)
class Instance:
    """Clients with their nearest sites, cheapest first.

    `cost`: clients x K, weighted cost of serving client i from `site[i, k]`, ascending in each row.
    K is the number of sites, or fewer for a large instance: then a client is not served from farther sites
    in the search, bounds stay valid (see lagrange.py), and `whole` values a plan over all sites.
    `integral`: all costs are whole numbers, so that a bound may be rounded up.
    """

    cost: Floats
    site: Ints
    sites: int
    integral: bool
    whole: "Whole" = field(repr=False)

    @property
    def clients(self) -> int:
        """Return the number of clients."""
        return int(self.cost.shape[0])

    @property
    def depth(self) -> int:
        """Return K, how many nearest sites each client knows."""
        return int(self.cost.shape[1])

    @property
    def complete(self) -> bool:
        """Return whether each client knows every site."""
        return self.depth == self.sites

    def value(self, chosen: Sequence[int] | Numbers) -> float:
        """Return the cost of serving everybody from the chosen sites, over all sites."""
        return self.whole.value(np.asarray(chosen, dtype=np.int64))


class Whole:
    """Costs between all clients and all sites, computed in blocks when they are asked for."""

    def __init__(
        self, weights: Floats, matrix: Floats | None = None, points: tuple[Floats, Floats] | None = None
    ):
        self.weights, self.matrix, self.points = weights, matrix, points

    def block(self, clients: slice, sites: NDArray[np.int64] | slice) -> Floats:
        """Return the weighted costs of some clients to some sites."""
        weights = self.weights[clients, None]
        if self.matrix is not None:
            return np.asarray(self.matrix[clients][:, sites] * weights)
        assert self.points is not None
        return np.asarray(metres(self.points[0][clients], self.points[1][sites]) / 1000.0 * weights)

    def value(self, chosen: NDArray[np.int64]) -> float:
        """Return the sum over clients of the cost to the nearest chosen site."""
        total = 0.0
        for start in range(0, len(self.weights), BLOCK):
            total += float(self.block(slice(start, start + BLOCK), chosen).min(axis=1).sum())
        return total


def tally(sites: Numbers, weights: Floats, count: int) -> Floats:
    """Return the sum of the weights of each site, 0 to count - 1."""
    return np.asarray(np.bincount(sites.ravel(), weights.ravel(), count), dtype=np.float64)


def of_matrix(distances: Floats, weights: Floats | None = None) -> Instance:
    """Return the instance of a full matrix, clients x sites."""
    weights = np.ones(len(distances)) if weights is None else np.asarray(weights, dtype=float)
    if distances.ndim != 2 or not distances.size:
        raise ValueError("The matrix of distances is empty: give at least one client and one site.")
    if not np.isfinite(distances).all() or (distances < 0).any():
        raise ValueError("A distance is negative, infinite or missing: each client must reach each site.")
    if len(weights) != len(distances) or (weights < 0).any():
        raise ValueError("Weights must be as many as the clients, and none of them negative.")
    return _nearest(Whole(weights, matrix=distances), distances.shape[1], distances.shape[1])


def of_points(clients: Floats, sites: Floats, weights: Floats, *, depth: int) -> Instance:
    """Return the instance of points (rows of latitude and longitude, degrees); cost is weight x km.

    `depth`: how many nearest sites each client keeps; memory is clients x depth x 12 bytes.
    """
    return _nearest(Whole(np.asarray(weights, dtype=float), points=(clients, sites)), len(sites), depth)


def _nearest(whole: Whole, sites: int, depth: int) -> Instance:
    depth = min(depth, sites)
    costs, nearest = [], []
    for start in range(0, len(whole.weights), BLOCK):
        block = whole.block(slice(start, start + BLOCK), slice(None))
        if depth < sites:
            near = np.argpartition(block, depth - 1, axis=1)[:, :depth]
        else:
            near = np.broadcast_to(np.arange(sites), block.shape)
        cost = np.take_along_axis(block, near, axis=1)
        order = np.argsort(cost, axis=1, kind="stable")
        costs.append(np.take_along_axis(cost, order, axis=1))
        nearest.append(np.take_along_axis(near, order, axis=1).astype(np.int32))
    cost, site = np.concatenate(costs), np.concatenate(nearest)
    integral = bool((cost == np.rint(cost)).all())
    return Instance(np.ascontiguousarray(cost), np.ascontiguousarray(site), sites, integral, whole)
