"""Decisions as tasks of their owner units, and what the next meeting hears of them."""

from datetime import date, timedelta

import pytest

from varta.cases import queries as cases
from varta.cases.errors import LawRefused
from varta.people.demo import MAIN_DIRECTORATE
from varta.people.scope import Reader, reading
from varta.results.meetings import actions, errors, queries, state
from varta.results.meetings.models import Decision
from varta.results.meetings.tests.conftest import BEGAN_AT, LVIV_DIRECTORATE, called, task

NOVEMBER = BEGAN_AT + timedelta(days=4)


@pytest.fixture
def decision(meeting):
    """Return the key of a decision that Halyna's unit is to carry out by 20 December."""
    meeting.opens()
    key = meeting.decides()
    meeting.minutes()
    return key


def row(key) -> Decision:
    with reading(Reader.system()):
        return Decision.objects.get(key=key)


def test_the_owner_finds_the_task_with_its_own_term_among_its_matters(decision, halyna):
    with reading(halyna):
        [found] = cases.pending(halyna).filter(procedure="joint_task")

    assert (found.key, found.due_step, f"{found.due_at:%Y-%m-%d}") == (decision, "report", "2019-12-20")


def test_another_unit_does_not_see_it(decision, lesia):
    with reading(lesia):
        assert list(queries.decisions(lesia)) == []


def test_the_secretary_sees_it_without_the_right_to_read_tasks(decision, kateryna):
    with reading(kateryna):
        assert [one.key for one in queries.decisions(kateryna)] == [decision]
        assert queries.task_of(kateryna, decision) is None


def test_a_decision_is_accepted_reported_and_appraised(decision, halyna, orest):
    task(decision, "accept", by=halyna, at=NOVEMBER)
    task(decision, "report", by=halyna, at=NOVEMBER + timedelta(days=9), result="done", text="Проведено")
    task(decision, "appraise", by=orest, at=NOVEMBER + timedelta(days=10), mark="good")

    found = row(decision)
    assert (found.state, found.result, found.mark) == ("appraised", "done", "good")
    assert state.standing(found, on=date(2019, 12, 1)) == ("done", 37)


def test_its_owner_sends_it_back_with_a_reason(decision, halyna):
    task(decision, "send_back", by=halyna, at=NOVEMBER, reason="Не наш напрям")

    assert state.standing(row(decision), on=date(2019, 12, 1))[0] == "sent_back"


def test_whoever_held_the_meeting_puts_the_term_off(decision, orest):
    task(decision, "extend", by=orest, at=NOVEMBER, until="2020-01-31", reason="Бракує тренерів")

    assert (row(decision).due, row(decision).put_off) == (date(2020, 1, 31), 1)


@pytest.mark.parametrize("step", ["extend", "appraise"])
def test_its_owner_neither_puts_the_term_off_nor_appraises_itself(decision, halyna, step):
    task(decision, "accept", by=halyna, at=NOVEMBER)
    task(decision, "report", by=halyna, at=NOVEMBER, result="partly")
    data = {"extend": {"until": "2020-01-31", "reason": "Хочу"}, "appraise": {"mark": "good"}}[step]

    with pytest.raises(errors.NotTheMeeting):
        task(decision, step, by=halyna, at=NOVEMBER, **data)


def test_a_term_that_ran_out_is_not_put_off(decision, orest):
    with pytest.raises(LawRefused, match="ran out"):
        task(
            decision, "extend", by=orest, at=BEGAN_AT + timedelta(days=80), until="2020-03-01", reason="Пізно"
        )


@pytest.mark.parametrize(
    ("result", "reported_on", "mark", "told"),
    [
        ("", None, "", ("open", 19)),
        ("done", date(2019, 11, 20), "", ("done", 30)),
        ("partly", date(2019, 11, 20), "", ("open", 19)),
        ("done", date(2019, 11, 20), "poor", ("open", 19)),
        ("done", date(2019, 12, 2), "", ("open", 19)),
    ],
)
def test_how_a_decision_stands_on_the_first_of_december(result, reported_on, mark, told):
    found = Decision(
        due=date(2019, 12, 20), state="reported", result=result, reported_on=reported_on, mark=mark
    )

    assert state.standing(found, on=date(2019, 12, 1)) == told


def test_a_late_decision_says_by_how_many_days():
    late = Decision(due=date(2019, 12, 20), state="accepted")
    done = Decision(due=date(2019, 12, 20), state="reported", result="done", reported_on=date(2020, 1, 4))

    assert state.standing(late, on=date(2020, 1, 15)) == ("overdue", -26)
    assert state.standing(done, on=date(2020, 1, 15)) == ("done_late", -15)


def test_the_next_meeting_begins_with_the_decisions_of_the_former(meeting, decision, halyna, orest):
    other = meeting.decides(owner=LVIV_DIRECTORATE, due="2019-11-15")
    meeting.does(actions.close, record={})
    task(decision, "accept", by=halyna, at=NOVEMBER)
    task(decision, "report", by=halyna, at=NOVEMBER, result="done")
    following = called(orest, on="2020-01-30")
    following.at = BEGAN_AT + timedelta(days=91)
    following.opens()
    with reading(orest):
        many = following.does(actions.follow_up, meeting=following.row())

    kept = {one["task"]: (one["standing"], one["days"]) for one in following.row().told["follow_ups"]}
    assert many == 2
    assert kept == {str(decision): ("done", 46), str(other): ("overdue", -76)}


def test_what_an_older_meeting_is_still_owed_is_not_forgotten(meeting, decision, orest):
    meeting.does(actions.close, record={})
    second = called(orest, on="2020-01-30")
    second.at = BEGAN_AT + timedelta(days=91)
    second.opens()
    second.minutes()
    second.does(actions.close, record={})
    third = called(orest, on="2020-04-30")

    with reading(orest):
        assert [one.key for one in queries.former(orest, third.row())] == [decision]


def test_the_register_counts_what_is_overdue(decision, orest, halyna, lesia):
    for reader, many in ((orest, 1), (halyna, 1), (lesia, 0)):
        with reading(reader):
            assert queries.overdue(reader, on=date(2020, 1, 1)) == many
            assert queries.overdue(reader, on=date(2019, 12, 20)) == 0


def test_a_joint_task_that_no_meeting_decided_leaves_no_decision(db, halyna):
    from varta.cases.actions import take
    from varta.lib.uuid7 import uuid7
    from varta.people.demo import OBLAST

    with reading(halyna):
        take(key=uuid7(NOVEMBER), procedure="joint_task", step="send", data={"kind": "raid", "about": "Рейд"},
             by=halyna, at=NOVEMBER, received_at=NOVEMBER, place=OBLAST, unit=MAIN_DIRECTORATE)  # fmt: skip
        assert Decision.objects.count() == 0
