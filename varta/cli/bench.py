"""`varta bench`: the benchmarks, each beside its floor and its peers in the same run."""

import subprocess
import sys
from pathlib import Path

import click

FOLDER = Path(__file__).resolve().parents[2] / "bench"


def benchmarks() -> list[str]:
    """Return the names of the benchmarks: the files of bench/ that run by themselves."""
    runs = (file for file in FOLDER.glob("*.py") if '__name__ == "__main__"' in file.read_text())
    return sorted(file.stem for file in runs)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("names", nargs=-1, type=click.UNPROCESSED)
@click.option("--smoke", is_flag=True, help="Tiny sizes: shows that each runs, says nothing about speed.")
def command(names: tuple[str, ...], smoke: bool) -> None:
    """Run the benchmarks NAMES, or all: each prints its table with floor and peers.

    Other options go to the benchmarks, for example `varta bench search --persons 1000000 --calls 2000000`.
    """
    named, options = _parted(names)
    known = benchmarks()
    if unknown := set(named) - set(known):
        raise click.ClickException(
            f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}."
        )
    options += ["--smoke"] if smoke else []
    failed = [name for name in named or known if not _run(name, options)]
    if failed:
        raise click.ClickException(f"Failed: {', '.join(failed)}")


def _parted(given: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the names, and what follows from the first option on."""
    start = next((place for place, one in enumerate(given) if one.startswith("-")), len(given))
    return list(given[:start]), list(given[start:])


def _run(name: str, options: list[str]) -> bool:
    click.secho(f"\n== {name}", bold=True)
    command = [sys.executable, "-m", f"bench.{name}", *options]
    return subprocess.run(command, check=False, cwd=FOLDER.parent).returncode == 0
