"""`varta load calls`."""

import time
from pathlib import Path

import click
from psycopg.errors import UndefinedTable
from rich.console import Console
from rich.table import Table

from varta.calls.files.errors import NothingFits, Stopped
from varta.calls.files.progress import bar, told
from varta.lib import clock
from varta.places.errors import DatabaseLost, LoadRefused, NotMigrated

WAYS = {"code": "by code", "name": "by name", "point": "by coordinates", "fixed": "the fixed place"}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "asked",
    required=True,
    help="What the columns mean: new-orleans, seattle, montgomery or a .toml file.",
)
@click.option(
    "--reject",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rejected lines go; FILE.rejected.csv in this folder by default.",
)
@click.option("--dry-run", is_flag=True, help="Check every line by every rule, and keep nothing.")
@click.option("--limit", type=click.IntRange(1), help="Load only the first lines.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 32), help="Processes to use.")
@click.option("--encoding", help="Encoding of the file, if neither the mapping's nor UTF-8.")
@click.option("--refresh/--no-refresh", default=True, show_default=True, help="Bring the figures up to date.")
def calls(
    file: Path,
    asked: str,
    reject: Path | None,
    dry_run: bool,
    limit: int | None,
    jobs: int,
    encoding: str | None,
    refresh: bool,
) -> None:
    """Load calls from a CSV file, packed with gzip or not, as a mapping describes it.

    Every line is loaded, was there already, or goes to the reject file with its number and the reason. The
    same command again goes on after an interruption and doubles nothing.
    """
    from django.db import OperationalError, ProgrammingError

    from varta.calls.files import ground, loading, mapping, reading

    rejects = reject or Path(f"{file.name}.rejected.csv")
    now = clock.now()
    try:
        described = mapping.find(asked)
        with bar("lines") as progress:
            task = progress.add_task("Looking through the file", total=None, rate="")
            source = reading.look_through(
                file, encoding=encoding or described.encoding, delimiter=described.delimiter
            )
            ground.prepare(described, today=clock.kyiv_day(now))
            total = min(source.breaks, limit or source.breaks)
            progress.reset(task, total=total, description="Loading calls", rate="")
            started = time.monotonic()

            def tell(totals: loading.Totals) -> None:
                rate = totals.at_line / max(0.001, time.monotonic() - started)
                progress.update(task, completed=min(totals.at_line, total), rate=f"{rate:,.0f}/s")

            totals = loading.load(
                source,
                described,
                rejects=rejects,
                now=now,
                jobs=jobs,
                limit=limit,
                keep=not dry_run,
                tell=tell,
            )
            seconds = time.monotonic() - started
            if refresh and not dry_run:
                progress.update(task, completed=total, description="Bringing the figures up to date")
                _refresh()
    except LoadRefused as refused:
        raise told(refused) from None
    except KeyboardInterrupt:
        raise told(Stopped()) from None
    except OperationalError as lost:
        raise told(DatabaseLost(reason=str(lost).strip().splitlines()[0])) from None
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        raise told(NotMigrated()) from None
    _report(totals, file=file, rejects=rejects, seconds=seconds, dry_run=dry_run)


def _refresh() -> None:
    from varta.lake import dimensions
    from varta.lake.refresh import refresh

    dimensions.write()
    refresh(clock.now())


def _report(totals, *, file: Path, rejects: Path, seconds: float, dry_run: bool) -> None:
    title = f"Calls from {file.name}{': a trial, nothing was kept' if dry_run else ''}"
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    rows = {
        "Lines read": totals.lines,
        "Loaded": totals.loaded,
        "Already there": totals.there,
        "Rejected": totals.rejected,
        **{f"  {code}": count for code, count in sorted(totals.reasons.items())},
        "Entries written": totals.entries,
        **{f"Places found: {WAYS[way]}": count for way, count in sorted(totals.ways.items())},
        "Times at a clock change": totals.unclear_times,
        "Lines a second": round(totals.lines / max(seconds, 0.001)),
    }
    for label, count in rows.items():
        table.add_row(label, f"{count:,}")
    Console().print(table)
    if totals.rejected:
        click.echo(f"Rejected lines with their reasons: {rejects}")
    if totals.rejected and totals.rejected == totals.lines:
        raise told(NothingFits(file=file.name, rejects=rejects))
