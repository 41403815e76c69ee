"""Prospects in the shape in which reports leave: targets of its days beside each figure, and a chapter of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from varta.figures import Indicator, Period
from varta.figures.engine import TOTAL
from varta.indicators import discover
from varta.people.scope import Reader, reading
from varta.results.ahead import making, shown, targets
from varta.results.ahead.models import ProspectOfReport
from varta.results.ahead.shown import Outlook
from varta.results.models import FrozenReport
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Table, Text, head_of
from varta.results.report import Asked

CODE = "prospects"
COUNTRY = "UA"


def with_targets(pack: Pack, asked: Asked, *, reader: Reader) -> Pack:
    """Return the pack with the targets of exactly its days; the whole has that of its place, or of the country."""
    found = targets.of_period(reader, Period(pack.first, pack.last))
    if not found:
        return pack
    whole = asked.place or asked.unit or COUNTRY

    def line(one: Line) -> Line:
        code = whole if one.code == TOTAL else one.code
        figures = {
            name: replace(figure, target=found[name, code]) if (name, code) in found else figure
            for name, figure in one.figures.items()
        }
        return replace(one, figures=figures)

    return replace(
        pack,
        chapters=tuple(
            replace(
                chapter,
                tables=tuple(
                    replace(table, lines=tuple(map(line, table.lines)), total=line(table.total))
                    for table in chapter.tables
                ),
            )
            for chapter in pack.chapters
        ),
    )


def keep_for(frozen: FrozenReport, *, at: datetime) -> None:
    """Keep with a report that was frozen just now the newest forecasts as of its last day, if there are any."""
    with reading(Reader.system()):
        making.keep_for(frozen, at=at)


def kept_for(name: str) -> ProspectOfReport | None:
    """Return what was kept for the frozen report of this name."""
    return ProspectOfReport.objects.select_related("prospect").filter(report=name).first()


def of_report(frozen: FrozenReport, *, reader: Reader) -> Chapter | None:
    """Return the chapter of prospects of a frozen report: what the year was expected to come to.

    One table for the oblasts that the reader answers for. `now` is the middle of what is expected of the year, `low`
    and `high` the 95 % interval, `before` the year before, `target` that of the year. Values of oblasts do not add
    up, for middles do not. None where no forecasts were kept with the report.
    """
    kept = kept_for(frozen.name)
    if kept is None:
        return None
    rows = making.rows_of(reader, kept.prospect)
    listed = shown.with_targets(rows, discover(), targets.in_force(reader), kept.prospect.as_of)
    told = [one for one in listed if one.expected]
    if not told:
        return None
    ends = date(told[0].year, 12, 31)
    title = {
        "uk": f"Перспективи: очікується на {ends:%d.%m.%Y}",
        "en": f"Prospects: expected by {ends:%d.%m.%Y}",
    }
    return Chapter(CODE, title, (_table(told, Period(date(ends.year, 1, 1), ends)),))


def _table(told: Iterable[Outlook], year: Period) -> Table:
    of_place: dict[str, dict[str, Outlook]] = {}
    heads: dict[str, Indicator] = {}
    for one in told:
        of_place.setdefault(one.row.place_id, {})[one.indicator.code] = one
        heads[one.indicator.code] = one.indicator
    lines = [_line(held) for code, held in of_place.items() if code != COUNTRY]
    whole = of_place.get(COUNTRY)
    total = _line(whole, TOTAL) if whole else Line(TOTAL, {"uk": "Усього", "en": "Total"}, None, {})
    return Table("oblast", tuple(_head(heads[code], year) for code in sorted(heads)), tuple(lines), total)


def _head(indicator: Indicator, year: Period) -> Head:
    expected: Text = {"uk": ", очікується за рік", "en": ", expected of the year"}
    title = {language: indicator.title[language] + expected[language] for language in ("uk", "en")}
    return replace(head_of(indicator, year), title=title, additive=False)


def _line(held: Mapping[str, Outlook], code: str = "") -> Line:
    place = next(iter(held.values())).row.place
    return Line(
        code or place.code,
        {"uk": "Усього", "en": "Total"} if code == TOTAL else place.titles,
        place.population,
        {name: _figure(one) for name, one in held.items()},
    )


def _figure(one: Outlook) -> Figure:
    assert one.expected is not None
    middle, _low80, _high80, low95, high95 = one.expected
    before = one.before
    return Figure(
        now=middle,
        state="known",
        before=before,
        before_state="unknown" if before is None else "known",
        change=None if before is None else middle - before,
        change_share=(middle - before) / before if before else None,
        low=low95,
        high=high95,
        target=one.target.value if one.target else None,
    )
