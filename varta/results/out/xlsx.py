"""The report as a workbook: a sheet for each chapter and level, with formulas where there is something to compute.

Totals, changes and shares are formulas over the frozen figures, and carry the frozen answer for programs
that do not compute. Where a figure is hidden or unknown its cell holds the word, what would rest on it
holds a dash, and a total that its rows do not give is a plain number.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from math import fsum, isclose
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell as at

from varta.results.out import words
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Table

TOP = 5  # rows above the figures: title, period, group heads, column heads, empty ones none
SAID = {
    "code": {"uk": "Код", "en": "Code"},
    "name": {"uk": "Назва", "en": "Name"},
    "population": {"uk": "Населення", "en": "Population"},
    "now": {"uk": "Період", "en": "Period"},
    "before": {"uk": "Рік тому", "en": "Year before"},
    "change": {"uk": "Зміна", "en": "Change"},
    "relative": {"uk": "Зміна, %", "en": "Change, %"},
    "share": {"uk": "Частка", "en": "Share"},
    "notable": {"uk": "Більше за випадок", "en": "Beyond chance"},
    "about": {"uk": "Про звіт", "en": "About"},
    "definitions": {"uk": "Як пораховано", "en": "How it is counted"},
    "remarks": {"uk": "Пояснення", "en": "Remarks"},
    "page": {"uk": "&L{name}&RСторінка &P з &N", "en": "&L{name}&RPage &P of &N"},
    "not_sum": {
        "uk": "Число зі звіту, а не сума рядків: є приховані, невідомі або поза рядками.",
        "en": "A number of the report and not the sum of the rows: some are hidden, unknown or in no row.",
    },
}


def xlsx(pack: Pack, language: str) -> bytes:
    """Return the workbook; the same bytes from the same pack."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        stamp = pack.made_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": words.text(pack.title, language), "created": stamp})
        formats, names = _Formats(book), set[str]()
        for chapter in pack.chapters:
            for table in chapter.tables:
                sheet = book.add_worksheet(_sheet_name(chapter, table, language, names))
                _Sheet(sheet, formats, pack, table, language).write(words.text(chapter.title, language))
        _definitions(book, formats, pack, language)
        if any(chapter.remarks for chapter in pack.chapters):
            _remarks(book, formats, pack, language)
        _about(book, formats, pack, language)
    return out.getvalue()


def _sheet_name(chapter: Chapter, table: Table, language: str, taken: set[str]) -> str:
    """Return a name that Excel takes: up to 31 signs, none of []:*?/\\, and no two alike."""
    level = words.SHORT_LEVELS[table.level][language]
    title = re.sub(r"[\[\]:*?/\\']", " ", words.text(chapter.title, language))
    room = 31 - len(level) - 2
    short = title if len(title) <= room else title[: room - 1].rpartition(" ")[0] + "…"
    name = f"{short}, {level}"
    while name.lower() in taken:
        name = f"{name[:27]} {len(taken)}"
    taken.add(name.lower())
    return name


class _Formats:
    """The looks of cells, each made once for a book."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "border": 1}
        )
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.word = book.add_format({"italic": True, "font_color": "#666666", "align": "right"})
        self.bold = book.add_format({"bold": True, "top": 1})

    def number(self, shape: str, *, total: bool) -> Any:
        """Return the look of numbers of a shape ("0.0%"); of the total's row, bold under a line."""
        if (shape, total) not in self._made:
            look = {"num_format": shape} | ({"bold": True, "top": 1} if total else {})
            self._made[shape, total] = self._book.add_format(look)
        return self._made[shape, total]


@dataclass(frozen=True)
class _Block:
    """Where the columns of one indicator stand."""

    head: Head
    now: int

    @property
    def width(self) -> int:
        return 6 if self.head.additive else 5


class _Sheet:
    """One table on one sheet."""

    def __init__(self, sheet: Any, formats: _Formats, pack: Pack, table: Table, language: str) -> None:
        self.sheet, self.formats, self.pack, self.table, self.language = sheet, formats, pack, table, language
        self.first, self.last = TOP - 1, TOP - 2 + len(table.lines)
        self.total = self.last + 1
        self.blocks: list[_Block] = []
        column = 3
        for head in table.heads:
            self.blocks.append(_Block(head, column))
            column += self.blocks[-1].width
        self.columns = column

    def write(self, title: str) -> None:
        """Write the whole sheet."""
        self.sheet.write_string(0, 0, title, self.formats.title)
        self.sheet.write_string(1, 0, _period(self.pack, self.language))
        self._heads()
        for nth, line in enumerate((*self.table.lines, self.table.total)):
            self._line(self.first + nth, line)
        self._print()

    def _heads(self) -> None:
        for column, what in enumerate(("code", "name", "population")):
            self.sheet.write_string(TOP - 2, column, SAID[what][self.language], self.formats.head)
        for block in self.blocks:
            columns = [
                "now",
                "before",
                "change",
                "relative",
                *(["share"] if block.head.additive else []),
                "notable",
            ]
            title = words.titled(block.head, self.language)
            self.sheet.merge_range(
                TOP - 3, block.now, TOP - 3, block.now + block.width - 1, "", self.formats.head
            )
            self.sheet.write_string(TOP - 3, block.now, title, self.formats.head)
            for nth, what in enumerate(columns):
                self.sheet.write_string(
                    TOP - 2, block.now + nth, SAID[what][self.language], self.formats.head
                )

    def _line(self, row: int, line: Line) -> None:
        bold = self.formats.bold if row == self.total else None
        self.sheet.write_string(row, 0, line.code, bold)
        self.sheet.write_string(row, 1, words.text(line.name, self.language), bold)
        if line.notes:
            told = "\n".join(words.text(note, self.language) for note in line.notes)
            self.sheet.write_comment(row, 1, told)
        if line.population is not None:
            self.sheet.write_number(row, 2, line.population, self._shape("#,##0", row))
        for block in self.blocks:
            self._figure(row, block, line.figures[block.head.code])

    def _figure(self, row: int, block: _Block, figure: Figure) -> None:
        shape = self._shape(number_format(block.head), row)
        now, before = (at(row, block.now + nth) for nth in (0, 1))
        self._value(row, block, 0, figure.now, figure.state, shape)
        self._value(row, block, 1, figure.before, figure.before_state, shape)
        column, percent = block.now + 2, self._shape("0.0%", row)
        both = figure.now is not None and figure.before is not None
        self._computed(row, column, f"={now}-{before}", figure.change if both else None, shape)
        relative = figure.change_share if both else None
        self._computed(row, column + 1, f"=({now}-{before})/{before}", relative, percent)
        column += 2
        if block.head.additive:
            whole = at(self.total, block.now, row_abs=True)
            self._computed(row, column, f"={now}/{whole}", self._share(block.head, figure), percent)
            column += 1
        if figure.notable:
            self.sheet.write_string(row, column, words.NOTABLE[figure.notable])

    def _value(self, row: int, block: _Block, nth: int, number: float | None, state: str, shape: Any) -> None:
        column = block.now + nth
        if number is None:
            self.sheet.write_string(row, column, words.STATES[state][self.language], self.formats.word)
        elif row == self.total and block.head.additive and self._adds_up(block.head, nth, number):
            rows = f"{at(self.first, column)}:{at(self.last, column)}"
            self.sheet.write_formula(row, column, f"=SUM({rows})", shape, number)
        else:
            self.sheet.write_number(row, column, number, shape)
            if row == self.total and block.head.additive and self.table.lines:
                self.sheet.write_comment(row, column, SAID["not_sum"][self.language])

    def _adds_up(self, head: Head, nth: int, total: float) -> bool:
        """Return whether the rows are all known and give the total: only then it may be a sum."""
        figures = [line.figures[head.code] for line in self.table.lines]
        values = [figure.before if nth else figure.now for figure in figures]
        known = [value for value in values if value is not None]
        return bool(values) and len(known) == len(values) and isclose(fsum(known), total, rel_tol=1e-12)

    def _share(self, head: Head, figure: Figure) -> float | None:
        total = self.table.total.figures[head.code].now
        if not total or figure.now is None:
            return None
        return 1.0 if figure is self.table.total.figures[head.code] else figure.share

    def _computed(self, row: int, column: int, formula: str, answer: float | None, shape: Any) -> None:
        if answer is None:
            self.sheet.write_string(row, column, words.NONE, self.formats.word)
        else:
            self.sheet.write_formula(row, column, formula, shape, answer)

    def _shape(self, shape: str, row: int) -> Any:
        return self.formats.number(shape, total=row == self.total)

    def _print(self) -> None:
        _paper(self.sheet, self.pack, landscape=True)
        self.sheet.repeat_rows(TOP - 3, TOP - 2)
        self.sheet.repeat_columns(0, 1)
        self.sheet.print_area(0, 0, self.total, self.columns - 1)
        self.sheet.fit_to_pages(0, 0)
        self.sheet.set_footer(_footer(self.pack, self.language))
        self.sheet.freeze_panes(TOP - 1, 2)
        self.sheet.set_row(TOP - 3, 48)
        self.sheet.set_column(0, 0, 22)
        self.sheet.set_column(1, 1, 34)
        self.sheet.set_column(2, self.columns - 1, 12)


def number_format(head: Head) -> str:
    """Return the head's number format for a spreadsheet: "#,##0.0", "0.0%"."""
    digits = "0" + ("." + "0" * head.decimals if head.decimals else "")
    return digits + "%" if head.percent else "#,##" + digits


def _period(pack: Pack, language: str) -> str:
    beside = {"uk": "поруч", "en": "beside"}[language]
    days = [
        words.period(first, last, language)
        for first, last in ((pack.first, pack.last), (pack.before_first, pack.before_last))
    ]
    return f"{words.whose(pack, language)}. {days[0]}, {beside} {days[1]}"


def _paper(sheet: Any, pack: Pack, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()


def _footer(pack: Pack, language: str) -> str:
    return SAID["page"][language].format(name=pack.name.replace("&", "&&"))


def _listing(
    book: Any, formats: _Formats, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> Any:
    """Add a sheet of texts, none of which a spreadsheet may run, and return it."""
    sheet = book.add_worksheet(title)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, formats.head)
    for nth, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write_string(nth, column, value, formats.wrap)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.fit_to_pages(1, 0)
    return sheet


def _definitions(book: Any, formats: _Formats, pack: Pack, language: str) -> None:
    heads = {
        "uk": ["Код", "Показник", "Одиниця", "Визначення", "Розриви ряду"],
        "en": ["Code", "Indicator", "Unit", "Definition", "Breaks of the series"],
    }[language]
    rows = [
        [
            one.code,
            words.text(one.title, language),
            words.text(one.unit, language),
            words.text(one.definition, language),
            "\n".join(words.text(text, language) for text in one.breaks),
        ]
        for one in words.heads(pack)
    ]
    sheet = _listing(book, formats, SAID["definitions"][language], heads, rows)
    _paper(sheet, pack, landscape=True)
    sheet.set_footer(_footer(pack, language))
    for column, width in enumerate((18, 34, 16, 80, 40)):
        sheet.set_column(column, column, width)


def _remarks(book: Any, formats: _Formats, pack: Pack, language: str) -> None:
    heads = {
        "uk": ["Показник", "Рядок", "Підрозділ", "Пояснення", "Коли"],
        "en": ["Indicator", "Row", "Unit", "Remark", "When"],
    }[language]
    rows = [
        [
            one.indicator,
            one.row or "",
            words.text(one.unit, language),
            words.text(one.text, language),
            words.moment(one.at, language),
        ]
        for chapter in pack.chapters
        for one in chapter.remarks
    ]
    sheet = _listing(book, formats, SAID["remarks"][language], heads, rows)
    _paper(sheet, pack, landscape=True)
    for column, width in enumerate((14, 22, 40, 80, 18)):
        sheet.set_column(column, column, width)


def _about(book: Any, formats: _Formats, pack: Pack, language: str) -> None:
    sheet = book.add_worksheet(SAID["about"][language])
    for row, (what, value) in enumerate(words.proof(pack, language)):
        sheet.write_string(row, 0, what, formats.wrap)
        sheet.write_string(row, 1, value, formats.wrap)
    _paper(sheet, pack, landscape=False)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
