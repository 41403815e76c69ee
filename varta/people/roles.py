"""The eleven roles: what each may read, open and take out. Data only, no framework."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from varta.law.faults import SENSITIVITIES

ALL = "*"

# Who writes without being an officer; see scope.SYSTEM and scope.EXCHANGE.
SYSTEM_TITLE = {"uk": "система", "en": "the system"}  # a loaded file, the worker, a resident
EXCHANGE_TITLE = {"uk": "система партнера", "en": "a partner's system"}
PROGRAMS: Mapping[str, Mapping[str, str]] = {"system": SYSTEM_TITLE, "exchange": EXCHANGE_TITLE}

SERVING = frozenset({"cases", "people", "results"})
MEETINGS = frozenset({"meeting", "meeting_invitation"})
POLICE = SERVING | {"desk", "appeals"}  # who answers calls and appeals


@dataclass(frozen=True)
class Role:
    """What an appointment to this role allows, within the place and unit of the appointment.

    `reads` is the highest sensitivity of procedure that the role reads; None reads no matters
    of people at all, only figures. `also` names procedures that it reads besides.
    """

    code: str
    title: Mapping[str, str]
    reads: str | None
    pages: frozenset[str]
    also: frozenset[str] = frozenset()
    registers: bool = False  # may enter residents and take steps
    exports: bool = False  # may take lists out as files

    def may_read(self, procedure: str, sensitivity: str) -> bool:
        """Return whether matters under this procedure are open to the role."""
        below = self.reads is not None and _rank(sensitivity) <= _rank(self.reads)
        return below or procedure in self.also


def _rank(sensitivity: str) -> int:
    """Return how high a sensitivity stands; a word that the law's part does not know stands highest."""
    return SENSITIVITIES.index(sensitivity) if sensitivity in SENSITIVITIES else len(SENSITIVITIES)


ROLES: Mapping[str, Role] = {
    role.code: role
    for role in (
        Role(
            "duty",
            {"uk": "Черговий", "en": "Duty officer"},
            reads="violence",
            pages=POLICE,
            registers=True,
        ),
        Role(
            "hromada_officer",
            {"uk": "Поліцейський офіцер громади", "en": "Hromada police officer"},
            reads="violence",
            pages=POLICE | {"officers"},
            registers=True,
        ),
        Role(
            "juvenile_officer",
            {"uk": "Інспектор ювенальної превенції", "en": "Juvenile prevention officer"},
            reads="violence",
            pages=POLICE,
            registers=True,
        ),
        Role(
            "criminal_block",
            {"uk": "Працівник кримінального блоку", "en": "Criminal block officer"},
            reads="personal",
            pages=POLICE,
            also=frozenset({"joint_task"}),
            registers=True,
        ),
        Role(
            "head",
            {"uk": "Керівник підрозділу", "en": "Head of unit"},
            reads="violence",
            pages=POLICE | {"looks_of_unit", "officers"},
            also=frozenset({"officer_training", "hromada_memorandum"}) | MEETINGS,
            registers=True,
            exports=True,
        ),
        Role(
            "coordinator",
            {"uk": "Координатор програми", "en": "Programme coordinator"},
            reads=None,
            pages=SERVING | {"officers"},
            also=frozenset({"officer_training", "hromada_memorandum", "hromada_report", "local_meeting"})
            | MEETINGS
            | {"explanation"},
            registers=True,
            exports=True,
        ),
        Role(
            "analyst",
            {"uk": "Аналітик", "en": "Analyst"},
            reads=None,
            pages=frozenset({"results", "officers"}),
            also=frozenset({"period_report", "explanation"}),
            exports=True,
        ),
        Role(
            "editor",
            {"uk": "Редактор", "en": "Editor"},
            reads=None,
            pages=frozenset({"results", "press"}),
        ),
        Role(
            "partner",
            {"uk": "Служба-партнер", "en": "Partner service"},
            reads=None,
            pages=frozenset({"cases"}),
            also=frozenset({"domestic_violence", "joint_task"}),
            registers=True,
        ),
        Role(
            "auditor",
            {"uk": "Аудитор", "en": "Auditor"},
            reads=None,
            pages=frozenset({"results", "log", "officers"}),
            exports=True,
        ),
        Role(
            "administrator",
            {"uk": "Адміністратор", "en": "Administrator"},
            reads=None,
            pages=frozenset({"accounts"}),
        ),
    )
}


class Governed(Protocol):
    """What a role needs to know about a procedure."""

    code: str
    sensitivity: str


class Acting(Protocol):
    """Anyone who acts in a role."""

    @property
    def role(self) -> str: ...


def procedures_of(role: str, procedures: Iterable[Governed]) -> frozenset[str]:
    """Return codes of the procedures whose matters the role may read."""
    found = ROLES.get(role)
    if found is None:
        return frozenset()
    return frozenset(one.code for one in procedures if found.may_read(one.code, one.sensitivity))


def may(reader: Acting, page: str) -> bool:
    """Return whether the reader's role opens the page: "cases", "people", "accounts", "log", "results"…"""
    role = ROLES.get(reader.role)
    return role is not None and page in role.pages


def may_export(reader: Acting) -> bool:
    """Return whether the reader's role takes lists out as files."""
    role = ROLES.get(reader.role)
    return role is not None and role.exports


def may_register(reader: Acting) -> bool:
    """Return whether the reader's role enters residents and takes steps."""
    if reader.role == "exchange":  # the callers of what a partner's system sends
        return True
    role = ROLES.get(reader.role)
    return role is not None and role.registers


def title(role: str, language: str) -> str:
    """Return the role's title in "uk" or "en"; the code itself when there is no such role."""
    if role in PROGRAMS:
        return PROGRAMS[role][language]
    found = ROLES.get(role)
    return found.title[language] if found else role
