"""What adds up within a publication: kinds to a whole, rows to the row above; what they leave is a count as well."""

from collections.abc import Iterable, Mapping, Sequence

from varta.figures.hiding.behind import Split
from varta.figures.hiding.key import Fact, Key, Tree
from varta.figures.hiding.problem import Need, Problem, Relation
from varta.figures.hiding.small import THRESHOLD, is_small

Cells = dict[Key, int]


class Sums:
    """Adds the sums of one publication after another to the problem.

    `rows`: the codes of all rows of any publication; one that a publication leaves out, but whose parts it
    tells, is added, so that other publications can be compared with it.
    """

    def __init__(
        self, problem: Problem, trees: Sequence[Tree], splits: Sequence[Split], *, rows: Iterable[str]
    ) -> None:
        self.problem, self.trees, self.rows = problem, trees, set(rows)
        self.splits: dict[str, list[Split]] = {}
        for split in splits:
            self.splits.setdefault(split.whole, []).append(split)
        self.below: list[dict[str, list[str]]] = []
        for tree in trees:
            below: dict[str, list[str]] = {}
            for part, whole in tree.items():
                below.setdefault(whole, []).append(part)
            self.below.append(below)
        self.facts: set[Fact] = set()
        self.rests: dict[tuple[str, tuple[str, ...]], str] = {}
        self.known: dict[tuple[int, tuple[int, ...]], int | None] = {}

    def add(self, told: Mapping[Key, int]) -> Cells:
        """Add the sums between these cells, and return the cells with those that were added."""
        cells = dict(told)
        for key in list(cells):
            for split in self.splits.get(key.quantity, ()):
                named = [key._replace(quantity=part) for part in split.parts]
                self._sum(cells, key, [part for part in named if part in cells], field="quantity")
        self._wholes(cells)
        for tree in self.trees:
            parts: dict[Key, list[Key]] = {}
            for key in cells:
                above = self._above(cells, key, tree)
                if above is not None:
                    parts.setdefault(above, []).append(key)
            for whole, found in parts.items():
                self._sum(cells, whole, found, field="row")
        return cells

    def _above(self, cells: Cells, key: Key, tree: Tree) -> Key | None:
        above = tree.get(key.row)
        while above is not None and key._replace(row=above) not in cells:
            above = tree.get(above)
        return None if above is None else key._replace(row=above)

    def _wholes(self, cells: Cells) -> None:
        """Add the rows all of whose parts are told, the lowest first."""
        waiting = [key for key in cells if key.row in self.rows]
        while waiting:
            key = waiting.pop()
            for tree, below in zip(self.trees, self.below, strict=True):
                above = tree.get(key.row)
                if above not in self.rows:
                    continue
                whole = key._replace(row=above)
                parts = [key._replace(row=part) for part in below[above]]
                if whole not in cells and all(part in cells for part in parts):
                    cells[whole] = self.problem.cell(sum(self.problem.values[cells[part]] for part in parts))
                    waiting.append(whole)

    def _sum(self, cells: Cells, whole: Key, parts: Sequence[Key], *, field: str) -> None:
        """Add that parts make a whole. Where they are more (entries came late) nothing holds between them."""
        if not parts:
            return
        made = (cells[whole], tuple(cells[part] for part in parts))
        left = self.problem.values[made[0]] - sum(self.problem.values[cell] for cell in made[1])
        if left < 0:
            return
        if made not in self.known:
            self.known[made] = self._rest(made, left)
        rest, named = self.known[made], list(parts)
        if rest is not None:
            named.append(self._rest_key(whole, parts, field))
            cells[named[-1]] = rest
        self.facts.add(Fact(whole.node, tuple(part.node for part in named), whole.span))

    def _rest(self, made: tuple[int, tuple[int, ...]], left: int) -> int | None:
        rest = self.problem.cell(left) if left else None
        terms = [(made[0], 1), *((part, -1) for part in made[1])]
        if rest is not None:
            terms.append((rest, -1))
            if is_small(left):
                self.problem.needs.append(Need(rest, THRESHOLD))
        self.problem.relations.append(Relation(tuple(terms)))
        return rest

    def _rest_key(self, whole: Key, parts: Sequence[Key], field: str) -> Key:
        """Return what is left of a whole without these parts: the same name whatever the days."""
        of = (getattr(whole, field), tuple(sorted(getattr(part, field) for part in parts)))
        name = self.rests.setdefault(of, f"{of[0]} less {len(self.rests)}")
        return whole._replace(quantity=name) if field == "quantity" else whole._replace(row=name)
