"""Good coverings quickly, and a bound above all of them: greedy, swaps, and Lagrangian relaxation.

A client's claim to be covered only where an open site reaches it is relaxed with a multiplier for each client
(Galvao and ReVelle 1996): what remains is a choice of sites by value, and its total bounds every plan.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from varta.planning.placement.conditions import Choice, Chooser, Counts, Room
from varta.planning.placement.instance import Floats


class Search:
    """Plans over one set of clients x sites; a plan is officers who come, by site."""

    def __init__(self, rows: csr_matrix, weights: Floats, found: Room) -> None:
        self.rows, self.weights, self.found = rows, weights, found
        self.columns = csc_matrix(rows)
        self.by_site = csr_matrix(rows.T)

    def value(self, plan: Counts) -> float:
        """Return the weight that the plan covers."""
        return float(self.weights[self.rows @ (plan > 0) > 0].sum())

    def greedy(self) -> Counts:
        """Return a plan made of the best additions one by one; groups that must have officers come in time."""
        found = self.found
        plan, count = np.zeros(len(found.room), dtype=np.int64), np.zeros_like(found.most)
        bare = self.weights.copy()
        gain = self.by_site @ bare
        for left in range(found.left, 0, -1):
            lacking = np.maximum(found.least - count, 0)
            groups = (lacking > 0) if int(lacking.sum()) >= left else (count < found.most)
            site = int(np.where(groups[found.group] & (plan < found.room), gain, -1.0).argmax())
            plan[site] += 1
            count[found.group[site]] += 1
            own = self.columns.indices[self.columns.indptr[site] : self.columns.indptr[site + 1]]
            gain -= self.by_site[:, own] @ bare[own]
            gain[site] = 0.0
            bare[own] = 0.0
        return plan

    def of(self, choice: Choice) -> Counts:
        """Return the plan of a choice; spare officers go where their group has room, to closed sites first."""
        plan = choice.opened.astype(np.int64)
        for group in np.flatnonzero(choice.spare):
            left = int(choice.spare[group])
            members = np.flatnonzero((self.found.group == group) & (plan < self.found.room))
            for site in members[np.argsort(plan[members], kind="stable")]:
                added = min(left, int(self.found.room[site] - plan[site]))
                plan[site], left = plan[site] + added, left - added
        return plan

    def improve(self, plan: Counts, *, stop: Callable[[], bool]) -> Counts:
        """Return a plan in which no swap of one officer helps."""
        plan = plan.copy()
        while not stop():
            swap = self._swap(plan)
            if swap is None:
                break
            plan[swap[0]] -= 1
            plan[swap[1]] += 1
        return plan

    def _swap(self, plan: Counts) -> tuple[int, int] | None:
        """Return the site to leave and the site to go to that win most; None where nothing wins."""
        found = self.found
        times = self.rows @ (plan > 0).astype(float)
        gain = self.by_site @ np.where(times == 0, self.weights, 0.0)
        once = np.where(times == 1, self.weights, 0.0)
        leaving = np.flatnonzero(plan)
        alone = plan[leaving] == 1
        loss = np.where(alone, (self.by_site @ once)[leaving], 0.0)
        count = np.bincount(found.group, plan, len(found.most))
        coming = np.flatnonzero((plan == 0) & (found.room > 0) & (gain > 0))
        if not len(coming) or not len(leaving):
            return None
        hold = csr_matrix(self.rows[:, leaving].multiply(once[:, None]))
        kept = np.asarray((self.by_site[coming] @ hold).todense()) * alone
        profit = gain[coming][:, None] - loss[None, :] + kept
        theirs, ours = found.group[coming], found.group[leaving]
        may = (theirs[:, None] == ours[None, :]) | (
            (count < found.most)[theirs][:, None] & (count > found.least)[ours][None, :]
        )
        profit[~may] = -np.inf
        best = int(profit.argmax())
        row, column = divmod(best, len(leaving))
        if profit[row, column] <= 1e-12 * float(self.weights.sum()):
            return None
        return int(leaving[column]), int(coming[row])


class Ascent:
    """Lowers the bound step by step; `best` is the choice that gave it."""

    PATIENCE = 10

    def __init__(
        self, rows: csr_matrix, weights: Floats, choose: Chooser, times: NDArray[np.float64]
    ) -> None:
        self.rows, self.weights, self.choose = rows, weights, choose
        self.by_site = csr_matrix(rows.T)
        self.multipliers = self.weights / np.maximum(times, 1.0)
        self.direction = np.zeros_like(weights)
        self.length, self.idle, self.steps = 1.0, 0, 0
        self.bound = np.inf
        self._look()

    def _look(self) -> Choice:
        """Return the choice by the multipliers now, and keep it where it bounds best."""
        values = self.by_site @ self.multipliers
        choice = self.choose(values)
        bound = float((self.weights - self.multipliers).sum()) + choice.total
        if bound < self.bound:
            gained = (self.bound - bound) / max(abs(bound), 1e-12)
            self.idle = 0 if gained > 1e-6 else self.idle + 1
            self.bound, self.best = bound, choice
            self.at_best = self.multipliers.copy()
        else:
            self.idle += 1
        self.now, self.choice = bound, choice
        return choice

    def step(self, target: float) -> Choice:
        """Move the multipliers once, towards a bound of `target`, and return the choice there."""
        gradient = 1.0 - self.rows @ self.choice.opened.astype(float)  # of a fall of the bound
        full, empty = self.multipliers >= self.weights, self.multipliers <= 0
        gradient[(full & (gradient > 0)) | (empty & (gradient < 0))] = 0.0
        along = float((self.direction * self.weights * gradient).sum())
        square = float((self.direction * self.weights * self.direction).sum())
        deflect = -1.5 * along / square if along < 0 and square > 0 else 0.0
        self.direction = gradient + deflect * self.direction
        norm = float((self.direction * self.weights * self.direction).sum())
        if norm < 1e-12:
            self.length, self.steps = 0.0, self.steps + 1
            return self.choice
        reach = max(self.now - target, 1e-9 * abs(target))
        moved = self.multipliers + self.length * reach / norm * self.weights * self.direction
        self.multipliers = np.clip(moved, 0.0, self.weights)
        choice = self._look()
        self.steps += 1
        if self.idle >= self.PATIENCE:
            self.length, self.idle = self.length * 0.66, 0
            self.multipliers, self.choice, self.now = self.at_best.copy(), self.best, self.bound
            self.direction[:] = 0.0
        return choice

    @property
    def spent(self) -> bool:
        """Return whether steps have become too short to help."""
        return self.length < 1e-3
