"""Who can be sent and where help is needed, as the recommendation sees them: no names, no persons."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

Key = UUID | str


class State(StrEnum):
    """What a crew is doing."""

    FREE = "free"
    ON_THE_WAY = "on_the_way"
    ON_SCENE = "on_scene"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Crew:
    """A crew. `lat`, `lon` is where it is now, None where nobody knows.

    `force` is a code of `procedures.call.FORCE`; the skills of a force count without being listed.
    `free_in_s`: expected seconds until it is free, 0 for a free crew, None where nobody can tell;
    `onscene.OnScene.left` estimates it. `free_at`: where it will be free, its present place without it.
    `call`, `serving`: key and category of the call that it drives to or works at.
    """

    key: Key
    call_sign: str
    lat: float | None
    lon: float | None
    skills: frozenset[str] = frozenset()
    force: str = "patrol"
    state: State = State.FREE
    free_in_s: float | None = 0.0
    free_at: tuple[float, float] | None = None
    serving: str = ""
    call: Key | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """A call that waits for a crew.

    `category` and `kind` are codes of `procedures.call`. `waited_s`: seconds since it was received.
    `norm_s`: seconds from receipt within which a crew should arrive, None where no norm is known.
    """

    key: Key
    lat: float | None
    lon: float | None
    category: str
    kind: str
    waited_s: float = 0.0
    norm_s: float | None = None
