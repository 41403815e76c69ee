"""Tables of demand and of sites as CSV, and who reaches whom within so many minutes."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack

from varta.planning.placement.instance import BLOCK, Floats
from varta.planning.placement.orlib import FileRefused
from varta.planning.travel import TravelTimes


@dataclass(frozen=True)
class Table:
    """Rows of a table: names, points (latitude, longitude in degrees), weights, and for sites officers and group."""

    names: list[str]
    points: Floats
    weights: Floats
    present: dict[int, int]  # officers who are there and stay
    limit: dict[int, int]  # officers at most
    group: list[str]


def read(path: Path) -> Table:
    """Return the rows of a CSV file with a header: `lat`, `lon`, and where they are wanted `name`, `weight`,
    `present`, `limit`, `group`. Raises FileRefused with the line and what is wrong there.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = {"lat", "lon"} - set(reader.fieldnames or ())
        if missing:
            raise FileRefused(f"{path}: the header has no column {' and no '.join(sorted(missing))}.")
        rows = list(enumerate(reader, start=2))
    if not rows:
        raise FileRefused(f"{path} has a header and no rows.")
    points = np.array(
        [[_number(path, n, row, "lat", -90, 90), _number(path, n, row, "lon", -180, 180)] for n, row in rows]
    )
    weights = np.array([_number(path, n, row, "weight", 0, 1e12, otherwise=1.0) for n, row in rows])
    return Table(
        names=[row.get("name") or str(place) for place, (_, row) in enumerate(rows)],
        points=points,
        weights=weights,
        present=_counts(path, rows, "present"),
        limit=_counts(path, rows, "limit"),
        group=[row.get("group") or "" for _, row in rows],
    )


def within(demand: Table, sites: Table, *, minutes: float, travel: TravelTimes) -> csr_matrix:
    """Return clients x sites, 1 where the site is within so many minutes of the client."""
    blocks = []
    for start in range(0, len(demand.points), BLOCK):
        seconds = travel.matrix(sites.points, demand.points[start : start + BLOCK]).seconds.T
        blocks.append(csr_matrix(seconds <= minutes * 60))
    return csr_matrix(vstack(blocks, format="csr"))


def _counts(path: Path, rows: list[tuple[int, dict[str, str]]], name: str) -> dict[int, int]:
    found = {}
    for place, (number, row) in enumerate(rows):
        if (row.get(name) or "").strip():
            found[place] = int(_number(path, number, row, name, 0, 10_000, whole=True))
    return found


def _number(
    path: Path,
    line: int,
    row: dict[str, str],
    name: str,
    least: float,
    most: float,
    *,
    otherwise: float | None = None,
    whole: bool = False,
) -> float:
    given = (row.get(name) or "").strip()
    if not given and otherwise is not None:
        return otherwise
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not least <= value <= most or (whole and value != int(value)):
        kind = "a whole number" if whole else "a number"
        raise FileRefused(
            f"{path}, line {line}: “{given}” in {name} is not {kind} from {least:g} to {most:g}."
        )
    return value
