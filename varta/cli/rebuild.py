"""`varta rebuild`: cases, deadlines and involvements computed again from entries."""

import click

from varta.cli import django_ready


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; name what differs and end with 1.")
def command(check: bool) -> None:
    """Compute cases, deadlines and people again from the entries, and put right what differs."""
    django_ready(process="varta rebuild")
    from rich.console import Console
    from rich.status import Status

    from varta.cases import rebuild
    from varta.people.scope import Reader, reading

    with Status("Reading", console=Console(stderr=True)) as status:

        def progress(stage: str, done: int) -> None:
            status.update(f"{stage}: {done:,}")

        if check:
            with reading(Reader.system()):
                found = list(rebuild.differences(progress=progress))
        else:
            found = rebuild.rebuild(progress=progress)
    for one in found:
        click.echo(f"case {one.case}: {one.what}")
    click.echo(f"{len(found)} cases {'differ' if check else 'were put right'}.")
    if check and found:
        raise SystemExit(1)
