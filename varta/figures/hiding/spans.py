"""Periods of one count that overlap: one within another, or days that two share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import highspy
import numpy as np

from varta.figures.hiding.behind import lasts
from varta.figures.hiding.key import Fact, Key, Node, Span
from varta.figures.hiding.problem import Need, Problem, Relation, Roots
from varta.figures.hiding.small import THRESHOLD, is_small
from varta.lib.highs import quiet

Spans = dict[Node, dict[Span, int]]
LATE, GONE = 1.0, 100.0  # entries that came after an earlier count are likelier than any that went away


def shared(problem: Problem, cells: Mapping[Key, int], facts: Iterable[Fact]) -> None:
    """Add what holds between the periods of each count, and of all that adds up to it.

    Periods are cut into pieces where any of them begins or ends, and each is the sum of its pieces.
    """
    for family, held in _families(cells, facts):
        grid = pieces({span for found in family.values() for span in found})
        if any(len(found) > 1 and _overlap(found) for found in family.values()):
            _Pieces(problem, family, grid, held).settle()


def _families(cells: Mapping[Key, int], facts: Iterable[Fact]) -> list[tuple[Spans, list[Fact]]]:
    """Return the counts that periods can be compared for, those that add up to each other together."""
    spans: Spans = {}
    for key, cell in cells.items():
        if not lasts(key.quantity):
            spans.setdefault(key.node, {})[key.span] = cell
    number = {node: nth for nth, node in enumerate(spans)}
    roots = Roots(len(number))
    held = [fact for fact in facts if fact.whole in number]
    for fact in held:
        roots.join([number[node] for node in (fact.whole, *fact.parts)])
    families: dict[int, tuple[Spans, list[Fact]]] = {}
    for node, found in spans.items():
        families.setdefault(roots.of(number[node]), ({}, []))[0][node] = found
    for fact in held:
        families[roots.of(number[fact.whole])][1].append(fact)
    return list(families.values())


def _overlap(spans: Iterable[Span]) -> bool:
    return any(one[1] >= other[0] for one, other in pairwise(sorted(spans)))


def pieces(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches of days that begin and end where any span does, those within a span."""
    listed = list(spans)
    starts = sorted({first for first, _ in listed} | {_next(last) for _, last in listed})
    cut = [(start, _before(end)) for start, end in pairwise(starts)]
    return [piece for piece in cut if any(_holds(span, piece) for span in listed)]


def _holds(span: Span, piece: Span) -> bool:
    return span[0] <= piece[0] and piece[1] <= span[1]


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


class _Pieces:
    """The pieces of a family of counts, as cells and sums that join the problem.

    How much falls on a piece is often not known even to us: any whole numbers that fit stand for it, and it
    must not become known to be small. What a period holds beyond its pieces came late, and is a count too.
    """

    def __init__(self, problem: Problem, family: Spans, grid: Sequence[Span], facts: Iterable[Fact]) -> None:
        self.problem, self.count = problem, 0
        self.own = {
            node: {
                piece: found[piece] if piece in found else -self._new()
                for piece in grid
                if any(_holds(span, piece) for span in found)
            }
            for node, found in family.items()
        }
        self.periods = [
            (cell, tuple(self.own[node][piece] for piece in grid if _holds(span, piece)))
            for node, found in family.items()
            for span, cell in found.items()
            if span not in grid
        ]
        self.sums = {
            (self.own[fact.whole][piece], tuple(self.own[part][piece] for part in fact.parts))
            for fact in facts
            for piece in grid
            if _holds(fact.span, piece)
        }
        self.sums = {one for one in self.sums if one[0] < 0 or any(part < 0 for part in one[1])}

    def _new(self) -> int:
        """Return the number of a new piece: from 1 on, and kept as less than zero beside cells."""
        self.count += 1
        return self.count

    def settle(self) -> None:
        """Add pieces, sums and needs."""
        values, late, gone = self._solved()
        problem = self.problem
        cells = [problem.cell(value) for value in values]

        def cell(one: int) -> int:
            return one if one >= 0 else cells[-one - 1]

        problem.needs += [Need(one, THRESHOLD, if_told=True) for one in cells]
        for (whole, parts), after, away in zip(self.periods, late, gone, strict=True):
            if away:
                continue
            terms = [(whole, 1), *((cell(part), -1) for part in parts)]
            if after:
                terms.append((problem.cell(after), -1))
                if is_small(after):
                    problem.needs.append(Need(terms[-1][0], THRESHOLD))
            problem.relations.append(Relation(tuple(terms)))
        for whole, parts in self.sums:
            problem.relations.append(Relation(((cell(whole), 1), *((cell(part), -1) for part in parts))))

    def _solved(self) -> tuple[list[int], list[int], list[int]]:
        """Return numbers for the pieces, and what came late and went away in each period, the least there can be."""
        solver, periods = quiet(), len(self.periods)
        for cost in (*[0.0] * self.count, *[LATE] * periods, *[GONE] * periods):
            solver.addVar(0.0, highspy.kHighsInf)
            solver.changeColCost(solver.getNumCol() - 1, cost)
        columns = solver.getNumCol()
        whole = np.array([highspy.HighsVarType.kInteger] * columns)
        solver.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), whole)
        for nth, (cell, parts) in enumerate(self.periods):
            slack = [(self.count + nth, 1.0), (self.count + periods + nth, -1.0)]
            self._row(solver, parts, float(self.problem.values[cell]), slack)
        for made, parts in self.sums:
            known = float(self.problem.values[made]) if made >= 0 else 0.0
            self._row(solver, parts, known, [(-made - 1, -1.0)] if made < 0 else [])
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"The solver gave up: {solver.getModelStatus()}.")
        found = [round(value) for value in solver.getSolution().col_value]
        cut = self.count + periods
        return found[: self.count], found[self.count : cut], found[cut:]

    def _row(
        self, solver: highspy.Highs, parts: Iterable[int], made: float, more: list[tuple[int, float]]
    ) -> None:
        terms = dict(more)
        for part in parts:
            if part >= 0:
                made -= self.problem.values[part]
            else:
                terms[-part - 1] = terms.get(-part - 1, 0.0) + 1.0
        columns = np.array(list(terms), dtype=np.int32)
        solver.addRow(made, made, len(terms), columns, np.array(list(terms.values())))
