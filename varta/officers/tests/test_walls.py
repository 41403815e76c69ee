"""The second wall alone: what PostgreSQL shows and allows of the programme, in raw SQL."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from varta.officers.tests.conftest import LVIV, LVIV_DIRECTORATE, reader_at
from varta.people.demo import (
    DIRECTORATE,
    HROMADA,
    MAIN_DIRECTORATE,
    OBLAST,
    OTHER_HROMADA,
    OTHER_SECTOR,
    RAION,
    SECTOR,
)
from varta.people.roles import ROLES
from varta.people.scope import Reader, reading

TABLES = (
    "officers_cohort",
    "officers_stay",
    "officers_memorandum",
    "officers_duty",
    "officers_station",
    "officers_asset",
)
MEMORANDA = TABLES[2:]
COUNTING = {"coordinator", "head", "analyst", "auditor"}


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def count(table: str) -> int:
    return rows(f"SELECT count(*) FROM {table}")[0][0]


@pytest.fixture
def scene(candidate, kateryna, memorandum):
    """Somebody serves and somebody trains in Andrii's hromada, which has a memorandum with a duty of each side."""
    serving, training = candidate().comes_to("appoint"), candidate().comes_to("enrol")
    memorandum()
    return serving, training


@pytest.mark.parametrize("table", TABLES)
def test_the_wall_stands_for_the_tables_owner_too(db, table):
    [(enabled, forced)] = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )

    assert enabled and forced


@pytest.mark.parametrize("table", TABLES)
def test_without_a_reader_there_are_no_rows(scene, table):
    assert count(table) == 0
    with reading(Reader.system()):
        assert count(table) > 0


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"hromada_officer"}))
def test_who_counts_sees_stays_and_nobody_else_does(scene, role):
    with reading(reader_at(f"x-{role}", role, OBLAST, MAIN_DIRECTORATE)):
        assert bool(count("officers_stay")) == (role in COUNTING)


def test_a_hromada_officer_sees_service_alone_and_only_at_home(scene):
    with reading(reader_at("x-andrii", "hromada_officer", HROMADA, SECTOR)):
        assert {stage for (stage,) in rows("SELECT stage FROM officers_stay")} == {"serving"}
        assert count("officers_memorandum") == 1
        assert count("officers_duty") > 0
    with reading(reader_at("x-maria", "hromada_officer", OTHER_HROMADA, OTHER_SECTOR)):
        assert [count(table) for table in TABLES[1:]] == [0] * 5


@pytest.mark.parametrize("role", sorted(COUNTING))
def test_another_oblast_sees_nothing(scene, role):
    with reading(reader_at(f"y-{role}", role, LVIV, LVIV_DIRECTORATE)):
        assert [count(table) for table in TABLES[1:]] == [0] * 5


def test_a_raion_sees_who_serves_in_it_and_no_candidates(scene):
    with reading(reader_at("z-head", "head", RAION, DIRECTORATE)):
        assert {case for (case,) in rows('SELECT "case" FROM officers_stay')} == {scene[0].case}


@pytest.mark.parametrize("role", ["analyst", "auditor", "hromada_officer", "duty"])
def test_who_only_counts_writes_nothing(scene, role):
    with reading(reader_at(f"w-{role}", role, OBLAST, MAIN_DIRECTORATE)), connection.cursor() as cursor:
        for table in ("officers_stay", "officers_duty"):
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0
        cursor.execute("UPDATE officers_memorandum SET officers = 9")
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(COHORT)


COHORT = """
INSERT INTO officers_cohort (code, university_id, course_uk, course_en, begins, ends, capacity, curriculum, created_at)
VALUES ('x', 'NPU-PS-DDUVS', '', '', '2026-01-01', '2026-02-01', 5, '[]', now())
"""


def test_a_stay_is_never_changed_in_place(scene):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute("UPDATE officers_stay SET stage = 'left'")


@pytest.mark.parametrize("table", ["officers_cohort", "officers_memorandum"])
def test_what_must_stay_is_not_deleted(scene, table):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_a_stay_is_not_put_into_a_foreign_scope(scene, lviv_hromada):
    copied = """
    INSERT INTO officers_stay ("case", nth, person, stage, oblast, hromada, place_pre, unit, unit_pre, began, why)
    SELECT gen_random_uuid(), 1, gen_random_uuid(), 'serving', t.oblast, t.code, t.pre, u.code, u.pre, '2026-01-01', ''
    FROM places_territory t, places_unit u WHERE t.code = %s AND u.code = %s
    """
    with reading(reader_at("v-head", "head", OBLAST, MAIN_DIRECTORATE)), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(copied, [lviv_hromada, LVIV_DIRECTORATE])
        cursor.execute(copied, [HROMADA, MAIN_DIRECTORATE])


def test_the_database_itself_refuses_two_places_at_once(scene):
    doubled = """
    INSERT INTO officers_stay ("case", nth, person, stage, oblast, hromada, place_pre, unit, unit_pre, began, why)
    SELECT gen_random_uuid(), 1, person, 'serving', oblast, hromada, place_pre, unit, unit_pre, began, ''
    FROM officers_stay WHERE stage = 'serving'
    """
    with reading(Reader.system()), pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        connection.cursor().execute(doubled)
