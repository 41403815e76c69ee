"""Meetings with local self-government

Зустрічі з місцевою владою
"""

from datetime import UTC, datetime, timedelta

import pytest

from varta.law import NotInForce, RuleBroken, StepClosed, Taken, read_record, record_json
from varta.lib.clock import KYIV
from varta.procedures.local_meeting import procedure


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


BEGAN = kyiv(2025, 12, 1, 10)
HELD = kyiv(2025, 12, 31, 10)


def taken(step: str, at: datetime, **fields: object) -> Taken:
    return Taken(step, at, record_json(read_record(procedure.step(step).record, fields)))


def begun(at: datetime = BEGAN) -> Taken:
    return taken("begin", at, level="hromada")


def held(at: datetime = HELD) -> Taken:
    return taken("hold", at, participants="Голова громади, старости", decided="Освітити зупинку")


def missed(at: datetime = HELD, **fields: object) -> Taken:
    return taken("miss", at, **{"reason": "alarm", **fields})


def test_the_first_meeting_is_due_two_months_after_the_duty_began():
    """Law 580-VIII, article 88: at least once every two months. From 1 December the last day is 1 February.

    Закон 580-VIII, стаття 88: щонайменше раз на два місяці. Від 1 грудня останній день — 1 лютого.
    """
    [due] = procedure.state([begun()]).deadlines

    assert (due.step, due.late_from, due.verified) == ("hold", kyiv(2026, 2, 2), True)


def test_the_next_meeting_is_due_two_months_after_the_last():
    """After a meeting on 31 December the next is held by 28 February.

    Після зустрічі 31 грудня наступну проводять до 28 лютого.
    """
    met, following = procedure.state([begun(), held()]).deadlines

    assert met.met_at == HELD
    assert (following.met_at, following.late_from) == (None, kyiv(2026, 3, 1))


@pytest.mark.parametrize(("at", "in_term"), [(kyiv(2026, 2, 1, 23, 59), True), (kyiv(2026, 2, 2), False)])
def test_a_meeting_is_in_term_until_the_last_day_ends(at, in_term):
    """A meeting on the last day is in term, one on the next day is late.

    Зустріч останнього дня — у строк, наступного — із запізненням.
    """
    met, _ = procedure.state([begun(), held(at)]).deadlines

    assert (met.met_at < met.late_from) is in_term


def test_a_planned_meeting_is_not_yet_a_meeting():
    """A plan does not meet the term.

    План строку не виконує.
    """
    planned = taken("plan", BEGAN, on="2026-01-20")

    [due] = procedure.state([begun(), planned]).deadlines

    assert due.met_at is None


def test_a_missed_meeting_stays_due():
    """A reason explains, and does not move the term.

    Причина пояснює, але строку не переносить.
    """
    before = procedure.state([begun()]).deadlines

    assert procedure.state([begun(), missed()]).deadlines == before


def test_another_reason_is_given_in_words():
    """“Other” alone does not say why a meeting was not held.

    Саме лише «інше» не пояснює, чому зустріч не відбулася.
    """
    with pytest.raises(RuleBroken, match="Write why"):
        procedure.check([begun()], missed(reason="other"))
    procedure.check([begun()], missed(reason="other", note="Повінь"))


def test_a_meeting_names_who_came_and_what_was_decided():
    """The minutes hold those who took part and the decisions.

    Протокол називає учасників і рішення.
    """
    with pytest.raises(Exception, match="decided"):
        taken("hold", HELD, participants="Голова громади")


def test_when_the_duty_ends_no_meeting_is_due():
    """The head ends the duty; meetings that were held stay.

    Керівник знімає обов’язок; проведені зустрічі лишаються.
    """
    ended = taken("end", HELD + timedelta(days=5), reason="transferred")

    [met] = procedure.state([begun(), held(), ended]).deadlines

    assert met.met_at == HELD
    with pytest.raises(StepClosed):
        procedure.check([begun(), held(), ended], held(HELD + timedelta(days=9)))


def test_before_the_law_there_were_no_meetings_under_it():
    """The law's first day stands here as 7 November 2015 (not confirmed): what began before has no term.

    Першим днем закону тут записано 7 листопада 2015 року (не підтверджено): що почалося раніше, строку не має.
    """
    assert procedure.state([begun(kyiv(2015, 11, 6, 12))]).deadlines == ()
    [due] = procedure.state([begun(kyiv(2015, 11, 7, 12))]).deadlines
    assert due.late_from == kyiv(2016, 1, 8)


def test_a_duty_before_the_law_is_refused():
    """No duty to meet is begun before the law.

    До закону обов’язку зустрічатися не починають.
    """
    with pytest.raises(NotInForce):
        procedure.check([], begun(kyiv(2015, 11, 6, 12)))
