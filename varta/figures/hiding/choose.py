"""Choosing what to hide: the least loss of information under which nothing small can be computed.

A programme of yes and no (one for each figure) is solved again and again; each time the attack finds what can
still be computed, and its proof becomes a cut that no later choice breaks. When the attack finds nothing, the
choice is the best there is, up to the gap of the programme. When time is over, the cheapest figures that satisfy
the cuts are added until the attack finds nothing: good, with the gap told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np

from varta.figures.hiding.attack import Attack, Bounds, is_met, proof, solver, star
from varta.figures.hiding.problem import Need, Problem, parted

Cut = Mapping[int, float]
Tell = Callable[[int, int], None]
GAP = 1e-4
ROUNDS = 200


class Fixed(ValueError):
    """What was told before gives these cells away, whatever is hidden now; `around` are all cells tied to them."""

    def __init__(self, cells: Sequence[int], around: Sequence[int] = ()) -> None:
        self.cells, self.around = frozenset(cells), tuple(around)
        super().__init__(f"{len(cells)} counts follow from what is published already.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which items to hide; `cost` is what that loses, `bound` what any good choice loses at least."""

    hidden: tuple[bool, ...]
    cost: float
    bound: float
    rounds: int

    @property
    def gap(self) -> float:
        """Return how much cheaper a better choice could be, as a part of the cost."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0


def choose(problem: Problem, *, seconds: float = 60.0, tell: Tell | None = None) -> Choice:
    """Return what to hide. `seconds` bounds the search for the best; `tell(done, of)` hears of progress.

    Raises Fixed, with the cells, where nothing that is hidden now can help.
    """
    parts = [part for part in parted(problem) if part[0].needs]
    hidden = [False] * len(problem.items)
    cost = bound = 0.0
    rounds = 0
    until = monotonic() + seconds
    fixed: list[int] = []
    around: list[int] = []
    for nth, (part, cells, items) in enumerate(parts):
        try:
            left = max(until - monotonic(), 0.0)
            found = _Search(part, left / max(len(parts) - nth, 1) * 4).run()
        except Fixed as wrong:
            fixed += [cells[cell] for cell in wrong.cells]
            around += cells
            continue
        for item, kept_back in zip(items, found.hidden, strict=True):
            hidden[item] = kept_back
        cost, bound, rounds = cost + found.cost, bound + found.bound, max(rounds, found.rounds)
        if tell:
            tell(nth + 1, len(parts))
    if fixed:
        raise Fixed(fixed, around)
    return Choice(tuple(hidden), cost, bound, rounds)


def open_needs(problem: Problem, hidden: set[int]) -> list[tuple[Need, Bounds]]:
    """Return the needs that are not met when these cells are hidden, with what can be computed."""
    return _Checker(problem).unmet(hidden)


class _Checker:
    """Attacks, and remembers which groups of cells have stood an attack already."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stood: set[tuple[object, ...]] = set()

    def unmet(self, hidden: set[int]) -> list[tuple[Need, Bounds]]:
        found = []
        for links in (True, False):
            needs = [need for need in self.problem.needs if need.links is links]
            if not needs:
                continue
            attack = Attack(self.problem, hidden, links=links)
            for need in needs:
                key = (links, *attack.key(need.cell))
                if need.cell in hidden and key in self.stood:
                    continue
                if attack.reached(need.cell) >= need.width:
                    continue
                bounds = attack.bounds(need.cell)
                wider = need
                if is_met(need, bounds) and need.cell in hidden and not bounds.whole:
                    lost = need.width - attack.whole_width(need.cell)
                    wider = Need(need.cell, int(bounds.width) + 1, links, need.if_told) if lost > 0 else need
                if is_met(wider, bounds):
                    self.stood.add(key)
                else:
                    found.append((wider, attack.proved(need.cell)))
        return found


class _Search:
    """The search in one part of the problem."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.problem, self.until = problem, monotonic() + seconds
        self.checker = _Checker(problem)
        self.cuts: list[tuple[Cut, float]] = []
        self.bound = 0.0

    def run(self) -> Choice:
        """Return the best choice, or a good one when time is over."""
        problem = self.problem
        most = [item.hideable for item in problem.items]
        if problem.opened or not all(most):
            fixed = [need.cell for need, _ in self.checker.unmet(problem.hidden(most))]
            if fixed:
                raise Fixed(fixed)
        programme = _Programme(problem)
        for cut in self._first_cuts():
            programme.add(*cut)
        for rounds in range(1, ROUNDS + 1):
            chosen, bound = programme.solve(max(self.until - monotonic(), 0.5))
            self.bound = max(self.bound, bound)
            unmet = self.checker.unmet(problem.hidden(chosen))
            if not unmet:
                return self._choice(chosen, rounds)
            cuts = self._proofs(unmet)
            for one in cuts:
                programme.add(*one)
            if monotonic() > self.until:
                break
        return self._choice(self._completed(chosen, cuts), rounds)

    def _first_cuts(self) -> list[tuple[Cut, float]]:
        at: dict[int, list[int]] = {}
        for number, relation in enumerate(self.problem.relations):
            for cell, _ in relation.terms:
                at.setdefault(cell, []).append(number)
        return [
            (cut, float(need.width))
            for need in self.problem.needs
            if not need.if_told
            for cut in [
                {need.cell: float(need.width)},
                *star(
                    self.problem,
                    need,
                    [
                        self.problem.relations[number]
                        for number in at.get(need.cell, [])
                        if need.links or not self.problem.relations[number].linked
                    ],
                ),
            ]
        ]

    def _completed(self, chosen: list[bool], cuts: list[tuple[Cut, float]]) -> list[bool]:
        """Return the choice with the cheapest figures added until the attack finds nothing."""
        chosen = list(chosen)
        while cuts:
            for cut, width in cuts:
                self._satisfy(chosen, cut, width)
            unmet = self.checker.unmet(self.problem.hidden(chosen))
            cuts = self._proofs(unmet)
        return chosen

    def _proofs(self, unmet: Sequence[tuple[Need, Bounds]]) -> list[tuple[Cut, float]]:
        return [(proof(self.problem, need, bounds), float(need.width)) for need, bounds in unmet]

    def _satisfy(self, chosen: list[bool], cut: Cut, width: float) -> None:
        while True:
            hidden = self.problem.hidden(chosen)
            if sum(amount for cell, amount in cut.items() if cell in hidden) >= width - 1e-6:
                return
            useful = [
                nth
                for nth, item in enumerate(self.problem.items)
                if item.hideable and not chosen[nth] and any(cell in cut for cell in item.cells)
            ]
            if not useful:
                return
            chosen[min(useful, key=lambda nth: (self.problem.items[nth].cost, nth))] = True

    def _choice(self, chosen: Sequence[bool], rounds: int) -> Choice:
        cost = sum(item.cost for item, kept in zip(self.problem.items, chosen, strict=True) if kept)
        return Choice(tuple(chosen), cost, min(self.bound, cost), rounds)


class _Programme:
    """The programme of yes and no: a column for each item, and one for each cell that several items give."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.solver = problem, solver()
        self.solver.setOptionValue("mip_rel_gap", GAP)
        self.column: dict[int, int] = {}
        givers: dict[int, list[int]] = {}
        for nth, item in enumerate(problem.items):
            self.solver.addVar(0.0, 1.0 if item.hideable else 0.0)
            self.solver.changeColCost(nth, item.cost)
            for cell in item.cells:
                givers.setdefault(cell, []).append(nth)
        count = len(problem.items)
        self.solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
        )
        for cell, items in givers.items():
            if cell in problem.opened:
                continue
            self.column[cell] = items[0] if len(items) == 1 else self._common(items)
        self.unseen = set(range(len(problem.values))) - set(givers) - problem.opened

    def _common(self, items: Sequence[int]) -> int:
        """Return a column that is 1 only when all these items are hidden."""
        column = self.solver.getNumCol()
        self.solver.addVar(0.0, 1.0)
        for item in items:
            self.solver.addRow(0.0, highspy.kHighsInf, 2, np.array([item, column]), np.array([1.0, -1.0]))
        return column

    def add(self, cut: Cut, width: float) -> None:
        """Add a cut: over the hidden cells its numbers sum to the width at least."""
        needed = width - sum(amount for cell, amount in cut.items() if cell in self.unseen)
        if needed <= 1e-6:
            return
        columns: dict[int, float] = {}
        for cell, amount in cut.items():
            if cell in self.column:
                column = self.column[cell]
                columns[column] = columns.get(column, 0.0) + min(amount, needed)
        self.solver.addRow(
            needed - 1e-6,
            highspy.kHighsInf,
            len(columns),
            np.array(list(columns), dtype=np.int32),
            np.array(list(columns.values())),
        )

    def solve(self, seconds: float) -> tuple[list[bool], float]:
        """Return which items to hide, and the bound below which no choice obeys the cuts."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.run()
        info = self.solver.getInfo()
        values = self.solver.getSolution().col_value
        if not info.primal_solution_status:
            return [item.hideable for item in self.problem.items], 0.0
        return [value > 0.5 for value in values[: len(self.problem.items)]], float(info.mip_dual_bound)
