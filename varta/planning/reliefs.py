"""Who has become free nearer to a call than the crew that still drives there: a proposal to swap them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from varta.planning import sentences
from varta.planning.forces import Crew, Key, State
from varta.planning.needs import SPECIAL, skills_of
from varta.planning.recommendation import Words
from varta.planning.settings import DEFAULT, Settings
from varta.planning.travel import Flags, Floats, TravelTimes, points


@dataclass(frozen=True, slots=True)
class Relief:
    """`crew` could take over a call from `instead` and would be there `saves_s` seconds sooner."""

    call: Key
    crew: Crew
    instead: Crew
    arrival_s: float
    saves_s: float
    why: Words


def reliefs(crews: Sequence[Crew], *, travel: TravelTimes, settings: Settings = DEFAULT) -> list[Relief]:
    """Return the swaps that save enough, the greatest saving first; each crew is in one at most.

    Considered are crews on their way whose `call` and `free_at` are known. Crews of a special force are
    left where they are, and who takes over has every skill of the crew that is relieved.
    """
    driving = [crew for crew in crews if _may_be_relieved(crew)]
    free = [crew for crew in crews if crew.state is State.FREE and crew.force not in SPECIAL]
    if not driving or not free:
        return []
    arrival = _arrival(free, driving, travel) + settings.turnout_s
    saved = _left(driving, travel) - arrival
    enough = (saved >= settings.relief_saves_s) & _able(free, driving)
    rows, columns = linear_sum_assignment(np.where(enough, saved, 0.0), maximize=True)
    swaps = [
        _relief(free[row], driving[column], float(arrival[row, column]), float(saved[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if enough[row, column]
    ]
    return sorted(swaps, key=lambda swap: -swap.saves_s)


def _may_be_relieved(crew: Crew) -> bool:
    known = crew.call is not None and crew.free_at is not None and crew.lat is not None
    return known and crew.state is State.ON_THE_WAY and crew.force not in SPECIAL


def _arrival(free: Sequence[Crew], driving: Sequence[Crew], travel: TravelTimes) -> Floats:
    where = points([(crew.lat, crew.lon) for crew in free])
    return travel.matrix(where, points([crew.free_at or (None, None) for crew in driving])).seconds


def _left(driving: Sequence[Crew], travel: TravelTimes) -> Floats:
    """Return the seconds that each crew still drives, from where it is now."""
    here = points([(crew.lat, crew.lon) for crew in driving])
    there = points([crew.free_at or (None, None) for crew in driving])
    return travel.matrix(here, there).seconds.diagonal()


def _able(free: Sequence[Crew], driving: Sequence[Crew]) -> Flags:
    have, want = [skills_of(crew) for crew in free], [skills_of(crew) for crew in driving]
    return np.array([[skills >= wanted for wanted in want] for skills in have], bool)


def _relief(crew: Crew, instead: Crew, arrival_s: float, saves_s: float) -> Relief:
    assert instead.call is not None
    why = sentences.relief(crew.call_sign, instead.call_sign, arrival_s, saves_s)
    return Relief(instead.call, crew, instead, arrival_s, saves_s, why)
