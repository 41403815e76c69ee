"""A meeting from the call to its close, and what is refused on the way."""

from datetime import date, timedelta

import pytest
from django.db import connection

from varta.cases import errors as cases
from varta.cases import projectors
from varta.cases.actions import take
from varta.cases.agenda import Week
from varta.cases.models import Case
from varta.cases.queries import journal
from varta.cases.queries import visible_to as visible_cases
from varta.lib.uuid7 import uuid7
from varta.notices.letters import letter_of
from varta.notices.models import Notice
from varta.people.demo import HROMADA, MAIN_DIRECTORATE, OBLAST, SECTOR
from varta.people.models import Appointment
from varta.people.scope import Reader, reading
from varta.results.meetings import actions, errors, queries, shown, weeks
from varta.results.meetings.models import Decision, Meeting, Seat
from varta.results.meetings.tests.conftest import (
    BEGAN_AT,
    CALL,
    CALLED_AT,
    DECISION,
    LVIV_DIRECTORATE,
    Held,
    reader_at,
)


def invitation(held, unit: str) -> Case:
    with reading(Reader.system()):
        return Case.objects.get(procedure="meeting_invitation", unit_id=unit, parent=held.key)


def test_the_invited_unit_finds_an_invitation_with_a_day_among_its_matters(meeting, halyna):
    with reading(halyna):
        [found] = visible_cases(halyna).filter(procedure="meeting_invitation")

    assert found.due_step == "answer"
    assert f"{found.due_at:%Y-%m-%d}" == "2019-10-29"


def test_the_heads_of_invited_units_are_told_once_each(meeting):
    with reading(Reader.system()):
        sent = list(Notice.objects.filter(template="meeting_invited"))

    assert len(sent) == 2
    assert sent[0].context == {"day": "31.10.2019", "hour": "10:00", "key": str(meeting.key)}


def test_the_notices_of_a_meeting_are_written_in_both_languages(meeting):
    meeting.opens()
    meeting.decides()

    with reading(Reader.system()):
        for notice in Notice.objects.filter(about=meeting.key):
            for language, day in (("uk", "31.10.2019"), ("en", "31.10.2019")):
                notice.language = language
                letter = letter_of(notice)
                assert day in letter.subject + letter.text
        assert set(Notice.objects.values_list("template", flat=True)) == {
            "meeting_invited",
            "meeting_decided",
        }


def test_a_meeting_stands_in_the_week_of_whoever_is_invited(meeting, halyna):
    with reading(halyna):
        appointment = Appointment.objects.get(pk=halyna.appointment_id)
        week = Week(halyna, appointment, date(2019, 10, 28), date(2019, 11, 3), BEGAN_AT)
        [item] = weeks.meetings_of(week)

    assert (item.day, item.hours, item.title) == (date(2019, 10, 31), "10:00", CALL["title"])


def test_an_answer_given_before_a_postponement_says_so(meeting, halyna):
    case, at = invitation(meeting, MAIN_DIRECTORATE), BEGAN_AT - timedelta(days=3)
    with reading(halyna):
        take(key=uuid7(at), procedure="meeting_invitation", step="answer", data={"answer": "head"}, by=halyna,
             at=at, received_at=at, case=case.key)  # fmt: skip
    moved = {"on": "2019-11-07", "hour": "11:00", "reason": "Негода"}
    meeting.does(actions.postpone, record=moved, at=BEGAN_AT - timedelta(days=1))

    with reading(halyna):
        [seat] = shown.seats(meeting.row(), halyna)
    assert seat["answer"] == "буде керівник (до перенесення)"


def test_a_unit_invited_later_gets_its_invitation_and_a_second_send_adds_none(meeting):
    key = uuid7(BEGAN_AT - timedelta(days=2))
    for _ in range(2):
        meeting.does(actions.invite, key=key, units=["NPU-35"], at=BEGAN_AT - timedelta(days=2))

    assert meeting.row().told["units"] == [MAIN_DIRECTORATE, LVIV_DIRECTORATE, "NPU-35"]
    assert invitation(meeting, "NPU-35").entries == 1


def test_the_answer_of_a_unit_stands_with_its_invitation(meeting, halyna):
    case = invitation(meeting, MAIN_DIRECTORATE)
    at = BEGAN_AT - timedelta(days=3)
    with reading(halyna):
        take(key=uuid7(at), procedure="meeting_invitation", step="answer", data={"answer": "deputy"}, by=halyna,
             at=at, received_at=at, case=case.key)  # fmt: skip

    assert invitation(meeting, MAIN_DIRECTORATE).facts["answer"] == "deputy"


def test_a_postponed_meeting_puts_its_invitations_right_and_tells_the_heads(meeting):
    record = {"on": "2019-11-07", "hour": "11:00", "reason": "Негода"}
    meeting.does(actions.postpone, record=record, at=BEGAN_AT - timedelta(days=1))

    assert invitation(meeting, MAIN_DIRECTORATE).facts["on"] == "2019-11-07"
    assert str(meeting.row().on) == "2019-11-07"
    with reading(Reader.system()):
        assert Notice.objects.filter(template="meeting_postponed").count() == 2


def test_a_cancelled_meeting_withdraws_its_invitations(meeting):
    meeting.does(actions.cancel, record={"reason": "Тривога"}, at=BEGAN_AT - timedelta(days=1))

    assert meeting.row().state == "cancelled"
    assert invitation(meeting, MAIN_DIRECTORATE).last_step == "withdraw"


def test_the_meeting_is_opened_held_and_closed(meeting):
    meeting.opens()
    meeting.does(actions.attend, rows=[{"unit": MAIN_DIRECTORATE, "came": "came", "who": "Галина"}])
    meeting.minutes()
    meeting.decides()
    meeting.does(actions.close, record={"signed": "Орест Головний"})

    row = meeting.row()
    assert (row.state, row.told["items"][0]["heard"]) == ("closed", "Про домашнє насильство")
    with reading(Reader.system()):
        assert Seat.objects.get(meeting=row.key, unit_id=MAIN_DIRECTORATE).came == "came"


def test_attendance_before_the_opening_is_refused(meeting):
    with pytest.raises(cases.LawRefused, match="Open the meeting"):
        meeting.does(actions.attend, rows=[{"unit": MAIN_DIRECTORATE, "came": "came"}])


def test_attendance_of_a_unit_that_was_not_invited_is_refused(meeting):
    meeting.opens()

    with pytest.raises(errors.NotInvited):
        meeting.does(actions.attend, rows=[{"unit": "NPU-35", "came": "came"}])


def test_closing_without_minutes_is_refused(meeting):
    meeting.opens()

    with pytest.raises(cases.LawRefused, match="Keep the minutes"):
        meeting.does(actions.close, record={})


@pytest.mark.parametrize("missing", ["owner", "due"])
def test_a_decision_without_owner_or_term_is_refused(meeting, missing):
    meeting.opens()

    with pytest.raises(cases.RecordRefused) as refused:
        meeting.decides(**{missing: ""})
    assert missing in refused.value.fields


def test_a_term_before_the_meeting_is_refused(meeting):
    meeting.opens()

    with pytest.raises(cases.LawRefused, match="before the day of the meeting"):
        meeting.decides(due="2019-10-30")


def test_an_owner_outside_the_area_is_refused_and_nothing_is_written(meeting, halyna):
    held = called_by_oblast(halyna).opens()

    with pytest.raises(errors.NoUnit):
        held.decides(owner=LVIV_DIRECTORATE)
    assert held.row().told["decisions"] == []


def test_inviting_a_unit_outside_the_area_is_refused(meeting, halyna):
    held = called_by_oblast(halyna)

    with pytest.raises(errors.NoUnit):
        held.does(actions.invite, units=[LVIV_DIRECTORATE])


def called_by_oblast(by: Reader):
    """Return a meeting that the oblast's own main directorate holds."""
    held = Held(by)
    with reading(by):
        held.key = actions.call(
            key=uuid7(CALLED_AT), record=CALL | {"report": ""}, place=OBLAST, unit=MAIN_DIRECTORATE, by=by,
            at=CALLED_AT, received_at=CALLED_AT, items=[{"title": "Питання"}],
        ).case_key  # fmt: skip
    return held


def test_an_unknown_item_has_no_minutes(meeting):
    meeting.opens()

    with pytest.raises(errors.NoSuchItem):
        meeting.does(actions.write_minutes, number=9, record={"heard": "Про інше"})


def test_of_two_secretaries_at_once_the_second_is_told_who_was_first(meeting, kateryna):
    seen = meeting.opens().row().entries
    meeting.minutes(seen=seen)

    with pytest.raises(errors.Outrun) as refused:
        meeting.minutes(by=kateryna, seen=seen, record={"heard": "Інше"})
    assert "Orest Вигадана" in refused.value.text("en")
    assert meeting.row().told["items"][0]["heard"] == "Про домашнє насильство"


def test_the_second_secretary_may_then_put_the_minutes_right(meeting, kateryna):
    seen = meeting.opens().row().entries
    meeting.minutes(seen=seen)

    meeting.minutes(by=kateryna, seen=seen + 1, record={"heard": "Обидва тексти"})
    assert meeting.row().told["items"][0]["heard"] == "Обидва тексти"


def test_two_new_items_at_once_get_numbers_of_their_own(meeting, kateryna):
    for by in (None, kateryna):
        meeting.does(actions.put_item, by=by, record={"title": "Ще питання"}, at=BEGAN_AT - timedelta(days=1))

    assert [one["number"] for one in meeting.row().told["items"]] == [1, 2, 3, 4]


def test_a_decision_sent_twice_is_one(meeting):
    meeting.opens()
    key = uuid7(BEGAN_AT + timedelta(hours=1))
    for _ in range(2):
        meeting.does(actions.decide, key=key, record=DECISION, at=BEGAN_AT + timedelta(minutes=2))

    assert len(meeting.row().told["decisions"]) == 1
    with reading(Reader.system()):
        assert Decision.objects.count() == 1


def test_a_corrected_decision_is_corrected_in_the_owners_task_too(meeting):
    meeting.opens()
    key = meeting.decides()
    fixed = {"text": "Провести двоє навчань", "due": "2019-12-27", "owner": "", "item": 1}
    meeting.does(actions.correct_decision, number=1, record=fixed)

    with reading(Reader.system()):
        row = Decision.objects.get(key=key)
    assert (row.text, str(row.due)) == ("Провести двоє навчань", "2019-12-27")
    assert meeting.row().told["decisions"][0]["due"] == "2019-12-27"


def test_an_invited_head_reads_the_meeting_and_only_its_own_seat(meeting, halyna):
    with reading(halyna):
        [row] = queries.visible_to(halyna)
        assert (row.key, queries.holds(halyna, row)) == (meeting.key, False)
        assert [one.unit_id for one in queries.seats(halyna, row)] == [MAIN_DIRECTORATE]


def test_who_is_not_invited_sees_nothing_of_a_meeting(meeting):
    stranger = reader_at("stranger", "head", "UA35000000000016081", "NPU-35")
    officer = reader_at("andrii2", "hromada_officer", HROMADA, SECTOR)
    for reader in (stranger, officer):
        with reading(reader), connection.cursor() as cursor:
            assert list(queries.visible_to(reader)) == []
            for table in ("meetings_meeting", "meetings_seat", "meetings_decision"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)


def test_raw_sql_of_an_invited_head_changes_nothing_of_the_meeting(meeting, halyna):
    with reading(halyna), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET title = 'інша' WHERE key = %s", [meeting.key])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM meetings_seat WHERE meeting = %s", [meeting.key])
        assert cursor.rowcount == 0


def test_the_rows_are_those_that_the_entries_leave(meeting):
    meeting.opens()
    task = meeting.decides()
    with reading(Reader.system()):
        entries = [journal(Case.objects.get(key=key)) for key in (meeting.key, task)]
        assert not any(projectors.differs(one) for one in entries)
        Meeting.objects.update(title="інша")
        Decision.objects.update(text="інше")
        assert all(projectors.differs(one) for one in entries)
