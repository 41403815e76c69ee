"""`varta place`: where to put officers, as a researcher would ask, without the rest of Varta."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Solve placement problems: an answer is JSON with value, proven bound, gap, chosen sites and seconds."""


@command.command()
@click.argument("file", type=FILE)
@click.option("--sites", "wanted", type=int, default=None, help="Sites to open.  [default: p of the file]")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Time limit.")
@click.option("--gap", type=float, default=0.0, show_default=True, help="Relative gap that is good enough.")
@click.option("--fix", multiple=True, type=int, help="A vertex, numbered from 1, that must be open.")
@click.option("--forbid", multiple=True, type=int, help="A vertex that must stay closed.")
def pmedian(
    file: Path, wanted: int | None, seconds: float, gap: float, fix: tuple[int, ...], forbid: tuple[int, ...]
) -> None:
    """Open p sites of a graph so that all vertices together are nearest to one.

    FILE is in the format of the OR-Library: `vertices edges p`, then `i j cost` for each edge.
    """
    from varta.planning.placement import instance, median, orlib

    def solved() -> dict[str, Any]:
        graph = orlib.read(file)
        given = wanted if wanted is not None else graph.wanted
        answer = median.solve(
            instance.of_matrix(graph.distances),
            given,
            fixed=[one - 1 for one in fix],
            forbidden=[one - 1 for one in forbid],
            seconds=seconds,
            gap=gap,
            tell=_tell,
        )
        return {
            "value": answer.value,
            "bound": answer.bound,
            "gap": answer.gap,
            "stopped": answer.stopped,
            "chosen": [site + 1 for site in answer.chosen],
            "seconds": round(answer.seconds, 3),
        }

    _print(solved)


@command.command()
@click.argument("demand", type=FILE)
@click.argument("sites", type=FILE)
@click.option("--officers", type=int, required=True, help="Officers in all, those present among them.")
@click.option("--minutes", type=float, required=True, help="Who is nearer than this is covered.")
@click.option("--least", multiple=True, metavar="GROUP=N", help="At least N officers in a group of sites.")
@click.option("--most", multiple=True, metavar="GROUP=N", help="At most N officers in a group of sites.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Time limit.")
def cover(
    demand: Path,
    sites: Path,
    officers: int,
    minutes: float,
    least: tuple[str, ...],
    most: tuple[str, ...],
    seconds: float,
) -> None:
    """Place officers so that the most weight of DEMAND is within so many minutes of one.

    Both files are CSV with a header: lat, lon, and name; DEMAND has weight, SITES may have present (officers
    who stay), limit (at most; 1 where empty) and group. Minutes are driven over straight lines with a detour.
    """
    from varta.planning import GreatCircle
    from varta.planning.placement import cover as covering
    from varta.planning.placement import tables

    def solved() -> dict[str, Any]:
        people, places = tables.read(demand), tables.read(sites)
        conditions = covering.Conditions(
            places.present, places.limit, places.group, _pairs(least), _pairs(most)
        )
        near = tables.within(people, places, minutes=minutes, travel=GreatCircle())
        answer = covering.solve(near, people.weights, officers, conditions, seconds=seconds)
        return {
            "value": answer.value,
            "of": float(people.weights.sum()),
            "bound": answer.bound,
            "gap": answer.gap,
            "stopped": answer.stopped,
            "chosen": {places.names[site]: number for site, number in answer.officers.items()},
            "seconds": round(answer.seconds, 3),
        }

    _print(solved)


@command.command()
@click.argument("demand", type=FILE)
@click.argument("sites", type=FILE)
@click.option(
    "--officers", type=int, required=True, help="Sites with an officer in all, those present among them."
)
@click.option("--seconds", type=float, default=60.0, show_default=True, help="Time limit.")
@click.option("--gap", type=float, default=0.0, show_default=True, help="Relative gap that is good enough.")
def median(demand: Path, sites: Path, officers: int, seconds: float, gap: float) -> None:
    """Place officers so that the way of all weight of DEMAND together is the shortest; value in weight x km.

    The files are those of `cover`; `limit` 0 forbids a site, `group` is not looked at. Straight lines.
    """
    from varta.planning.placement import instance, tables
    from varta.planning.placement import median as medians

    def solved() -> dict[str, Any]:
        people, places = tables.read(demand), tables.read(sites)
        problem = instance.of_points(people.points, places.points, people.weights, depth=64)
        answer = medians.solve(
            problem,
            officers,
            fixed=[site for site, many in places.present.items() if many],
            forbidden=[
                site for site, many in places.limit.items() if not many and not places.present.get(site)
            ],
            seconds=seconds,
            gap=gap,
            tell=_tell,
        )
        return {
            "value": answer.value,
            "bound": answer.bound,
            "gap": answer.gap,
            "stopped": answer.stopped,
            "chosen": [places.names[site] for site in answer.chosen],
            "seconds": round(answer.seconds, 3),
        }

    _print(solved)


def _print(solved: Callable[[], dict[str, Any]]) -> None:
    from varta.planning.placement.median import Infeasible
    from varta.planning.placement.orlib import FileRefused

    try:
        click.echo(json.dumps(solved(), ensure_ascii=False))
    except (FileRefused, Infeasible, TimeoutError) as error:
        raise click.ClickException(str(error)) from error


def _pairs(given: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for one in given:
        name, sign, number = one.rpartition("=")
        if not sign or not number.isdigit():
            raise click.BadParameter(f"“{one}” is not GROUP=N, as UA12=30.")
        found[name] = int(number)
    return found


def _tell(progress: Any) -> None:
    """Say how far it is, on a terminal only: what is printed for programs stays JSON."""
    if sys.stderr.isatty():
        gap = (progress.value - progress.bound) / max(abs(progress.value), 1e-12)
        Console(stderr=True).print(
            f"{progress.seconds:6.1f} s  {progress.stage}  {progress.value:,.0f}  gap {gap:.3%}", end="\r"
        )
