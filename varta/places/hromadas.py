"""Loading what is known about hromadas: kind, administrative centre, its point, and population."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import transaction

from varta.places import bulk, tables
from varta.places.errors import BadValue, MissingColumns, UnknownCodes
from varta.places.models import Territory

KINDS = {"міська": "urban", "селищна": "settlement", "сільська": "rural"}
STATISTICS = "Держстат / State Statistics Service of Ukraine"
SUM = "Σ "  # before the source of a population that is the sum of those below

_NEEDED = ("code", "center_code", "center_lat", "center_lon")
_POPULATION = re.compile(r"population_(\d{4})")


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says about a place, and what it shall say."""

    code: str
    oblast: str | None
    kind: str
    centre: str | None
    lat: float | None
    lon: float | None
    point_source: str
    population: int | None
    population_on: date | None
    population_source: str


COLUMNS = tuple(Known.__slots__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; `is_capital` says that the centre is also the centre of the oblast."""

    number: int
    code: str
    kind: str
    centre: str
    point: tuple[float, float] | None
    population: int | None
    is_capital: bool


@dataclass(frozen=True)
class Outcome:
    """How many lines the file had, how many places changed, and how many sums became known."""

    read: int
    changed: int
    summed: int


@transaction.atomic
def load(file: Path, *, source: str = STATISTICS, encoding: str = "utf-8") -> Outcome:
    """Write what the file knows about hromadas, and the sums of populations that follow from it.

    The population is that of 1 January of the year in its column's name. All lines or none: raises
    LoadRefused with the line. The same file again changes nothing.
    """
    day, lines = _read(file, encoding)
    before = {row[0]: Known(*row) for row in Territory.objects.values_list(*COLUMNS).iterator()}
    after: dict[str, Known] = {}
    for line in lines:
        after |= dict(_told(line, before, day, source=source, file=file.name))
    changed = [known for code, known in after.items() if known != before[code]]
    if changed:
        bulk.update_from(
            Territory, COLUMNS, ([getattr(known, name) for name in COLUMNS] for known in changed)
        )
    return Outcome(len(lines), len(changed), sum_up())


def _read(file: Path, encoding: str) -> tuple[date | None, list[Line]]:
    found = tables.lines(file, encoding=encoding)
    rows = list(tables.table(file, found, _NEEDED))
    years = sorted(match[1] for name in rows[0][1] if (match := _POPULATION.fullmatch(name)))
    if not years:
        raise MissingColumns(file=file.name, missing="population_YYYY", found=", ".join(rows[0][1])[:200])
    return date(int(years[-1]), 1, 1), [_line(number, row, f"population_{years[-1]}") for number, row in rows]


def _line(number: int, row: Mapping[str, str], population: str) -> Line:
    kind = row.get("type", "").casefold()
    if kind and kind not in KINDS:
        raise BadValue(
            line=number, column="type", value=kind, expected_uk=", ".join(KINDS), expected_en=", ".join(KINDS)
        )
    people = tables.number_in(int, number, population, row[population], least=0)
    minutes = tables.number_in(float, number, "minutes", row.get("minutes_to_oblast_center", ""))
    return Line(
        number,
        row["code"],
        KINDS.get(kind, ""),
        row["center_code"],
        tables.point_in(number, row["center_lat"], row["center_lon"]),
        people,
        is_capital=minutes == 0,
    )


def _told(
    line: Line, before: Mapping[str, Known], day: date | None, *, source: str, file: str
) -> Iterator[tuple[str, Known]]:
    """Yield what a line says of the hromada, of its centre, and of the oblast whose centre it is."""
    for code in (line.code, line.centre):
        if code not in before:
            raise UnknownCodes(
                line=line.number, code=code, what_uk="місць", what_en="places", command="varta load territory"
            )
    point = {"lat": line.point[0], "lon": line.point[1], "point_source": file} if line.point else {}
    hromada = replace(before[line.code], kind=line.kind, centre=line.centre, **point)
    if line.population is not None:
        hromada = replace(hromada, population=line.population, population_on=day, population_source=source)
    yield line.code, hromada
    yield line.centre, replace(before[line.centre], **point)
    if line.is_capital and before[line.code].oblast:
        oblast = before[before[line.code].oblast]
        yield oblast.code, replace(oblast, centre=line.centre, **point)


def sum_up() -> int:
    """Write the population of each raion, oblast and country whose parts are all known for one day.

    Returns how many sums changed. A part that is unknown leaves the whole unknown.
    """
    changed = 0
    for level in (Territory.RAION, Territory.OBLAST, Territory.COUNTRY):
        parts: dict[str, list[tuple[int | None, date | None, str]]] = {}
        below = Territory.objects.filter(level=level + 1, parent__level=level, valid_to__isnull=True)
        for parent, *part in below.values_list("parent", "population", "population_on", "population_source"):
            parts.setdefault(parent, []).append(tuple(part))
        changed += _write_sums({code: total for code, found in parts.items() if (total := _total(found))})
    return changed


def _total(parts: Iterable[tuple[int | None, date | None, str]]) -> tuple[int, date, str] | None:
    people, days, sources = zip(*parts, strict=True)
    if None in people or None in days or len(set(days)) > 1:
        return None
    return sum(people), days[0], SUM + " + ".join(sorted({source.removeprefix(SUM) for source in sources}))


def _write_sums(totals: Mapping[str, tuple[int, date, str]]) -> int:
    columns = ("code", "population", "population_on", "population_source")
    known = Territory.objects.filter(code__in=totals).values_list(*columns)
    rows = [(code, *totals[code]) for code, *before in known if tuple(before) != totals[code]]
    if rows:
        bulk.update_from(Territory, columns, rows)
    return len(rows)
