"""`varta load territory`, `hromadas`, `units`, `boundaries`, `facts` and `beats`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from psycopg.errors import UndefinedTable
from rich.console import Console
from rich.table import Table

from varta.lib import clock
from varta.places.errors import DatabaseLost, LoadRefused, NotMigrated

STAGES = {
    "reading": "Reading the file",
    "comparing": "Comparing with what is known",
    "writing": "Writing what is new",
    "points": "Finding coordinates and populations in GeoNames",
    "boundaries": "Drawing approximate boundaries",
    "loading": "Loading",
}
_FILE = click.Path(dir_okay=False, path_type=Path)
_encoding = click.option("--encoding", default="utf-8", show_default=True, help="Encoding of a CSV file.")
_as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y"]),
    help="Day whose state the file describes; without it the day in the file's title, or today.",
)


@click.command()
@click.argument("file", type=_FILE, required=False)
@_as_of
@click.option("--root", default="UA", show_default=True, help="Code of the country whose tree it is.")
@click.option("--name", help="Name of the country in Ukrainian, for a root other than UA.")
@click.option("--name-en", help="Name of the country in English.")
@_encoding
@click.option("--allow-loss", is_flag=True, help="Close even more than a tenth of the places in force.")
@click.option("--points/--no-points", default=True, help="Take coordinates and populations from GeoNames.")
def territory(
    file: Path | None,
    as_of: datetime | None,
    root: str,
    name: str | None,
    name_en: str | None,
    encoding: str,
    allow_loss: bool,
    points: bool,
) -> None:
    """Load a codifier of places: КАТОТТГ from its package or the official file, or another country's tree.

    Any file may be packed with gzip. A later state closes what is gone, adds what is new and keeps the
    history of what changed; the same file again changes nothing. A tree of another country needs --root
    and the columns code, parent and name; category, name_en, lat, lon, population are read if they are there.
    """
    from varta.places import boundaries as drawing
    from varta.places import codifier, population
    from varta.places import facts as known
    from varta.places import points as geonames
    from varta.places import territory as loading

    with _working() as tell:
        tell("reading")
        today = clock.kyiv_day(clock.now())
        if file is None:
            read = codifier.packaged()
        else:
            day = as_of.date() if as_of else None
            read = codifier.read(file, root=root, as_of=day, otherwise=today, encoding=encoding)
        top = loading.ROOT_OF_UKRAINE
        if root != top.code:
            top = loading.Root(root, name or name_en or root, name_en or name or root)
        outcome = loading.load(read, root=top, allow_loss=allow_loss, tell=tell)
        placed = drawn = 0
        if points and root == loading.ROOT_OF_UKRAINE.code and (outcome.added or outcome.renamed):
            tell("points")
            placed = geonames.fill() + population.fill()
            tell("boundaries")
            drawn = drawing.fill().written
        if root == loading.ROOT_OF_UKRAINE.code:
            known.fill()
    rows = {
        "Places known before": outcome.known,
        "Added": len(outcome.added),
        "Closed": len(outcome.closed),
        "Renamed": len(outcome.renamed),
        "Moved to another parent": len(outcome.moved),
        "In force again": len(outcome.returned),
        "Given coordinates or population": placed,
        "Boundaries drawn": drawn,
    }
    _report(f"{root} as of {read.as_of}, from {read.source}", rows)
    if outcome.moved:
        click.echo("Places moved: run `varta rebuild`, so that cases follow them.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--source", help="Who counted the population; State Statistics Service by default.")
@_encoding
def hromadas(file: Path, source: str | None, encoding: str) -> None:
    """Load kind, centre, coordinates and population of hromadas.

    Needs the columns code, center_code, center_lat, center_lon and population_YYYY (1 January of that year);
    type is read if it is there. Populations of raions and oblasts follow where all their parts are known.
    """
    from varta.places import hromadas as loading

    with _working() as tell:
        tell("loading")
        outcome = loading.load(file, source=source or loading.STATISTICS, encoding=encoding)
    rows = {
        "Lines read": outcome.read,
        "Places changed": outcome.changed,
        "Sums of population changed": outcome.summed,
    }
    _report(f"Hromadas from {file.name}", rows)


@click.command()
@click.argument("file", type=_FILE, required=False)
@_as_of
@click.option(
    "--close-missing", is_flag=True, help="Close units of the same tree that the file does not name."
)
@_encoding
def units(file: Path | None, as_of: datetime | None, close_missing: bool, encoding: str) -> None:
    """Load units of the police: the usual structure built over КАТОТТГ, or your own from a CSV or XLSX file.

    A file needs the columns code, parent, name, kind, branch and places (codes apart by spaces);
    name_en is read if it is there. Units that the file does not name stay as they are.
    """
    from varta.places import police
    from varta.places import units as loading

    with _working() as tell:
        tell("reading")
        rows = loading.read(file, encoding=encoding) if file else police.build()
        tell("writing")
        day: date = as_of.date() if as_of else clock.kyiv_day(clock.now())
        outcome = loading.load(rows, as_of=day, close_missing=close_missing)
    counts = {
        "Units known before": outcome.known,
        "Added": outcome.added,
        "Changed": outcome.changed,
        "Closed": outcome.closed,
        "Places given or taken": outcome.places,
    }
    _report(f"Units from {file.name if file else 'the usual structure'}", counts)


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--source", help="Who drew the boundaries: maps say it.")
@click.option("--code", "code_field", default="code", show_default=True, help="Property that holds the code.")
def boundaries(file: Path | None, source: str | None, code_field: str) -> None:
    """Load boundaries of places from a GeoJSON file; without a file, draw approximate ones anew.

    The file is a FeatureCollection of polygons in WGS84 degrees whose features name the place's code.
    Approximate boundaries follow from the points of settlements: maps say that they are not exact.
    """
    from varta.places import boundaries as drawing

    with _working() as tell:
        tell("loading" if file else "boundaries")
        if file is None:
            outcome = drawing.fill()
        else:
            outcome = drawing.load(file, source=source or file.name, code_field=code_field)
    _report(
        f"Boundaries from {file.name if file else 'the points of settlements'}",
        {"Written": outcome.written, "Left out": len(outcome.left_out)},
    )
    for line in outcome.left_out[:20]:
        click.echo(line)


_reject = click.option(
    "--reject",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rejected lines go; FILE.rejected.csv in this folder by default.",
)


@click.command()
@click.argument("file", type=_FILE)
@_reject
@_encoding
def facts(file: Path, reject: Path | None, encoding: str) -> None:
    """Load which territory is front-line or occupied, from which day to which, from a CSV or XLSX file.

    Needs the columns code, kind (front_line, occupied), since and source; until (the first day on which it
    is no longer so), verified_by, verified_on and invented (1: made up for a demonstration) are read if they
    are there. A line about the same place, kind and first day changes what was said.
    """
    from varta.places import dated

    _dated("Facts of territories", dated.load_facts, file, reject, encoding)


@click.command()
@click.argument("file", type=_FILE)
@_reject
@_encoding
def beats(file: Path, reject: Path | None, encoding: str) -> None:
    """Load beats of officers, with the people who live there, from a CSV or XLSX file.

    Needs the columns code, hromada, name, kind (rural, urban), since and source; places (codes of settlements
    apart by spaces), population, population_on, until, verified_by, verified_on and invented are read if
    they are there.
    """
    from varta.places import dated

    _dated("Beats", dated.load_beats, file, reject, encoding)


def _dated(title: str, load: Callable[..., Any], file: Path, reject: Path | None, encoding: str) -> None:
    rejects = reject or Path(f"{file.name}.rejected.csv")
    with _working() as tell:
        tell("loading")
        outcome = load(file, reject=rejects, encoding=encoding)
    _report(
        f"{title} from {file.name}",
        {
            "Lines read": outcome.read,
            "Added": outcome.added,
            "Changed": outcome.changed,
            "Already there": outcome.there,
            "Rejected": len(outcome.rejected),
        },
    )
    if outcome.rejected:
        click.echo(f"Rejected lines with their reasons: {rejects}")


@contextmanager
def _working() -> Iterator[Callable[[str], None]]:
    """Show what is being done, and turn a refusal into a message in both languages and exit code 1."""
    from django.db import OperationalError, ProgrammingError

    console = Console(stderr=True)
    try:
        with console.status(STAGES["reading"]) as status:
            yield lambda stage: status.update(STAGES[stage])
    except LoadRefused as refused:
        raise _told(refused) from None
    except OperationalError as lost:
        reason = str(lost).strip().splitlines()[0]
        raise _told(DatabaseLost(reason=reason)) from None
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        raise _told(NotMigrated()) from None


def _told(refused: LoadRefused) -> click.ClickException:
    return click.ClickException(f"{refused.text('uk')}\n{refused.text('en')}")


def _report(title: str, rows: dict[str, int]) -> None:
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for label, count in rows.items():
        table.add_row(label, f"{count:,}")
    Console().print(table)
