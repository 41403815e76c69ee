"""`varta backup`: a copy of database, keys and seals, proved by restoring it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from varta.lib import backups, clock, home, postgres

ELSEWHERE = """DATABASE_URL names a server of your own. Copy it with the tools of its system, for example
pgBackRest or pg_basebackup, together with the folders keys and seals of {home}; then let
`varta backup --done-elsewhere` record it, so that the health page knows."""


@click.command()
@click.argument("into", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--keep", default=14, show_default=True, help="How many backups to keep in the folder.")
@click.option(
    "--prove/--no-prove", default=True, show_default=True, help="Restore it on trial and count the rows."
)
@click.option("--done-elsewhere", is_flag=True, help="Only record that a backup was made by other means.")
def command(into: Path | None, keep: int, prove: bool, done_elsewhere: bool) -> None:
    """Copy the database, the keys and the seals to INTO (by default `backups` in the home folder).

    Varta may run meanwhile. The copy is then restored on trial into a server of its own, and the rows of every
    table are counted. A backup holds personal data and keys: keep it on an encrypted disk, and one elsewhere.
    """
    now = clock.now()
    if done_elsewhere:
        backups.record(backups.Backup("elsewhere", now.isoformat(), 0, {}, {}, {}))
        click.echo("Recorded.")
        return
    if not postgres.is_embedded():
        raise click.ClickException(ELSEWHERE.format(home=home.path()))
    postgres.use()
    try:
        made = _make((into or home.folder("backups")).resolve(), now=now, prove=prove)
    except (backups.BackupFailed, RuntimeError, OSError) as error:
        raise click.ClickException(f"No backup was made: {error}") from error
    finally:
        postgres.leave()
    backups.forget_old(Path(made.folder).parent, keep=keep)
    click.echo(f"{made.folder}: {made.bytes / 1e6:.1f} MB, {sum(made.most.values()):,} rows.")


def _make(into: Path, *, now: datetime, prove: bool) -> backups.Backup:
    made = backups.make(into, now=now)
    if prove:
        click.echo("Restoring it on trial …")
        backups.compare(made, backups.prove(Path(made.folder)))
        made = replace(made, proved_at=clock.now().isoformat())
    backups.record(made)
    return made
