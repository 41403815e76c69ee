"""A pack as everybody sees it: without what is hidden, and without what follows from it."""

from collections.abc import Collection
from dataclasses import replace

from varta.results.pack import Chapter, Figure, Line, Pack, Table
from varta.results.public.counts import Name


def cut(pack: Pack, hidden: Collection[Name]) -> Pack:
    """Return the pack without these figures, without what units say to them, and without the lake's files.

    Words of units are not published: no programme can tell whether a sentence holds a hidden count.
    """
    chapters = tuple(
        Chapter(one.code, one.title, tuple(_table(table, hidden) for table in one.tables))
        for one in pack.chapters
    )
    return replace(pack, chapters=chapters, files={})


def _table(table: Table, hidden: Collection[Name]) -> Table:
    lines = [_line(table.level, line, hidden) for line in table.lines]
    total = _line(table.level, table.total, hidden)
    additive = {head.code for head in table.heads if head.additive}
    ranks = {head.code: _ranks(lines, head.code) for head in table.heads}
    return replace(
        table,
        lines=tuple(
            replace(
                line,
                figures={
                    code: replace(
                        figure,
                        rank=ranks.get(code, {}).get(line.code) if figure.rank is not None else None,
                        share=_share(figure, total.figures[code]) if code in additive else None,
                    )
                    for code, figure in line.figures.items()
                },
            )
            for line in lines
        ),
        total=total,
    )


def _line(level: str, line: Line, hidden: Collection[Name]) -> Line:
    figures = {
        code: without(
            figure,
            now=(level, line.code, code, "now") in hidden,
            before=(level, line.code, code, "before") in hidden,
        )
        for code, figure in line.figures.items()
    }
    return replace(line, figures=figures)


def without(figure: Figure, *, now: bool, before: bool) -> Figure:
    """Return a figure without its number of this period, or of the year before, and all that tells of either."""
    if now:
        nothing = dict.fromkeys(("base", "low", "high", "share", "rank"))
        figure = replace(figure, now=None, state="hidden", **nothing)
    if before:
        figure = replace(figure, before=None, before_state="hidden", before_base=None)
    if now or before:
        figure = replace(figure, change=None, change_share=None, notable=None)
    return figure


def _share(figure: Figure, whole: Figure) -> float | None:
    return figure.now / whole.now if figure.now is not None and whole.now else None


def _ranks(lines: list[Line], code: str) -> dict[str, int]:
    """Return the place among the rows that are shown: one among all would tell of those that are not."""
    known = {line.code: line.figures[code].now for line in lines if code in line.figures}
    values = sorted((value for value in known.values() if value is not None), reverse=True)
    return {row: values.index(value) + 1 for row, value in known.items() if value is not None}
