"""What a plan must keep: officers who stay, upper limits for sites, a least and a most for groups of sites."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varta.planning.placement.instance import Floats

Open = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """One condition: `kind` is "fixed", "limit", "usual", "least" or "most"; `at` its site or group."""

    kind: str
    at: int | str | None
    number: int

    def __str__(self) -> str:
        text = {
            "fixed": "{1} fixed at site {0}",
            "limit": "at most {1} at site {0}",
            "usual": "at most {1} at any other site",
            "least": "at least {1} in {0}",
            "most": "at most {1} in {0}",
        }
        return text[self.kind].format(self.at, self.number)


class Infeasible(ValueError):
    """No plan keeps these conditions; `parts` are those that conflict, and none of them can be left out."""

    def __init__(self, message: str, parts: Sequence[Part] = ()) -> None:
        super().__init__(message)
        self.parts = tuple(parts)


@dataclass(frozen=True)
class Conditions:
    """What a plan must keep. Sites are numbered from 0; `group` gives each site's group, as an oblast."""

    fixed: Mapping[int, int] = field(default_factory=dict)  # site -> officers who are there and stay
    limit: Mapping[int, int] = field(default_factory=dict)  # site -> officers at most; elsewhere `usual`
    group: Sequence[str] = ()
    least: Mapping[str, int] = field(default_factory=dict)  # group -> officers at least
    most: Mapping[str, int] = field(default_factory=dict)  # group -> officers at most
    usual: int = 1

    def parts(self) -> Iterator[Part]:
        """Yield each condition by itself."""
        for kind in ("fixed", "limit", "least", "most"):
            for at, number in getattr(self, kind).items():
                yield Part(kind, at, number)
        yield Part("usual", None, self.usual)

    def only(self, parts: Sequence[Part], officers: int) -> "Conditions":
        """Return these conditions with the given parts alone; a limit that is left out becomes `officers`."""
        held: dict[str, dict[Any, int]] = {
            kind: {one.at: one.number for one in parts if one.kind == kind}
            for kind in ("fixed", "limit", "least", "most")
        }
        usual = self.usual if any(one.kind == "usual" for one in parts) else officers
        held["limit"] = dict.fromkeys(self.limit, officers) | held["limit"]
        return replace(self, **held, usual=usual)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Room:
    """Conditions as arrays, officers who stay taken off: what is left to place, and where there is room."""

    fixed: Counts  # by site
    room: Counts  # by site, officers who may still come
    group: Counts  # by site, number of its group
    least: Counts  # by group, officers who must still come
    most: Counts  # by group, officers who may still come
    left: int  # officers to place

    @property
    def possible(self) -> bool:
        """Return whether some plan keeps the conditions: sums of numbers are enough to know."""
        fits = np.minimum(self.most, np.bincount(self.group, np.maximum(self.room, 0), len(self.most)))
        low = np.maximum(self.least, 0)
        return bool(
            (self.room >= 0).all() and (low <= fits).all() and int(low.sum()) <= self.left <= int(fits.sum())
        )


def room(conditions: Conditions, sites: int, officers: int) -> Room:
    """Return the conditions as arrays; sites without a group are one group without limits."""
    fixed, limit = np.zeros(sites, dtype=np.int64), np.full(sites, conditions.usual, dtype=np.int64)
    fixed[list(conditions.fixed)] = list(conditions.fixed.values())
    # Where officers are and nobody set a limit, they may stay, and nobody joins them.
    limit = np.maximum(limit, fixed)
    limit[list(conditions.limit)] = list(conditions.limit.values())
    names = sorted(set(conditions.group)) or [""]
    place = {name: nth for nth, name in enumerate(names)}
    group = np.array([place[name] for name in conditions.group] or [0] * sites, dtype=np.int64)
    there = np.bincount(group, fixed, len(names)).astype(np.int64)
    least = np.array([conditions.least.get(name, 0) for name in names], dtype=np.int64) - there
    most = np.array([conditions.most.get(name, officers) for name in names], dtype=np.int64) - there
    return Room(fixed, limit - fixed, group, np.maximum(least, 0), most, officers - int(fixed.sum()))


def check(conditions: Conditions, sites: int, officers: int) -> Room:
    """Return the room for a plan; raise Infeasible where there is none, naming the conditions that conflict."""
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
    found = room(conditions, sites, officers)
    if not found.possible:
        parts = conflict(conditions, sites, officers)
        named = "; ".join(sorted(map(str, parts))) or "the number itself"
        raise Infeasible(
            f"These conditions cannot be kept together with {officers} officers: {named}.", parts
        )
    return found


def conflict(conditions: Conditions, sites: int, officers: int) -> list[Part]:
    """Return conditions that cannot be kept together, of which none can be left out.

    Each is left out in turn, for good where the rest still conflicts (a deletion filter, Chinneck 2008).
    Limits that are many and alike go first, so that what remains says most.
    """
    order = ("limit", "fixed", "least", "most", "usual")
    parts = sorted(conditions.parts(), key=lambda one: order.index(one.kind))
    kept = parts
    for part in parts:
        rest = [one for one in kept if one is not part]
        if not room(conditions.only(rest, officers), sites, officers).possible:
            kept = rest
    return kept


@dataclass(frozen=True)
class Choice:
    """The best choice of sites by a value for each: which are opened, how many spare officers go to each group."""

    opened: Open
    spare: Counts
    total: float


class Chooser:
    """Chooses sites by value under the conditions. Sets that keep them are the bases of a matroid: greedy is best."""

    def __init__(self, found: Room, reach: Open) -> None:
        self.found = found
        first = np.flatnonzero((found.room > 0) & (found.fixed == 0) & reach)
        fits = np.bincount(found.group, found.room, len(found.most)).astype(np.int64)
        spare = np.minimum(fits - np.bincount(found.group[first], minlength=len(found.most)), found.left)
        self.first = first
        self.group = np.concatenate([found.group[first], np.repeat(np.arange(len(found.most)), spare)])
        self.starts = np.searchsorted(np.sort(self.group), np.arange(len(found.most)))

    def __call__(self, values: Floats) -> Choice:
        """Return the choice of most value; `values` by site, none negative."""
        found, many = self.found, len(self.first)
        unit = np.zeros(len(self.group))
        unit[:many] = values[self.first]
        order = np.lexsort((-unit, self.group))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order)) - self.starts[self.group[order]]
        taken = rank < found.least[self.group]
        free = np.flatnonzero(~taken & (rank < found.most[self.group]))
        wanted = found.left - int(taken.sum())
        if wanted > 0:
            taken[free[np.argsort(-unit[free], kind="stable")[:wanted]]] = True
        opened = np.zeros(len(values), dtype=bool)
        opened[self.first[taken[:many]]] = True
        spare = np.bincount(self.group[many:][taken[many:]], minlength=len(found.most))
        return Choice(opened, spare, float(unit[taken].sum()))
