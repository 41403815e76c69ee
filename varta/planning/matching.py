"""Which crew goes to which call when several wait: all at once, not one after the other."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from varta.planning.scoring import Scores
from varta.planning.settings import Settings

Numbers = NDArray[np.intp]
FORBIDDEN = 1e15  # more than any sum of losses, and small enough to leave its decimals


def matched(scores: Scores, settings: Settings) -> tuple[Numbers, Numbers]:
    """Return, for each incident, the column of its crew and its turn with that crew (0 is next).

    Column -1: nobody may be sent. Calls that outnumber the crews take later turns, a cycle apart, so that
    the most urgent ones come first without a rule that says so.
    """
    calls, crews = scores.cost.shape
    if calls == 0 or crews == 0:
        return np.full(calls, -1), np.zeros(calls, np.intp)
    if calls == 1:
        best = int(scores.cost[0].argmin())
        return np.array([best if np.isfinite(scores.cost[0, best]) else -1]), np.zeros(1, np.intp)
    able = max(int(np.isfinite(scores.cost).any(axis=0).sum()), 1)
    turns = -(-calls // able)
    costs = np.concatenate([_in_turn(scores, turn, settings) for turn in range(turns)], axis=1)
    rows, columns = linear_sum_assignment(np.where(np.isfinite(costs), costs, FORBIDDEN))
    chosen, turn = np.full(calls, -1), np.zeros(calls, np.intp)
    good = np.isfinite(costs[rows, columns])
    chosen[rows[good]], turn[rows[good]] = columns[good] % crews, columns[good] // crews
    return chosen, turn


def _in_turn(scores: Scores, turn: int, settings: Settings) -> NDArray[np.float64]:
    """Return the costs for a crew that has so many calls before this one."""
    if turn == 0:
        return scores.cost
    later = turn * settings.cycle_s
    urgency = [settings.of(one.category) for one in scores.incidents]
    waited = np.array([one.waited_s for one in scores.incidents], float)[:, None]
    weight = np.array([one.weight for one in urgency], float)[:, None]
    aim = np.array([one.aim_s for one in urgency], float)[:, None]
    arrival = np.nan_to_num(scores.arrival_s, nan=0.0, posinf=0.0)
    added = later + later * (2 * (waited + arrival) + later) / (2 * aim)
    return np.asarray(scores.cost + weight * added)
