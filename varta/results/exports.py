"""A report as JSON, CSV, spreadsheet and text: the same rows in other clothes."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from varta.figures import Indicator, Value
from varta.results.pack import Figure, Head
from varta.results.report import Cell, Line, Report

HEAD = {
    "uk": (
        "код", "назва", "показник", "назва показника", "одиниця", "період", "рік тому",
        "зміна", "зміна, частка", "частка", "місце", "стан",
    ),
    "en": (
        "code", "name", "indicator", "indicator name", "unit", "period", "year before",
        "change", "change, share", "share", "rank", "state",
    ),
}  # fmt: skip
STATES = {
    "known": {"uk": "відомо", "en": "known"},
    "unknown": {"uk": "невідомо", "en": "unknown"},
    "hidden": {"uk": "приховано", "en": "hidden"},
}
TRIGGERS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for a formula


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values; numbers are not rounded, absent ones are null with a state."""
    return {
        "period": {"from": report.period.first.isoformat(), "to": report.period.last.isoformat()},
        "year_before": {"from": report.before.first.isoformat(), "to": report.before.last.isoformat()},
        "by": report.level,
        "place": report.place,
        "unit": report.unit,
        "counted_at": report.counted_at,
        "indicators": [
            {"code": one.code, "title": dict(one.title), "unit": dict(one.unit), "direction": one.direction}
            for one in report.indicators
        ],
        "rows": [_line_json(line) for line in report.lines],
        "total": _line_json(report.total),
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": dict(line.names),
        "population": line.population,
        "notes": [dict(note) for note in line.notes],
        "values": {code: _cell_json(cell) for code, cell in line.cells.items()},
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "value": cell.now.number,
        "state": cell.now.state,
        "base": cell.now.base,
        "year_before": cell.before.number,
        "year_before_state": cell.before.state,
        "change": cell.change,
        "change_share": cell.percent,
        "share": cell.share,
        "rank": cell.rank,
        "low": cell.low,
        "high": cell.high,
        "notable": cell.notable,
    }


def records(report: Report, language: str) -> Iterator[list[Any]]:
    """Yield one row for each place and indicator, the total last; columns as in HEAD."""
    for line in (*report.lines, report.total):
        for indicator in report.indicators:
            cell = line.cells[indicator.code]
            yield [
                line.code,
                line.names[language],
                indicator.code,
                indicator.title[language],
                indicator.unit[language],
                cell.now.number,
                cell.before.number,
                cell.change,
                cell.percent,
                cell.share,
                cell.rank,
                STATES[cell.now.state][language],
            ]


def as_csv(report: Report, language: str) -> str:
    """Return the rows as CSV: UTF-8 with a mark, decimal points, texts that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD[language])
    for row in records(report, language):
        writer.writerow([_safe(value) if isinstance(value, str) else _plain(value) for value in row])
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    return "'" + text if text.startswith(TRIGGERS) else text


def _plain(value: Any) -> Any:
    return "" if value is None else value


def as_xlsx(report: Report, language: str) -> bytes:
    """Return a workbook: a sheet with a column for each indicator, and one that says how each is counted."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet = book.add_worksheet({"uk": "Звіт", "en": "Report"}[language])
        _period(sheet, report, language)
        before = {"uk": "рік тому", "en": "year before"}[language]
        head = [{"uk": "Назва", "en": "Name"}[language]]
        for indicator in report.indicators:
            head += [f"{indicator.code} {indicator.title[language]}", f"{indicator.code}, {before}"]
        sheet.write_row(2, 0, head, bold)
        formats = {
            one.code: book.add_format({"num_format": _number_format(one)}) for one in report.indicators
        }
        for number, line in enumerate((*report.lines, report.total), start=3):
            sheet.write_string(number, 0, line.names[language])
            for nth, indicator in enumerate(report.indicators):
                cell = line.cells[indicator.code]
                _put(sheet, number, 1 + 2 * nth, cell.now, formats[indicator.code], language)
                _put(sheet, number, 2 + 2 * nth, cell.before, formats[indicator.code], language)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 2 * len(report.indicators), 14)
        sheet.freeze_panes(3, 1)
        _definitions(book, report.indicators, language, bold)
    return out.getvalue()


def _period(sheet: Any, report: Report, language: str) -> None:
    words = {"uk": "Період {} – {}, поруч {} – {}", "en": "Period {} to {}, beside {} to {}"}[language]
    days = (report.period.first, report.period.last, report.before.first, report.before.last)
    sheet.write_string(0, 0, words.format(*(f"{day:%d.%m.%Y}" for day in days)))


def _put(sheet: Any, row: int, column: int, value: Value, shape: Any, language: str) -> None:
    if value.number is None:
        sheet.write_string(row, column, STATES[value.state][language])
    else:
        sheet.write_number(row, column, value.number, shape)


def _number_format(indicator: Indicator) -> str:
    digits = "0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
    return digits + "%" if indicator.percent else "#,##" + digits


def _definitions(book: Any, indicators: Sequence[Indicator], language: str, bold: Any) -> None:
    sheet = book.add_worksheet({"uk": "Як пораховано", "en": "How it is counted"}[language])
    head = {
        "uk": ["Код", "Показник", "Одиниця", "Визначення"],
        "en": ["Code", "Indicator", "Unit", "Definition"],
    }
    sheet.write_row(0, 0, head[language], bold)
    for row, one in enumerate(indicators, start=1):
        texts = [one.code, one.title[language], one.unit[language], one.definition[language]]
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.set_column(1, 1, 34)
    sheet.set_column(3, 3, 100)


def shown(value: Value, indicator: Indicator | Head, language: str) -> str:
    """Return a value as people read it: "12 345", "45,6 %", or the word for unknown or hidden."""
    if value.number is None:
        return STATES[value.state][language]
    number = value.number * 100 if indicator.percent else value.number
    text = f"{number:,.{indicator.decimals}f}".replace(",", "\u00a0")
    text = text.replace(".", ",") if language == "uk" else text
    return text + "\u00a0%" if indicator.percent else text


def figure_shown(figure: Figure, head: Head, language: str) -> tuple[str, str]:
    """Return this period's and the year before's number of a figure, as people read them."""
    now, before = (Value(figure.now, figure.state), Value(figure.before, figure.before_state))
    return shown(now, head, language), shown(before, head, language)


def number_shown(number: float | None, head: Head, language: str) -> str:
    """Return a bare number as people read it, a dash for none."""
    return "—" if number is None else shown(Value.known(number), head, language)
