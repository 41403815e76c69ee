"""Good plans quickly: greedy addition, then swaps of one site for another while they help.

Swaps are valued all at once as in Whitaker's fast interchange and its later refinements (Resende and
Werneck 2007): the gain of opening a site, the loss of closing another, and a correction for clients whom
both touch. On sparse lists of near sites one round is a few passes over clients x K.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats, Instance, tally

Open = NDArray[np.bool_]
Stop = Callable[[], bool]
SHORT = 16  # most clients have two open sites among so many nearest


def greedy(instance: Instance, wanted: int, *, open_: Open, allowed: Open) -> Open:
    """Return the open sites, those of `open_` and the best additions one by one until `wanted` are open."""
    chosen = open_.copy()
    nearest = _nearest_cost(instance, chosen)
    knowing = np.argsort(instance.site.ravel(), kind="stable")
    starts = np.r_[0, np.cumsum(np.bincount(instance.site.ravel(), minlength=instance.sites))]
    gain = _saved(instance, slice(None), nearest)
    while int(chosen.sum()) < wanted:
        best = int(np.where(chosen | ~allowed, -1.0, gain).argmax())
        chosen[best] = True
        # Only those who move to the new site change what other sites would save.
        rows, places = np.divmod(knowing[starts[best] : starts[best + 1]], instance.depth)
        cost = instance.cost[rows, places]
        moved = cost < nearest[rows]
        rows = rows[moved]
        gain -= _saved(instance, rows, nearest[rows])
        nearest[rows] = cost[moved]
        gain += _saved(instance, rows, nearest[rows])
    return chosen


def _saved(instance: Instance, clients: NDArray[np.int64] | slice, nearest: Floats) -> Floats:
    """Return by site what these clients would save if it were opened."""
    saved = np.maximum(nearest[:, None] - instance.cost[clients], 0.0)
    return tally(instance.site[clients], saved, instance.sites)


def _nearest_cost(instance: Instance, chosen: Open) -> Floats:
    """Return each client's cost to the nearest open site it knows; past its list, a little more than the last."""
    is_open = chosen[instance.site]
    first = is_open.argmax(axis=1)
    found = is_open[np.arange(instance.clients), first]
    return np.where(
        found, instance.cost[np.arange(instance.clients), first], instance.cost[:, -1] * 1.05 + 1e-9
    )


class Interchange:
    """Swaps on one instance; the arrays that do not change are prepared once."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.rows = np.arange(instance.clients)
        self.far = instance.cost[:, -1] * 1.05 + 1e-9  # of a client who knows no open site

    def improve(self, chosen: Open, *, fixed: Open, allowed: Open, stop: Stop = lambda: False) -> Open:
        """Return a plan in which no single swap helps, or the best found when `stop` says so."""
        chosen = chosen.copy()
        while not stop():
            swaps = self._swaps(chosen, fixed, allowed)
            if not swaps:
                return chosen
            before = self.cost(chosen)
            tried = chosen.copy()
            for close, open_ in swaps:
                tried[close], tried[open_] = False, True
            if self.cost(tried) >= before - 1e-9:  # swaps that touch one another: take the best one alone
                tried = chosen.copy()
                tried[swaps[0][0]], tried[swaps[0][1]] = False, True
                if self.cost(tried) >= before - 1e-9:
                    return chosen
            chosen = tried
        return chosen

    def multipliers(self, chosen: Open) -> Floats:
        """Return a start for multipliers: between a client's cost now and without its nearest site."""
        _, one, two = self._two_nearest(chosen)
        return np.asarray((one + two) / 2)

    def cost(self, chosen: Open) -> float:
        """Return the plan's cost by the sites that clients know: never less than over all sites."""
        return float(self._two_nearest(chosen)[1].sum())

    def _two_nearest(self, chosen: Open) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return for each client the place of its nearest open site in its list (-1: none), and the two costs."""
        width = min(SHORT, self.instance.depth)
        first, one, two = self._among(chosen, slice(None), width)
        far = np.flatnonzero(two == self.far)
        if width < self.instance.depth and len(far):
            first[far], one[far], two[far] = self._among(chosen, far, self.instance.depth)
        return first, one, two

    def _among(
        self, chosen: Open, clients: NDArray[np.int64] | slice, width: int
    ) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return the same for some clients, looking at the first sites of their lists only."""
        is_open = chosen[self.instance.site[clients, :width]]
        cost, far, rows = self.instance.cost[clients, :width], self.far[clients], self.rows[: len(is_open)]
        first = is_open.argmax(axis=1)
        has_first = is_open[rows, first]
        is_open[rows, first] = False
        second = is_open.argmax(axis=1)
        has_second = is_open[rows, second]
        one = np.where(has_first, cost[rows, first], far)
        two = np.where(has_second, cost[rows, second], far)
        return np.where(has_first, first, -1), one, two

    def _swaps(self, chosen: Open, fixed: Open, allowed: Open) -> list[tuple[int, int]]:
        """Return swaps that help, the best first; later ones share neither site with earlier ones."""
        instance = self.instance
        first, one, two = self._two_nearest(chosen)
        known = first >= 0
        serving = np.where(known, instance.site[self.rows, np.maximum(first, 0)], 0)
        loss = tally(serving[known], (two - one)[known], instance.sites)
        closing = np.flatnonzero(chosen & ~fixed)
        if not len(closing):
            return []
        place_of = np.full(instance.sites, -1)
        place_of[closing] = np.arange(len(closing))
        # Only sites nearer than the second nearest open one matter to a client.
        width = max(1, int((instance.cost < two[:, None]).sum(axis=1).max()))
        cost, site = instance.cost[:, :width], instance.site[:, :width]
        rows, places = np.nonzero(cost < two[:, None])
        opened, served = site[rows, places], serving[rows]
        price = cost[rows, places]
        gain = tally(opened, np.maximum(one[rows] - price, 0.0), instance.sites)
        touching = (place_of[served] >= 0) & known[rows]
        extra = tally(
            opened[touching].astype(np.int64) * len(closing) + place_of[served[touching]],
            (two[rows] - np.maximum(price, one[rows]))[touching],
            instance.sites * len(closing),
        ).reshape(instance.sites, len(closing))
        profit = gain[:, None] - loss[closing][None, :] + extra
        profit[chosen | ~allowed] = -np.inf
        return _best_apart(profit, closing)


def _best_apart(profit: Floats, closing: NDArray[np.int64]) -> list[tuple[int, int]]:
    best_close = profit.argmax(axis=1)
    best = profit[np.arange(len(profit)), best_close]
    swaps, used = [], set()
    for opening in np.argsort(-best)[:40]:
        if best[opening] <= 1e-9:
            break
        close = int(closing[best_close[opening]])
        if close not in used:
            used.add(close)
            swaps.append((close, int(opening)))
    return swaps
