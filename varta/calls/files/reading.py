"""Reading a file of calls: CSV, packed with gzip or not, looked through before anything is loaded."""

import codecs
import csv
import gzip
import io
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from varta.calls.files.errors import FileBroke, NoSuchColumn
from varta.places.errors import NoRows, NoSuchFile, NotATable, WrongEncoding

BLOCK = 1 << 20
WIDEST_CELL = 1 << 17

Line = tuple[int, list[str]]  # where it begins in the file, its cells


@dataclass(frozen=True)
class Source:
    """A file that can be read as text, with the number of its line breaks."""

    file: Path
    encoding: str
    delimiter: str
    breaks: int


def look_through(file: Path, *, encoding: str | None, delimiter: str | None) -> Source:
    """Read the whole file once and return how to read it; raise LoadRefused if it is no text of the encoding."""
    name = encoding or "utf-8"
    name = "utf-8-sig" if name.lower().replace("_", "-") in ("utf-8", "utf8") else name
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError:
        raise _not_in(file, name, " (такого немає)", " (there is none)") from None
    breaks, opening = 0, ""
    for block in _blocks(file):
        if not opening and block[:5] in (b"%PDF-", b"PK\x03\x04\x14"):
            raise NotATable(file=file.name, reason="binary")
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError:
            guess = _guess(block)
            uk, en = (f", схоже на {guess}", f"; it looks like {guess}") if guess else ("", "")
            raise _not_in(file, name, uk, en) from None
        if "\x00" in text:
            raise NotATable(file=file.name, reason="binary")
        opening = opening or text[:8000]
        breaks += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _not_in(file, name, "", "") from None
    if not opening.strip():
        raise NoRows(file=file.name)
    return Source(file, name, delimiter or _delimiter(opening), breaks)


def lines(source: Source) -> Iterator[Line]:
    """Yield the lines that are not empty, each with the number of the line where it begins.

    A quotation mark that is never closed costs its own line alone, not those that it would swallow.
    """
    csv.field_size_limit(WIDEST_CELL)
    feed = Feed((), source.delimiter)
    try:
        with _opened(source.file) as raw, io.TextIOWrapper(raw, source.encoding, newline="") as text:
            feed = Feed(text, source.delimiter)
            yield from feed.records()
    except (csv.Error, OSError, EOFError, zlib.error, UnicodeDecodeError) as broken:
        raise FileBroke(file=source.file.name, line=feed.line + 1, reason=str(broken)) from broken


class Feed:
    """Gives the lines of a text to the reader of CSV, and again those that it should not have swallowed."""

    def __init__(self, text: Iterable[str], delimiter: str) -> None:
        self.line = 0  # lines that are done with
        self._text, self._delimiter = iter(text), delimiter
        self._taken: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self) -> "Feed":
        return self

    def __next__(self) -> str:
        one = self._again.popleft() if self._again else next(self._text)
        self._taken.append(one)
        return one

    def records(self) -> Iterator[Line]:
        """Yield the cells of each line, or of several where a cell has line breaks in it."""
        reader, width = csv.reader(self, delimiter=self._delimiter), 0
        while (cells := self._next(reader)) is not None:
            if len(self._taken) > 1 and width and self._has_swallowed(cells, width):
                self._again.extendleft(reversed(self._taken[1:]))
                del self._taken[1:]
                cells = self._alone(self._taken[0])
            width = width or len(cells)
            if cells:
                yield self.line + 1, cells
            self.line += len(self._taken)
            self._taken.clear()

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        try:
            return next(reader, None)
        except csv.Error:
            if len(self._taken) < 2:
                raise
            return []  # a cell without end: as good as too few

    def _has_swallowed(self, cells: list[str], width: int) -> bool:
        """Whether these lines are several records: too wide, too narrow, or whole ones inside a cell."""
        if len(cells) != width:
            return True
        return width > 3 and any(len(self._alone(line)) == width for line in self._taken[1:])

    def _alone(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self._delimiter))


def column_of(names: tuple[str | int, ...], header: list[str]) -> int | None:
    """Return the place of the column that has one of these names, None if there is none."""
    if names and isinstance(names[0], int):
        return names[0] - 1 if names[0] <= len(header) else None
    known = {_bare(name): place for place, name in reversed(list(enumerate(header)))}
    return next((known[_bare(str(name))] for name in names if _bare(str(name)) in known), None)


def no_such_column(source: Source, names: tuple[str | int, ...], header: list[str], use: str) -> NoSuchColumn:
    """Return the refusal of a file without a needed column, with the nearest name that it has."""
    shown = [str(name) for name in header]
    near = get_close_matches(str(names[0]), shown, 1, 0.5)
    return NoSuchColumn(
        file=source.file.name,
        column=" / ".join(str(name) for name in names),
        use=use,
        guess_uk=f" Можливо, це «{near[0]}»." if near else "",
        guess_en=f" Perhaps it is “{near[0]}”." if near else "",
        found=", ".join(shown)[:600],
    )


def _delimiter(opening: str) -> str:
    """Return the sign that parts the first line most often: the texts below may be full of commas."""
    header = opening.partition("\n")[0]
    return max(",;\t|", key=lambda sign: (header.count(sign), opening.count(sign)))


def _bare(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


def _opened(file: Path) -> IO[bytes]:
    with open(file, "rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    return gzip.open(file) if packed else open(file, "rb")


def _blocks(file: Path) -> Iterator[bytes]:
    try:
        with _opened(file) as raw:
            while block := raw.read(BLOCK):
                yield block
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise NotATable(file=file.name, reason=f"gzip: {broken}") from broken
    except OSError:
        raise NoSuchFile(file=file) from None


def _not_in(file: Path, encoding: str, uk: str, en: str) -> WrongEncoding:
    return WrongEncoding(file=file.name, encoding=encoding.removesuffix("-sig"), guess_uk=uk, guess_en=en)


def _guess(block: bytes) -> str:
    """Return "utf-16" by its mark, "cp1251" when the bytes read as Ukrainian in it, "cp1252" for other text."""
    if block[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    text = block[:200_000].decode("cp1251", errors="replace").lower()
    letters = sum("а" <= letter <= "я" or letter in "іїєґ" for letter in text)
    return "cp1251" if letters > len(text) / 10 else "cp1252"
