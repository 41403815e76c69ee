"""An intruder with the database's files changes the past; `verify` names what was touched."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import databases
from varta.cases import rows, seals
from varta.cases.bulk import Row, take_many
from varta.cases.canon import content_hash
from varta.cases.models import Case, Seal
from varta.cases.rebuild import rebuild
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.cases.verify import verify
from varta.lib.uuid7 import uuid7_from
from varta.people import looks
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

SYSTEM = Reader.system()
LATER = RECEIVED + timedelta(hours=1)


@pytest.fixture
def sealed(committed_db, tmp_path, monkeypatch):
    """Thirty calls of two entries and two looks, sealed; the keys of the opening entries."""
    monkeypatch.setenv("VARTA_SEALS", str(tmp_path / "seals"))
    with reading(SYSTEM):
        place, unit = Territory.objects.filter(level=3).first().code, Unit.objects.first().code
    rows = []
    for nth in range(30):
        case = uuid7_from(RECEIVED, "sealed", nth)
        for step, minutes, data in (("receive", 0, CALL), ("arrive", 7, {})):
            at = RECEIVED + timedelta(minutes=minutes, seconds=nth)
            key = case if step == "receive" else uuid7_from(at, "sealed", nth, step)
            rows.append(Row(key, case, "call", step, at, LATER, data, place, unit))
    take_many(rows, by=SYSTEM)
    with reading(SYSTEM):
        for _ in range(2):
            looks.note(by=SYSTEM, at=LATER, action="search")
    seal()
    return [row.key for row in rows if row.step == "receive"]


def seal():
    databases.settle()
    return seals.seal(LATER)


def found():
    return {(finding.kind, finding.subject) for finding in verify()}


def test_untouched_is_found_untouched(sealed):
    assert verify() == []
    assert (Seal.objects.get().entries, Seal.objects.get().looks) == (60, 2)


def test_one_changed_letter_is_found_and_named(sealed, as_superuser):
    as_superuser.execute(
        "UPDATE cases_entry SET data = jsonb_set(data, '{about}', '\"Шумлять під вікном\"') WHERE key = %s",
        [sealed[7]],
    )

    assert found() == {("changed", f"entry {sealed[7]}")}


@pytest.mark.parametrize("column", ["at", "received_at"])
def test_a_moved_moment_is_found(sealed, as_superuser, column):
    as_superuser.execute(
        f"UPDATE cases_entry SET {column} = {column} - interval '1 hour' WHERE key = %s", [sealed[3]]
    )

    assert ("changed", f"entry {sealed[3]}") in found()


def test_a_change_with_its_hash_made_anew_is_found_by_the_seal(sealed, as_superuser):
    query = f"SELECT {rows.SELECTED} FROM cases_entry WHERE case_key = $1 AND step = 'arrive'"
    with reading(SYSTEM):
        last = rows.entry_of(rows.cursor().execute(query, [sealed[0]]).fetchone())
    forged = content_hash(replace(last, at=last.at - timedelta(minutes=3)))
    as_superuser.execute(
        "UPDATE cases_entry SET at = at - interval '3 minutes', hash = %s WHERE key = %s", [forged, last.key]
    )

    assert ("changed", f"entry {last.key}") in found()


def test_a_removed_last_entry_is_found_and_named(sealed, as_superuser):
    [(key,)] = as_superuser.execute(
        "DELETE FROM cases_entry WHERE case_key = %s AND step = 'arrive' RETURNING key", [sealed[9]]
    ).fetchall()

    assert ("missing", f"entry {key}") in found()


def test_a_cut_tail_of_whole_cases_is_found(sealed, as_superuser):
    gone = sealed[-5:]
    for table, column in (("cases_entry", "case_key"), ("cases_deadline", "case_key"), ("cases_case", "key")):
        as_superuser.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [gone])
    as_superuser.execute("UPDATE cases_journal SET last = last - 5")

    assert {("missing", f"entry {key}") for key in gone} <= found()


def test_an_entry_slipped_in_is_found(sealed, as_superuser):
    as_superuser.execute(
        "INSERT INTO cases_entry (key, case_key, position, procedure, step, place, unit, role, at, received_at, data,"
        " prev_hash, hash, txid) SELECT %s, case_key, 3, procedure, 'close', place, unit, role, at, received_at, '{}',"
        " hash, sha256('x'), txid FROM cases_entry WHERE case_key = %s AND position = 2",
        [added := uuid7_from(LATER, "slipped"), sealed[2]],
    )

    assert ("added", f"entry {added}") in found()


def test_an_entry_of_a_transaction_to_come_is_found(sealed, as_superuser):
    as_superuser.execute("UPDATE cases_entry SET txid = '999999999' WHERE key = %s", [sealed[4]])

    assert ("added", f"entry {sealed[4]}") in found()


def test_a_changed_look_is_found(sealed, as_superuser):
    [(key,)] = as_superuser.execute(
        "UPDATE people_look SET reason = 'forged'"
        " WHERE key = (SELECT min(key::text)::uuid FROM people_look) RETURNING key"
    ).fetchall()

    assert found() == {("changed", f"look {key}")}


def test_a_removed_look_is_found(sealed, as_superuser):
    [(key,)] = as_superuser.execute(
        "DELETE FROM people_look WHERE key = (SELECT min(key::text)::uuid FROM people_look) RETURNING key"
    ).fetchall()

    assert found() == {("missing", f"look {key}")}


def test_a_removed_seal_is_found(sealed, tmp_path):
    (tmp_path / "seals" / "chain.jsonl").write_text("")

    assert ("seal-missing", "seal 1") in found()


def test_a_forged_seal_is_found(sealed, tmp_path):
    path = tmp_path / "seals" / "chain.jsonl"
    path.write_text(path.read_text().replace('"entries": 60', '"entries": 59'))

    assert ("seal-forged", "seal 1") in found()


def test_changed_leaves_are_found(sealed, tmp_path):
    path = tmp_path / "seals" / "00000001.leaves"
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)

    assert ("seal-leaves-changed", "seal 1") in found()


def test_a_seal_covers_only_what_came_since_the_last_one(sealed):
    assert seal() is None

    with reading(SYSTEM):
        looks.note(by=SYSTEM, at=LATER, action="search")
    line = seal()

    assert (line.nth, line.entries, line.looks) == (2, 0, 1)
    assert verify() == []


def test_a_seal_kept_outside_but_not_committed_is_taken_up(sealed, as_superuser):
    as_superuser.execute("DELETE FROM cases_seal")
    assert verify() == []

    with reading(SYSTEM):
        looks.note(by=SYSTEM, at=LATER, action="search")
    seal()

    assert Seal.objects.count() == 2 and verify() == []


def test_nothing_is_sealed_over_a_database_that_forgot_its_count(sealed, as_superuser, tmp_path):
    path = tmp_path / "seals" / "chain.jsonl"
    [line] = seals.lines()
    path.write_text(seals._signed(replace(line, to_txid=10**12)).text() + "\n")

    with pytest.raises(seals.SealsBroken):
        seals.seal(LATER)


def test_a_transaction_still_open_is_left_for_the_next_seal(sealed, as_owner):
    with as_owner.transaction():
        as_owner.execute("SELECT pg_current_xact_id()")
        with reading(SYSTEM):
            looks.note(by=SYSTEM, at=LATER, action="search")
        assert seals.seal(LATER) is None

    assert seal().looks == 1


def test_a_projection_changed_by_hand_is_found_and_put_right(sealed, as_superuser):
    with reading(SYSTEM):
        before = list(Case.objects.order_by("key").values())
    as_superuser.execute("UPDATE cases_case SET late_from = NULL, facts = '{}' WHERE key = %s", [sealed[0]])
    as_superuser.execute("DELETE FROM cases_deadline WHERE case_key = %s", [sealed[1]])
    as_superuser.execute("DELETE FROM cases_case WHERE key = %s", [sealed[2]])
    assert {("projection", str(key)) for key in sealed[:3]} <= found()

    mended = rebuild()

    assert {difference.case for difference in mended} == set(sealed[:3])
    with reading(SYSTEM):
        assert list(Case.objects.order_by("key").values()) == before
    assert verify() == []
