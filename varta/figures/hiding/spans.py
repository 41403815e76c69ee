"""Periods of one count: which lie within which, and the days that overlapping ones share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import highspy
import numpy as np

from varta.figures.hiding.problem import Need, Problem, Relation
from varta.figures.hiding.small import THRESHOLD
from varta.lib.highs import quiet

Span = tuple[str, str]  # first and last day, ISO, both inclusive


def cross(spans: Iterable[Span]) -> bool:
    """Return whether any two overlap and neither lies within the other."""
    over: list[Span] = []
    for first, last in _from_outside(spans):
        while over and over[-1][1] < first:
            over.pop()
        if over and over[-1][1] < last:
            return True
        over.append((first, last))
    return False


def within(spans: Iterable[Span]) -> dict[Span, list[Span]]:
    """Return each span with the longest ones that lie within it; none of them may cross."""
    found: dict[Span, list[Span]] = {}
    over: list[Span] = []
    for span in _from_outside(spans):
        while over and over[-1][1] < span[0]:
            over.pop()
        if over:
            found.setdefault(over[-1], []).append(span)
        over.append(span)
    return found


def _from_outside(spans: Iterable[Span]) -> list[Span]:
    return sorted(sorted(spans, key=lambda span: span[1], reverse=True), key=lambda span: span[0])


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


def share(
    problem: Problem, rows: Mapping[str, Mapping[Span, int]], trees: Sequence[Mapping[str, str]]
) -> None:
    """Add the pieces of overlapping periods as cells: each period is the sum of its pieces, rows add up by piece.

    How much falls on a piece is often not known even to us; any whole numbers that fit stand for it, and
    it must not become known to be small. Where none fit (entries came late) the periods say nothing of
    each other.
    """
    grid = pieces({span for found in rows.values() for span in found})
    trial = _Trial(problem)
    made = {row: _cut(trial, found, grid) for row, found in rows.items()}
    for tree in trees:
        for row, parts in _parts(rows, tree).items():
            for piece, whole in made[row].items():
                trial.part(whole, [made[part][piece] for part in parts if piece in made[part]])
    trial.settle()


def _cut(trial: "_Trial", found: Mapping[Span, int], grid: Sequence[Span]) -> dict[Span, int]:
    own = {piece: trial.new() for piece in grid if any(_holds(span, piece) for span in found)}
    for span, cell in found.items():
        trial.whole(cell, [own[piece] for piece in own if _holds(span, piece)])
    return own


def _parts(rows: Mapping[str, object], tree: Mapping[str, str]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for row in rows:
        above = tree.get(row)
        while above is not None and above not in rows:
            above = tree.get(above)
        if above is not None:
            parts.setdefault(above, []).append(row)
    return parts


class _Trial:
    """Cells and sums that are added to the problem if whole numbers fit them."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.count = problem, 0
        self.sums: list[
            tuple[list[tuple[int, int]], int | None]
        ] = []  # terms of new cells, cell that they make

    def new(self) -> int:
        self.count += 1
        return self.count - 1

    def whole(self, cell: int, parts: Sequence[int]) -> None:
        self.sums.append(([(part, 1) for part in parts], cell))

    def part(self, whole: int, parts: Sequence[int]) -> None:
        if parts:
            self.sums.append(([(whole, -1), *((part, 1) for part in parts), (self.new(), 1)], None))

    def settle(self) -> None:
        values = self._values()
        if values is None:
            return
        cells = [self.problem.cell(value) for value in values]
        for terms, whole in self.sums:
            own = [(cells[term], factor) for term, factor in terms]
            given = [(whole, -1)] if whole is not None else []
            self.problem.relations.append(Relation((*own, *given)))
        self.problem.needs += [Need(cell, THRESHOLD, if_told=True) for cell in cells]

    def _values(self) -> list[int] | None:
        solver = quiet()
        for _ in range(self.count):
            solver.addVar(0.0, highspy.kHighsInf)
        solver.changeColsIntegrality(
            self.count,
            np.arange(self.count, dtype=np.int32),
            np.array([highspy.HighsVarType.kInteger] * self.count),
        )
        for terms, whole in self.sums:
            made = 0.0 if whole is None else float(self.problem.values[whole])
            columns = np.array([term for term, _ in terms], dtype=np.int32)
            factors = np.array([float(factor) for _, factor in terms])
            solver.addRow(made, made, len(terms), columns, factors)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return [round(value) for value in solver.getSolution().col_value]
