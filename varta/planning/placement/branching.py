"""Branch and bound over sites, with Lagrangian bounds at each node: closes the gap that relaxation leaves.

Reduced costs leave few sites and, for each client, few of them that a better plan could use: on those short
sorted lists one ascent step takes a fraction of a millisecond, where a linear program of the same node takes
seconds. The next site is opened in one branch and closed in the other; the node with the least bound goes
first, so that the least bound of all is proven.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats, Numbers, tally

Sites = NDArray[np.int64]
STEPS_AT_ROOT, STEPS_AT_NODE = 200, 16
PATIENCE = 4  # steps without a better bound before the step length halves
TELL_EVERY = 200  # nodes


@dataclass(frozen=True)
class Lists:
    """Clients x width: costs of the sites that a better plan may use, cheapest first; infinite where a row ends."""

    cost: Floats
    site: NDArray[np.int64]
    sites: int


def lists_of(cost: Floats, site: Numbers, useful: NDArray[np.bool_], sites: int) -> Lists:
    """Return the useful pairs of sorted lists, moved to the front of each row."""
    order = np.argsort(~useful, axis=1, kind="stable")
    width = max(1, int(useful.sum(axis=1).max()))
    order = order[:, :width]
    kept = np.take_along_axis(useful, order, axis=1)
    short = np.where(kept, np.take_along_axis(cost, order, axis=1), np.inf)
    return Lists(np.ascontiguousarray(short), np.take_along_axis(site, order, axis=1).astype(np.int64), sites)


@dataclass(order=True)
class Node:
    """A part of all plans: `opened` are open, of `alive` the others may be opened, the rest are closed."""

    bound: float
    nth: int
    opened: Sites = field(compare=False)
    alive: Sites = field(compare=False)
    multipliers: Floats = field(compare=False)


@dataclass
class Proof:
    """The best plan found (None: nothing better than was known), the bound that holds, and the nodes looked at."""

    chosen: Sites | None
    value: float
    bound: float
    nodes: int


class Search:
    """Looks for plans cheaper than `value` by at least `gain`; `worth` values a plan exactly."""

    def __init__(
        self,
        lists: Lists,
        wanted: int,
        *,
        value: float,
        gain: float,
        worth: Callable[[Sites], float],
        stop: Callable[[], bool],
        tell: Callable[[float, float], None] = lambda value, bound: None,
    ) -> None:
        self.lists, self.wanted, self.value, self.gain = lists, wanted, value, gain
        self.worth, self.stop, self.tell = worth, stop, tell
        self.chosen: Sites | None = None
        self.heap: list[Node] = []
        self.nodes = self.made = 0

    def run(self, opened: Sites, alive: Sites, multipliers: Floats) -> Proof:
        """Return the best plan and the proven bound; `opened` are open in every plan, only `alive` may join them."""
        self._push(-np.inf, opened, alive, multipliers)
        while self.heap and self.heap[0].bound <= self.value - self.gain and not self.stop():
            self._look(heappop(self.heap))
            self.nodes += 1
            if self.nodes % TELL_EVERY == 0:
                self.tell(self.value, self._bound())
        return Proof(self.chosen, self.value, self._bound(), self.nodes)

    def _bound(self) -> float:
        least = self.heap[0].bound if self.heap else np.inf
        return self.value if least > self.value - self.gain else least

    def _push(self, bound: float, opened: Sites, alive: Sites, multipliers: Floats) -> None:
        self.made += 1
        heappush(self.heap, Node(bound, self.made, opened, alive, multipliers))

    def _look(self, node: Node) -> None:
        """Bound the node, settle what its reduced costs settle, and split the rest."""
        if len(node.opened) + len(node.alive) < self.wanted:
            return
        if len(node.opened) == self.wanted or len(node.opened) + len(node.alive) == self.wanted:
            rest = node.alive[: self.wanted - len(node.opened)]
            self._try(np.concatenate([node.opened, rest]))
            return
        climbed = self._climb(node)
        if climbed is None:
            return
        bound, multipliers, opened, alive, reduced = climbed
        if len(opened) == self.wanted or len(opened) + len(alive) <= self.wanted:
            self._push(bound, opened, alive, multipliers)
            return
        best = int(reduced.argmin())
        rest = np.delete(alive, best)
        self._push(bound, np.append(opened, alive[best]), rest, multipliers)
        self._push(bound, opened, rest, multipliers)

    def _climb(self, node: Node) -> tuple[float, Floats, Sites, Sites, Floats] | None:
        """Return the node's bound with what is settled; None where it holds no better plan."""
        opened, alive = node.opened, node.alive
        left = self.wanted - len(opened)
        rank = np.full(self.lists.sites, len(alive))  # closed sites share the last place, which nobody picks
        rank[alive] = np.arange(len(alive))
        base = self._served_by(opened)
        multipliers, length, idle = node.multipliers, 1.0, 0
        width = 0
        best, best_bound, best_reduced = multipliers, -np.inf, np.zeros(len(alive))
        root = np.isneginf(node.bound)
        for step in range(STEPS_AT_ROOT if root else STEPS_AT_NODE):
            needed = self._width(multipliers)
            if needed > width:
                width = needed
                cost, site = self._alive_lists(rank, base, width)
            saved = np.minimum(cost - multipliers[:, None], 0.0)
            reduced = tally(site, saved, len(alive) + 1)[:-1]
            fixed = np.minimum(base - multipliers, 0.0)
            picked = np.argpartition(reduced, left - 1)[:left]
            bound = float(multipliers.sum() + fixed.sum() + reduced[picked].sum())
            if step == 0 or bound > best_bound:
                best, best_bound, best_reduced, idle = multipliers, bound, reduced, 0
                if bound > self.value - self.gain:
                    return None
            else:
                idle += 1
                if idle >= PATIENCE:
                    length, idle = length / 2, 0
            is_picked = np.zeros(len(alive) + 1, dtype=bool)
            is_picked[picked] = True
            slack = 1.0 - (is_picked[site] & (saved < 0)).sum(axis=1) - (fixed < 0)
            norm = float(slack @ slack)
            if norm == 0.0:
                break
            reach = self.value - bound
            multipliers = np.maximum(multipliers + length * reach / norm * slack, 0.0)
        if root or self.nodes % 10 == 0:
            self._try(np.concatenate([opened, alive[np.argpartition(best_reduced, left - 1)[:left]]]))
        opened, alive, best_reduced = self._settle(best_bound, best_reduced, opened, alive, left)
        return max(best_bound, node.bound), best, opened, alive, best_reduced

    def _served_by(self, opened: Sites) -> Floats:
        """Return each client's cost from the open sites; infinite where its list has none."""
        is_open = np.zeros(self.lists.sites, dtype=bool)
        is_open[opened] = True
        found = is_open[self.lists.site] & np.isfinite(self.lists.cost)
        first = found.argmax(axis=1)
        rows = np.arange(len(first))
        return np.where(found[rows, first], self.lists.cost[rows, first], np.inf)

    def _alive_lists(self, rank: Sites, base: Floats, width: int) -> tuple[Floats, Sites]:
        """Return the alive sites nearer than any open one: an open site serves cheaper than those beyond."""
        site, given = rank[self.lists.site[:, :width]], self.lists.cost[:, :width]
        closed = len(rank) if not len(rank) else rank.max()
        return np.where((site < closed) & (given < base[:, None]), given, np.inf), site

    def _width(self, multipliers: Floats) -> int:
        """Return how long a beginning of the lists holds all costs below the multipliers, with some room."""
        depth = self.lists.cost.shape[1]
        width = 16
        while width < depth and (self.lists.cost[:, width - 1] < multipliers).any():
            width += max(16, width // 4)
        return int(min(width, depth))

    def _settle(
        self, bound: float, reduced: Floats, opened: Sites, alive: Sites, left: int
    ) -> tuple[Sites, Sites, Floats]:
        """Close sites that no better plan opens, and open those that every better plan has."""
        order = np.argpartition(reduced, [left - 1, left])
        dearest, cheapest = reduced[order[left - 1]], reduced[order[left]]
        inside = np.zeros(len(alive), dtype=bool)
        inside[order[:left]] = True
        limit = self.value - self.gain
        must = inside & (bound + cheapest - reduced > limit)
        keep = ~must & (inside | (bound + reduced - dearest <= limit))
        return np.concatenate([opened, alive[must]]), alive[keep], reduced[keep]

    def _try(self, plan: Sites) -> None:
        value = self.worth(plan)
        if value < self.value - 1e-9 * max(1.0, abs(self.value)):
            self.value, self.chosen = value, plan
