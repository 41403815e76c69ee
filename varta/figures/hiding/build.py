"""From figures and what was published before to the problem of hiding: cells, and every sum between them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from varta.figures.hiding.behind import Split
from varta.figures.hiding.key import Key, Tree
from varta.figures.hiding.problem import Item, Need, Problem, Relation
from varta.figures.hiding.small import THRESHOLD, is_small
from varta.figures.hiding.spans import shared
from varta.figures.hiding.sums import Sums

Name = Hashable


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that asks to be shown, and the counts that it gives away."""

    name: Name
    counts: tuple[tuple[Key, int], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A count of a publication. `shown`: everybody knows it; `value` None: hidden, and nobody kept it.

    `low`: what everybody knows it to be at least, though it is hidden.
    """

    key: Key
    value: int | None
    shown: bool
    low: int = 0


@dataclass
class Built:
    """The problem, and which cell is which count."""

    problem: Problem = field(default_factory=Problem)
    cells: dict[tuple[Key, int], int] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)  # cells that differ a little from what was shown before


def build(
    figures: Sequence[Figure],
    *,
    earlier: Sequence[Sequence[Told]] = (),
    trees: Sequence[Tree] = (),
    splits: Sequence[Split] = (),
) -> Built:
    """Return the problem of showing these figures beside what was told earlier, the oldest first."""
    built = Built()
    editions = [_earlier(built, told) for told in earlier]
    editions.append(_new(built, figures))
    _changes(built, editions)
    for (_, value), cell in built.cells.items():
        if is_small(value) and cell not in built.problem.opened:
            built.problem.needs.append(Need(cell, THRESHOLD))
    sums = Sums(built.problem, trees, splits, rows={key.row for cells in editions for key in cells})
    newest: dict[Key, int] = {}
    for cells in (*editions, _together(editions)):
        newest |= sums.add(cells)
    shared(built.problem, newest, sums.facts)
    return built


def _together(editions: Sequence[Mapping[Key, int]]) -> dict[Key, int]:
    """Return each count as it was told last: one publication may tell the whole, and others its parts."""
    last: dict[Key, int] = {}
    for cells in editions:
        last |= cells
    return last


def _earlier(built: Built, told: Iterable[Told]) -> dict[Key, int]:
    cells = {}
    for one in told:
        if one.value is None:
            continue
        cell = _cell(built, one.key, one.value, low=one.low)
        if one.shown:
            built.problem.opened.add(cell)
        cells[one.key] = cell
    return cells


def _cell(built: Built, key: Key, value: int, *, low: int) -> int:
    """Return the cell of a count: a count that is told again, unchanged, is the same cell."""
    found = built.cells.get((key, value))
    if found is None:
        found = built.problem.cell(value, low=low)
        built.cells[key, value], built.keys[found] = found, key
    built.problem.lows[found] = max(built.problem.lows[found], min(low, value))
    return found


def _new(built: Built, figures: Sequence[Figure]) -> dict[Key, int]:
    several = {key for figure in figures if len(figure.counts) > 1 for key, _ in figure.counts}
    cells = {}
    for figure in figures:
        for key, value in figure.counts:
            cells[key] = _cell(built, key, value, low=0 if key in several else 1)
        given = tuple(dict.fromkeys(cells[key] for key, _ in figure.counts))
        cost = 1 + log2(1 + max(value for _, value in figure.counts))
        hideable = any(value for _, value in figure.counts)  # a zero is always told
        built.problem.items.append(Item(given, cost, hideable))
    return cells


def _changes(built: Built, editions: Sequence[Mapping[Key, int]]) -> None:
    """Tie what is told again, changed, to what was told before: a small change is a small count."""
    problem, new = built.problem, editions[-1]
    for cells in editions[:-1]:
        for key, before in cells.items():
            now = new.get(key)
            if now is None or now == before:
                continue
            if before not in problem.opened:
                problem.relations.append(Relation(((now, 1), (before, -1)), linked=True))
            elif is_small(abs(problem.values[now] - problem.values[before])) and now not in problem.opened:
                built.changed.add(now)
                problem.needs.append(Need(now, THRESHOLD, links=False))
