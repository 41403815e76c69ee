"""take_many obeys every rule of take, and leaves the same rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from varta.cases import bulk, errors
from varta.cases.actions import take
from varta.cases.bulk import Row, take_many
from varta.cases.models import Case, Deadline, Entry, Journal
from varta.cases.rebuild import differences
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.cases.verify import verify
from varta.lib.uuid7 import uuid7, uuid7_from
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db
SYSTEM = Reader.system()
LIFE = (
    ("receive", 0, CALL),
    ("assign", 1, {"force": "patrol"}),
    ("arrive", 7, {}),
    ("close", 30, {"outcome": "resolved", "confirmed": True}),
)


@pytest.fixture
def rows_of(andrii):
    """Return the rows of a call's whole life; the same name gives the same keys."""
    home = andrii.appointments.get()

    def rows(name: str, *, steps: int = 4) -> list[Row]:
        case = uuid7_from(RECEIVED, name, "receive")
        return [
            Row(
                key=uuid7_from(RECEIVED + timedelta(minutes=minutes), name, step),
                case=case,
                procedure="call",
                step=step,
                at=RECEIVED + timedelta(minutes=minutes),
                received_at=RECEIVED + timedelta(days=1),
                data=data,
                place=home.place_id,
                unit=home.unit_id,
            )
            for step, minutes, data in LIFE[:steps]
        ]

    return rows


def all_rows():
    with reading(SYSTEM):
        return [list(model.objects.order_by("pk").values()) for model in (Case, Deadline, Journal)]


def test_many_calls_are_whole_numbered_and_verified(rows_of):
    given = [row for nth in range(50) for row in rows_of(f"call {nth}")]

    outcome = take_many(given, by=SYSTEM)

    assert (outcome.written, outcome.opened, outcome.repeated, outcome.refused) == (200, 50, 0, [])
    with reading(SYSTEM):
        assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 51))
        assert list(differences()) == []
    assert verify() == []


def test_take_many_leaves_the_rows_that_take_leaves(rows_of):
    one, other = rows_of("one"), rows_of("other")
    take_many(one, by=SYSTEM)
    with reading(SYSTEM):
        for row in other:
            values = {name: getattr(row, name) for name in Row.__dataclass_fields__}
            take(**values | {"case": None if row.key == row.case else row.case}, by=SYSTEM)

    with reading(SYSTEM):
        first, second = (
            [
                {name: value for name, value in found.items() if name not in own}
                for found in model.objects.filter(**{key: rows[0].case}).order_by("pk").values()
            ]
            for rows in (one, other)
            for model, key, own in ((Deadline, "case_id", {"case_id", "pk"}),)
        )
        cases = list(
            Case.objects.order_by("number").values("opened_at", "last_step", "closed_at", "facts", "entries")
        )
    assert first == second and first
    assert cases[0] == cases[1]


def test_a_second_load_changes_nothing(rows_of):
    given = [row for nth in range(10) for row in rows_of(f"call {nth}")]
    take_many(given, by=SYSTEM)
    before = all_rows()

    outcome = take_many(given, by=SYSTEM)

    assert (outcome.written, outcome.repeated, outcome.opened) == (0, 40, 0)
    assert all_rows() == before


def test_a_case_can_be_continued_in_a_later_call(rows_of):
    take_many(rows_of("long", steps=2), by=SYSTEM)

    outcome = take_many(rows_of("long"), by=SYSTEM)

    assert (outcome.written, outcome.repeated, outcome.opened) == (2, 2, 0)
    with reading(SYSTEM):
        case = Case.objects.get()
        assert (case.last_step, case.entries) == ("close", 4) and case.closed_at is not None
    assert verify() == []


def test_a_refused_row_leaves_its_whole_case_out_and_no_other(rows_of):
    bad = rows_of("bad")
    bad[2] = replace(bad[2], data={"no such field": 1})

    outcome = take_many([*rows_of("good"), *bad], by=SYSTEM)

    [refusal] = outcome.refused
    assert (refusal.index, refusal.error.code, outcome.opened) == (6, "record-invalid", 1)
    with reading(SYSTEM):
        assert (Case.objects.count(), Case.objects.get().number) == (1, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"place": "UA00000000000000000"}, "unknown-place"),
        ({"unit": "NPU-NOWHERE"}, "unknown-unit"),
        ({"step": "teleport"}, "unknown-step"),
        ({"at": RECEIVED + timedelta(days=9)}, "time-refused"),
        ({"at": RECEIVED.replace(tzinfo=None)}, "time-refused"),
        ({"step": "close", "data": {"outcome": "resolved"}}, "law-refused"),
        ({"case": uuid7(RECEIVED)}, "case-not-found"),
    ],
)
def test_what_take_refuses_is_refused_in_bulk(rows_of, change, code):
    [row] = rows_of("one", steps=1)

    outcome = take_many([replace(row, **change)], by=SYSTEM)

    assert [refusal.error.code for refusal in outcome.refused] == [code]
    with reading(SYSTEM):
        assert Entry.objects.count() == 0


def test_the_same_key_with_other_content_is_refused(rows_of):
    [row] = rows_of("one", steps=1)
    take_many([row], by=SYSTEM)

    outcome = take_many([replace(row, data=CALL | {"category": "alpha"})], by=SYSTEM)

    assert isinstance(outcome.refused[0].error, errors.KeyReused)


def test_the_same_row_twice_in_one_call_is_written_once(rows_of):
    [row] = rows_of("one", steps=1)

    outcome = take_many([row, row], by=SYSTEM)

    assert (outcome.written, outcome.repeated) == (1, 1)


def test_text_with_tabs_line_ends_and_backslashes_survives(rows_of):
    [row] = rows_of("one", steps=1)
    about = 'рядок\nдругий\tтаб\\зворотна "лапка" ʼ'

    take_many([replace(row, data=CALL | {"about": about})], by=SYSTEM)

    with reading(SYSTEM):
        assert Entry.objects.get().data["about"] == about
    assert verify() == []


def test_rows_outside_the_readers_scope_are_refused(rows_of, maria, reader_of):
    outcome = take_many(rows_of("one", steps=1), by=reader_of(maria))

    assert [refusal.error.code for refusal in outcome.refused] == ["out-of-scope"]


def test_a_naive_time_names_the_missing_zone(rows_of):
    [row] = rows_of("one", steps=1)

    [refusal] = bulk.take_many([replace(row, at=RECEIVED.replace(tzinfo=None))], by=SYSTEM).refused

    assert "time zone" in refusal.error.text("en")


def test_a_correction_that_opens_a_case_is_refused(rows_of):
    [row] = rows_of("one", steps=1)

    outcome = take_many([replace(row, corrects=uuid7(RECEIVED))], by=SYSTEM)

    assert [refusal.error.code for refusal in outcome.refused] == ["nothing-to-correct"]


def test_a_parent_that_is_not_there_is_refused_in_bulk_too(rows_of):
    [row] = rows_of("one", steps=1)

    outcome = take_many([replace(row, parent=uuid7(RECEIVED))], by=SYSTEM)

    assert [refusal.error.code for refusal in outcome.refused] == ["case-not-found"]
