"""A territory and all below it as a file: CSV that `varta load territory` reads back, or a spreadsheet."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from varta.places.models import Territory

COLUMNS = (
    "code",
    "parent",
    "level",
    "category",
    "name",
    "name_en",
    "population",
    "population_on",
    "population_source",
    "lat",
    "lon",
    "point_source",
    "valid_from",
    "valid_to",
)
_CHUNK = 1000  # rows in a piece of a streamed answer


def csv_pieces(top: Territory) -> Iterator[str]:
    """Yield the file in pieces; the first one opens with the mark by which spreadsheets know UTF-8."""
    piece = io.StringIO("\ufeff")
    piece.seek(0, io.SEEK_END)
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    for number, row in enumerate(_rows(top), start=1):
        writer.writerow(row)
        if number % _CHUNK == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def spreadsheet(top: Territory) -> bytes:
    """Return an XLSX file with a header in the reader's language."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet(_("Places"))
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 22)
        sheet.set_column(4, 5, 28)
        sheet.write_row(0, 0, _header(), book.add_format({"bold": True}))
        for number, row in enumerate(_rows(top), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value, day if COLUMNS[column].endswith(_DAYS) else None)
    return content.getvalue()


_DAYS = ("_on", "_from", "_to")


def _rows(top: Territory) -> Iterator[tuple[object, ...]]:
    inside = Territory.objects.filter(pre__range=(top.pre, top.pre_end))
    yield from inside.values_list(*COLUMNS).iterator(_CHUNK)


def _header() -> tuple[str, ...]:
    return (
        _("Code"),
        _("Lies in"),
        _("Level"),
        _("Category"),
        _("Name"),
        _("In Latin letters"),
        _("Population"),
        _("Population on"),
        _("Source"),
        _("Latitude"),
        _("Longitude"),
        _("Source of the point"),
        _("Valid from"),
        _("Valid to"),
    )
