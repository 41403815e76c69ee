"""`varta report`: the report of a period, or a frozen one, on the screen or as a file of any form."""

import sys
from datetime import datetime
from pathlib import Path

import click

from varta.cli import django_ready

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(dir_okay=False, path_type=Path)
LEVELS = ["country", "oblast", "raion", "hromada", "directorate", "unit"]
FORMS = ["table", "pdf", "docx", "xlsx", "csv", "json", "sdmx", "pptx"]


@click.command()
@click.argument("frozen", metavar="[NAME]", required=False)
@click.option("--from", "first", type=DAY, help="First day, for example 2019-01-01.")
@click.option("--to", "last", type=DAY, help="Last day, counted in.")
@click.option(
    "--period", "named", help="Instead of days: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12."
)
@click.option("--by", "level", default="oblast", show_default=True, type=click.Choice(LEVELS))
@click.option("--form", "--format", "form", default="table", show_default=True, type=click.Choice(FORMS))
@click.option("--place", help="Code of a territory: only what lies in it.")
@click.option("--unit", help="Code of a unit: only what it and those below it answer for.")
@click.option("--indicators", default="", help="Codes, parted by commas; all without it.")
@click.option("--lang", default="uk", show_default=True, type=click.Choice(["uk", "en"]))
@click.option("--freeze", "name", help="Keep the report as it stands under this name; see `varta recount`.")
@click.option(
    "--revise", "reason", help="Keep the next edition of NAME, counted from what the journal says now."
)
@click.option("--out", "--output", "output", type=FILE, help="Write into a file.")
def command(
    frozen: str | None,
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
    reason: str | None,
    output: Path | None,
) -> None:
    """Show the frozen report NAME, or count a period beside the same days of the year before.

    Counts what lies in the lake; `varta refresh` brings it up to the journal. Forms: PDF, DOCX, XLSX with live
    formulas, CSV with a description of its columns in one archive, JSON, SDMX-JSON, and slides (PPTX).
    """  # fmt: skip
    if frozen and (first or last or named or name):
        raise click.UsageError("A frozen report has its period: give NAME alone, or a period without NAME.")
    if reason and not frozen:
        raise click.UsageError("Name the frozen report whose next edition this is.")
    django_ready(process="varta report")
    from varta.results.out.making import FORMS as FILES

    if frozen:
        pack = _kept(_revised(frozen, reason, lang) if reason else frozen)
    else:
        pack = _counted(_period(first, last, named, lang), level, place, unit, indicators, lang, name)
    if form == "table":
        _print_tables(pack, lang)
        return
    made = FILES[form].make(pack, lang)
    if output:
        output.write_bytes(made)
    else:
        sys.stdout.buffer.write(made)


def _kept(name: str):
    from varta.people.scope import Reader, reading
    from varta.results.models import FrozenReport
    from varta.results.pack import of_frozen

    with reading(Reader.system()):
        found = FrozenReport.objects.filter(name=name).first()
    if found is None:
        raise click.ClickException(
            f"There is no frozen report “{name}”. `varta report … --freeze NAME` makes one."
        )
    return of_frozen(found)


def _revised(name: str, reason: str, lang: str) -> str:
    """Keep the next edition of a report, say what has changed, and return its name."""
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading
    from varta.results.freezing import revise
    from varta.results.models import FrozenReport
    from varta.results.report import ReportRefused

    _kept(name)
    try:
        with reading(Reader.system()) as system:
            kept, changes = revise(FrozenReport.objects.get(name=name), reason=reason, by=system, at=now())
            if not changes:
                raise ReportRefused(
                    "Показники не змінилися: нова редакція не потрібна.",
                    "No figure has changed: there is nothing to revise.",
                )
    except ReportRefused as refused:
        raise click.ClickException(refused.texts[lang]) from refused
    click.echo(f"Frozen: {kept.name}", err=True)
    for change in changes:
        was, is_now = change.values
        click.echo(
            f"{change.level}, {change.line.name[lang]}, {change.head.code}, {change.span}: {was} → {is_now}",
            err=True,
        )
    return kept.name


def _counted(
    period, level: str, place: str | None, unit: str | None, indicators: str, lang: str, name: str | None
):
    """Return the pack of a period as it stands now; with a name, it is frozen."""
    from varta.lib.clock import now
    from varta.people.scope import Reader
    from varta.results.pack import of_report
    from varta.results.report import Asked, ReportRefused, make

    codes = tuple(code.strip() for code in indicators.split(",") if code.strip())
    try:
        asked = Asked(period, level, place, unit, codes)
        report = make(asked, reader=Reader.system())
        if name:
            _freeze(asked, name)
            return _kept(name)
    except ReportRefused as refused:
        raise click.ClickException(refused.texts[lang]) from refused
    return of_report(report, name=f"{period.first}-{period.last}-{level}", at=now())


def _period(first: datetime | None, last: datetime | None, named: str | None, lang: str):
    """Return the period that was asked for, up to this day; what is cut off is told."""
    from varta.figures import Period, periods
    from varta.lib.clock import kyiv_day, now

    if not named and not (first and last):
        raise click.UsageError(
            "Name the period: --from and --to, or --period 2019-9M; or name a frozen report."
        )
    try:
        period = periods.named(named) if named else Period(first.date(), last.date())
        asked = periods.to_this_day(period, today=kyiv_day(now()))
    except periods.PeriodRefused as refused:
        raise click.ClickException(refused.texts[lang]) from refused
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


def _print_tables(pack, lang: str) -> None:
    """Print the tables of each level, with the indicators of all chapters side by side."""
    levels = dict.fromkeys(table.level for chapter in pack.chapters for table in chapter.tables)
    for level in levels:
        _print_table(pack, level, lang)


def _print_table(pack, level: str, lang: str) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from varta.results.out.words import shown, text

    parts = [table for chapter in pack.chapters for table in chapter.tables if table.level == level]
    table = Table(title=f"{pack.first} – {pack.last}", box=SIMPLE)
    table.add_column("", no_wrap=True)
    heads = [head for part in parts for head in part.heads]
    for head in heads:
        table.add_column(head.code, justify="right", no_wrap=True)
    for lines in zip(*((*part.lines, part.total) for part in parts), strict=True):
        figures = {code: figure for line in lines for code, figure in line.figures.items()}
        cells = [shown(figures[head.code].now, figures[head.code].state, head, lang) for head in heads]
        table.add_row(text(lines[0].name, lang), *cells, style="bold" if lines[0].code == "*" else None)
    wanted = 36 + 14 * len(heads)
    Console(width=max(wanted, Console().width)).print(table)
    for head in heads:
        click.echo(f"{head.code}: {text(head.title, lang)}, {text(head.unit, lang)}")
