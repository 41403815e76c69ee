"""`varta load programme-series`."""

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("programme-series")
@click.argument("file", type=FILE, required=False)
@click.option("--sources", type=FILE, help="Titles of the sources: key, en, uk.  [default: those of Varta]")
def programme_series(file: Path | None, sources: Path | None) -> None:
    """Load what was published of the Hromada Police Officer programme; without FILE, what comes with Varta.

    A CSV file with the columns first, last, place, figure, value, kind, confidence, sources, formula,
    dispute, note_en and note_uk. It stands beside the counts from records and is never mixed with them.
    Derived figures are derived again, and what contradicts itself is named. The same file again changes nothing.
    """
    from varta.lib.clock import now
    from varta.officers import publishing
    from varta.officers.series import SeriesInvalid, disputes, reproduced
    from varta.people.scope import Reader, reading

    try:
        figures = publishing.text_of(file, "programme.csv")
        titles = publishing.text_of(sources, "sources.csv")
        with reading(Reader.system()):
            found = publishing.load(
                name=file.name if file else "Varta", figures=figures, sources=titles, at=now()
            )
    except SeriesInvalid as wrong:
        raise click.ClickException(str(wrong)) from wrong
    if found is None:
        click.echo("Nothing changed: this series is in force already.")
        return
    again = reproduced(found)
    same = sum(one.same for one in again)
    click.echo(
        f"{len(found.rows)} figures loaded; {same} of {len(again)} derived ones follow from their parts."
    )
    for one in again:
        if not one.same:
            said = "its parts are not in the file" if one.again is None else f"its parts give {one.again:g}"
            click.echo(f"  {one.row.first} {one.row.figure} {one.row.value:g}: {said}.")
    for dispute in disputes(found):
        listed = "; ".join(f"{row.first} {row.figure} {row.value:g}" for row in dispute.rows)
        click.echo(f"  Contradict each other: {listed}.")
