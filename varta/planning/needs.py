"""Which skill which kind of event needs. It is data: an installation passes its own table.

No order that we could read lists this. It follows from what the forces are for (order 357/2020, order
575/2017 on investigative groups, law 2229-VIII on violence) and is to be confirmed by practice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from varta.planning.forces import Crew


@dataclass(frozen=True, slots=True)
class Need:
    """A skill that is wanted at an event, and how much later its crew may come to be preferred."""

    skill: str
    worth_s: float


FORCE_SKILLS: Mapping[str, frozenset[str]] = {
    "investigation": frozenset({"investigation"}),
    "violence_group": frozenset({"violence"}),
    "juvenile": frozenset({"children"}),
}
# Forces that are kept for the events that want their skill.
SPECIAL = frozenset(FORCE_SKILLS)

NEEDS: Mapping[str, Need] = {
    "domestic_violence": Need("violence", 300),
    "child": Need("children", 300),
    "murder": Need("investigation", 600),
    "sexual": Need("investigation", 300),
    "robbery": Need("investigation", 180),
    "burglary": Need("investigation", 600),
    "vehicle_theft": Need("investigation", 300),
    "theft": Need("investigation", 300),
    "death": Need("investigation", 600),
    "mine_threat": Need("explosives", 180),
    "suicide": Need("negotiation", 180),
}

SKILL_NAMES: Mapping[str, Mapping[str, str]] = {
    "investigation": {"uk": "слідчо-оперативна група", "en": "investigative group"},
    "violence": {"uk": "група протидії домашньому насильству", "en": "domestic violence group"},
    "children": {"uk": "ювенальна превенція", "en": "juvenile prevention"},
    "explosives": {"uk": "вибухотехніки", "en": "explosives technicians"},
    "negotiation": {"uk": "перемовник", "en": "negotiator"},
}


def skills_of(crew: Crew) -> frozenset[str]:
    """Return the skills of a crew, those of its force included."""
    return crew.skills | FORCE_SKILLS.get(crew.force, frozenset())
