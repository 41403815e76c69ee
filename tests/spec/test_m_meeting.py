"""Meetings on results and their decisions

Наради за підсумками та їхні рішення
"""

from datetime import UTC, date, datetime

import pytest

from varta.law import CeilingPassed, RuleBroken, StepClosed, Taken, read_record, record_json
from varta.lib.clock import KYIV
from varta.procedures import joint_task, meeting, meeting_invitation


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


def step(law: object, code: str, at: datetime, **fields: object) -> Taken:
    return Taken(code, at, record_json(read_record(law.step(code).record, fields)))


CALLED = step(
    meeting.procedure, "call", kyiv(2019, 10, 21, 9), title="Підсумки дев’яти місяців", on="2019-10-31",
    hour="10:00", chair="Голова Національної поліції",
)  # fmt: skip
ITEM = step(meeting.procedure, "agenda", kyiv(2019, 10, 22, 9), number=1, title="Домашнє насильство")
OPENED = step(meeting.procedure, "open", kyiv(2019, 10, 31, 10))
HEARD = step(meeting.procedure, "minutes", kyiv(2019, 10, 31, 11), number=1, heard="Про домашнє насильство")
HELD = [CALLED, ITEM, OPENED, HEARD]
DECISION = {"kind": "decision", "about": "Провести навчання", "due": "2019-12-20"}
SENT = step(joint_task.procedure, "send", kyiv(2019, 10, 31, 12), **DECISION)
ACCEPTED = step(joint_task.procedure, "accept", kyiv(2019, 11, 1, 9))


DECIDED_AT = kyiv(2019, 10, 31, 12)


def decided(at: datetime = DECIDED_AT, **changes: object) -> Taken:
    given = {"number": 1, "text": "Провести навчання", "owner": "NPU-12", "due": "2019-12-20"}
    return step(meeting.procedure, "decide", at, **given | changes)


def test_a_meeting_opens_once_it_has_an_agenda():
    """A meeting without a single question is not opened.

    Нараду без жодного питання не відкривають.
    """
    with pytest.raises(StepClosed):
        meeting.procedure.check([CALLED], OPENED)

    meeting.procedure.check([CALLED, ITEM], OPENED)


def test_attendance_is_entered_from_the_opening_on():
    """Who came is known when the meeting has begun, not before.

    Присутність записують після відкриття наради, не раніше.
    """
    came = step(meeting.procedure, "attend", kyiv(2019, 10, 31, 10, 5), unit="NPU-12", came="came")

    with pytest.raises(StepClosed):
        meeting.procedure.check([CALLED, ITEM], came)
    meeting.procedure.check([CALLED, ITEM, OPENED], came)


def test_an_absence_is_entered_with_its_reason():
    """Whoever did not come is entered with the reason.

    Відсутність записують із причиною.
    """
    absent = step(meeting.procedure, "attend", kyiv(2019, 10, 31, 10, 5), unit="NPU-46", came="absent")

    with pytest.raises(RuleBroken):
        meeting.procedure.check([CALLED, ITEM, OPENED], absent)


@pytest.mark.parametrize(("due", "stands"), [("2019-10-30", False), ("2019-10-31", True)])
def test_a_decision_is_not_due_before_the_meeting(due, stands):
    """The earliest term of a decision is the day of the meeting itself.

    Найраніший строк рішення — день самої наради.
    """
    if stands:
        meeting.procedure.check(HELD, decided(due=due))
    else:
        with pytest.raises(RuleBroken):
            meeting.procedure.check(HELD, decided(due=due))


def test_a_postponed_meeting_counts_its_new_day():
    """After a postponement to 7 November a decision cannot be due on 5 November.

    Якщо нараду перенесено на 7 листопада, строк рішення не може бути 5 листопада.
    """
    later = step(
        meeting.procedure, "postpone", kyiv(2019, 10, 30, 9), on="2019-11-07", hour="10:00", reason="Негода"
    )
    history = [CALLED, ITEM, later, step(meeting.procedure, "open", kyiv(2019, 11, 7, 10))]

    with pytest.raises(RuleBroken):
        meeting.procedure.check(history, decided(kyiv(2019, 11, 7, 12), due="2019-11-05"))


def test_a_meeting_that_began_is_neither_postponed_nor_cancelled():
    """Once opened, it can only be closed.

    Відкриту нараду можна лише закрити.
    """
    cancelled = step(meeting.procedure, "cancel", kyiv(2019, 10, 31, 11), reason="Тривога")

    with pytest.raises(RuleBroken):
        meeting.procedure.check([CALLED, ITEM, OPENED], cancelled)


def test_a_meeting_without_minutes_is_not_closed():
    """Closing comes after the minutes.

    Нараду закривають після того, як написано протокол.
    """
    closed = step(meeting.procedure, "close", kyiv(2019, 11, 1, 9))

    with pytest.raises(StepClosed):
        meeting.procedure.check([CALLED, ITEM, OPENED], closed)
    meeting.procedure.check(HELD, closed)


def test_the_minutes_are_due_within_five_days():
    """Opened on 31 October, the meeting is closed with its minutes by 5 November. Practice, unverified.

    Нараду, відкриту 31 жовтня, закривають із протоколом до 5 листопада. Практика, не звірено.
    """
    [due] = meeting.procedure.state(HELD).deadlines

    assert (due.step, due.late_from, due.verified) == ("close", kyiv(2019, 11, 6), False)


def test_a_decision_has_the_term_that_people_chose():
    """The term of a decision replaces the ten days of a joint task: a longer and a shorter one alike.

    Строк рішення діє замість десяти днів спільного завдання, довший він чи коротший.
    """
    [longer] = joint_task.procedure.state([SENT]).deadlines
    soon = step(joint_task.procedure, "send", kyiv(2019, 10, 31, 12), **DECISION | {"due": "2019-11-04"})
    [shorter] = joint_task.procedure.state([soon]).deadlines

    assert (longer.step, longer.late_from) == ("report", kyiv(2019, 12, 21))
    assert shorter.late_from == kyiv(2019, 11, 5)


def test_a_task_without_a_term_of_its_own_keeps_ten_days():
    """Other joint tasks are reported within ten days, as before.

    Про інші спільні завдання доповідають у десятиденний строк, як і раніше.
    """
    plain = step(joint_task.procedure, "send", kyiv(2019, 10, 31, 12), kind="request", about="Запит")
    [due] = joint_task.procedure.state([plain]).deadlines

    assert due.late_from == kyiv(2019, 11, 11)


def test_a_decision_of_a_meeting_has_a_term():
    """A joint task that is a decision of a meeting names its term.

    Спільне завдання, що є рішенням наради, має названий строк.
    """
    without = step(joint_task.procedure, "send", kyiv(2019, 10, 31, 12), kind="decision", about="Навчання")

    with pytest.raises(RuleBroken):
        joint_task.procedure.check([], without)


def test_a_term_before_the_task_itself_is_refused():
    """A task sent on 31 October is not due on 30 October.

    Завдання, надіслане 31 жовтня, не може мати строк 30 жовтня.
    """
    before = step(joint_task.procedure, "send", kyiv(2019, 10, 31, 12), **DECISION | {"due": "2019-10-30"})

    with pytest.raises(CeilingPassed):
        joint_task.procedure.check([], before)


def test_a_term_is_put_off_with_a_reason_before_it_runs_out():
    """Before 20 December the term may be put off to 31 January; after it, no more.

    До 20 грудня строк можна продовжити до 31 січня; після — вже ні.
    """
    history = [SENT, ACCEPTED]
    extended = step(joint_task.procedure, "extend", kyiv(2019, 12, 18, 9), until="2020-01-31", reason="Кадри")
    too_late = step(joint_task.procedure, "extend", kyiv(2019, 12, 21, 9), until="2020-01-31", reason="Кадри")

    joint_task.procedure.check(history, extended)
    [due] = joint_task.procedure.state([*history, extended]).deadlines
    assert due.late_from == kyiv(2020, 2, 1)
    with pytest.raises(StepClosed):
        joint_task.procedure.check(history, too_late)


def test_an_invited_unit_answers_by_the_day_that_the_secretary_chose():
    """Without a chosen day the answer is due in three days: practice, unverified.

    Якщо дня не обрано, відповідають упродовж трьох днів: практика, не звірено.
    """
    law, sent_at = meeting_invitation.procedure, kyiv(2019, 10, 21, 9)
    chosen = step(law, "send", sent_at, title="Нарада", on=date(2019, 10, 31), answer_by="2019-10-29")
    plain = step(law, "send", sent_at, title="Нарада", on=date(2019, 10, 31))

    assert [due.late_from for due in law.state([chosen]).deadlines] == [kyiv(2019, 10, 30)]
    assert [due.late_from for due in law.state([plain]).deadlines] == [kyiv(2019, 10, 25)]
