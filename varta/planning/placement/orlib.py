"""Graphs in the format of Beasley's OR-Library: `vertices edges p`, then one line `i j cost` for each edge."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra


class FileRefused(ValueError):
    """The file is not such a graph; the message says which line and why."""


@dataclass(frozen=True)
class Graph:
    """Distances between all vertices, and how many sites are wanted."""

    distances: NDArray[np.float64]
    wanted: int


def read(path: Path) -> Graph:
    """Return the graph of a file with its shortest distances; where an edge is repeated, the last cost counts."""
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path} is not plain text: byte {error.start} is not ASCII.") from error
    rows = [(number, line.split()) for number, line in enumerate(lines, start=1) if line.strip()]
    if not rows:
        raise FileRefused(f"{path} is empty.")
    vertices, edges, wanted = _numbers(path, *rows[0], kinds="vertices edges p")
    if not 1 <= wanted <= vertices:
        raise FileRefused(f"{path}, line {rows[0][0]}: p = {wanted} must lie between 1 and {vertices}.")
    if len(rows) - 1 != edges:
        raise FileRefused(f"{path} announces {edges} edges and has {len(rows) - 1}.")
    costs: dict[tuple[int, int], int] = {}
    for number, words in rows[1:]:
        one, other, cost = _numbers(path, number, words, kinds="i j cost")
        if not (1 <= one <= vertices and 1 <= other <= vertices):
            raise FileRefused(f"{path}, line {number}: vertices are numbered 1 to {vertices}.")
        if cost < 0:
            raise FileRefused(f"{path}, line {number}: the cost {cost} is negative.")
        if one != other:
            costs[min(one, other), max(one, other)] = cost
    distances = shortest(vertices, costs)
    if not np.isfinite(distances).all():
        raise FileRefused(f"{path}: the graph is not connected, so some vertices cannot be served.")
    return Graph(distances, wanted)


def _numbers(path: Path, number: int, words: list[str], *, kinds: str) -> tuple[int, int, int]:
    try:
        first, second, third = map(int, words)
    except ValueError:
        raise FileRefused(f"{path}, line {number}: three whole numbers “{kinds}” are expected.") from None
    return first, second, third


def shortest(vertices: int, costs: dict[tuple[int, int], int]) -> NDArray[np.float64]:
    """Return the shortest distances between vertices 1 to `vertices`; infinite where there is no way."""
    pairs = np.array(list(costs), dtype=int).reshape(-1, 2) - 1
    # A sparse matrix holds no zeros: an edge of cost 0 is written as the least positive number and rounded off.
    values = np.maximum(np.array(list(costs.values()), dtype=float), 1e-9)
    graph = csr_matrix((values, (pairs[:, 0], pairs[:, 1])), shape=(vertices, vertices))
    distances = np.rint(dijkstra(graph, directed=False))
    np.fill_diagonal(distances, 0)
    return np.asarray(distances)
