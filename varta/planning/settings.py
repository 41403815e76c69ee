"""What the recommendation weighs against what: numbers that an installation may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varta.planning.needs import NEEDS, Need
from varta.planning.travel import GreatCircle, TravelTimes


@dataclass(frozen=True, slots=True)
class Urgency:
    """How much a second of waiting weighs in a category, and from when on it weighs more and more."""

    weight: float
    aim_s: float

    def loss(self, seconds: float) -> float:
        """Return the loss of arriving after so many seconds, in weighted seconds."""
        return self.weight * (seconds + seconds * seconds / (2 * self.aim_s))


URGENCY: Mapping[str, Urgency] = {
    "alpha": Urgency(8.0, 600.0),
    "beta": Urgency(4.0, 900.0),
    "gamma": Urgency(1.0, 2400.0),
    "delta": Urgency(0.25, 14_400.0),
    "unknown": Urgency(2.0, 1200.0),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The weights. Seconds where the name says so; the docs tell how they were found.

    cover: how much the seconds count that others would wait longer while a crew is away; 0 ignores them.
    away_s: for how long a crew that is sent is missing elsewhere.
    may_wait: categories for which a busy crew may be better than a free one that is far.
    doubt: by which factor a busy crew is thought to become free later than expected.
    turnout_s: from being sent to driving.
    all_hands, spare_special_s: for which categories a special force goes to an event that does not want
    its skill, and how much sooner than others it must come.
    cover_by: travel times for the cover; an average over many places, for which straight lines will do.
    divert_to, divert_from, divert_saves_s: for which category a crew on its way to which other is
    proposed for diversion, and how much it must save.
    relief_saves_s: a free crew is proposed to take over from one on its way if it saves so much.
    cycle_s: from one call to the next of the same crew, for calls that outnumber the crews.
    crowding: how much it counts that a crew on a long way makes all others wait; 0 ignores it.
    """

    urgency: Mapping[str, Urgency] = field(default_factory=lambda: URGENCY)
    needs: Mapping[str, Need] = field(default_factory=lambda: NEEDS)
    cover: float = 0.6
    away_s: float = 3000.0
    may_wait: frozenset[str] = frozenset({"gamma", "delta"})
    doubt: float = 1.0
    turnout_s: float = 60.0
    all_hands: frozenset[str] = frozenset({"alpha"})
    spare_special_s: float = 300.0
    cover_by: TravelTimes = field(default_factory=GreatCircle)
    divert_to: frozenset[str] = frozenset({"alpha"})
    divert_from: frozenset[str] = frozenset({"gamma", "delta"})
    divert_saves_s: float = 180.0
    relief_saves_s: float = 240.0
    cycle_s: float = 3000.0
    crowding: float = 1.0

    def of(self, category: str) -> Urgency:
        """Return the urgency of a category; what is not listed is unknown."""
        return self.urgency.get(category, self.urgency["unknown"])


DEFAULT = Settings()
