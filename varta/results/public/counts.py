"""Which counts each figure of a pack gives away, by the row and the days they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from varta.figures import Indicator
from varta.figures.engine import PLACE_LEVELS, TOTAL
from varta.figures.hiding import Figure, Key, quantities
from varta.figures.hiding.behind import BASE, PART
from varta.figures.hiding.key import Tree
from varta.indicators import discover
from varta.published.queries import COUNTRY
from varta.results import pack as packs

Name = tuple[str, str, str, str]  # level, row, indicator, "now" or "before"
SPANS = ("now", "before")


@dataclass(frozen=True)
class Rows:
    """What the rows of a pack are called among all publications: `place` and `unit` narrow it, by code."""

    place: str | None = None
    unit: str | None = None

    @property
    def whole(self) -> str:
        """Return the row of the total."""
        if self.place and self.unit:
            return f"{self.place}@{self.unit}"
        return self.place or self.unit or COUNTRY

    def called(self, level: str, code: str) -> str:
        """Return the row of a line. A line by unit is of that unit alone, without those below it."""
        if code == TOTAL:
            return self.whole
        narrowed = self.unit if level in PLACE_LEVELS else self.place
        own = f"={code}" if level == "unit" else code
        return f"{own}@{narrowed}" if narrowed else own

    def trees(self, places: Tree, units: Tree) -> list[Tree]:
        """Return the trees with the rows that this pack adds: units within its place, places within its unit."""
        units = {**units, **{f"={code}": code for code in units}}
        return [
            {**places, **self._within(places, self.unit, top=self.place)},
            {**units, **self._within(units, self.place, top=self.unit)},
        ]

    def complete(self, pack: packs.Pack, trees: Sequence[Tree]) -> list[Tree]:
        """Return the trees with every line of the pack below its total, those too that the codifier lacks by now."""
        found = [dict(tree) for tree in trees]
        for chapter in pack.chapters:
            for table in chapter.tables:
                tree = found[0 if table.level in PLACE_LEVELS else 1]
                for line in table.lines:
                    row = top = self.called(table.level, line.code)
                    while top != self.whole and tree.get(top):
                        top = tree[top]
                    if top != self.whole:
                        tree[row] = self.whole
        return found

    def _within(self, tree: Tree, other: str | None, *, top: str | None) -> dict[str, str]:
        if not other:
            return {}
        named = {f"{code}@{other}": f"{above}@{other}" for code, above in tree.items() if above}
        first = top or COUNTRY
        return {
            code: self.whole if above == f"{first}@{other}" else above
            for code, above in named.items()
            if code != self.whole
        }


def asked(pack: packs.Pack, rows: Rows) -> tuple[list[Figure], set[Name]]:
    """Return the figures of a pack with the counts they give away, and those of which nobody knows the counts."""
    figures, unfounded, known = [], set(), discover()
    for chapter in pack.chapters:
        for table in chapter.tables:
            for line in (*table.lines, table.total):
                for code, figure in line.figures.items():
                    for span in SPANS:
                        name = (table.level, line.code, code, span)
                        counts = _counts(known.get(code), figure, span, _place(pack, rows, name))
                        if counts is None:
                            unfounded.add(name)
                        elif counts:
                            figures.append(Figure(name, counts))
    return figures, unfounded


def _place(pack: packs.Pack, rows: Rows, name: Name) -> Key:
    level, code, _, span = name
    first, last = (pack.first, pack.last) if span == "now" else (pack.before_first, pack.before_last)
    return Key("", rows.called(level, code), first.isoformat(), last.isoformat())


def _counts(
    indicator: Indicator | None, figure: packs.Figure, span: str, key: Key
) -> tuple[tuple[Key, int], ...] | None:
    """Return the counts, none where the figure gives none away, None where they are not known."""
    number = figure.now if span == "now" else figure.before
    base = figure.base if span == "now" else figure.before_base
    state = figure.state if span == "now" else figure.before_state
    if indicator is None:
        return None
    named = quantities(indicator)
    if indicator.on_a_day:
        key = key._replace(first=key.last)
    if number is None:
        nothing = PART in named and state == "unknown"
        return ((key._replace(quantity=named[BASE]), 0),) if nothing else ()
    if indicator.additive:
        return ((key._replace(quantity=named[BASE]), round(number)),)
    if base is None:
        return None
    found = [(key._replace(quantity=named[BASE]), round(base))]
    if PART in named:
        found.append((key._replace(quantity=named[PART]), round(number * base)))
    return tuple(found)
