"""Who is covered: minutes from each settlement to the nearest officer, and people of an officer beside the norm.

Nothing is kept: what follows from where officers stand is counted when somebody asks, for whichever day.
A k-d tree finds the nearest of 1,469 posts for 30,000 settlements in some 20 ms, less than it would take to
read as many kept rows; so there is nothing that could be out of date, and a past day is counted as today is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from varta.planning.travel import EARTH_M, Floats, GreatCircle, Times, TravelTimes, on_sphere

Ints = NDArray[np.int64]

NOBODY = -1
ASKED = 4  # posts, nearest by straight line, for which a provider that knows roads is asked
UNKNOWN, WITHIN, ABOVE, NONE = "unknown", "within", "above", "none"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest post of each settlement.

    `minutes`: NaN where the settlement's point is unknown, or no post's is known. `post`: the row of the
    post, -1 likewise. `estimated_by` and `trouble`: as in `travel.Times`.
    """

    minutes: Floats
    post: Ints
    estimated_by: str = "great_circle"
    trouble: Mapping[str, str] = field(default_factory=dict)


def nearest(settlements: Floats, posts: Floats, travel: TravelTimes) -> Nearest:
    """Return the nearest post of each settlement; both are rows of (latitude, longitude) in degrees, or NaN.

    By straight lines the nearest post is also the soonest. Of another provider the four posts that are
    nearest by straight line are asked, all settlements with the same nearest post at once.
    """
    found = Nearest(np.full(len(settlements), np.nan), np.full(len(settlements), NOBODY, np.int64))
    (rows,) = np.nonzero(np.isfinite(settlements).all(axis=1))
    (known,) = np.nonzero(np.isfinite(posts).all(axis=1))
    if not len(rows) or not len(known):
        return found
    tree = cKDTree(on_sphere(posts[known]))
    if isinstance(travel, GreatCircle):
        chords, columns = tree.query(on_sphere(settlements[rows]))
        straight_m = 2 * EARTH_M * np.arcsin(np.clip(chords / 2, 0.0, 1.0))
        found.minutes[rows], found.post[rows] = travel.seconds_over(straight_m) / 60, known[columns]
        return found
    _, columns = tree.query(on_sphere(settlements[rows]), k=[*range(1, min(ASKED, len(known)) + 1)])
    by: set[str] = set()
    trouble: Mapping[str, str] = {}
    for first in np.unique(columns[:, 0]):
        group = columns[:, 0] == first
        near = known[np.unique(columns[group])]
        times = _asked(found, rows[group], near, settlements, posts, travel)
        by.update(times.estimated_by.split("+"))
        trouble = trouble or times.trouble
    return replace(found, estimated_by="+".join(sorted(by, reverse=True)), trouble=trouble)


def _asked(
    found: Nearest, rows: Ints, near: Ints, settlements: Floats, posts: Floats, travel: TravelTimes
) -> Times:
    """Write into `found` which of the posts `near` is the soonest at the settlements `rows`."""
    times = travel.matrix(posts[near], settlements[rows])
    seconds = np.where(np.isnan(times.seconds), np.inf, times.seconds)
    soonest = seconds.min(axis=0)
    reached = np.isfinite(soonest)
    found.minutes[rows[reached]] = soonest[reached] / 60
    found.post[rows[reached]] = near[seconds.argmin(axis=0)[reached]]
    return times


@dataclass(frozen=True, slots=True)
class Reach:
    """What the minutes of its settlements say of each area; one row for an area.

    `settlements`: how many it has; `timed`: of how many the minutes are known; `within`: how many of these
    are reached in time. `median`, `farthest`: minutes, NaN without any. `people_within`, `people_beyond`: of
    settlements whose people and minutes are known; who is in neither is not known to be covered or not.
    """

    settlements: Ints
    timed: Ints
    within: Ints
    median: Floats
    farthest: Floats
    people_within: Floats
    people_beyond: Floats


def reach(minutes: Floats, people: Floats, area: Ints, areas: int, *, limit: float) -> Reach:
    """Return what settlements say of their areas, 0..areas-1; `limit` in minutes, inclusive.

    `people` is NaN where nobody knows, which is not zero.
    """
    known = np.isfinite(minutes)
    near = known & (np.nan_to_num(minutes, nan=np.inf) <= limit)
    counted = np.isfinite(people)
    timed = np.bincount(area[known], minlength=areas)
    median, farthest = _middle_and_last(minutes[known], area[known], timed)
    return Reach(
        settlements=np.bincount(area, minlength=areas),
        timed=timed,
        within=np.bincount(area[near], minlength=areas),
        median=median,
        farthest=farthest,
        people_within=_sums(people, area, near & counted, areas),
        people_beyond=_sums(people, area, known & ~near & counted, areas),
    )


def _sums(people: Floats, area: Ints, chosen: NDArray[np.bool_], areas: int) -> Floats:
    return np.asarray(np.bincount(area[chosen], people[chosen], minlength=areas), float)


def _middle_and_last(minutes: Floats, area: Ints, timed: Ints) -> tuple[Floats, Floats]:
    """Return median and maximum of each area's minutes, NaN where it has none."""
    median, farthest = np.full(len(timed), np.nan), np.full(len(timed), np.nan)
    sorted_ = minutes[np.lexsort((minutes, area))]
    first = np.cumsum(timed) - timed
    (some,) = np.nonzero(timed)
    low, high = first[some] + (timed[some] - 1) // 2, first[some] + timed[some] // 2
    median[some] = (sorted_[low] + sorted_[high]) / 2
    farthest[some] = sorted_[first[some] + timed[some] - 1]
    return median, farthest


@dataclass(frozen=True, slots=True)
class People:
    """How many people an area has: `at_least` so many are known; `whole` where these are all.

    None where nobody knows anything. A sum of some settlements is a lower bound, never the whole.
    """

    at_least: int | None
    whole: bool = False

    def of_each(self, officers: int) -> float | None:
        """Return people of one officer, at least so many unless `whole`; None without officers or people."""
        return self.at_least / officers if officers and self.at_least is not None else None

    def beside(self, norm: int | None, officers: int) -> str:
        """Return "above", "within", "none" (no officer) or "unknown": a lower bound can only show "above"."""
        if not officers:
            return NONE
        each = self.of_each(officers)
        if norm is None or each is None:
            return UNKNOWN
        if each > norm:
            return ABOVE
        return WITHIN if self.whole else UNKNOWN


def people(stated: int | None, parts: float, any_part: bool) -> People:
    """Return the people of an area: as stated for it, else at least what is known of its parts."""
    if stated is not None:
        return People(stated, whole=True)
    return People(round(parts)) if any_part else People(None)
