"""Reading a table out of CSV or XLSX, packed with gzip or not, with line numbers and clear refusals."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path

from varta.places.errors import (
    BadValue,
    MissingColumns,
    NoRows,
    NoSuchFile,
    NotATable,
    WrongEncoding,
)

Line = tuple[int, list[str]]

_HEADER_WITHIN = 20  # official spreadsheets open with a title block


def lines(file: Path, *, encoding: str = "utf-8") -> list[Line]:
    """Return the rows of the file with their line numbers, each cell as trimmed text."""
    content = _bytes(file)
    if content[:4] == b"PK\x03\x04":
        return list(_sheet(file, content))
    if content[:5] == b"%PDF-" or b"\x00" in content:
        raise NotATable(file=file.name, reason="binary")
    return list(_csv(file, _decoded(file, content, encoding)))


def table(file: Path, found: Sequence[Line], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row by lower-case column name; the header is the first line that has `needed`."""
    start = _header(file, found, needed)
    names = [name.casefold() for name in found[start][1]]
    body = found[start + 1 :]
    if not body:
        raise NoRows(file=file.name)
    for number, cells in body:
        yield number, dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))


def number_in(
    kind: Callable[[str], float], line: int, column: str, value: str, *, least: float = float("-inf")
) -> float | None:
    """Return the number in a cell, None when it is empty; raise BadValue if it is none or too small."""
    if not value:
        return None
    try:
        number = kind(value.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        number = float("nan")
    if not isfinite(number) or number < least:
        raise BadValue(
            line=line,
            column=column,
            value=value,
            expected_uk="потрібне число",
            expected_en="a number is needed",
        )
    return number


def point_in(line: int, lat: str, lon: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees, None when both are empty; raise BadValue off the Earth."""
    point = number_in(float, line, "lat", lat), number_in(float, line, "lon", lon)
    if point == (None, None):
        return None
    if None in point or abs(point[0]) > 90 or abs(point[1]) > 180:
        raise BadValue(
            line=line,
            column="lat, lon",
            value=f"{lat}, {lon}",
            expected_uk="широта від -90 до 90 і довгота від -180 до 180",
            expected_en="a latitude within ±90 and a longitude within ±180",
        )
    return point


def day_in(line: int, column: str, value: str) -> date | None:
    """Return the day in a cell (2026-11-23 or 23.11.2026), None when it is empty."""
    if not value:
        return None
    try:
        parts = value.split(".")
        return (
            date(int(parts[2]), int(parts[1]), int(parts[0]))
            if len(parts) == 3
            else date.fromisoformat(value)
        )
    except ValueError:
        raise BadValue(
            line=line,
            column=column,
            value=value,
            expected_uk="потрібна дата РРРР-ММ-ДД або ДД.ММ.РРРР",
            expected_en="a date YYYY-MM-DD or DD.MM.YYYY is needed",
        ) from None


def _bytes(file: Path) -> bytes:
    try:
        content = file.read_bytes()
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise NotATable(file=file.name, reason=f"gzip: {broken}") from broken
    except OSError:
        raise NoSuchFile(file=file) from None


def _decoded(file: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError:
        raise WrongEncoding(
            file=file.name, encoding=encoding, guess_uk=" (такого немає)", guess_en=" (there is none)"
        ) from None
    except UnicodeDecodeError:
        guess = _guess(content)
        raise WrongEncoding(
            file=file.name,
            encoding=encoding,
            guess_uk=guess and f", схоже на {guess}",
            guess_en=guess and f"; it looks like {guess}",
        ) from None


def _guess(content: bytes) -> str:
    """Return "cp1251" when the bytes read as Ukrainian in it, else nothing."""
    text = content[:20000].decode("cp1251", errors="replace").lower()
    letters = sum("а" <= letter <= "я" or letter in "іїєґ" for letter in text)
    return "cp1251" if letters > len(text) / 5 else ""


def _csv(file: Path, text: str) -> Iterator[Line]:
    opening = text[:4000]
    delimiter = max(",;\t", key=opening.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as broken:
        raise NotATable(file=file.name, reason=f"CSV: {broken}") from broken


def _sheet(file: Path, content: bytes) -> Iterator[Line]:
    from openpyxl import load_workbook  # slow to import, and CSV does not need it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as broken:
        raise NotATable(file=file.name, reason=f"XLSX: {broken}") from broken
    for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
        if any(cell is not None for cell in row):
            yield number, ["" if cell is None else " ".join(str(cell).split()) for cell in row]


def _header(file: Path, found: Sequence[Line], needed: Sequence[str]) -> int:
    if not found:
        raise NoRows(file=file.name)
    for place, (_, cells) in enumerate(found[:_HEADER_WITHIN]):
        if set(needed) <= {cell.casefold() for cell in cells}:
            return place
    seen = [cell.casefold() for cell in found[0][1] if cell]
    missing = [name for name in needed if name not in seen]
    raise MissingColumns(file=file.name, missing=", ".join(missing), found=", ".join(seen)[:200])
