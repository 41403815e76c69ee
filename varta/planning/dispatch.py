"""Which crew to recommend for a call: by arrival, by the skill it needs, and by the cover that is left.

A recommendation, never a decision: the duty officer sends. It knows places, states and skills of crews
and the category and kind of calls; it knows nothing about persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varta.planning import reasons
from varta.planning.demand import Demand
from varta.planning.forces import Crew, Incident
from varta.planning.matching import Numbers, matched
from varta.planning.recommendation import Option, Recommendation, Way
from varta.planning.scoring import Scores, scores
from varta.planning.settings import DEFAULT, Settings
from varta.planning.travel import Floats, TravelTimes

FAR = 1e9  # weighted seconds: nobody else could go to that call


@dataclass(frozen=True, slots=True)
class Planned:
    """Who would go to a waiting call: a crew now, or a busy one when it is free; None: nobody in sight."""

    incident: Incident
    crew: Crew | None
    now: bool
    arrival_s: float | None


def plan(
    incidents: Sequence[Incident],
    crews: Sequence[Crew],
    *,
    travel: TravelTimes,
    demand: Demand | None = None,
    settings: Settings = DEFAULT,
) -> list[Planned]:
    """Return who would go to each of the waiting calls, all considered at once, in their order.

    `now` is false where the call would wait for a crew that is still busy.
    """
    table = scores(incidents, crews, travel=travel, demand=demand, settings=settings)
    return [_planned(table, row, int(column)) for row, column in enumerate(matched(table, settings))]


def _planned(table: Scores, row: int, column: int) -> Planned:
    if column < 0:
        return Planned(table.incidents[row], None, False, None)
    arrival = float(table.arrival_s[row, column])
    now = bool(table.free[column])
    return Planned(table.incidents[row], table.crews[column], now, None if np.isnan(arrival) else arrival)


def recommend(
    incident: Incident,
    crews: Sequence[Crew],
    *,
    travel: TravelTimes,
    demand: Demand | None = None,
    waiting: Sequence[Incident] = (),
    settings: Settings = DEFAULT,
) -> Recommendation:
    """Return whom Varta would send to a call, the next two, and why.

    `waiting`: the other calls to which nobody was sent yet; a crew that they need more is not offered
    first. Crews that are off are not considered. Nothing is decided and nothing is stored.
    """
    others = [one for one in waiting if one.key != incident.key]
    table = scores([incident, *others], crews, travel=travel, demand=demand, settings=settings)
    chosen = matched(table, settings)
    return reasons.recommendation(table, _order(table, chosen), chosen, travel=travel, settings=settings)


def _order(table: Scores, chosen: Numbers) -> list[int]:
    """Return the columns of the crews that may go to the first incident, the best first."""
    cost = table.cost[0] + _regret(table, chosen)
    order = [int(column) for column in np.argsort(cost, kind="stable") if np.isfinite(cost[column])]
    best = int(chosen[0])
    if best >= 0:
        order.remove(best)
        order.insert(0, best)
    return order


def _regret(table: Scores, chosen: Numbers) -> Floats:
    """Return what another waiting call would lose if each crew were taken from it."""
    regret = np.zeros(len(table.crews))
    left = np.ones(len(table.crews), bool)
    left[chosen[chosen >= 0]] = False
    (rows,) = np.nonzero(chosen[1:] >= 0)
    if len(rows):
        columns = chosen[1:][rows]
        second = np.where(left, table.cost[1:][rows], np.inf).min(axis=1)
        more = second - table.cost[1:][rows, columns]
        regret[columns] = np.where(np.isfinite(second), np.maximum(more, 0.0), FAR)
    return regret


__all__ = ["Option", "Planned", "Recommendation", "Way", "plan", "recommend"]
