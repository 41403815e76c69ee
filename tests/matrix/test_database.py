"""The second wall alone: what PostgreSQL shows and allows to the application's role, in raw SQL.

The same matrix as that of the addresses, without any of our queries: row-level security must
hold when a filter is forgotten.
"""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.matrix.scene import AT, ELSEWHERE, Scene, officers, scene
from varta.lib import postgres
from varta.people import actions, looks
from varta.people.roles import ROLES
from varta.people.scope import Reader, reading

__all__ = ["officers", "scene"]

OF_CASES = ("cases_case", "cases_entry", "cases_deadline", "cases_involvement")
OF_PEOPLE = ("people_person", "people_look")
APPEND_ONLY = ("cases_entry", "cases_seal", "people_look")
NEVER_DELETED = (*APPEND_ONLY, "people_officer", "people_appointment", "people_person", "cases_journal")
READS_CALLS = {"duty", "hromada_officer", "juvenile_officer", "criminal_block", "head"}


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def count(table: str) -> int:
    return rows(f"SELECT count(*) FROM {table}")[0][0]


def test_the_application_owns_nothing_and_passes_no_wall(db):
    [(user, is_super, bypasses)] = rows(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    owned = rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole")

    assert (user, is_super, bypasses) == (postgres.APP, False, False)
    assert owned == []


@pytest.mark.parametrize("table", [*OF_CASES, *OF_PEOPLE, "people_officer", "people_appointment"])
def test_the_wall_stands_for_the_tables_owner_too(db, table):
    [(enabled, forced)] = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )

    assert enabled and forced


@pytest.mark.parametrize("table", [*OF_CASES, *OF_PEOPLE])
def test_without_a_reader_there_are_no_rows(scene, table):
    assert count(table) == 0


@pytest.mark.parametrize("table", [*OF_CASES, *OF_PEOPLE])
def test_a_connection_that_read_as_somebody_keeps_nothing(scene, officers, table):
    with transaction.atomic(), reading(officers.reader("duty")):
        assert count("cases_case") == 1

    assert count(table) == 0


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_sees_the_cases_of_its_scope_or_none(scene, officers, role):
    with reading(officers.reader(role)):
        seen = {key for (key,) in rows("SELECT key FROM cases_case")}

    assert seen == ({scene.case("home")} if role in READS_CALLS else set())


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("where", ELSEWHERE)
def test_nothing_of_a_foreign_case_is_seen_in_any_table(scene, officers, role, where):
    case, person = scene.case(where), scene.person(where)
    with reading(officers.reader(role)):
        assert rows("SELECT 1 FROM cases_case WHERE key = %s", case) == []
        assert rows("SELECT 1 FROM cases_entry WHERE case_key = %s", case) == []
        assert rows("SELECT 1 FROM cases_deadline WHERE case_key = %s", case) == []
        assert rows("SELECT 1 FROM cases_involvement WHERE case_key = %s", case) == []
        assert rows("SELECT 1 FROM people_person WHERE key = %s", person) == []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_foreign_case_is_neither_changed_nor_deleted(scene: Scene, officers, role):
    with reading(officers.reader(role)), connection.cursor() as cursor:
        for where in ELSEWHERE:
            cursor.execute("UPDATE cases_case SET number = 0 WHERE key = %s", [scene.case(where)])
            assert cursor.rowcount == 0
            cursor.execute("UPDATE people_person SET surname = '' WHERE key = %s", [scene.person(where)])
            assert cursor.rowcount == 0


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_looks_of_others_are_read_by_auditor_and_head_only(scene, officers, role):
    reader = officers.reader(role)
    with reading(reader):
        others = rows("SELECT count(*) FROM people_look WHERE officer_id <> %s", reader.officer_id)[0][0]

    assert bool(others) == (role in ("auditor", "head"))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = hash", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_is_not_changed_even_by_the_system(scene, table, statement):
    column = "root" if table == "cases_seal" else "hash"

    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(statement.format(table).replace("hash", column))


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_nothing_that_must_stay_is_deleted(scene, table):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_nobody_but_an_administrator_makes_or_appoints_an_officer(scene, officers, role):
    reader = officers.reader(role)
    with reading(reader):
        for statement in (
            "INSERT INTO people_officer (login, password, name, name_en, sort_key, rank, email, language, theme, "
            "is_active, must_change_password, is_demo, created_at) "
            "VALUES ('x', '', '', '', '', '', '', 'uk', 'auto', true, false, false, now())",
            "INSERT INTO people_appointment (officer_id, role, place_id, unit_id, since) "
            "SELECT id, 'head', 'UA', 'NPU', now() FROM people_officer LIMIT 1",
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_new_case_cannot_be_put_into_a_foreign_scope(scene, officers, role):
    copied = "place_pre = (SELECT pre FROM places_territory WHERE code = 'UA')"

    with reading(officers.reader(role)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"UPDATE cases_case SET {copied}")
                assert cursor.rowcount == 0  # saw none, changed none
        except ProgrammingError as refused:
            assert "row-level security" in str(refused)


def test_a_connection_keeps_nothing_of_a_committed_reading(committed_db):
    """After a commit the settings come back as empty texts, not as absent ones: the policies must bear it."""
    with reading(Reader.system()) as by:
        actions.register_person(by=by, at=AT, surname="Незнайко")
        looks.note(by=by, at=AT, action="search")
        assert (count("people_person"), count("people_look")) == (1, 1)

    assert [count(table) for table in (*OF_CASES, *OF_PEOPLE)] == [0] * 6
