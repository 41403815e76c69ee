"""What sending each crew to each waiting call would cost, in weighted seconds of people waiting."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varta.planning.demand import Demand, cover_lost
from varta.planning.forces import Crew, Incident, State
from varta.planning.needs import SPECIAL, skills_of
from varta.planning.settings import Settings
from varta.planning.travel import Flags, Floats, Times, TravelTimes, points

# Where the place of a crew or of a call is unknown: worse than any known way, better than nobody.
UNKNOWN_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything known about each pair; a row for each incident, a column for each crew.

    where: the place where each crew is or will be free. arrival_s: expected seconds from now to arrival,
    NaN where unknown. cost: weighted seconds, inf where the crew may not be thought of. lost_s: seconds
    that the average call elsewhere loses while the crew is away. fits: the crew has the wanted skill, or
    none is wanted. growth, bend: waiting t seconds more costs an incident growth * t + bend * t².
    """

    incidents: Sequence[Incident]
    crews: Sequence[Crew]
    where: Floats
    arrival_s: Floats
    cost: Floats
    lost_s: Floats
    free: Flags
    fits: Flags
    growth: Floats
    bend: Floats
    times: Times


def scores(
    incidents: Sequence[Incident],
    crews: Sequence[Crew],
    *,
    travel: TravelTimes,
    demand: Demand | None,
    settings: Settings,
) -> Scores:
    """Return the scores of all pairs of waiting incidents and crews."""
    free = np.array([crew.state is State.FREE for crew in crews], bool)
    where = points([_free_at(crew) for crew in crews])
    times = travel.matrix(where, points([(one.lat, one.lon) for one in incidents]))
    free_in = _free_in(crews, settings)
    arrival = times.seconds.T + free_in + settings.turnout_s
    special = np.array([crew.force in SPECIAL for crew in crews], bool)
    fits, spare = _skills(incidents, crews, special, settings)
    lost = _lost(where, free_in, special, demand, settings)
    growth, bend = _urgency(incidents, settings)
    cost = _cost(incidents, arrival, fits, spare, growth, bend, settings)
    if demand is not None:
        cost = cost + settings.cover * lost * demand.per_hour.sum() * (settings.away_s / 3600)
    cost[~_allowed(incidents, free, free_in, spare, settings)] = np.inf
    return Scores(incidents, crews, where, arrival, cost, lost, free, fits, growth, bend, times)


def _free_at(crew: Crew) -> tuple[float | None, float | None]:
    return (crew.lat, crew.lon) if crew.free_at is None or crew.state is State.FREE else crew.free_at


def _free_in(crews: Sequence[Crew], settings: Settings) -> Floats:
    """Return the seconds until each crew is free, doubted; inf for who cannot be counted on."""
    return np.array(
        [
            0.0
            if crew.state is State.FREE
            else np.inf
            if crew.state is State.OFF or crew.free_in_s is None
            else settings.doubt * crew.free_in_s
            for crew in crews
        ],
        float,
    )


def _skills(
    incidents: Sequence[Incident], crews: Sequence[Crew], special: Flags, settings: Settings
) -> tuple[Flags, Flags]:
    """Return which crew has the skill that an incident wants, and which is kept for other events."""
    skills = [skills_of(crew) for crew in crews]
    having: dict[str, Flags] = {}
    fits = np.ones((len(incidents), len(crews)), bool)
    wanted = np.zeros_like(fits)
    for row, incident in enumerate(incidents):
        if need := settings.needs.get(incident.kind):
            if need.skill not in having:
                having[need.skill] = np.array([need.skill in one for one in skills], bool)
            fits[row] = wanted[row] = having[need.skill]
    return fits, special & ~wanted


def _cost(
    incidents: Sequence[Incident],
    arrival: Floats,
    fits: Flags,
    spare: Flags,
    growth: Floats,
    bend: Floats,
    settings: Settings,
) -> Floats:
    """Return the loss by waiting: a missing skill counts as so many seconds more, a spared crew too."""
    needs = [settings.needs.get(one.kind) for one in incidents]
    worth = np.array([need.worth_s if need else 0.0 for need in needs], float)[:, None]
    seconds = np.where(np.isnan(arrival), UNKNOWN_S, arrival)
    seconds = seconds + ~fits * worth + spare * settings.spare_special_s
    return np.asarray(seconds * (growth[:, None] + bend[:, None] * seconds))


def _urgency(incidents: Sequence[Incident], settings: Settings) -> tuple[Floats, Floats]:
    """Return how fast the loss of each incident grows now, and how it bends."""
    urgency = [settings.of(one.category) for one in incidents]
    weight = np.array([one.weight for one in urgency], float)
    aim = np.array([one.aim_s for one in urgency], float)
    waited = np.array([one.waited_s for one in incidents], float)
    return weight * (1 + waited / aim), weight / (2 * aim)


def _lost(
    where: Floats, free_in: Floats, special: Flags, demand: Demand | None, settings: Settings
) -> Floats:
    """Return the seconds that the average call loses while each crew is away."""
    lost = np.zeros(len(where))
    if demand is not None and settings.cover:
        (counted,) = np.nonzero(np.isfinite(free_in) & ~special & np.isfinite(where).all(axis=1))
        lost[counted] = cover_lost(
            demand, where[counted], free_in[counted], away_s=settings.away_s, travel=settings.cover_by
        )
    return lost


def _allowed(
    incidents: Sequence[Incident], free: Flags, free_in: Floats, spare: Flags, settings: Settings
) -> Flags:
    """Return who may be thought of: free crews for all, busy ones where nobody is free or it may wait.

    Crews of a special force may go to what does not want their skill where only time counts.
    """
    patient = np.array([one.category in settings.may_wait for one in incidents], bool)[:, None]
    urgent = np.array([one.category in settings.all_hands for one in incidents], bool)[:, None]
    able = ~spare | urgent
    nobody = ~(free & able).any(axis=1, keepdims=True)
    return np.asarray((free | patient | nobody) & able & np.isfinite(free_in))
