"""`varta report`: the report of a period, as the page shows it."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from varta.cli import django_ready

DAY = click.DateTime(["%Y-%m-%d"])
LEVELS = ["country", "oblast", "raion", "hromada", "directorate", "unit"]
FORMS = ["table", "json", "csv", "xlsx"]


@click.command()
@click.option("--from", "first", type=DAY, help="First day, for example 2019-01-01.")
@click.option("--to", "last", type=DAY, help="Last day, counted in.")
@click.option(
    "--period", "named", help="Instead of days: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12."
)
@click.option("--by", "level", default="oblast", show_default=True, type=click.Choice(LEVELS))
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(FORMS))
@click.option("--place", help="Code of a territory: only what lies in it.")
@click.option("--unit", help="Code of a unit: only what it and those below it answer for.")
@click.option("--indicators", default="", help="Codes, parted by commas; all without it.")
@click.option("--lang", default="uk", show_default=True, type=click.Choice(["uk", "en"]))
@click.option("--freeze", "name", help="Keep the report as it stands under this name; see `varta recount`.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write into a file.")
def command(
    first: datetime | None,
    last: datetime | None,
    named: str | None,
    level: str,
    form: str,
    place: str | None,
    unit: str | None,
    indicators: str,
    lang: str,
    name: str | None,
    output: Path | None,
) -> None:
    """Print the figures of a period beside the same days of the year before.

    Counts what lies in the lake; `varta refresh` brings it up to the journal.
    """  # fmt: skip
    django_ready(process="varta report")
    from varta.figures.periods import PeriodRefused
    from varta.people.scope import Reader
    from varta.results import exports
    from varta.results.report import Asked, ReportRefused, make

    try:
        codes = tuple(code.strip() for code in indicators.split(",") if code.strip())
        asked = Asked(_period(first, last, named, lang), level, place, unit, codes)
        report = make(asked, reader=Reader.system())
        if name:
            _freeze(asked, name)
    except (ReportRefused, PeriodRefused) as refused:
        raise click.ClickException(refused.texts[lang]) from refused
    if form == "table":
        _print_table(report, lang)
        return
    made = {
        "json": lambda: json.dumps(exports.as_json(report), ensure_ascii=False, indent=2).encode(),
        "csv": lambda: exports.as_csv(report, lang).encode(),
        "xlsx": lambda: exports.as_xlsx(report, lang),
    }[form]()
    if output:
        output.write_bytes(made)
    else:
        sys.stdout.buffer.write(made + (b"\n" if form == "json" else b""))


def _period(first: datetime | None, last: datetime | None, named: str | None, lang: str):
    """Return the period that was asked for, up to this day; what is cut off is told."""
    from varta.figures import Period, periods
    from varta.lib.clock import kyiv_day, now

    if not named and not (first and last):
        raise click.UsageError("Name the period: --from and --to, or --period 2019-9M.")
    period = periods.named(named) if named else Period(first.date(), last.date())
    asked = periods.to_this_day(period, today=kyiv_day(now()))
    if asked.note:
        click.echo(asked.note[lang], err=True)
    return asked.period


def _freeze(asked, name: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_slug

    from varta.lib.clock import now
    from varta.people.scope import Reader, reading
    from varta.results.freezing import freeze

    try:
        validate_slug(name)
    except ValidationError as wrong:
        raise click.ClickException("; ".join(wrong.messages)) from wrong
    with reading(Reader.system()) as system:
        freeze(asked, name=name, by=system, at=now())
    click.echo(f"Frozen: {name}", err=True)


def _print_table(report, lang: str) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from varta.results.exports import shown

    table = Table(title=f"{report.period.first} – {report.period.last}", box=SIMPLE)
    table.add_column("", no_wrap=True)
    for indicator in report.indicators:
        table.add_column(indicator.code, justify="right", no_wrap=True)
    for line in (*report.lines, report.total):
        cells = [shown(line.cells[one.code].now, one, lang) for one in report.indicators]
        table.add_row(line.names[lang], *cells, style="bold" if line is report.total else None)
    wanted = 36 + 14 * len(report.indicators)
    Console(width=max(wanted, Console().width)).print(table)
    for indicator in report.indicators:
        click.echo(f"{indicator.code}: {indicator.title[lang]}, {indicator.unit[lang]}")
