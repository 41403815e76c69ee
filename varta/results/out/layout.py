"""The report laid out for paper: texts ready to set and nothing to compute; PDF and DOCX show the same.

A chapter has a table of totals, a chart of its first indicators, and for each level a table of places with
three indicators side by side. Levels of more rows than paper bears are told to be in the workbook.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from varta.indicators import discover
from varta.lib.clock import kyiv_day
from varta.results.chapters import without_procedure
from varta.results.out import words
from varta.results.out.drawing import Bar, Panel, multiples
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Table

BESIDE = 3  # indicators in one table of places
MOST_LINES = 150  # of a table on paper
MOST_BARS = 30  # a chart of more rows says less than the table
SAID = {
    "beside": {"uk": "у порівнянні з періодом: {}", "en": "beside {}"},
    "contents": {"uk": "Зміст", "en": "Contents"},
    "page": {"uk": "Сторінка", "en": "Page"},
    "of": {"uk": "з", "en": "of"},
    "totals": {"uk": "Підсумок", "en": "In total"},
    "indicator": {"uk": "Показник", "en": "Indicator"},
    "name": {"uk": "Назва", "en": "Name"},
    "now": {"uk": "Період", "en": "Period"},
    "before": {"uk": "Рік тому", "en": "Year before"},
    "change": {"uk": "Зміна", "en": "Change"},
    "relative": {"uk": "Зміна, %", "en": "Change, %"},
    "interval": {"uk": "95 % інтервал", "en": "95% interval"},
    "target": {"uk": "Ціль", "en": "Target"},
    "remarks": {"uk": "Пояснення підрозділів", "en": "Remarks of units"},
    "definitions": {"uk": "Як пораховано", "en": "How it is counted"},
    "unit": {"uk": "Одиниця", "en": "Unit"},
    "definition": {"uk": "Визначення", "en": "Definition"},
    "proof": {"uk": "Про цей звіт", "en": "About this report"},
    "missing": {"uk": "Ще не рахується", "en": "Not counted yet"},
    "no_procedure": {
        "uk": "Напрями, для яких у «Варті» ще немає процедур: {}.",
        "en": "Lines of work for which Varta has no procedure yet: {}.",
    },
    "too_long": {
        "uk": "Рядків: {}. Таблицю цього рівня подано у книзі XLSX і файлі CSV тієї самої редакції.",
        "en": "Rows: {}. The table of this level is in the XLSX workbook and the CSV file of the same edition.",
    },
    "chart": {"uk": "Діаграма: {}. Числа – у таблиці нижче.", "en": "Chart: {}. The numbers are in the table below."},
    "source": {
        "uk": "Смуги – період, риски – ті самі дні рік тому. Джерело: записи «Варти».",
        "en": "Bars: the period. Marks: the same days a year before. Source: entries of Varta.",
    },
    "marks": {"uk": "Умовні позначення", "en": "Marks"},
    "draft": {"uk": "ПРОЄКТ", "en": "DRAFT"},
}  # fmt: skip
MARKS = (
    ("0", {"uk": "подій не було", "en": "there was none"}),
    ("unknown", {"uk": "невідомо: джерела цього не записують", "en": "unknown: the sources do not record it"}),
    ("hidden", {"uk": "приховано: мала кількість, за якою можна впізнати людину",
                "en": "confidential: a small count by which somebody could be known"}),
    (words.NONE, {"uk": "порахувати не можна", "en": "cannot be computed"}),
    ("↑ ↓", {"uk": "зміна більша, ніж пояснює випадок", "en": "the change is larger than chance explains"}),
)  # fmt: skip


def laid_out(pack: Pack, language: str) -> dict[str, Any]:
    """Return the report as texts in their places."""
    indicators = words.heads(pack)
    missing = [
        line.title[language] for line in without_procedure([*(one.code for one in indicators), *discover()])
    ]
    return {
        "language": language,
        "day": list(kyiv_day(pack.made_at).timetuple()[:3]),
        "title": words.text(pack.title, language),
        "whose": words.whose(pack, language),
        "period": words.period(pack.first, pack.last, language),
        "beside": SAID["beside"][language].format(
            words.period(pack.before_first, pack.before_last, language)
        ),
        "edition": words.edition(pack, language),
        "made": words.day(kyiv_day(pack.made_at), language),
        "draft": "" if pack.edition else SAID["draft"][language],
        "words": {name: said[language] for name, said in SAID.items()},
        "chapters": [_chapter(chapter, language) for chapter in pack.chapters],
        "missing": SAID["no_procedure"][language].format("; ".join(missing)) if missing else "",
        "marks": [[words.SIGNS.get(sign, {}).get(language, sign), text[language]] for sign, text in MARKS],
        "definitions": [_definition(head, language) for head in indicators],
        "proof": [list(one) for one in words.proof(pack, language)],
    }


def _definition(head: Head, language: str) -> dict[str, Any]:
    return {
        "name": f"{head.code}. {words.text(head.title, language)}",
        "unit": words.text(head.unit, language),
        "text": words.text(head.definition, language),
        "breaks": [words.text(one, language) for one in head.breaks],
    }


def _chapter(chapter: Chapter, language: str) -> dict[str, Any]:
    return {
        "title": words.text(chapter.title, language),
        "totals": _totals(chapter.tables[0], language) if chapter.tables else None,
        "tables": [
            one
            for table in chapter.tables
            if table.level != "country" and table.lines
            for one in _tables(table, language)
        ],
        "remarks": [
            {
                "about": " · ".join(_about(remark.indicator, remark.row, chapter, language)),
                "by": f"{words.text(remark.unit, language)}, {words.moment(remark.at, language)}",
                "text": words.text(remark.text, language),
            }
            for remark in chapter.remarks
        ],
    }


def _about(indicator: str, row: str | None, chapter: Chapter, language: str) -> Iterator[str]:
    yield indicator
    for table in chapter.tables:
        for line in table.lines:
            if row is not None and line.code == row:
                yield words.text(line.name, language)
                return


def _totals(table: Table, language: str) -> dict[str, Any]:
    """Return the totals of a chapter: an indicator a row; intervals and targets where there are any."""
    figures = [(head, table.total.figures[head.code]) for head in table.heads]
    columns = ["indicator", "now", "before", "change", "relative"]
    if any(words.interval(figure, head, language) for head, figure in figures):
        columns.append("interval")
    if any(figure.target is not None for _, figure in figures):
        columns.append("target")
    return {
        "heads": [SAID[one][language] for one in columns],
        "rows": [[_summary(one, head, figure, language) for one in columns] for head, figure in figures],
    }


def _summary(column: str, head: Head, figure: Figure, language: str) -> str:
    if column == "indicator":
        return words.titled(head, language)
    if column == "interval":
        return words.interval(figure, head, language)
    if column == "target":
        return words.amount(figure.target, head, language) if figure.target is not None else ""
    if column in ("now", "before"):
        state = figure.state if column == "now" else figure.before_state
        return words.shown(getattr(figure, column), state, head, language)
    return _moved(column, head, figure, language)


def _moved(column: str, head: Head, figure: Figure, language: str) -> str:
    """Return the change: "change" in the indicator's unit, "points" marked, "relative" as a marked share."""
    if figure.now is None or figure.before is None:
        return words.NONE
    if column == "change":
        return words.difference(figure.change, head, language)
    if column == "points":
        return words.difference(figure.change, head, language) + _mark(figure)
    if figure.change_share is None:
        return words.NONE + _mark(figure)
    return words.percent(figure.change_share, language, signed=True) + _mark(figure)


def _mark(figure: Figure) -> str:
    return f"{words.SPACE}{words.NOTABLE[figure.notable]}" if figure.notable else ""


def _tables(table: Table, language: str) -> Iterator[dict[str, Any]]:
    """Yield the tables of a level, the first with a chart; of too many rows, a sentence that says so."""
    title = words.LEVELS[table.level][language]
    if len(table.lines) > MOST_LINES:
        yield {
            "title": title,
            "note": SAID["too_long"][language].format(len(table.lines)),
            "groups": [],
            "rows": [],
            "notes": [],
        }
        return
    for nth, heads in enumerate(_abreast(table.heads)):
        yield {
            "title": title if not nth else "",
            "note": "",
            **(_chart(table, heads, language) if not nth and len(table.lines) <= MOST_BARS else {}),
            "groups": [words.titled(head, language) for head in heads],
            "rows": [_row(line, heads, language) for line in (*table.lines, table.total)],
            "notes": [] if nth else list(_notes(table, language)),
        }


def _notes(table: Table, language: str) -> Iterator[str]:
    """Yield what became of the rows in these days: merged, split, renamed."""
    for line in table.lines:
        for note in line.notes:
            yield f"{words.text(line.name, language)}: {words.text(note, language)}"


def _abreast(heads: Sequence[Head]) -> Iterator[Sequence[Head]]:
    """Yield the heads in as few groups as paper bears, as even as may be: ten are 3, 3, 2 and 2."""
    groups = -(-len(heads) // BESIDE)
    for nth in range(groups):
        yield heads[len(heads) * nth // groups : len(heads) * (nth + 1) // groups]


def _row(line: Line, heads: Sequence[Head], language: str) -> list[str]:
    cells = [words.text(line.name, language)]
    for head in heads:
        figure = line.figures[head.code]
        cells += [
            _short(figure.now, figure.state, head, language),
            _short(figure.before, figure.before_state, head, language),
            _moved("points" if head.percent else "relative", head, figure, language),
        ]
    return cells


def _short(number: float | None, state: str, head: Head, language: str) -> str:
    return words.SIGNS[state][language] if number is None else words.amount(number, head, language)


def _chart(table: Table, heads: Sequence[Head], language: str) -> dict[str, Any]:
    names = [words.text(line.name, language) for line in table.lines]
    panels = [Panel(words.titled(head, language), tuple(_bars(table, head, language))) for head in heads]
    titles = "; ".join(panel.title for panel in panels)
    return {
        "svg": multiples(names, panels, source=SAID["source"][language]),
        "alt": SAID["chart"][language].format(titles),
    }


def _bars(table: Table, head: Head, language: str) -> Iterator[Bar]:
    for line in table.lines:
        figure = line.figures[head.code]
        yield Bar(figure.now, figure.before, words.shown(figure.now, figure.state, head, language))
