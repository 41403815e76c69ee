"""Where the next calls are likely, learnt from where calls came from, and who is near those places."""

from dataclasses import dataclass

import numpy as np

from varta.planning.travel import Floats, TravelTimes

CELL_DEG = 0.02  # about 2 km from south to north and 1.5 km from west to east in Ukraine
ALONE_S = 3600.0  # where nobody else would come, help comes from outside: so much later, an assumption
_MOMENTS = (1 / 6, 1 / 2, 5 / 6)  # of the time away: the middles of its thirds


@dataclass(frozen=True, slots=True)
class Demand:
    """Places with the number of calls that are expected there in an hour.

    `points`: (latitude, longitude) in degrees, a row for each place. `per_hour`: calls, one for each.
    """

    points: Floats
    per_hour: Floats

    @classmethod
    def learnt(cls, calls: Floats, *, hours: float, cell_deg: float = CELL_DEG, most: int = 200) -> "Demand":
        """Return the demand of past calls, (latitude, longitude) rows seen in so many hours.

        Calls of a cell are one place at their mean; the busiest `most` cells are kept and stand for all.
        """
        known = calls[np.isfinite(calls).all(axis=1)]
        if not len(known) or hours <= 0:
            return cls(np.empty((0, 2)), np.empty(0))
        _, cell, counts = np.unique(
            np.floor(known / cell_deg), axis=0, return_inverse=True, return_counts=True
        )
        sums = np.column_stack([np.bincount(cell.ravel(), known[:, n]) for n in (0, 1)])
        kept = np.argsort(-counts, kind="stable")[:most]
        per_hour = counts[kept] * (len(known) / counts[kept].sum() / hours)
        return cls(sums[kept] / counts[kept, None], per_hour)


def cover_lost(
    demand: Demand, where: Floats, free_in_s: Floats, *, away_s: float, travel: TravelTimes
) -> Floats:
    """Return, for each crew, by how many seconds the average next call is answered later if it is away.

    A call at a place is answered by whoever gets there first, free now or in `free_in_s` seconds. Without
    that crew the second comes; the difference counts with the calls that are expected there, at three
    moments of the time for which the crew would be away: who is busy now covers later.
    """
    lost = np.zeros(len(where))
    if len(where) == 0 or len(demand.points) == 0:
        return lost
    way = travel.matrix(where, demand.points).seconds
    way = np.where(np.isnan(way), np.inf, way)
    share = demand.per_hour / demand.per_hour.sum()
    for moment in _MOMENTS:
        busy_s = np.maximum(free_in_s - moment * away_s, 0.0)
        _add_lost(lost, way + busy_s[:, None], share / len(_MOMENTS))
    return lost


def _add_lost(lost: Floats, seconds: Floats, share: Floats) -> None:
    """Add to each crew what is lost at the places to which it would be the first to come."""
    first = seconds.argmin(axis=0)
    columns = np.arange(seconds.shape[1])
    soonest = seconds[first, columns].copy()
    seconds[first, columns] = np.inf
    second = np.minimum(seconds.min(axis=0), soonest + ALONE_S)
    worse = np.where(np.isfinite(soonest), second - soonest, 0.0)
    lost += np.bincount(first, worse * share, minlength=len(lost))
