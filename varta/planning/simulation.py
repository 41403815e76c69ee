"""A period of calls replayed under a policy: a discrete-event simulation of crews.

It is deterministic: the same calls, crews and policy give the same history. What is random (when calls
come, how long crews stay, how fast they drive) is part of the calls and so is the same for every policy:
two policies are compared on common random numbers. A policy sees what a duty desk sees: expected times,
never the true ones.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from math import inf

import numpy as np

from varta.planning.forces import Crew, Incident, State
from varta.planning.onscene import ON_SCENE, OnScene
from varta.planning.policies import Policy
from varta.planning.travel import GreatCircle, TravelTimes, points

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it will turn out. `pace`: how much slower than expected the way to it is driven."""

    received_s: float
    lat: float
    lon: float
    category: str
    kind: str
    on_scene_s: float
    norm_s: float | None = None
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Post:
    """A crew: its base, its force, and its shift in seconds of the period."""

    call_sign: str
    lat: float
    lon: float
    force: str = "patrol"
    skills: frozenset[str] = frozenset()
    since_s: float = 0.0
    until_s: float = inf


@dataclass(frozen=True, slots=True)
class Served:
    """One call and what became of it: numbers of the call and its crew, and moments in seconds.

    `changes`: how often a crew on its way was diverted from it or relieved.
    """

    call: int
    post: int
    received_s: float
    sent_s: float
    arrived_s: float
    freed_s: float
    changes: int

    @property
    def arrival_s(self) -> float:
        """Return the seconds from receipt to arrival."""
        return self.arrived_s - self.received_s


@dataclass(frozen=True, slots=True)
class Rules:
    """What is the same for every policy.

    turnout_s: from being sent to driving. returns: a free crew drives back to its base; else it stays.
    look_again_s: how often calls that wait are looked at again when nothing happens.
    """

    travel: TravelTimes = field(default_factory=GreatCircle)
    on_scene: OnScene = ON_SCENE
    turnout_s: float = 60.0
    returns: bool = True
    look_again_s: float = 60.0


def replay(
    calls: Sequence[Call], posts: Sequence[Post], policy: Policy, rules: Rules | None = None
) -> list[Served]:
    """Return how each call was served, in the order of `calls`.

    Raises Unserved if calls are left when no crew will ever be free again.
    """
    return _World(calls, posts, policy, rules or Rules()).run()


class Unserved(RuntimeError):
    """Calls were left that nobody could serve: the shifts end too early, or the policy sends nobody."""


class _What(IntEnum):
    """Kinds of events; at the same moment crews become free before calls come."""

    SHIFT = 0
    FREED = 1
    ARRIVED = 2
    CALL = 3
    LOOK = 4


@dataclass(slots=True)
class _Unit:
    """A crew in motion: on a leg from one place to another between two moments, or standing."""

    post: Post
    number: int
    state: State = State.OFF
    leg: tuple[Place, Place, float, float] = ((0.0, 0.0), (0.0, 0.0), 0.0, 0.0)
    call: int = -1
    expected_s: float = 0.0  # the moment of arrival that the desk expects
    trip: int = 0  # counts legs, so that the arrival of a diverted crew is void

    def at(self, now_s: float) -> Place:
        """Return where it is: on the straight line of its leg."""
        (here, there, since_s, until_s) = self.leg
        if now_s >= until_s:
            return there
        if now_s <= since_s:
            return here
        part = (now_s - since_s) / (until_s - since_s)
        return here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])


@dataclass(slots=True)
class _Trace:
    sent_s: float = 0.0
    arrived_s: float = 0.0
    changes: int = 0


class _World:
    def __init__(self, calls: Sequence[Call], posts: Sequence[Post], policy: Policy, rules: Rules) -> None:
        self.calls, self.rules, self.policy = calls, rules, policy
        self.units = [_Unit(post, number) for number, post in enumerate(posts)]
        self.waiting: dict[int, None] = {}  # numbers of calls, in the order in which they came
        self.traces = [_Trace() for _ in calls]
        self.served: dict[int, Served] = {}
        self.events: list[tuple[float, int, int, int, int]] = []
        self.order = count()
        self.looks_at = -1.0
        for number, call in enumerate(calls):
            self.push(call.received_s, _What.CALL, number)
        for number, post in enumerate(posts):
            self.push(post.since_s, _What.SHIFT, number)

    def push(self, at_s: float, what: _What, number: int, trip: int = 0) -> None:
        heapq.heappush(self.events, (at_s, int(what), next(self.order), number, trip))

    def run(self) -> list[Served]:
        happen = {
            _What.SHIFT: self.begin_shift,
            _What.FREED: self.freed,
            _What.ARRIVED: self.arrived,
            _What.CALL: self.received,
            _What.LOOK: self.looked,
        }
        while self.events and len(self.served) < len(self.calls):
            now_s, what, _, number, trip = heapq.heappop(self.events)
            happen[_What(what)](number, trip, now_s)
            if what == _What.FREED or (self.waiting and what != _What.ARRIVED):
                self.decide(now_s)
        if len(self.served) < len(self.calls):
            raise Unserved(
                f"{len(self.calls) - len(self.served)} of {len(self.calls)} calls were not served."
            )
        return [self.served[number] for number in range(len(self.calls))]

    def received(self, number: int, trip: int, now_s: float) -> None:
        self.waiting[number] = None

    def looked(self, number: int, trip: int, now_s: float) -> None:
        """Nothing happened; the calls that wait are looked at again."""

    def begin_shift(self, number: int, trip: int, now_s: float) -> None:
        unit = self.units[number]
        base = (unit.post.lat, unit.post.lon)
        unit.state, unit.leg = State.FREE, (base, base, now_s, now_s)

    def arrived(self, number: int, trip: int, now_s: float) -> None:
        unit = self.units[number]
        if trip != unit.trip:
            return  # it was diverted on its way
        unit.state = State.ON_SCENE
        self.traces[unit.call].arrived_s = now_s
        self.push(now_s + self.calls[unit.call].on_scene_s, _What.FREED, number, trip)

    def freed(self, number: int, trip: int, now_s: float) -> None:
        unit = self.units[number]
        trace, call = self.traces[unit.call], self.calls[unit.call]
        self.served[unit.call] = Served(
            unit.call, number, call.received_s, trace.sent_s, trace.arrived_s, now_s, trace.changes
        )
        self.release(unit, now_s)

    def release(self, unit: _Unit, now_s: float) -> None:
        """Let a crew go: back to its base, or off duty where its shift is over."""
        here, base = unit.at(now_s), (unit.post.lat, unit.post.lon)
        ends = now_s >= unit.post.until_s
        unit.call, unit.trip = -1, unit.trip + 1
        unit.state = State.OFF if ends else State.FREE
        back_s = self.way_s(here, base) if self.rules.returns and not ends else 0.0
        unit.leg = (here, base if back_s else here, now_s, now_s + back_s)

    def decide(self, now_s: float) -> None:
        crews = [self.seen(unit, now_s) for unit in self.units]
        incidents = [self.asked(number, now_s) for number in self.waiting]
        for call, crew in self.policy(incidents, crews):
            self.send(int(call), int(crew), now_s)
        if self.waiting and self.looks_at <= now_s:
            self.looks_at = now_s + self.rules.look_again_s
            if any(unit.call >= 0 for unit in self.units) or self.events:
                self.push(self.looks_at, _What.LOOK, -1)

    def asked(self, number: int, now_s: float) -> Incident:
        call = self.calls[number]
        waited_s = now_s - call.received_s
        return Incident(str(number), call.lat, call.lon, call.category, call.kind, waited_s, call.norm_s)

    def seen(self, unit: _Unit, now_s: float) -> Crew:
        """Return a crew as the desk sees it: with expected times."""
        if unit.state is State.FREE and now_s >= unit.post.until_s:
            unit.state = State.OFF
        lat, lon = unit.at(now_s)
        call = self.calls[unit.call] if unit.call >= 0 else None
        return Crew(
            str(unit.number),
            unit.post.call_sign,
            lat,
            lon,
            unit.post.skills,
            unit.post.force,
            unit.state,
            self.free_in(unit, now_s),
            (call.lat, call.lon) if call else None,
            call.category if call else "",
            str(unit.call) if call else None,
        )

    def free_in(self, unit: _Unit, now_s: float) -> float | None:
        if unit.state is State.ON_THE_WAY:
            return max(unit.expected_s - now_s, 0.0) + self.rules.on_scene.mean_s
        if unit.state is State.ON_SCENE:
            return self.rules.on_scene.left(now_s - self.traces[unit.call].arrived_s)
        return 0.0 if unit.state is State.FREE else None

    def send(self, number: int, crew: int, now_s: float) -> None:
        """Send a crew. One on its way elsewhere is diverted; one on its way to this call is relieved."""
        unit = self.units[crew]
        if number not in self.waiting:
            self.relieve(number, now_s)
        if unit.state not in (State.FREE, State.ON_THE_WAY):
            raise ValueError(
                f"The policy sent {unit.post.call_sign}, which is {unit.state}, to call {number}."
            )
        turnout_s = self.rules.turnout_s
        if unit.state is State.ON_THE_WAY:
            self.waiting[unit.call] = None
            self.traces[unit.call].changes += 1
            turnout_s = 0.0
        self.waiting.pop(number, None)
        self.drive(unit, number, now_s, turnout_s)
        self.traces[number].sent_s = now_s

    def relieve(self, number: int, now_s: float) -> None:
        """Release the crew that drives to a call, because another takes it over."""
        driving = [one for one in self.units if one.call == number and one.state is State.ON_THE_WAY]
        if not driving:
            raise ValueError(f"The policy sent a crew to call {number}, which waits for none.")
        self.traces[number].changes += 1
        self.release(driving[0], now_s)

    def drive(self, unit: _Unit, number: int, now_s: float, turnout_s: float) -> None:
        """Put a crew on the way to a call."""
        call = self.calls[number]
        here, there = unit.at(now_s), (call.lat, call.lon)
        way_s = self.way_s(here, there)
        unit.state, unit.call, unit.trip = State.ON_THE_WAY, number, unit.trip + 1
        unit.expected_s = now_s + turnout_s + way_s
        arrives_s = now_s + turnout_s + way_s * call.pace
        unit.leg = (here, there, now_s + turnout_s, arrives_s)
        self.push(arrives_s, _What.ARRIVED, unit.number, unit.trip)

    def way_s(self, here: Place, there: Place) -> float:
        return float(self.rules.travel.matrix(points([here]), points([there])).seconds[0, 0])


def utilisation(served: Sequence[Served], posts: Sequence[Post], *, since_s: float, until_s: float) -> float:
    """Return the share of the crews' time between two moments in which they served calls.

    Ways that were given up, by diversion or relief, do not count.
    """
    busy = sum(max(0.0, min(one.freed_s, until_s) - max(one.sent_s, since_s)) for one in served)
    there = sum(max(0.0, min(post.until_s, until_s) - max(post.since_s, since_s)) for post in posts)
    return busy / there if there else float(np.nan)
