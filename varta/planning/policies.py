"""Policies of sending: the nearest free crew, as most desks do it, and Varta's recommendation followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from varta.planning.demand import Demand
from varta.planning.dispatch import plan, recommend
from varta.planning.forces import Crew, Incident, Key, State
from varta.planning.needs import SPECIAL, skills_of
from varta.planning.reliefs import reliefs
from varta.planning.settings import DEFAULT, Settings
from varta.planning.travel import GreatCircle, TravelTimes, points

Orders = Iterable[tuple[Key, Key]]  # a call and the crew that goes to it now


class Policy(Protocol):
    """Whoever says which crews go now to which of the calls that wait."""

    def __call__(self, incidents: Sequence[Incident], crews: Sequence[Crew]) -> Orders:
        """Return the orders; calls without one wait on.

        A crew on its way may be ordered to another call; a call may be ordered to another crew than the
        one on its way, which is then free.
        """
        ...


@dataclass(frozen=True, slots=True)
class NearestFree:
    """The most urgent call first, and to each the free crew that arrives first.

    Calls are taken in the order of urgency, which grows while they wait by the same numbers that the
    recommendation uses. A crew of a special force goes to the events that want its skill, and
    to those where only time counts.
    """

    travel: TravelTimes = field(default_factory=GreatCircle)
    settings: Settings = DEFAULT

    def __call__(self, incidents: Sequence[Incident], crews: Sequence[Crew]) -> Orders:
        """Return an order for each call that gets a crew."""
        if not incidents:
            return []
        free = [crew for crew in crews if crew.state is State.FREE]
        where = points([(crew.lat, crew.lon) for crew in free])
        seconds = self.travel.matrix(where, points([(one.lat, one.lon) for one in incidents])).seconds
        orders: list[tuple[Key, Key]] = []
        for call in sorted(
            range(len(incidents)), key=lambda call: self._pressing(incidents[call]), reverse=True
        ):
            if len(orders) == len(free):
                break
            may = [self._may(crew, incidents[call]) for crew in free]
            by_time = np.where(may, seconds[:, call], np.inf)
            if np.isfinite(by_time).any():
                best = int(by_time.argmin())
                orders.append((incidents[call].key, free[best].key))
                seconds[best] = np.inf
        return orders

    def _pressing(self, incident: Incident) -> float:
        urgency = self.settings.of(incident.category)
        return urgency.weight * (1 + incident.waited_s / urgency.aim_s)

    def _may(self, crew: Crew, incident: Incident) -> bool:
        if crew.force not in SPECIAL or incident.category in self.settings.all_hands:
            return True
        need = self.settings.needs.get(incident.kind)
        return need is not None and need.skill in skills_of(crew)


@dataclass(frozen=True, slots=True)
class Recommended:
    """Varta's recommendation, followed every time."""

    demand: Demand | None = None
    travel: TravelTimes = field(default_factory=GreatCircle)
    settings: Settings = DEFAULT

    def __call__(self, incidents: Sequence[Incident], crews: Sequence[Crew]) -> Orders:
        """Return an order for each call that should get a crew now."""
        if not incidents or not any(crew.state is State.FREE for crew in crews):
            return []
        planned = plan(incidents, crews, travel=self.travel, demand=self.demand, settings=self.settings)
        return [(one.incident.key, one.crew.key) for one in planned if one.crew and one.now]


@dataclass(frozen=True, slots=True)
class Diverting:
    """The recommendation followed every time, its diversions too."""

    follows: Recommended = field(default_factory=Recommended)

    def __call__(self, incidents: Sequence[Incident], crews: Sequence[Crew]) -> Orders:
        """Return the orders; a crew on its way to a call that may wait is turned round for an urgent one."""
        orders = dict(self.follows(incidents, crews))
        for incident in incidents:
            if incident.category in self.follows.settings.divert_to:
                turned = self._turned(incident, crews, incidents)
                if turned is not None and turned not in orders.values():
                    orders[incident.key] = turned
        return orders.items()

    def _turned(self, incident: Incident, crews: Sequence[Crew], incidents: Sequence[Incident]) -> Key | None:
        found = recommend(
            incident,
            crews,
            travel=self.follows.travel,
            demand=self.follows.demand,
            waiting=incidents,
            settings=self.follows.settings,
        )
        return found.diversion.crew.key if found.diversion else None


@dataclass(frozen=True, slots=True)
class Relieving:
    """Another policy, and every relief accepted among the crews that it leaves free."""

    follows: Policy = field(default_factory=Recommended)
    travel: TravelTimes = field(default_factory=GreatCircle)
    settings: Settings = DEFAULT

    def __call__(self, incidents: Sequence[Incident], crews: Sequence[Crew]) -> Orders:
        """Return the orders; a call that a crew drives to already may be given to a nearer one."""
        orders = dict(self.follows(incidents, crews))
        taken = set(orders.values())
        left = [crew for crew in crews if crew.key not in taken]
        for relief in reliefs(left, travel=self.travel, settings=self.settings):
            orders[relief.call] = relief.crew.key
        return orders.items()
