"""The scene of both matrices: an officer of each role in one hromada, and cases in it and around it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from varta.cases.actions import take
from varta.cases.canon import Involved
from varta.lib.uuid7 import uuid7
from varta.people import actions, looks
from varta.people.demo import HROMADA, OTHER_HROMADA, OTHER_SECTOR, SECTOR
from varta.people.models import Officer
from varta.people.roles import ROLES
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
ON = date(2026, 10, 31)
FAR_HROMADA, FAR_SECTOR = "UA12040050000057182", "NPU-12-1204-005"  # Верхньодніпровська, another raion
PASSWORD = "мокрий-дятел-на-сосні-31"
ABSENT = UUID("0190b6f0-0000-7000-8000-000000000001")

# Where a case stands: its place and its unit. The readers' scope is home.
PLACES = {
    "home": (HROMADA, SECTOR),
    "other hromada": (OTHER_HROMADA, OTHER_SECTOR),
    "other unit": (HROMADA, OTHER_SECTOR),
    "other place": (OTHER_HROMADA, SECTOR),
    "other raion": (FAR_HROMADA, FAR_SECTOR),
}
ELSEWHERE = tuple(name for name in PLACES if name != "home")
CALL = {
    "channel": "line_102",
    "category": "beta",
    "kind": "public_order",
    "zone": "rural",
    "about": "Шумлять під вікнами",
}


@dataclass(frozen=True)
class Scene:
    """Cases and callers by where they are."""

    cases: dict[str, UUID]
    people: dict[str, UUID]

    def case(self, where: str) -> UUID:
        """Return the key of the case there."""
        return self.cases[where]

    def person(self, where: str) -> UUID:
        """Return the key of the caller there."""
        return self.people[where]


@dataclass(frozen=True)
class Officers:
    """An officer of each role, all of one hromada and its sector."""

    by_role: dict[str, Officer]

    def reader(self, role: str) -> Reader:
        """Return who this officer is."""
        return Reader.of(self.by_role[role], on=ON)


@pytest.fixture
def scene(db) -> Scene:
    cases, people = {}, {}
    with reading(Reader.system()) as by:
        for number, (where, (place, unit)) in enumerate(PLACES.items()):
            phone = f"+380 00 000 00 0{number}"
            person = actions.register_person(by=by, at=AT, surname=f"Особа {where}", phone=phone)
            written = take(
                key=uuid7(AT),
                procedure="call",
                step="receive",
                data=CALL,
                by=by,
                at=AT,
                received_at=AT + timedelta(seconds=20),
                place=place,
                unit=unit,
                people=[Involved(person.key, "caller")],
            )
            cases[where], people[where] = written.case_key, person.key
    return Scene(cases, people)


@pytest.fixture
def officers(db) -> Officers:
    by_role = {role: officer_at(f"m-{role}", f"Роль {role}", role, HROMADA, SECTOR) for role in ROLES}
    for officer in by_role.values():
        officer.set_password(PASSWORD)
        by = Reader.of(officer, on=ON)
        with reading(by):
            officer.save(update_fields=["password"])
            looks.note(by=by, at=AT, action="search")
    return Officers(by_role)
