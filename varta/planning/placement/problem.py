"""The coordinator's question as plain data: where so many new officers should serve, and under which conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.spatial import cKDTree

from varta.planning.placement.conditions import Conditions
from varta.planning.placement.instance import BLOCK, Floats
from varta.planning.travel import GreatCircle, TravelTimes, on_sphere

Text = Mapping[str, str]  # {"uk": …, "en": …}
Goal = Literal["cover", "median"]
KINDS = (
    "willing",
    "fair",
    "pinned",
    "forbidden",
    "each",
)  # conditions that can be left out, to learn their price


@dataclass(frozen=True)
class Site:
    """A hromada where officers may serve. `willing`: officers at most by its memorandum, None without one."""

    code: str
    name: Text
    oblast: str
    point: tuple[float, float]  # latitude, longitude in degrees
    present: int = 0
    willing: int | None = None


@dataclass(frozen=True)
class Demand:
    """Settlements with known points: rows of (latitude, longitude) in degrees, weights, and the weights' unit."""

    points: Floats
    weights: Floats
    weighed_by: Literal["people", "calls", "violence"] = "people"


@dataclass(frozen=True)
class Problem:
    """Where `officers` new ones should serve; those who are there stay.

    `each`: officers in one hromada at most, those present among them. `only_willing`: new ones only where a
    memorandum is in force, and not above its limit. `fair`: each oblast gets at least this share (0 to 1) of
    what its part of the weight would give it; None without. `graduates`: how many finish by the day.
    """

    sites: Sequence[Site]
    demand: Demand
    officers: int
    goal: Goal = "cover"
    minutes: float = 20.0
    each: int | None = 1
    only_willing: bool = False
    fair: float | None = None
    pinned: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    graduates: int | None = None
    fair_in: frozenset[str] | None = None  # oblasts to which `fair` applies; None: all
    oblasts: Mapping[str, Text] = field(default_factory=dict)

    def without(self, kind: str) -> "Problem":
        """Return the same question with one kind of conditions left out."""
        left_out = {
            "willing": {"only_willing": False},
            "fair": {"fair": None},
            "pinned": {"pinned": frozenset()},
            "forbidden": {"forbidden": frozenset()},
            "each": {"each": None},
        }
        return replace(self, **left_out[kind])  # type: ignore[arg-type]

    def kinds(self) -> list[str]:
        """Return the kinds of conditions that this question has and that may bind."""
        has = {
            "willing": self.only_willing,
            "fair": self.fair is not None,
            "pinned": bool(self.pinned),
            "forbidden": bool(self.forbidden),
            "each": self.each is not None and self.goal == "cover" and self.each < self.officers,
        }
        return [kind for kind in KINDS if has[kind]]

    def room(self, site: Site) -> int:
        """Return how many officers the hromada may have in all; who is there may always stay."""
        if site.code in self.forbidden:
            return site.present
        most = self.officers + site.present if self.each is None else self.each
        if self.goal == "median":  # a second officer of one hromada shortens nobody's way
            most = min(most, 1)
        if self.only_willing:
            most = min(most, site.willing or 0)
        return max(most, site.present)

    def conditions(self) -> Conditions:
        """Return the conditions on all officers, those present and those who come."""
        fixed = {nth: one.present for nth, one in enumerate(self.sites) if one.present}
        for nth, one in enumerate(self.sites):
            if one.code in self.pinned:
                fixed[nth] = max(one.present + 1, 1) if self.goal == "cover" else max(one.present, 1)
        return Conditions(
            fixed=fixed,
            limit={nth: self.room(one) for nth, one in enumerate(self.sites)},
            group=[one.oblast for one in self.sites],
            least=self.least(),
            usual=self.officers,
        )

    def least(self) -> dict[str, int]:
        """Return by oblast how many officers it has at least, those present among them."""
        if self.fair is None:
            return {}
        share = self._shares()
        present: dict[str, int] = {}
        for one in self.sites:
            present[one.oblast] = present.get(one.oblast, 0) + one.present
        return {
            code: present[code] + int(self.fair * self.officers * part + 1e-9)
            for code, part in share.items()
            if self.fair_in is None or code in self.fair_in
        }

    def _shares(self) -> dict[str, float]:
        """Return by oblast its part of the weight: settlements count where the nearest hromada's centre lies."""
        owner = nearest(self.demand.points, np.array([one.point for one in self.sites]))
        total = max(float(self.demand.weights.sum()), 1e-12)
        found = dict.fromkeys((one.oblast for one in self.sites), 0.0)
        by_site = np.bincount(owner, self.demand.weights, len(self.sites))
        for one, weight in zip(self.sites, by_site, strict=True):
            found[one.oblast] += float(weight) / total
        return found

    @property
    def present(self) -> int:
        """Return how many officers serve already."""
        return sum(one.present for one in self.sites)

    @property
    def posts(self) -> Floats:
        """Return the points of the sites, rows of latitude and longitude."""
        return np.array([one.point for one in self.sites], float).reshape(-1, 2)


def nearest(points: Floats, posts: Floats) -> NDArray[np.int64]:
    """Return the row of the nearest post of each point, by straight line."""
    return np.asarray(cKDTree(on_sphere(posts)).query(on_sphere(points))[1], dtype=np.int64)


def within(points: Floats, posts: Floats, *, minutes: float, travel: TravelTimes | None = None) -> csr_matrix:
    """Return clients x sites, 1 where the site is within so many minutes of the client."""
    travel = travel or GreatCircle()
    blocks = [
        csr_matrix(minutes * 60 >= travel.matrix(posts, points[start : start + BLOCK]).seconds.T)
        for start in range(0, len(points), BLOCK)
    ]
    return csr_matrix(vstack(blocks, format="csr")) if blocks else csr_matrix((0, len(posts)))
