"""Where the columns of a mapping stand in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from varta.calls.files.converting import Layout
from varta.calls.files.keys import STEPS
from varta.calls.files.mapping import Column, Mapping, Way
from varta.calls.files.reading import Line, Source, column_of, no_such_column
from varta.calls.files.spotting import Asked
from varta.places.errors import NoRows


@dataclass(frozen=True)
class Plan:
    """How to read this file with this mapping."""

    header: list[str]
    layout: Layout
    asked: list[Asked]
    id: int  # column of the call's own number; -1: the line itself is its number
    same_call: bool
    body: Iterator[Line]


def plan(source: Source, mapping: Mapping, lines: Iterator[Line]) -> Plan:
    """Return the plan; raise NoSuchColumn with the nearest name when a needed column is missing."""
    first = next(lines, None)
    if first is None:
        raise NoRows(file=source.file.name)
    header, body = (first[1], lines) if mapping.header else (_numbers(first[1]), chain([first], lines))
    finder = _Columns(source, header)
    times = {
        step: finder.find(column, f"times.{STEPS[step]}", optional=step in mapping.times.optional)
        for step, column in mapping.times.columns.items()
    }
    chosen = {
        name: finder.find(one.columns, name, optional=one.optional) for name, one in mapping.chosen.items()
    }
    lost = [step for step, place in times.items() if place < 0 and step not in mapping.unrecorded]
    layout = Layout(
        width=len(header),
        times={step: place for step, place in times.items() if place >= 0},
        chosen=chosen,
        address=finder.find(mapping.address, "texts.address", optional=True),
        about=finder.find(mapping.about, "texts.about", optional=True),
        unrecorded=(*mapping.unrecorded, *lost),
    )
    asked = _asked(mapping.places, finder)
    number = finder.find(mapping.id, "id.column", optional=False)
    return Plan(header, layout, asked, number, mapping.same_call, body)


@dataclass(frozen=True)
class _Columns:
    source: Source
    header: list[str]

    def find(self, names: Column, use: str, *, optional: bool) -> int:
        """Return the place of a column, -1 when none is asked for or an optional one is missing."""
        if not names:
            return -1
        place = column_of(names, self.header)
        if place is None and not optional:
            raise no_such_column(self.source, names, self.header, use)
        return -1 if place is None else place


def _asked(ways: tuple[Way, ...], finder: _Columns) -> list[Asked]:
    """Return the ways for which this file has the columns; at least one must be left."""
    found = []
    for way in ways:
        columns = (way.lat, way.lon) if way.by == "point" else (way.column,) if way.column else ()
        cells = tuple(finder.find(column, "place", optional=True) for column in columns)
        if -1 not in cells:
            found.append(Asked(way, cells))
    if not any(one.way.by != "fixed" for one in found) and any(way.by != "fixed" for way in ways):
        first = next(way for way in ways if way.by != "fixed")
        raise no_such_column(finder.source, first.column or first.lat, finder.header, "place.column")
    return found


def _numbers(cells: list[str]) -> list[str]:
    return [str(number) for number in range(1, len(cells) + 1)]
