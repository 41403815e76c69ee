"""A register of two hundred invented residents in Andrii's hromada, each with a call."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bench import register
from bench.asking import Sought
from varta.cases.bulk import Row, take_many
from varta.cases.canon import Involved
from varta.lib.uuid7 import uuid7_from
from varta.people import demo
from varta.people.actions import new_person
from varta.people.models import Person
from varta.people.scope import Reader, reading

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
CALL = {"channel": "line_102", "category": "beta", "kind": "noise", "zone": "rural", "about": "Шумлять"}


def registered(
    people: list[dict[str, object]], *, place: str = demo.HROMADA, unit: str = demo.SECTOR
) -> list[Person]:
    """Write residents, each with a call of their own, and return them."""
    with reading(Reader.system()) as by:
        persons = Person.objects.bulk_create(new_person(at=AT, **one) for one in people)
        rows = [
            Row(
                key=(key := uuid7_from(AT + timedelta(seconds=nth), person.key)),
                case=key,
                procedure="call",
                step="receive",
                data=CALL,
                at=AT + timedelta(seconds=nth),
                received_at=AT + timedelta(minutes=20),
                place=place,
                unit=unit,
                people=[Involved(person.key, "caller")],
            )
            for nth, person in enumerate(persons)
        ]
        assert take_many(rows, by=by).refused == []
    return persons


@pytest.fixture
def residents(db) -> list[Sought]:
    """Two hundred residents to be found."""
    known = list(register.residents(200, 1))
    registered(
        [
            {
                "key": one.key,
                "surname": one.surname,
                "given": one.given,
                "patronymic": one.patronymic,
                "phone": f"+{one.digits}" if one.digits else "",
                "birth_on": datetime(one.born, 6, 1, tzinfo=UTC).date() if one.born else None,
            }
            for one in known
        ]
    )
    return [Sought(str(UUID(one.key)), *one[1:6], whole=0, part=20) for one in known]
