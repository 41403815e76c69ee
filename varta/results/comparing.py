"""Two editions of a report, figure by figure. Knows no framework."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from varta.results.pack import Figure, Head, Line, Pack, Table

PRECISION = 1e-9  # relative: sums of parts may come in another order


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that another edition gives otherwise; None for a line that one of them does not have.

    `span`: "now" for the period, "before" for the same days a year earlier.
    """

    chapter: str
    level: str
    line: Line
    head: Head
    span: str
    was: Figure | None
    now: Figure | None

    @property
    def values(self) -> tuple[float | None, float | None]:
        """Return the two numbers, the earlier edition's first."""
        was, now = (getattr(one, self.span) if one else None for one in (self.was, self.now))
        return was, now


def compared(was: Pack, now: Pack) -> list[Change]:
    """Return the figures that differ, in the order of chapters, levels, lines and columns."""
    found = []
    later = {(chapter.code, table.level): table for chapter in now.chapters for table in chapter.tables}
    for chapter in was.chapters:
        for table in chapter.tables:
            other = later.get((chapter.code, table.level))
            if other is not None:
                found += _of_tables(chapter.code, table, other)
    return found


def _of_tables(chapter: str, was: Table, now: Table) -> Iterator[Change]:
    before = {line.code: line for line in (*was.lines, was.total)}
    after = {line.code: line for line in (*now.lines, now.total)}
    for code in {**before, **after}:
        line = before.get(code) or after[code]
        for head in was.heads:
            pair = [
                lines[code].figures.get(head.code) if code in lines else None for lines in (before, after)
            ]
            for span in ("now", "before"):
                one, other = (getattr(figure, span) if figure else None for figure in pair)
                if not same(one, other):
                    yield Change(chapter, was.level, line, head, span, *pair)


def same(one: float | None, other: float | None) -> bool:
    """Return whether two figures are the same number, or both none."""
    if one is None or other is None:
        return one is other
    return isclose(one, float(other), rel_tol=PRECISION, abs_tol=1e-12)
