"""What a recommendation says: the choice, the next two, and why, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from varta.planning.forces import Crew, Key

Words = Mapping[str, str]  # "uk" and "en"


class Way(StrEnum):
    """How a crew would come to the call."""

    NOW = "now"  # it is free
    WHEN_FREE = "when_free"  # it finishes first
    DIVERTED = "diverted"  # it leaves the call that it drives to


@dataclass(frozen=True, slots=True)
class Option:
    """A crew that could be sent.

    arrival_s: expected seconds from now to its arrival, None where unknown. starts_in_s: seconds until it
    can start. fits: it has the wanted skill, or none is wanted. in_norm: it would come within the norm,
    None where no norm or no time is known. cover_lost_s: by how much others would wait longer on the
    average call while it is away. why: one sentence in each language.
    """

    crew: Crew
    way: Way
    arrival_s: float | None
    starts_in_s: float
    fits: bool
    in_norm: bool | None
    cover_lost_s: float
    why: Words


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Whom Varta would send to a call. The duty officer decides.

    choice: None where nobody can be sent now; then `shortage` is true and `soonest` is who could come
    first. others: the next two. also: who has the wanted skill, where the choice has it not. diversion: a
    crew on its way to a less urgent call that would come sooner; always a separate decision.
    why: the reason of the choice, or that forces are short. estimated_by, trouble: see `travel.Times`.
    """

    incident: Key
    choice: Option | None
    others: tuple[Option, ...]
    also: Option | None
    diversion: Option | None
    shortage: bool
    soonest: Option | None
    why: Words
    estimated_by: str
    trouble: Words = field(default_factory=dict)
