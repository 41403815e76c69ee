"""`varta load targets` and `varta load earlier-months`."""

from pathlib import Path

import click

FILE = click.Path(dir_okay=False, path_type=Path)
_encoding = click.option("--encoding", default="utf-8", show_default=True, help="Encoding of a CSV file.")
_rejects = click.option(
    "--rejects", type=FILE, help="Where lines go that were not loaded.  [default: beside FILE]"
)


@click.command("targets")
@click.argument("file", type=FILE)
@_encoding
@_rejects
def targets(file: Path, encoding: str, rejects: Path | None) -> None:
    """Load targets of places and units; a changed line is another edition, the same file again changes nothing.

    A CSV or XLSX file with the columns indicator, place, unit, span (year, nine_months, half_year, quarter,
    month), first, value (a share between 0 and 1), method (decision, last_year, best_quarter, national_norm,
    other), basis; sense (at_least, at_most) and reason if they are there.
    """
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading
    from varta.results.ahead import loading

    with reading(Reader.system()) as reader:
        _told(file, rejects, lambda reject: loading.load_targets(
            file, reject=reject, by=reader, at=now(), encoding=encoding
        ))  # fmt: skip


@click.command("earlier-months")
@click.argument("file", type=FILE)
@_encoding
@_rejects
def earlier_months(file: Path, encoding: str, rejects: Path | None) -> None:
    """Load monthly figures of the time before Varta, so that forecasts have years to learn from.

    A CSV or XLSX file with the columns indicator, place (country or oblast), month (2018-10), value, source; base
    (what a share or mean rests on) and invented if they are there. Months that entries tell are counted from these.
    """
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading
    from varta.results.ahead import loading

    with reading(Reader.system()):
        _told(file, rejects, lambda reject: loading.load_months(
            file, reject=reject, at=now(), encoding=encoding
        ))  # fmt: skip


def _told(file: Path, rejects: Path | None, load: object) -> None:
    from varta.places.errors import LoadRefused

    reject = rejects or file.with_name(f"{file.stem}-rejects.csv")
    try:
        found = load(reject)  # type: ignore[operator]
    except LoadRefused as refused:
        raise click.ClickException(f"{refused.text('uk')}\n{refused.text('en')}") from refused
    click.echo(f"{found.added} added, {found.changed} changed, {found.there} already there.")
    if found.rejected:
        click.echo(f"{len(found.rejected)} lines were not loaded; see {reject}.", err=True)
