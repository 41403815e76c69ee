"""A list of cases as a file: CSV and XLSX with the same columns, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from varta.cases import lists, wording
from varta.cases.lists import STATES
from varta.cases.models import Case
from varta.law.fields import Field
from varta.lib.clock import KYIV

MOST = 100_000  # rows: more belong into a report, not into a spreadsheet
CHUNK = 1000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, "CSV Injection"


def header(procedure: str) -> list[str]:
    """Return the titles of the columns in the reader's language."""
    fixed = [
        _("Number"),
        _("Procedure"),
        _("State"),
        _("Opened"),
        _("Place"),
        _("Code of the place"),
        _("Unit"),
        _("Code of the unit"),
        _("Last step"),
        _("Last step at"),
        _("Next step due"),
        _("Due at"),
        _("Closed"),
    ]
    return fixed + [wording.said(field.title) for field in _facts(procedure)]


def rows(cases: QuerySet[Case], procedure: str, *, now: datetime) -> Iterator[list[Any]]:
    """Yield the rows of the file; moments in Kyiv time without zone, as spreadsheets keep them."""
    for case in cases[:MOST].iterator(CHUNK):
        shown = lists.row(case, now=now)
        state = STATES[shown["state"]]
        yield [
            shown["number"],
            shown["procedure"],
            _(state),
            local(case.opened_at),
            case.place.title,
            case.place_id,
            case.unit.title,
            case.unit_id,
            shown["last_step"],
            local(case.last_at),
            shown["due_step"],
            local(case.due_at),
            local(case.closed_at),
            *(wording.value(field, case.facts.get(field.name)) for field in _facts(procedure)),
        ]


def csv_pieces(header: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """Yield the file in pieces; the first opens with the mark by which spreadsheets know UTF-8."""
    piece = io.StringIO("\ufeff")
    piece.seek(0, io.SEEK_END)
    writer = csv.writer(piece)
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_as_text(cell) for cell in row])
        if number % CHUNK == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def spreadsheet(title: str, header: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return an XLSX file; text is written as text, whatever it begins with."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header), 20)
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, moment)
                elif cell:
                    sheet.write_string(number, column, str(cell))
    return content.getvalue()


def _facts(procedure: str) -> list[Field]:
    """Return the listed fields that name nobody."""
    return (
        [field for field in wording.listed_fields(procedure).values() if not field.personal]
        if procedure
        else []
    )


def local(moment: datetime | None) -> datetime | None:
    """Return a moment in Kyiv time without its zone, as spreadsheets keep it."""
    return timezone.localtime(moment, KYIV).replace(tzinfo=None, microsecond=0) if moment else None


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M")
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text
