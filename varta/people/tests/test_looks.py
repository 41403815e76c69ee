"""The log of looks: it grows, and nothing else happens to it."""

from datetime import UTC, date, datetime

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from varta.people import looks
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

ON = date(2026, 10, 31)
AT = datetime(2026, 10, 31, 9, 30, tzinfo=UTC)


def look_of(officer, **more) -> Look:
    reader = Reader.of(officer, on=ON)
    with reading(reader):
        return looks.note(by=reader, at=AT, action="open", subject_kind="person", subject_key="x", **more)


@pytest.fixture
def oksana(db):
    return officer_at("oksana", "Оксана Перевірко", "auditor", "UA", "NPU")


@pytest.mark.parametrize(
    "statement", ["UPDATE people_look SET reason = 'ні'", "DELETE FROM people_look", "TRUNCATE people_look"]
)
def test_the_application_cannot_change_or_delete_a_look(olena, statement):
    look_of(olena)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_nobody_writes_a_look_in_the_name_of_another(olena, maria):
    with (
        reading(Reader.of(olena, on=ON)),
        pytest.raises((ProgrammingError, InternalError), match="row-level security"),
        transaction.atomic(),
    ):
        looks.note(by=Reader.of(maria, on=ON), at=AT, action="open")


def test_an_officer_reads_own_looks_only(olena, maria, reading_as):
    look_of(olena)
    look_of(maria)

    with reading_as(olena):
        seen = list(Look.objects.all())

    assert {look.officer_id for look in seen} == {olena.pk}


def test_an_auditor_reads_the_looks_of_all(olena, maria, oksana, reading_as):
    look_of(olena)
    look_of(maria)

    with reading_as(oksana):
        assert Look.objects.count() == 2


def test_a_head_reads_the_looks_of_the_units_own_people(olena, maria, reading_as):
    halyna = officer_at("halyna", "Галина Керівна", "head", "UA12020000000052809", "NPU-12-1202")
    elsewhere = officer_at("lviv", "Левко Західний", "duty", "UA46000000000026241", "NPU-46")
    look_of(maria)
    look_of(elsewhere)

    with reading_as(halyna):
        assert {look.officer_id for look in Look.objects.all()} == {maria.pk}


def test_an_administrator_reads_no_looks_of_others(olena, reading_as):
    adam = officer_at("adam", "Адам Обліковець", "administrator", "UA", "NPU")
    look_of(olena)

    with reading_as(adam):
        assert Look.objects.count() == 0


def test_without_a_reader_the_log_is_empty(olena):
    look_of(olena)

    assert Look.objects.count() == 0


def test_the_hash_answers_for_every_column(olena):
    look = look_of(olena, reason="Виклик 17", purpose="call", detail={"asked": "Ґудзь"})
    values = {name: getattr(look, name) for name in looks.HASHED}

    assert bytes(look.hash) == looks.content_hash(values)
    for name in looks.HASHED:
        changed = values | {name: AT.replace(minute=31) if name == "at" else "інше"}
        assert looks.content_hash(changed) != bytes(look.hash), name


def test_the_hash_is_the_same_after_a_round_trip_through_the_database(olena):
    key = look_of(olena, detail={"asked": "Дар'я", "status": 404}).key

    with reading(Reader.system()):
        [kept] = Look.objects.filter(key=key)

    assert bytes(kept.hash) == looks.content_hash({name: getattr(kept, name) for name in looks.HASHED})


def test_a_look_without_a_name_is_refused(olena):
    with pytest.raises(ValueError, match="stare"):
        looks.note(by=Reader.of(olena, on=ON), at=AT, action="stare")
