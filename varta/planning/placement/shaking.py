"""Better plans of large instances: a neighbourhood is opened anew and mended by swaps, again and again.

Swaps over a whole country stop where no single one helps. Within a neighbourhood they take milliseconds, and
sites that the relaxation often opens are good ones to begin with (the idea of POPMUSIC, Taillard and Voss 2002).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats, Instance
from varta.planning.placement.interchange import Interchange, Open, Stop

NEAR = 80  # sites of a neighbourhood: some fourteen of them open in a country, which swaps rearrange in milliseconds


@dataclass
class Shaking:
    """Shakes plans of one instance; `often` says by site in which share of its answers the relaxation opens it."""

    instance: Instance
    often: Floats
    fixed: Open
    allowed: Open

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng(0)
        self.swaps = Interchange(self.instance)
        # Sites near one another are those that the same clients know: what a client knows first is its place.
        self.home = self.instance.site[:, 0]
        self.order = np.argsort(self.home, kind="stable")
        self.starts = np.searchsorted(self.home[self.order], np.arange(self.instance.sites + 1))

    def better(self, plan: Open, cost: float, *, stop: Stop) -> tuple[Open, float] | None:
        """Return a cheaper plan with its cost, or None where this neighbourhood gave none."""
        hood = self._neighbourhood()
        inside = np.zeros(len(plan), dtype=bool)
        inside[hood] = True
        free = inside & self.allowed & ~self.fixed
        given = int((plan & free).sum())
        candidates = np.flatnonzero(free)
        if not 1 <= given < len(candidates):
            return None
        weight = np.clip(self.often[candidates], 0.01, None) * self.chance.random(len(candidates)) ** 0.5
        weight += plan[candidates] * self.chance.uniform(0, 0.6)
        tried = plan & ~free
        tried[candidates[np.argsort(-weight)[:given]]] = True
        rows = np.concatenate([self.order[self.starts[site] : self.starts[site + 1]] for site in hood])
        part = replace(self.instance, cost=self.instance.cost[rows], site=self.instance.site[rows])
        local = Interchange(part)
        tried = local.improve(tried, fixed=tried & ~free, allowed=free, stop=stop)
        if local.cost(tried) >= local.cost(plan):
            return None
        found = self.swaps.cost(tried)
        return (tried, found) if found < cost * (1 - 1e-12) else None

    def _neighbourhood(self) -> NDArray[np.int64]:
        """Return the sites that clients around one place know first."""
        seed = int(self.chance.integers(self.instance.clients))
        found = {int(site): None for site in self.instance.site[seed]}
        for site in list(found):
            if len(found) >= NEAR:
                break
            rows = self.order[self.starts[site] : self.starts[site + 1]]
            if len(rows):
                found.update(dict.fromkeys(map(int, self.instance.site[rows[0], :24])))
        return np.array(list(found)[:NEAR], dtype=np.int64)
