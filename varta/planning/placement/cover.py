"""Maximal covering: with so many officers, which sites put the most people within so many minutes of one.

Church and ReVelle 1974, with present officers fixed, upper limits for each site, and a least and a most number
for groups of sites (oblasts). HiGHS solves it exactly; conditions that cannot be kept together are named.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, vstack

from varta.planning.placement import highs
from varta.planning.placement.instance import Floats
from varta.planning.placement.median import Infeasible


@dataclass(frozen=True)
class Conditions:
    """What a plan must keep. Sites are numbered from 0; `group` gives each site's group, as an oblast."""

    fixed: Mapping[int, int] = field(default_factory=dict)  # site -> officers who are there and stay
    limit: Mapping[int, int] = field(default_factory=dict)  # site -> officers at most; elsewhere 1
    group: Sequence[str] = ()
    least: Mapping[str, int] = field(default_factory=dict)  # group -> officers at least
    most: Mapping[str, int] = field(default_factory=dict)  # group -> officers at most


@dataclass(frozen=True)
class Covering:
    """Officers by site, the weight they cover, and the bound that no plan passes."""

    officers: dict[int, int]
    value: float
    bound: float
    seconds: float
    stopped: str  # "proven", "time" or "cancelled"

    @property
    def gap(self) -> float:
        """Return (bound - value) / value; 0 where no plan covers more."""
        return 0.0 if self.bound <= self.value else (self.bound - self.value) / max(self.value, 1e-12)


def solve(
    within: csr_matrix,
    weights: Floats,
    officers: int,
    conditions: Conditions | None = None,
    *,
    seconds: float = 60.0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Covering:
    """Return the plan that covers the most weight with so many officers.

    `within`: clients x sites, non-zero where an officer at the site reaches the client in time. Raises
    Infeasible, which names the conditions that conflict.
    """
    began = time.monotonic()
    conditions = conditions or Conditions()
    sites = within.shape[1]
    _check(sites, officers, conditions)
    rows, weight = _merged(within, weights)
    problem = _problem(rows, weight, officers, conditions, sites)
    answer = highs.solve(problem, seconds=seconds, stop=cancelled)
    if answer.infeasible:
        raise Infeasible(conflict(sites, officers, conditions))
    if answer.x is None:
        raise TimeoutError(f"No plan was found in {seconds:.0f} seconds: give it more.")
    placed = np.rint(answer.x[:sites]).astype(int)
    covered = np.asarray(rows @ (placed > 0)) > 0
    value, bound = float(weight[covered].sum()), max(-answer.bound, float(weight[covered].sum()))
    proven = bound <= value * (1 + 1e-7) + 1e-6
    why = "proven" if proven else "cancelled" if cancelled() else "time"
    plan = {int(site): int(placed[site]) for site in np.flatnonzero(placed)}
    return Covering(plan, value, value if proven else bound, time.monotonic() - began, why)


def conflict(sites: int, officers: int, conditions: Conditions) -> str:
    """Return in words which conditions cannot be kept together: the few of which none can be left out."""
    kept = list(_parts(conditions))
    for part in list(kept):
        rest = [one for one in kept if one is not part]
        if not _feasible(sites, officers, _joined(conditions, rest)):
            kept = rest
    named = "; ".join(sorted(text for text, _ in kept))
    return (
        f"These conditions cannot be kept together with {officers} officers: {named or 'the number itself'}."
    )


Part = tuple[str, tuple[str, object]]


def _parts(conditions: Conditions) -> list[Part]:
    parts: list[Part] = []
    for name, text in (
        ("fixed", "{1} fixed at site {0}"),
        ("limit", "at most {1} at site {0}"),
        ("least", "at least {1} in {0}"),
        ("most", "at most {1} in {0}"),
    ):
        parts += [
            (text.format(key, number), (name, key)) for key, number in getattr(conditions, name).items()
        ]
    return parts


def _joined(conditions: Conditions, parts: list[Part]) -> Conditions:
    kept = {place for _, place in parts}
    narrowed = {
        name: {key: number for key, number in getattr(conditions, name).items() if (name, key) in kept}
        for name in ("fixed", "limit", "least", "most")
    }
    return replace(conditions, **narrowed)  # type: ignore[arg-type]


def _feasible(sites: int, officers: int, conditions: Conditions) -> bool:
    """Return whether some plan keeps the conditions, whatever it covers."""
    nobody = csr_matrix((0, sites))
    problem = _problem(nobody, np.zeros(0), officers, conditions, sites)
    return not highs.solve(problem, seconds=10.0, stop=lambda: False).infeasible


def _check(sites: int, officers: int, conditions: Conditions) -> None:
    if officers < 1:
        raise Infeasible(f"At least one officer must be placed, not {officers}.")
    unknown = [site for site in {*conditions.fixed, *conditions.limit} if not 0 <= site < sites]
    if unknown:
        raise Infeasible(f"There is no site {min(unknown)}: sites are numbered 0 to {sites - 1}.")
    groups = {*conditions.least, *conditions.most}
    if groups and len(conditions.group) != sites:
        raise Infeasible("Each site needs a group where groups have limits.")
    if missing := sorted(groups - set(conditions.group)):
        raise Infeasible(f"No site belongs to the group “{missing[0]}”.")


def _merged(within: csr_matrix, weights: Floats) -> tuple[csr_matrix, Floats]:
    """Return the clients that somebody can reach, those with the same sites made one."""
    rows = csr_matrix(within, dtype=float)
    rows.sort_indices()
    groups: dict[bytes, list[int]] = {}
    for client in np.flatnonzero(np.diff(rows.indptr)):
        key = rows.indices[rows.indptr[client] : rows.indptr[client + 1]].tobytes()
        groups.setdefault(key, []).append(int(client))
    kept = [clients[0] for clients in groups.values()]
    return rows[kept], np.array([float(weights[clients].sum()) for clients in groups.values()])


def _problem(
    rows: csr_matrix, weights: Floats, officers: int, conditions: Conditions, sites: int
) -> highs.Problem:
    """Return: columns are officers by site, then clients covered; minimise the weight that is not won."""
    clients = rows.shape[0]
    columns = sites + clients
    most = np.ones(sites)
    most[list(conditions.limit)] = list(conditions.limit.values())
    least = np.zeros(columns)
    least[list(conditions.fixed)] = list(conditions.fixed.values())
    most = np.maximum(most, 0)
    covering = coo_matrix(rows)
    blocks = [
        csr_matrix(
            (
                np.concatenate([covering.data, -np.ones(clients)]),
                (
                    np.concatenate([covering.row, np.arange(clients)]),
                    np.concatenate([covering.col, sites + np.arange(clients)]),
                ),
            ),
            shape=(clients, columns),
        )
    ]
    low, high = [np.zeros(clients)], [np.full(clients, np.inf)]
    for members, fewest, largest in _groups(conditions, officers, sites):
        blocks.append(
            csr_matrix((np.ones(len(members)), (np.zeros(len(members), dtype=int), members)), (1, columns))
        )
        low.append(np.array([fewest]))
        high.append(np.array([largest]))
    return highs.Problem(
        cost=np.concatenate([np.zeros(sites), -weights]),
        rows=_stacked(blocks),
        low=np.concatenate(low),
        high=np.concatenate(high),
        whole=np.arange(columns) < sites,
        least=least,
        most=np.concatenate([most, np.ones(clients)]),
    )


def _groups(
    conditions: Conditions, officers: int, sites: int
) -> list[tuple[NDArray[np.int64], float, float]]:
    """Return rows over sites: all of them together, then each group that has a least or a most."""
    found = [(np.arange(sites), float(officers), float(officers))]
    group = np.array(conditions.group)
    for name in sorted({*conditions.least, *conditions.most}):
        members = np.flatnonzero(group == name)
        found.append(
            (members, float(conditions.least.get(name, 0)), float(conditions.most.get(name, officers)))
        )
    return found


def _stacked(blocks: list[csr_matrix]) -> csr_matrix:
    return csr_matrix(vstack(blocks, format="csr"))
