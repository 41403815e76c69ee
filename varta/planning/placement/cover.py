"""Maximal covering: with so many officers, which sites put the most people within so many minutes of one.

Church and ReVelle 1974, with present officers fixed, upper limits for each site, and a least and a most number
for groups of sites (oblasts). Swaps give a plan and relaxation a bound, while HiGHS works at the exact answer.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, vstack

from varta.planning.placement import highs
from varta.planning.placement.conditions import Chooser, Conditions, Counts, Infeasible, Room, check
from varta.planning.placement.coverage import Ascent, Search
from varta.planning.placement.instance import Floats
from varta.planning.placement.median import Progress

__all__ = ["Conditions", "Covering", "Infeasible", "solve"]

TRY_EVERY = 20  # steps of the bound between two plans made of its choice
POLISH_S = 0.15  # seconds, at most, for the swaps of each plan tried
TELL = Callable[[Progress], None]


@dataclass(frozen=True)
class Covering:
    """Officers by site, the weight they cover, and the bound that no plan passes."""

    officers: dict[int, int]
    value: float
    bound: float
    seconds: float
    stopped: str  # "proven", "time" or "cancelled"

    @property
    def gap(self) -> float:
        """Return (bound - value) / value; 0 where no plan covers more."""
        return 0.0 if self.bound <= self.value else (self.bound - self.value) / max(self.value, 1e-12)


def solve(
    within: csr_matrix,
    weights: Floats,
    officers: int,
    conditions: Conditions | None = None,
    *,
    seconds: float = 60.0,
    tell: TELL = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Covering:
    """Return the plan that covers the most weight with so many officers.

    `within`: clients x sites, non-zero where an officer at the site reaches the client in time. Raises
    Infeasible, which names the conditions that conflict.
    """
    began = time.monotonic()
    found = check(conditions or Conditions(), within.shape[1], officers)
    return _Solve(within, weights, found, began, seconds, tell, cancelled).run()


class _Solve:
    def __init__(
        self,
        within: csr_matrix,
        weights: Floats,
        found: Room,
        began: float,
        seconds: float,
        tell: TELL,
        cancelled: Callable[[], bool],
    ) -> None:
        self.found, self.began, self.seconds = found, began, seconds
        self.tell, self.cancelled = tell, cancelled
        rows, merged = _merged(within, np.asarray(weights, dtype=float))
        there = rows @ (found.fixed > 0).astype(float) > 0
        self.covered = float(merged[there].sum())  # by officers who stay
        self.rows, self.weights = rows[~there], merged[~there]
        self.search = Search(self.rows, self.weights, found)
        self.plan: Counts = np.zeros(len(found.room), dtype=np.int64)
        self.value, self.bound, self.settled = -1.0, float(self.weights.sum()), False

    def run(self) -> Covering:
        """Search and relax in one thread while HiGHS solves the whole in another; either may be first."""
        self._offer(self.search.greedy())
        if self._proven() or not len(self.weights):
            return self._answer()
        own = threading.Thread(target=self._relax)
        own.start()
        try:
            self._exact()
        finally:
            self.settled = True
            own.join()
        return self._answer()

    def _offer(self, plan: Counts) -> None:
        value = self.search.value(plan)
        if value > self.value:
            self.plan, self.value = plan, value

    def _polish(self, plan: Counts, seconds: float) -> None:
        until = min(time.monotonic() + seconds, self.began + self.seconds)
        self._offer(self.search.improve(plan, stop=lambda: time.monotonic() > until or self.settled))

    def _relax(self) -> None:
        """Polish the plan, lower the bound, and try what the bound chooses as plans."""
        self._polish(self.plan, 4 * POLISH_S)
        chooser = Chooser(self.found, np.asarray(self.rows.sum(axis=0)).ravel() > 0)
        ascent = Ascent(self.rows, self.weights, chooser, self.rows @ (self.plan > 0).astype(float))
        tried: set[bytes] = set()
        # The caller is asked in its own thread alone, by HiGHS: it may hold a connection there.
        while not (ascent.spent or self.settled or self._spent() > self.seconds or self._proven()):
            choice = ascent.step(self.value)
            self.bound = min(self.bound, max(ascent.bound, self.value))
            if ascent.steps % TRY_EVERY == 0:
                plan = self.search.of(choice)
                if plan.tobytes() not in tried:
                    tried.add(plan.tobytes())
                    self._polish(plan, POLISH_S)

    def _exact(self) -> None:
        """Let HiGHS look at all plans, until it has the best or the search has proven one."""
        sites = len(self.found.room)
        answer = highs.solve(
            _problem(self.rows, self.weights, self.found),
            seconds=self.seconds - self._spent(),
            stop=lambda: self.cancelled() or self._proven(),
            tell=self._say,
        )
        if answer.x is not None:
            self._offer(np.rint(answer.x[:sites]).astype(np.int64))
        self.bound = max(self.value, min(self.bound, -answer.bound))

    def _proven(self) -> bool:
        return self.bound <= self.value + 1e-7 * (self.value + self.covered) + 1e-6

    def _spent(self) -> float:
        return time.monotonic() - self.began

    def _say(self, cost: float, least: float) -> None:
        """Tell the best of both ways; HiGHS minimises the weight that is not won."""
        value, bound = max(-cost, self.value), min(-least, self.bound)
        self.tell(Progress(self._spent(), value + self.covered, bound + self.covered, "proof"))

    def _answer(self) -> Covering:
        proven = self._proven()
        why = "proven" if proven else "cancelled" if self.cancelled() else "time"
        placed = self.found.fixed + self.plan
        officers = {int(site): int(placed[site]) for site in np.flatnonzero(placed)}
        value, bound = self.value + self.covered, self.bound + self.covered
        return Covering(officers, value, value if proven else bound, self._spent(), why)


def _merged(within: csr_matrix, weights: Floats) -> tuple[csr_matrix, Floats]:
    """Return the clients that somebody can reach, those with the same sites made one."""
    rows = csr_matrix(within, dtype=float)
    rows.sort_indices()
    groups: dict[bytes, list[int]] = {}
    for client in np.flatnonzero(np.diff(rows.indptr)):
        key = rows.indices[rows.indptr[client] : rows.indptr[client + 1]].tobytes()
        groups.setdefault(key, []).append(int(client))
    kept = [clients[0] for clients in groups.values()]
    return rows[kept], np.array([float(weights[clients].sum()) for clients in groups.values()])


def _problem(rows: csr_matrix, weights: Floats, found: Room) -> highs.Problem:
    """Return: columns are officers by site, then clients covered; minimise the weight that is not won."""
    clients, many = rows.shape
    covering = coo_matrix(rows)
    blocks = [
        csr_matrix(
            (
                np.concatenate([covering.data, -np.ones(clients)]),
                (
                    np.concatenate([covering.row, np.arange(clients)]),
                    np.concatenate([covering.col, many + np.arange(clients)]),
                ),
            ),
            shape=(clients, many + clients),
        )
    ]
    count = len(found.least)
    totals = csr_matrix(
        (np.ones(2 * many), (np.concatenate([np.zeros(many), 1 + found.group]), np.tile(np.arange(many), 2))),
        (1 + count, many + clients),
    )
    # Groups without limits of their own need no row.
    limited = np.flatnonzero(np.r_[True, (found.least > 0) | (found.most < found.left)])
    return highs.Problem(
        cost=np.concatenate([np.zeros(many), -weights]),
        rows=csr_matrix(vstack([*blocks, totals[limited]], format="csr")),
        low=np.concatenate([np.zeros(clients), np.r_[found.left, found.least][limited]]),
        high=np.concatenate([np.full(clients, np.inf), np.r_[found.left, found.most][limited]]),
        whole=np.arange(many + clients) < many,
        least=np.zeros(many + clients),
        most=np.concatenate([found.room.astype(float), np.ones(clients)]),
    )
