"""`varta restore`: database, keys and seals back from a backup."""

import fcntl
from pathlib import Path

import click

from varta.lib import backups, clock, embedded, home, postgres

SET_ASIDE = ("keys", "seals", "lake")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Set aside the database that is there now.")
def command(folder: Path, replace: bool) -> None:
    """Bring back the database, the keys and the seals of the backup in FOLDER.

    What is there now is not deleted: with --replace it is moved to a folder `before-…` in the home folder.
    Run `varta verify` afterwards. The lake is made anew from the entries.
    """
    if not postgres.is_embedded():
        raise click.ClickException("DATABASE_URL names a server of your own: restore it with its own tools.")
    with open(home.path() / "run.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("Varta runs from this folder: stop it first.") from None
        try:
            backups.read(folder)
            if (home.path() / "postgres").exists():
                _set_aside(replace=replace)
            found = backups.restore(folder)
        except (backups.BackupFailed, embedded.ServerFailed) as error:
            raise click.ClickException(str(error)) from error
        finally:
            postgres.leave()
    click.echo(f"{sum(found.values()):,} rows are back. Now run: varta verify")


def _set_aside(*, replace: bool) -> None:
    if not replace:
        raise click.ClickException(f"There is a database in {home.path()} already; --replace sets it aside.")
    aside = home.folder(f"before-{clock.now():%Y-%m-%dT%H%M%SZ}")
    embedded.give_up_cluster(aside / "postgres")
    for name in SET_ASIDE:
        if (home.path() / name).exists():
            (home.path() / name).rename(aside / name)
    click.echo(f"What was here is now in {aside}.")
