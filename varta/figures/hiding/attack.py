"""What everybody can compute of a hidden count: the least and the most it can be, by linear programming."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from varta.figures.hiding.problem import Need, Problem, Relation, Roots
from varta.lib.highs import quiet

REACH = 1000  # how far above its true value a hidden count is followed; wider than any need
TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a cell can be; `whole` says that whole numbers reach both ends.

    `below` and `above`: relation -> its weight in the proof that it cannot be less, or more.
    """

    low: float
    high: float
    whole: bool
    below: Mapping[int, float]
    above: Mapping[int, float]

    @property
    def width(self) -> float:
        """Return how far apart the ends are."""
        return self.high - self.low


class Attack:
    """The hidden cells and what is known of them; with `links` also how editions differ.

    Cells fall into groups that no known sum ties together, and each group is a small programme.
    """

    def __init__(self, problem: Problem, hidden: set[int], *, links: bool = True) -> None:
        self.problem, self.hidden = problem, hidden
        self._rows = {
            number: [(cell, factor) for cell, factor in relation.terms if cell in hidden]
            for number, relation in enumerate(problem.relations)
            if links or not relation.linked
        }
        self._whole = _Tied(problem, self._rows)
        self._found = _subtracted(self._rows)
        self._left = _Tied(
            problem,
            {
                number: [term for term in terms if term[0] not in self._found]
                for number, terms in self._rows.items()
            },
        )

    def bounds(self, cell: int) -> Bounds:
        """Return what can be known of a cell, without a proof where it follows by subtracting again and again."""
        if cell not in self.hidden or cell in self._found:
            value = self.problem.values[cell]
            return Bounds(value, value, True, {}, {})
        return self._left.group(cell).bounds(cell)

    def reached(self, cell: int) -> float:
        """Return how far apart values of a cell are in tables of whole numbers that were met on the way."""
        if cell not in self.hidden or cell in self._found:
            return 0.0
        return self._left.group(cell).reached(cell)

    def proved(self, cell: int) -> Bounds:
        """Return what can be known of a cell, with the proof."""
        if cell not in self.hidden:
            return self.bounds(cell)
        return self._whole.group(cell).bounds(cell)

    def whole_width(self, cell: int) -> float:
        """Return the width over whole numbers: what somebody knows who knows that counts are whole."""
        low, high = self._left.group(cell).whole(cell)
        return high - low

    def key(self, cell: int) -> tuple[object, ...]:
        """Return what the bounds of a cell depend on."""
        return cell, cell in self._found, *self._left.key(cell)


def _subtracted(rows: Mapping[int, list[tuple[int, int]]]) -> set[int]:
    """Return the hidden cells that follow by subtraction: the only one left in a sum, again and again."""
    count = {number: len(terms) for number, terms in rows.items()}
    at: dict[int, list[int]] = {}
    for number, terms in rows.items():
        for cell, _ in terms:
            at.setdefault(cell, []).append(number)
    found: set[int] = set()
    waiting = [number for number, left in count.items() if left == 1]
    while waiting:
        for cell, _ in rows[waiting.pop()]:
            if cell in found:
                continue
            found.add(cell)
            for number in at[cell]:
                count[number] -= 1
                if count[number] == 1:
                    waiting.append(number)
    return found


class _Tied:
    """Hidden cells in groups that sums tie together."""

    def __init__(self, problem: Problem, rows: Mapping[int, list[tuple[int, int]]]) -> None:
        self.problem = problem
        self.roots = Roots(len(problem.values))
        for terms in rows.values():
            self.roots.join([cell for cell, _ in terms])
        self.rows: dict[int, list[tuple[int, list[tuple[int, int]]]]] = {}
        for number, terms in rows.items():
            if terms:
                self.rows.setdefault(self.roots.of(terms[0][0]), []).append((number, terms))
        self.groups: dict[int, _Group] = {}

    def group(self, cell: int) -> "_Group":
        """Return the group of a cell."""
        root = self.roots.of(cell)
        if root not in self.groups:
            self.groups[root] = _Group(self.problem, self.rows.get(root, []), cell)
        return self.groups[root]

    def key(self, cell: int) -> Iterator[int]:
        """Yield what tells a group: the numbers of its sums, and its cells."""
        rows = self.rows.get(self.roots.of(cell), [])
        yield from (number for number, _ in rows)
        yield from sorted({held for _, terms in rows for held, _ in terms})


class _Group:
    """Hidden cells that sums tie together."""

    def __init__(self, problem: Problem, rows: list[tuple[int, list[tuple[int, int]]]], only: int) -> None:
        self.problem, self.rows = problem, rows
        self.cells = sorted({cell for _, terms in rows for cell, _ in terms} or {only})
        self.place = {cell: nth for nth, cell in enumerate(self.cells)}
        self.solver = solver()
        self.solver.passModel(self._programme())
        self.least = self.most = np.array([float(problem.values[cell]) for cell in self.cells])

    def _programme(self) -> highspy.HighsLp:
        problem = self.problem
        starts, index, value, sums = [0], [], [], []
        for _, terms in self.rows:
            index += [self.place[cell] for cell, _ in terms]
            value += [float(factor) for _, factor in terms]
            sums.append(float(sum(factor * problem.values[cell] for cell, factor in terms)))
            starts.append(len(index))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cells), len(self.rows)
        lp.col_cost_ = np.zeros(len(self.cells))
        lp.col_lower_ = np.array([float(problem.lows[cell]) for cell in self.cells])
        lp.col_upper_ = np.array([float(problem.values[cell] + REACH) for cell in self.cells])
        lp.row_lower_ = lp.row_upper_ = np.array(sums)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(value)
        return lp

    def bounds(self, cell: int) -> Bounds:
        if not self.rows:  # no sum says anything of it
            return Bounds(self.problem.lows[cell], self.problem.values[cell] + REACH, True, {}, {})
        low, whole_low, below = self._end(cell, 1.0)
        high, whole_high, above = self._end(cell, -1.0)
        return Bounds(low, high, whole_low and whole_high, below, above)

    def _end(self, cell: int, sense: float) -> tuple[float, bool, dict[int, float]]:
        column = self.place[cell]
        self.solver.changeColCost(column, sense)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"The solver gave up: {self.solver.getModelStatus()}.")
        found = self.solver.getSolution()
        self.solver.changeColCost(column, 0.0)
        values = np.asarray(found.col_value)
        whole = bool(np.all(np.abs(values - np.rint(values)) < 1e-6))
        if whole:
            self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)
        weights = {
            number: dual
            for (number, _), dual in zip(self.rows, found.row_dual, strict=True)
            if abs(dual) > TINY
        }
        return float(values[column]), whole, weights

    def reached(self, cell: int) -> float:
        return float(self.most[self.place[cell]] - self.least[self.place[cell]])

    def whole(self, cell: int) -> tuple[float, float]:
        """Return the ends that whole numbers reach."""
        whole = solver()
        whole.passModel(self._programme())
        count = len(self.cells)
        whole.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
        )
        ends = []
        for sense in (1.0, -1.0):
            whole.changeColCost(self.place[cell], sense)
            whole.run()
            ends.append(float(round(whole.getSolution().col_value[self.place[cell]])))
        return ends[0], ends[1]


def solver() -> highspy.Highs:
    """Return a quiet solver that works alone and gives the same answer each time."""
    made = quiet()
    made.setOptionValue("parallel", "off")  # "threads" would clash with whoever solved in this process before
    made.setOptionValue("random_seed", 0)
    return made


def is_met(need: Need, bounds: Bounds) -> bool:
    """Return whether what must stay uncertain does."""
    if bounds.width > need.width - TINY:
        return True
    return need.if_told and (bounds.high < TINY or bounds.low > need.width - TINY)


def proof(problem: Problem, need: Need, bounds: Bounds) -> dict[int, float]:
    """Return how much hiding each cell can widen what is known of a need's cell, at most.

    For any weights of the relations, the room of the cell above its true value is at most the sum, over the
    hidden cells, of weight times their own room; likewise below. So a choice is good only if the sum of these
    numbers over its hidden cells reaches the need's width: a cut that every good choice obeys.
    """
    room: dict[int, float] = {}
    for sign, weights in ((1.0, bounds.above), (-1.0, bounds.below)):
        rest = {need.cell: sign}
        for number, weight in weights.items():
            for cell, factor in problem.relations[number].terms:
                rest[cell] = rest.get(cell, 0.0) + weight * factor
        for cell, left in rest.items():
            if left > TINY:
                room[cell] = float(need.width)
            elif left < -TINY:
                room[cell] = room.get(cell, 0.0) - left * (problem.values[cell] - problem.lows[cell])
    return {cell: min(amount, float(need.width)) for cell, amount in room.items() if amount > TINY}


def star(problem: Problem, need: Need, relations: Iterable[Relation]) -> Iterator[dict[int, float]]:
    """Yield the cuts that one relation at a time gives for a need's cell; no programme is needed for them."""
    own = problem.values[need.cell] - problem.lows[need.cell]
    for relation in relations:
        factors = dict(relation.terms)
        room: dict[int, float] = {need.cell: float(min(own, need.width))}
        for cell, factor in relation.terms:
            if cell == need.cell:
                continue
            beside = factor * factors[need.cell] > 0  # it must fall for this one to rise
            most = problem.values[cell] - problem.lows[cell] if beside else need.width
            room[cell] = float(min(most, need.width))
        yield {cell: amount for cell, amount in room.items() if amount}
