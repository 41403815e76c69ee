"""The problem of hiding: counts, sums between them, and figures that give counts away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Terms = tuple[tuple[int, int], ...]  # (cell, coefficient): their sum is what the true counts make it


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that everybody knows to hold; `linked` ones tie an edition to the one before it."""

    terms: Terms
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A figure that may be shown or hidden; shown, it gives all its cells away. `cost` is what hiding it loses."""

    cells: tuple[int, ...]
    cost: float
    hideable: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """What has to stay uncertain: `cell` over at least `width`, against whoever knows the links or not.

    A need `if_told` counts only while the cell may be below that width: what is not known even to
    us, as the days that two periods share.
    """

    cell: int
    width: int
    links: bool = True
    if_told: bool = False


@dataclass
class Problem:
    """Cells are whole numbers from 0. A cell of no item is never printed, unless it is `opened`: known already."""

    values: list[int] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)  # what everybody knows a hidden cell to be at least
    relations: list[Relation] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    opened: set[int] = field(default_factory=set)

    def cell(self, value: int, *, low: int = 0, opened: bool = False) -> int:
        """Add a cell and return its number."""
        self.values.append(value)
        self.lows.append(min(low, value))
        if opened:
            self.opened.add(len(self.values) - 1)
        return len(self.values) - 1

    def hidden(self, items: Sequence[bool]) -> set[int]:
        """Return the cells that are not given away when these items are hidden."""
        given = set(self.opened)
        for item, kept_back in zip(self.items, items, strict=True):
            if not kept_back:
                given.update(item.cells)
        return set(range(len(self.values))) - given


def parted(problem: Problem) -> list[tuple[Problem, list[int], list[int]]]:
    """Return the independent parts of a problem, each with the numbers of its cells and items in the whole."""
    roots = Roots(len(problem.values))
    for relation in problem.relations:
        roots.join([cell for cell, _ in relation.terms])
    for item in problem.items:
        roots.join(item.cells)
    parts: dict[int, tuple[Problem, list[int], list[int]]] = {}
    place: dict[int, int] = {}
    for cell, value in enumerate(problem.values):
        part, cells, _ = parts.setdefault(roots.of(cell), (Problem(), [], []))
        place[cell] = part.cell(value, low=problem.lows[cell], opened=cell in problem.opened)
        cells.append(cell)
    for relation in problem.relations:
        terms = tuple((place[cell], factor) for cell, factor in relation.terms)
        parts[roots.of(relation.terms[0][0])][0].relations.append(Relation(terms, relation.linked))
    for nth, item in enumerate(problem.items):
        part, _, items = parts[roots.of(item.cells[0])]
        part.items.append(Item(tuple(place[cell] for cell in item.cells), item.cost, item.hideable))
        items.append(nth)
    for need in problem.needs:
        part = parts[roots.of(need.cell)][0]
        part.needs.append(Need(place[need.cell], need.width, need.links, need.if_told))
    return list(parts.values())


class Roots:
    """What belongs together, as sets that grow into each other."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def of(self, one: int) -> int:
        """Return the cell that stands for the set of this one."""
        while self._up[one] != one:
            self._up[one] = self._up[self._up[one]]
            one = self._up[one]
        return one

    def join(self, cells: Sequence[int]) -> None:
        """Put these cells into one set."""
        for cell in cells[1:]:
            self._up[self.of(cell)] = self.of(cells[0])
