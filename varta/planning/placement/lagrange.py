"""A lower bound of the p-median by Lagrangian relaxation, and what it fixes.

Clients' duty to be served is relaxed with a multiplier for each (Cornuejols, Fisher and Nemhauser 1977). A client
who knows only the K nearest sites keeps the bound valid as long as its multiplier is at most the cost of
the K-th: sites beyond could then not lower it. Multipliers go up a deflected subgradient (Camerini, Fratta and
Maffioli 1975) with steps after Polyak; from the best ones, sites are proven open or closed by reduced cost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats, Instance, tally
from varta.planning.placement.interchange import Open

SCALE_AT = 8  # the cost of the site at this place in a client's list says how large its multiplier may grow
ROOM = 1.3  # multipliers may grow so many times before the pairs that matter are looked for again


@dataclass(slots=True)
class Relaxed:
    """What one choice of multipliers gives: the bound, the chosen sites, each site's reduced cost, the surplus."""

    bound: float
    chosen: NDArray[np.int64]
    reduced: Floats
    served: Floats  # how often each client is served, minus 1: a subgradient with its sign turned


class Relaxation:
    """The relaxation of one instance with `wanted` sites, some of them fixed open or not allowed."""

    def __init__(self, instance: Instance, wanted: int, *, fixed: Open, allowed: Open) -> None:
        self.instance, self.wanted = instance, wanted
        self.fixed, self.allowed = fixed, allowed
        self.most = (
            instance.cost[:, -1].copy() if not instance.complete else np.full(instance.clients, np.inf)
        )
        self.upto = np.zeros(instance.clients)
        self._shorten(self.upto)

    def at(self, multipliers: Floats) -> Relaxed:
        """Return the relaxed problem's answer for these multipliers."""
        if (multipliers > self.upto).any():
            self._shorten(multipliers)
        saving = np.minimum(self.price - multipliers[self.client], 0.0)
        reduced = tally(self.site, saving, self.instance.sites)
        chosen = self.choose(reduced)
        is_chosen = np.zeros(self.instance.sites, dtype=bool)
        is_chosen[chosen] = True
        served = np.bincount(self.client[is_chosen[self.site] & (saving < 0)], minlength=len(multipliers))
        return Relaxed(
            float(multipliers.sum() + reduced[chosen].sum()),
            chosen,
            reduced,
            np.asarray(served - 1.0, dtype=np.float64),
        )

    def choose(self, reduced: Floats) -> NDArray[np.int64]:
        """Return the sites that the relaxation opens: the fixed ones, and the cheapest of the others."""
        fixed = np.flatnonzero(self.fixed)
        free = np.flatnonzero(self.allowed & ~self.fixed)
        left = self.wanted - len(fixed)
        if left <= 0:
            return fixed
        order = np.argpartition(reduced[free], left - 1)[:left] if left < len(free) else np.arange(len(free))
        return np.concatenate([fixed, free[order]])

    def _shorten(self, multipliers: Floats) -> None:
        """Keep the pairs that cost less than the multipliers, with room for these to grow: others save nothing."""
        self.upto = np.minimum(np.maximum(multipliers * ROOM, self.upto), self.most)
        near = self.instance.cost < self.upto[:, None]
        self.client = np.nonzero(near)[0]
        self.price, self.site = self.instance.cost[near], self.instance.site[near]


class Ascent:
    """Climbs towards the best bound; `step` may be called as long as time lasts."""

    PATIENCE = 12  # steps without a better bound before the step length shrinks

    def __init__(self, relaxation: Relaxation, start: Floats) -> None:
        self.relaxation = relaxation
        # Multipliers are costs, and those of a city are ten thousand times a hamlet's: each moves by its own scale.
        scale = relaxation.instance.cost[:, min(SCALE_AT, relaxation.instance.depth - 1)]
        self.scale = np.maximum(scale / max(float(scale.mean()), 1e-12), 1e-6)
        self.best = np.minimum(start, relaxation.most)
        self.at_best = relaxation.at(self.best)
        self.now, self.multipliers = self.at_best, self.best.copy()
        self.length, self.idle, self.steps = 1.0, 0, 0
        self.direction = np.zeros_like(start)

    @property
    def bound(self) -> float:
        """Return the best bound so far."""
        return self.at_best.bound

    def step(self, target: float) -> Relaxed:
        """Move the multipliers once, towards a bound of `target`, and return the answer there."""
        gradient = -self.now.served
        # A multiplier at its ceiling is not pushed against it.
        gradient[(self.multipliers >= self.relaxation.most) & (gradient > 0)] = 0.0
        # Sums of products, not `@`: threads of BLAS wait for each other longer than such short sums take.
        along = float((self.direction * self.scale * gradient).sum())
        square = float((self.direction * self.scale * self.direction).sum())
        deflect = -1.5 * along / square if along < 0 and square > 0 else 0.0
        self.direction = gradient + deflect * self.direction
        norm = float((self.direction * self.scale * self.direction).sum())
        if norm < 1e-12:  # everybody is served once: the relaxation can give no more
            self.length = 0.0
            return self.now
        reach = max(target - self.now.bound, 1e-9 * max(1.0, abs(target)))
        self.multipliers = np.clip(
            self.multipliers + self.length * reach / norm * self.scale * self.direction,
            0.0,
            self.relaxation.most,
        )
        self.now = self.relaxation.at(self.multipliers)
        self.steps += 1
        if self.now.bound > self.at_best.bound + 1e-12 * max(1.0, abs(self.at_best.bound)):
            self.best, self.at_best, self.idle = self.multipliers.copy(), self.now, 0
        else:
            self.idle += 1
            if self.idle >= self.PATIENCE:
                self._shorten()
        return self.now

    def _shorten(self) -> None:
        self.length *= 0.66
        self.idle = 0
        self.multipliers, self.now = self.best.copy(), self.at_best
        self.direction[:] = 0.0

    @property
    def spent(self) -> bool:
        """Return whether steps have become too short to help."""
        return self.length < 2e-4


def settled(at: Relaxed, relaxation: Relaxation, ceiling: float) -> tuple[Open, Open]:
    """Return the sites proven closed and those proven open in every plan cheaper than `ceiling`."""
    reduced, fixed = at.reduced, relaxation.fixed
    free = relaxation.allowed & ~fixed
    is_chosen = np.zeros(len(reduced), dtype=bool)
    is_chosen[at.chosen] = True
    inside, outside = free & is_chosen, free & ~is_chosen
    closed, opened = ~relaxation.allowed, fixed.copy()
    if inside.any() and outside.any():
        dearest, cheapest = reduced[inside].max(), reduced[outside].min()
        closed = closed | (outside & (at.bound + reduced - dearest >= ceiling))
        opened = opened | (inside & (at.bound + cheapest - reduced >= ceiling))
    elif not outside.any():
        opened = opened | inside
    return closed, opened
