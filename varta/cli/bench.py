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


@click.command()
@click.argument("names", nargs=-1)
@click.option("--smoke", is_flag=True, help="Tiny sizes: shows that each runs, says nothing about speed.")
def command(names: tuple[str, ...], smoke: bool) -> None:
    """Run the benchmarks NAMES, or all: each prints its table with floor and peers."""
    known = benchmarks()
    if unknown := set(names) - set(known):
        raise click.ClickException(
            f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}."
        )
    failed = [name for name in names or known if not _run(name, smoke=smoke)]
    if failed:
        raise click.ClickException(f"Failed: {', '.join(failed)}")


def _run(name: str, *, smoke: bool) -> bool:
    click.secho(f"\n== {name}", bold=True)
    command = [sys.executable, "-m", f"bench.{name}", *(["--smoke"] if smoke else [])]
    return subprocess.run(command, check=False, cwd=FOLDER.parent).returncode == 0
