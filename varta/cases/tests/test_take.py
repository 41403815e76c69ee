"""The one door: what it writes, and what it refuses without a trace."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from varta.cases import errors
from varta.cases.canon import Involved
from varta.cases.models import Case, Deadline, Entry, Involvement, Journal
from varta.cases.tests.conftest import CALL, RECEIVED
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader, reading

pytestmark = pytest.mark.django_db


def test_a_call_becomes_a_case_with_a_number_and_a_deadline(desk, register):
    entry = register(desk)

    case = Case.objects.get(key=entry.key)
    assert (case.number, case.year, case.last_step, case.closed_at) == (1, 2026, "receive", None)
    assert case.due_at is not None and case.deadlines.exists()
    assert case.facts["category"] == "beta"


def test_the_same_key_twice_returns_the_first_entry(desk, register):
    key = uuid7(RECEIVED)
    first = register(desk, key=key)

    again = register(desk, key=key, received_at=RECEIVED + timedelta(hours=3))

    assert again == first
    assert (Entry.objects.count(), Case.objects.count(), Journal.objects.get().last) == (1, 1, 1)


def test_the_same_key_with_other_content_is_refused(desk, register):
    key = uuid7(RECEIVED)
    register(desk, key=key)

    with pytest.raises(errors.KeyReused) as refused:
        register(desk, key=key, data=CALL | {"category": "alpha"})

    assert str(key) in refused.value.text("uk")
    assert Case.objects.get().facts["category"] == "beta"


def test_the_same_step_sent_twice_is_taken_once(desk, register, next_step):
    call = register(desk)
    key = uuid7(RECEIVED + timedelta(minutes=1))

    first = next_step(desk, call.key, "assign", {"force": "patrol", "crew": "ГРПП-12"}, minutes=1, key=key)
    again = next_step(desk, call.key, "assign", {"force": "patrol", "crew": "ГРПП-12"}, minutes=1, key=key)

    assert again == first
    assert Entry.objects.filter(step="assign").count() == 1


def test_numbers_of_a_unit_and_year_have_no_gaps_even_after_refusals(desk, register):
    numbers = []
    for nth in range(5):
        if nth == 2:
            with pytest.raises(errors.RecordRefused):
                register(desk, data={"channel": "line_102"})
        numbers.append(register(desk, key=uuid7(RECEIVED)).number)

    assert numbers == [1, 2, 3, 4, 5]


def test_a_case_that_moves_keeps_its_number_where_another_has_the_same(desk, maria, register, next_step):
    there = maria.appointments.get()
    call = register(desk, key=uuid7(RECEIVED))
    with reading(Reader.system()) as by:
        register(by, key=uuid7(RECEIVED), place=there.place_id, unit=there.unit_id)
        next_step(
            by, call.key, "assign", {"force": "patrol", "crew": "ГРПП-12"}, minutes=1,
            place=there.place_id, unit=there.unit_id,
        )  # fmt: skip
        moved = Case.objects.get(key=call.key)
        numbers = list(Case.objects.filter(unit=there.unit_id).values_list("number", flat=True))

    assert (moved.unit_id, moved.journal) == (there.unit_id, call.unit)
    assert numbers == [1, 1]


def test_each_entry_carries_the_hash_of_the_one_before(desk, register, next_step):
    call = register(desk)

    assigned = next_step(desk, call.key, "assign", {"force": "patrol", "crew": "ГРПП-12"}, minutes=1)

    assert assigned.prev_hash == call.hash and assigned.position == 2
    assert bytes(Case.objects.get().head_hash) == assigned.hash


def test_a_step_meets_its_deadline(desk, register, next_step):
    call = register(desk)
    [due] = [one for one in Deadline.objects.all() if one.step == "arrive"]
    assert due.met_at is None

    next_step(desk, call.key, "arrive", {}, minutes=12)

    due = Deadline.objects.get(step="arrive")
    assert due.met_at == RECEIVED + timedelta(minutes=12)


def test_a_correction_counts_and_the_wrong_entry_stays(desk, register):
    wrong = register(desk)

    right = register(
        desk, key=uuid7(RECEIVED), case=wrong.key, corrects=wrong.key, data=CALL | {"category": "alpha"}
    )

    case = Case.objects.get()
    assert case.facts["category"] == "alpha"
    assert [entry.key for entry in Entry.objects.order_by("position")] == [wrong.key, right.key]
    assert case.number == 1 and right.number is None


def test_a_correction_of_another_cases_entry_is_refused(desk, register):
    one, other = register(desk), register(desk, key=uuid7(RECEIVED))

    with pytest.raises(errors.NothingToCorrect):
        register(desk, key=uuid7(RECEIVED), case=one.key, corrects=other.key)


def test_people_named_in_a_step_belong_to_the_case(desk, register, resident):
    entry = register(desk, people=[Involved(resident.key, "caller")])

    involvement = Involvement.objects.get()
    assert (involvement.case_id, involvement.person_id, involvement.part) == (
        entry.key,
        resident.key,
        "caller",
    )


def test_a_person_who_is_not_there_is_refused(desk, register):
    with pytest.raises(errors.UnknownPerson):
        register(desk, people=[Involved(uuid4(), "caller")])


def test_a_step_before_its_turn_is_refused_in_both_languages(desk, register, next_step):
    call = register(desk)
    next_step(desk, call.key, "close", {"outcome": "no_offence"}, minutes=30)

    with pytest.raises(errors.LawRefused) as refused:
        next_step(desk, call.key, "arrive", {}, minutes=40)

    assert refused.value.text("uk") != refused.value.text("en")
    assert Entry.objects.count() == 2


def test_a_time_in_the_future_is_refused(desk, register):
    with pytest.raises(errors.TimeRefused) as refused:
        register(desk, at=RECEIVED + timedelta(hours=1))

    assert "майбут" in refused.value.text("uk") or "не настав" in refused.value.text("uk")


def test_a_time_before_the_call_is_refused(desk, register, next_step):
    call = register(desk)

    with pytest.raises(errors.StepRefused):
        next_step(desk, call.key, "arrive", {}, minutes=-5, received_at=RECEIVED)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("key", [UUID(int=0), uuid4(), uuid7(RECEIVED + timedelta(days=40))])
def test_a_key_that_carries_no_possible_time_is_refused(desk, register, key):
    with pytest.raises(errors.KeyRefused):
        register(desk, key=key)


def test_an_unknown_step_is_refused(desk, register):
    with pytest.raises(errors.UnknownStep):
        register(desk, step="teleport")


def test_a_place_that_does_not_exist_is_refused(desk, register):
    with pytest.raises(errors.UnknownPlace):
        register(desk, place="UA00000000000000000")


def test_a_unit_that_does_not_exist_is_refused(desk, register):
    with pytest.raises(errors.UnknownUnit):
        register(desk, unit="NPU-NOWHERE")


def test_maria_cannot_register_in_olenas_hromada(maria, reader_of, register):
    with reading(reader_of(maria)) as reader, pytest.raises(errors.OutOfScope):
        register(reader)


def test_maria_cannot_take_a_step_in_a_case_she_may_not_see(olena, maria, reader_of, register, next_step):
    with reading(reader_of(olena)) as reader:
        call = register(reader)

    with reading(reader_of(maria)) as reader, pytest.raises(errors.CaseNotFound):
        next_step(reader, call.key, "arrive", {}, minutes=5)


def test_a_role_that_may_not_take_the_step_is_refused(andrii, olena, reader_of, register, next_step):
    with reading(reader_of(olena)) as reader:
        call = register(reader)

    with reading(reader_of(andrii)) as reader, pytest.raises(errors.WrongRole) as refused:
        next_step(reader, call.key, "assign", {"force": "patrol", "crew": "ГРПП-12"}, minutes=1)

    assert "Черговий" in refused.value.text("uk")


def test_a_parent_that_may_not_be_seen_is_refused(desk, register):
    with pytest.raises(errors.CaseNotFound):
        register(desk, parent=uuid7(RECEIVED))


def test_the_application_can_neither_change_nor_delete_an_entry(desk, register):
    register(desk)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('cases_entry', 'UPDATE'), has_table_privilege('cases_entry', 'DELETE'),"
            " has_table_privilege('cases_entry', 'TRUNCATE'), current_user"
        )
        assert cursor.fetchone() == (False, False, False, "varta_app")


def test_without_a_reader_nothing_is_seen(olena, reader_of, register):
    with reading(reader_of(olena)) as reader:
        register(reader)
    with reading(Reader.nobody()):
        seen = [model.objects.count() for model in (Case, Entry, Deadline, Involvement)]

    assert seen == [0, 0, 0, 0]


def test_maria_sees_nothing_of_olenas_cases_in_raw_sql(olena, maria, reader_of, register):
    with reading(reader_of(olena)) as reader:
        register(reader)

    with reading(reader_of(maria)), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM cases_entry)")
        assert cursor.fetchone() == (0, 0)


def test_a_correction_without_its_case_is_refused_and_opens_nothing(desk, register):
    wrong = register(desk)

    with pytest.raises(errors.NothingToCorrect):
        register(desk, key=uuid7(RECEIVED), corrects=wrong.key)

    assert Case.objects.count() == 1
