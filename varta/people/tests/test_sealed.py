"""What a stolen copy of the database does not give away."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from varta.people import actions
from varta.people.scope import Reader, reading
from varta.people.sealed import CannotOpen, seal, unseal

AT = datetime(2026, 10, 31, 9, 30, tzinfo=UTC)


def test_a_sealed_text_opens_with_its_key_alone(home):
    sealed = seal("вул. Вигадана, 17", key="residence")

    assert "Вигадана" not in sealed
    assert unseal(sealed, key="residence") == "вул. Вигадана, 17"
    with pytest.raises(CannotOpen, match="keys/other"):
        unseal(sealed, key="other")


def test_a_changed_text_does_not_open(home):
    sealed = seal("вул. Вигадана, 17", key="residence")

    with pytest.raises(CannotOpen):
        unseal(sealed[:-3] + "AAA", key="residence")


def test_nothing_stays_nothing(home):
    assert seal("", key="residence") == unseal("", key="residence") == ""


def test_residence_and_tax_number_are_unreadable_in_the_table(db):
    with reading(Reader.system()) as by:
        person = actions.register_person(by=by, at=AT, residence="вул. Вигадана, 17", tax_number="0000000000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT p::text FROM people_person p WHERE key = %s", [person.key])
            [row] = cursor.fetchone()

    assert "Вигадана" not in row and "0000000000" not in row
    assert (person.residence, person.tax_number) == ("вул. Вигадана, 17", "0000000000")
