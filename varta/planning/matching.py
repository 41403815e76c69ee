"""Which crew goes to which call when several wait: all at once, not one after the other."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from varta.planning.scoring import Scores
from varta.planning.settings import Settings
from varta.planning.travel import Floats

Numbers = NDArray[np.intp]
FORBIDDEN = 1e12  # more than any sum of losses, and small enough to leave their decimals


def matched(scores: Scores, settings: Settings) -> Numbers:
    """Return, for each incident, the column of its crew; -1: it waits for whoever is free later.

    The sum of losses is the least that there is (a linear assignment). A call may also wait for the crew
    that becomes free first after those already counted on, the second after them, and so on.
    """
    calls, crews = scores.cost.shape
    if calls == 0 or crews == 0:
        return np.full(calls, -1)
    if calls == 1:
        best = int(scores.cost[0].argmin())
        return np.array([best if np.isfinite(scores.cost[0, best]) else -1])
    price = crowding(scores, settings) * scores.times.seconds.T
    now = np.where(np.isfinite(scores.cost), scores.cost + np.nan_to_num(price), FORBIDDEN)
    rows, columns = linear_sum_assignment(np.hstack((now, _later(scores, settings))))
    chosen = np.full(calls, -1)
    chosen[rows] = np.where((columns < crews) & (now[rows, columns % crews] < FORBIDDEN), columns, -1)
    return chosen


def crowding(scores: Scores, settings: Settings) -> float:
    """Return what a second of a crew on the road costs all who wait, in weighted seconds.

    A lost second of one of N crews delays each waiting call by an Nth of it. It costs nothing while there
    are free crews for all.
    """
    calls, crews = scores.cost.shape
    short = max(calls - int(scores.free.sum()), 0) / calls
    return float(settings.crowding * short * scores.growth.sum() / crews)


def _later(scores: Scores, settings: Settings) -> Floats:
    """Return the losses of waiting for a crew that is not in sight: one is free each Nth of a cycle."""
    calls, crews = scores.cost.shape
    seconds = settings.cycle_s * (1 + np.arange(calls) / crews)
    return np.asarray(scores.growth[:, None] * seconds + scores.bend[:, None] * seconds**2)
