"""A mapping: what the columns of a file of calls mean, as its TOML file says it."""

import tomllib
from collections.abc import Mapping as Words
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from varta.calls.files.choosing import Choosing
from varta.calls.files.errors import MappingNotFound, MappingWrong
from varta.calls.files.keys import CHOSEN, STEPS, Reading

SHIPPED = Path(__file__).parent / "mappings"

Column = tuple[str | int, ...]  # names of one column in different years; its number, from 1, without a header


@dataclass(frozen=True)
class Times:
    """Where the moments stand and how they are written; a step without a column is not recorded."""

    zone: str
    formats: tuple[str, ...]
    empty: tuple[str, ...]
    nothing_before: datetime
    columns: Words[str, Column]  # by step: receive, assign, arrive, close
    optional: frozenset[str]  # steps whose column some years lack


@dataclass(frozen=True)
class Way:
    """One way to find the place of a line."""

    by: str  # code, name, point, fixed
    column: Column = ()
    prefix: str = ""
    values: Words[str, str] | None = None
    within: str | None = None
    level: int | None = None
    lat: Column = ()
    lon: Column = ()
    max_km: float = 10.0
    code: str = ""


@dataclass(frozen=True)
class Ground:
    """A territory or units of the source's own, loaded before the calls."""

    file: Path
    root: str = ""
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Mapping:
    """All that a loader must know of a source."""

    name: str
    source: str
    encoding: str | None
    delimiter: str | None
    header: bool
    id: Column
    same_call: bool  # further lines with an id are about the call already read
    times: Times
    chosen: Words[str, Choosing]
    places: tuple[Way, ...]
    unit: str | None  # None: the unit that answers for the place
    territory: Ground | None
    units: Ground | None
    address: Column
    about: Column
    unrecorded: tuple[str, ...]


def names() -> list[str]:
    """Return the names of the mappings that come with Varta."""
    return sorted(file.stem for file in SHIPPED.glob("*.toml"))


def find(asked: str) -> Mapping:
    """Return the mapping of a name that comes with Varta, or of a file; raise LoadRefused if it is wrong."""
    file = Path(asked)
    if not asked.endswith(".toml"):
        file = SHIPPED / f"{asked.replace('_', '-')}.toml"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        raise MappingNotFound(mapping=asked, known=", ".join(names())) from None
    except UnicodeDecodeError as error:
        raise _not_toml(file, error) from error
    try:
        return read(tomllib.loads(text), file=file)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(file, error) from error


def read(given: dict[str, Any], *, file: Path) -> Mapping:
    """Return the mapping that a TOML file holds; raise MappingWrong with the key that is wrong."""
    top = Reading(given, file=file)
    shape, times, unit = top.table("file"), top.table("times", needed=True), top.table("unit", needed=True)
    header = shape.flag("header", default=True)
    identity, texts = top.table("id"), top.table("texts")
    mapping = Mapping(
        name=file.stem,
        source=top.text("source", needed=True),
        encoding=shape.text("encoding") or None,
        delimiter=shape.text("delimiter") or None,
        header=header,
        id=identity.column("column", header=header),
        same_call=identity.one_of("repeated", ("reject", "same-call"), default="reject") == "same-call",
        times=_times(times, header=header),
        chosen={name: top.table(name).choosing(name, header=header) for name in CHOSEN},
        places=tuple(_way(one, header=header) for one in top.tables("place")),
        unit=unit.text("code", needed=True) if _is_fixed(unit) else None,
        territory=_ground(top.table("territory")) if "territory" in given else None,
        units=Ground(unit.path("file")) if "file" in given["unit"] else None,
        address=texts.column("address", header=header),
        about=texts.column("about", header=header),
        unrecorded=top.several_of("unrecorded", ("assign", "arrive", "close", "false_call")),
    )
    top.text("title")
    top.text("about")
    top.finish()
    return mapping


def _times(table: Reading, *, header: bool) -> Times:
    columns = {
        step: table.column(name, header=header, needed=step == "receive") for step, name in STEPS.items()
    }
    before = table.text("nothing_before") or "1900-01-02"
    return Times(
        zone=table.zone("zone"),
        formats=table.formats("formats"),
        empty=tuple(table.texts("empty")),
        nothing_before=table.day(before, "nothing_before"),
        columns={step: column for step, column in columns.items() if column},
        optional=frozenset(table.several_of("optional", tuple(STEPS)[1:])),
    )


def _is_fixed(unit: Reading) -> bool:
    return unit.one_of("by", ("place", "fixed"), default="fixed") == "fixed"


def _way(table: Reading, *, header: bool) -> Way:
    by = table.one_of("by", ("code", "name", "point", "fixed"), needed=True)
    named, point = by in ("code", "name"), by == "point"
    way = Way(
        by=by,
        column=table.column("column", header=header, needed=named),
        prefix=table.text("prefix"),
        values=table.words("values") or None,
        within=table.text("within") or None,
        level=table.whole("level"),
        lat=table.column("lat", header=header, needed=point),
        lon=table.column("lon", header=header, needed=point),
        max_km=table.number("max_km", default=10.0),
        code=table.text("code", needed=by == "fixed"),
    )
    table.finish()
    return way


def _ground(table: Reading) -> Ground:
    return Ground(
        table.path("file"),
        table.text("root", needed=True),
        table.text("name", needed=True),
        table.text("name_en") or table.text("name"),
    )


def _not_toml(file: Path, error: Exception) -> MappingWrong:
    return MappingWrong(
        mapping=file.name,
        where="TOML",
        reason_uk=f"файл не читається: {error}",
        reason_en=f"not readable: {error}",
    )
