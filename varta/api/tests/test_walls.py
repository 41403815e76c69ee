"""What the programs of partners see and write in the database, in raw SQL, without any query of ours."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.matrix.scene import officers, scene
from varta.api.conftest import NOW
from varta.api.intake.receiving import Sent, register_call
from varta.api.intake.spotting import spot
from varta.api.models import Message
from varta.api.partners import gate
from varta.people.demo import HROMADA, OTHER_HROMADA, SECTOR
from varta.people.scope import PUBLISHED, Reader, reading

__all__ = ["officers", "scene"]

RECORD = {"channel": "line_112", "category": "gamma", "kind": "noise", "about": "Гучна музика"}
TABLES = ("cases_case", "cases_entry", "cases_deadline", "cases_involvement", "people_person")
PUBLIC = Reader(None, PUBLISHED, 0, 2**31 - 1, 0, 2**31 - 1, frozenset({"call", "appeal"}))


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def count(table: str) -> int:
    return rows(f"SELECT count(*) FROM {table}")[0][0]


@pytest.fixture
def sent_call(scene, partner) -> UUID:
    """A call that 112 sent, beside those of the scene, of which four lie in its area."""
    return send(partner)


def send(partner, door="call", **other) -> UUID:
    sent = Sent(door, "a-1", NOW, RECORD)
    by = gate.reader_of(partner, "calls")
    with reading(by):
        spotted = spot(partner, on=NOW.date(), codes=[HROMADA])
        caller = {"surname": "Вигаданенко", "phone": "+380 00 000 00 09"}
        written = register_call(sent, RECORD | other, spotted, partner=partner, by=by, now=NOW, caller=caller)
    return written.case_key


def test_a_partner_sees_the_case_that_it_sent_and_no_other(sent_call, partner):
    with reading(gate.reader_of(partner, "calls")):
        assert [key for (key,) in rows("SELECT key FROM cases_case")] == [sent_call]
        assert [key for (key,) in rows("SELECT case_key FROM cases_entry")] == [sent_call]


@pytest.mark.parametrize("table", ["people_person", "cases_involvement", "api_key"])
@pytest.mark.parametrize("right", ["calls", "cap_in", "cap_out", "open311"])
def test_no_program_reads_people_or_keys(sent_call, partner, right, table):
    with reading(gate.reader_of(partner, right)):
        assert count(table) == 0


def test_another_partner_of_the_same_area_sees_nothing_of_it(sent_call, let_in):
    other, _ = let_in("other-112")

    with reading(gate.reader_of(other, "calls")):
        assert [count(table) for table in (*TABLES, "api_message")] == [0] * 6


def test_a_partner_cannot_open_a_case_that_it_did_not_send(scene, partner):
    with reading(gate.reader_of(partner, "calls")):
        assert rows("SELECT * FROM cases_case") == []
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insert_case()


def insert_case() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO cases_case (key, procedure, place, place_pre, unit, unit_pre, number, year, opened_at,
                last_at, last_step, facts, entries, head_hash, key_low, key_high)
            SELECT gen_random_uuid(), 'call', t.code, t.pre, u.code, u.pre, 900, 2026, now(), now(), 'receive',
                '{"category": "alpha"}', 1, '', gen_random_uuid(), gen_random_uuid()
            FROM places_territory t, places_unit u WHERE t.code = %s AND u.code = %s
            """,
            [HROMADA, SECTOR],
        )


def test_what_is_shared_are_open_urgent_calls_of_the_area_read_only(scene, partner):
    urgent = send(partner, category="alpha")
    by = gate.reader_of(partner, "cap_out")

    with reading(by):
        seen = {key for (key,) in rows("SELECT key FROM cases_case")}
        assert urgent in seen and scene.case("home") in seen
        assert scene.case("other raion") not in seen
        for statement in (
            "UPDATE cases_case SET number = number",
            "INSERT INTO api_message (key, partner_id, door, sender, identifier, sent_at, digest, case_key, service,"
            " received_at) VALUES (gen_random_uuid(), 0, 'cap', '', 'x', now(), '', gen_random_uuid(), '', now())",
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                connection.cursor().execute(statement)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insert_case()


def test_a_call_of_category_gamma_is_not_shared(sent_call, partner):
    with reading(gate.reader_of(partner, "cap_out")):
        assert rows("SELECT 1 FROM cases_case WHERE key = %s", sent_call) == []


def test_the_public_sees_cases_of_open311_alone_and_no_entry(scene, partner):
    published = send(partner, door="open311")

    with reading(PUBLIC):
        assert [key for (key,) in rows("SELECT key FROM cases_case")] == [published]
        assert [count(table) for table in ("cases_entry", "cases_involvement", "people_person")] == [0, 0, 0]


def test_a_partner_cannot_write_a_message_in_the_name_of_another(partner, let_in):
    other, _ = let_in("other-112")

    with reading(gate.reader_of(partner, "calls")), transaction.atomic():  # noqa: SIM117
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Message.objects.create(
                key="0190b6f0-0000-7000-8000-000000000001",
                partner=other,
                door="call",
                identifier="x",
                sent_at=NOW,
                digest=b"",
                case_key="0190b6f0-0000-7000-8000-000000000001",
                received_at=NOW,
            )


@pytest.mark.parametrize("where", ["home", "other raion"])
def test_a_partner_cannot_make_the_case_of_another_its_own(scene, partner, where):
    """Keys of cases are no secret: a message that names one must not open it."""
    with reading(gate.reader_of(partner, "calls")):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Message.objects.create(
                key=scene.case(where),
                partner=partner,
                door="call",
                identifier="x",
                sent_at=NOW,
                digest=b"",
                case_key=scene.case(where),
                received_at=NOW,
            )
        assert count("cases_case") == 0


@pytest.mark.parametrize("statement", ["UPDATE api_message SET door = 'cap'", "DELETE FROM api_message"])
def test_a_message_is_written_once_even_for_the_system(sent_call, statement):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["api_partner", "api_key", "api_message", "api_use"])
def test_the_wall_stands_for_the_tables_owner_too(db, table):
    assert rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    ) == [(True, True)]


@pytest.mark.parametrize("table", ["api_partner", "api_key", "api_message", "api_use"])
def test_without_a_reader_there_are_no_rows(sent_call, key, table):
    assert count(table) == 0


@pytest.mark.parametrize("role", ["duty", "head", "administrator", "partner"])
def test_no_officer_reads_keys_or_messages_of_partners(sent_call, officers, role):
    with reading(officers.reader(role)):
        assert (count("api_key"), count("api_message")) == (0, 0)


def test_officers_see_the_partners_call_as_any_other(sent_call, officers):
    with reading(officers.reader("duty")):
        assert sent_call in {key for (key,) in rows("SELECT key FROM cases_case")}


def test_a_case_that_lies_elsewhere_is_not_written_even_with_a_message(let_in, scene):
    partner, _ = let_in(place=OTHER_HROMADA, unit="NPU-12-1202-025")

    with reading(gate.reader_of(partner, "calls")), pytest.raises(Exception, match="outside"):
        spot(partner, on=NOW.date(), codes=[HROMADA])


def test_a_program_changes_no_account_not_even_its_own(partner):
    with reading(gate.reader_of(partner, "calls")), connection.cursor() as cursor:
        cursor.execute("UPDATE people_officer SET is_active = true")
        assert cursor.rowcount == 0


def test_each_table_that_asks_for_place_and_unit_keeps_programs_out(db):
    """A policy of place and unit alone lets a partner's system in within its area: see decision 0011."""
    policies = rows("SELECT tablename, permissive, coalesce(qual, '') FROM pg_policies")
    scoped = {
        table
        for table, kind, qual in policies
        if kind == "PERMISSIVE" and "varta.place_from" in qual and "'duty_shift'" not in qual
    }
    guarded = {table for table, kind, qual in policies if kind == "RESTRICTIVE" and "'exchange'" in qual}

    assert sorted(scoped - guarded) == []
