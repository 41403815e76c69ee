"""The citizen's appeal

Звернення громадянина
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from varta.law import (
    CeilingPassed,
    Due,
    NotInForce,
    RuleBroken,
    State,
    StepClosed,
    Taken,
    read_record,
    record_json,
)
from varta.lib.clock import KYIV, kyiv_day
from varta.procedures import appeal


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


CAME = kyiv(2026, 1, 31, 12)


def received(*, at: datetime = CAME, **fields: object) -> Taken:
    told = {"kind": "request", "subject": "public_order", **fields}
    return Taken("receive", at, record_json(read_record(appeal.Appeal, told)))


def extended(on: datetime, until: str) -> Taken:
    record = read_record(appeal.Extension, {"until": until, "reason": "Потрібна перевірка на місці"})
    return Taken("extend", on, record_json(record))


def forwarded(to: str, at: datetime = CAME) -> Taken:
    return Taken("forward", at, record_json(read_record(appeal.Forward, {"to": to})))


def state(*history: Taken) -> State:
    return appeal.procedure.state(history)


def deadline(step: str, *history: Taken) -> Due | None:
    return next((due for due in state(*history).deadlines if due.step == step), None)


def last_day(step: str, *history: Taken) -> date | None:
    due = deadline(step, *history)
    return due and kyiv_day(due.due_at)


def test_reply_is_due_in_a_month_even_from_31_january():
    """An appeal of 31 January 2026 is answered by 28 February.

    На звернення від 31 січня 2026 року відповідають до 28 лютого.
    """
    arrived = datetime(2026, 1, 31, 10, tzinfo=UTC)

    [(step, due)] = appeal.procedure.open_steps({"receive": arrived})

    assert (step.code, due) == ("reply", datetime(2026, 2, 28, 10, tzinfo=UTC))


def test_in_a_leap_year_the_reply_of_31_january_is_due_on_29_february():
    """An appeal of 31 January 2028 is answered by 29 February.

    На звернення від 31 січня 2028 року відповідають до 29 лютого.
    """
    assert last_day("reply", received(at=kyiv(2028, 1, 31, 12))) == date(2028, 2, 29)


def test_a_reply_on_the_last_day_is_in_time_and_on_the_next_is_late():
    """For an appeal of 31 January, a reply on 28 February at 23:59 is in time, on 1 March at 00:00 late.

    На звернення від 31 січня відповідь 28 лютого о 23:59 — вчасна, 1 березня о 00:00 — запізніла.
    """
    in_time, late = kyiv(2026, 2, 28, 23, 59), kyiv(2026, 3, 1)

    assert not deadline("reply", received(), Taken("reply", in_time)).is_late(now=late)
    assert deadline("reply", received(), Taken("reply", late)).is_late(now=late)


def test_a_simple_appeal_is_answered_in_15_days():
    """An appeal that needs no further study is answered at once, within 15 days: of 31 January by 15 February.

    На звернення, яке не потребує додаткового вивчення, відповідають невідкладно, не пізніше 15 днів:
    від 31 січня — до 15 лютого.
    """
    assert last_day("reply", received(simple=True)) == date(2026, 2, 15)


def test_weekends_and_holidays_count_and_the_last_day_does_not_move():
    """A month from 10 May 2026 ends on Wednesday 10 June; a month from 14 October 2026 on Saturday
    14 November, and stays there. It was the same before martial law: from 24 July 2021 to 24 August.

    Місяць від 10 травня 2026 року спливає в середу 10 червня, а від 14 жовтня 2026 року — у суботу
    14 листопада, і день не переносять. Так само було до воєнного стану: від 24 липня 2021 року до 24 серпня.
    """
    assert last_day("reply", received(at=kyiv(2026, 5, 10, 12))) == date(2026, 6, 10)
    assert last_day("reply", received(at=kyiv(2026, 10, 14, 12))) == date(2026, 11, 14)
    assert last_day("reply", received(at=kyiv(2021, 7, 24, 12))) == date(2021, 8, 24)


def test_an_appeal_of_the_night_belongs_to_its_kyiv_day():
    """An appeal that came at 00:30 on 1 April is due on 1 May, one that came at 23:30 on 31 March on 30 April.

    На звернення, що надійшло о 00:30 1 квітня, відповідають до 1 травня, о 23:30 31 березня — до 30 квітня.
    """
    assert last_day("reply", received(at=kyiv(2026, 4, 1, 0, 30))) == date(2026, 5, 1)
    assert last_day("reply", received(at=kyiv(2026, 3, 31, 23, 30))) == date(2026, 4, 30)


def test_the_head_may_extend_to_45_days_in_total_and_not_a_day_more():
    """An appeal of 31 January may be extended to 17 March, the 45th day from receipt; not to 18 March.

    Строк розгляду звернення від 31 січня можна продовжити до 17 березня, 45-го дня від надходження,
    але не до 18 березня.
    """
    decided = kyiv(2026, 2, 20, 12)

    appeal.procedure.check([received()], extended(decided, "2026-03-17"))
    with pytest.raises(CeilingPassed) as caught:
        appeal.procedure.check([received()], extended(decided, "2026-03-18"))

    assert "оберіть від 01.03.2026 до 17.03.2026" in caught.value.texts["uk"]
    assert list(caught.value.fields) == ["until"]


def test_an_extension_moves_the_reply_to_the_day_that_the_head_chose():
    """Extended to 10 March: a reply on 10 March at 23:59 is in time, on 11 March it is late.

    Продовжено до 10 березня: відповідь 10 березня о 23:59 вчасна, 11 березня — запізніла.
    """
    due = deadline("reply", received(), extended(kyiv(2026, 2, 20, 12), "2026-03-10"))

    assert not due._replace(met_at=kyiv(2026, 3, 10, 23, 59)).is_late(now=CAME)
    assert due._replace(met_at=kyiv(2026, 3, 11)).is_late(now=CAME)


def test_45_days_count_from_receipt_also_for_a_second_extension():
    """A second extension is longer than the first, and the 45 days do not start anew.

    Друге продовження довше за перше, а 45 днів не починаються заново.
    """
    history = [received(), extended(kyiv(2026, 2, 20, 12), "2026-03-10")]

    appeal.procedure.check(history, extended(kyiv(2026, 3, 9, 12), "2026-03-17"))
    with pytest.raises(CeilingPassed):
        appeal.procedure.check(history, extended(kyiv(2026, 3, 9, 12), "2026-03-10"))
    with pytest.raises(CeilingPassed):
        appeal.procedure.check(history, extended(kyiv(2026, 3, 9, 12), "2026-03-18"))


def test_45_days_over_the_clock_change_are_45_days():
    """From 1 March 2026 the 45th day is 15 April, though the clock changes on 29 March.

    Від 1 березня 2026 року 45-й день — 15 квітня, хоча 29 березня переводять годинник.
    """
    history = [received(at=kyiv(2026, 3, 1, 12))]

    appeal.procedure.check(history, extended(kyiv(2026, 3, 30, 12), "2026-04-15"))
    with pytest.raises(CeilingPassed):
        appeal.procedure.check(history, extended(kyiv(2026, 3, 30, 12), "2026-04-16"))


def test_a_term_that_has_run_out_cannot_be_extended():
    """The term of 28 February can be extended on 28 February, not on 1 March (our reading, not confirmed).

    Строк, що спливає 28 лютого, можна продовжити 28 лютого, але не 1 березня (наше читання, не підтверджено).
    """
    appeal.procedure.check([received()], extended(kyiv(2026, 2, 28, 23, 59), "2026-03-17"))

    with pytest.raises(StepClosed, match="the term ran out on 2026-02-28"):
        appeal.procedure.check([received()], extended(kyiv(2026, 3, 1), "2026-03-17"))


def test_only_the_head_extends():
    """Article 20: the head, or a deputy, extends the term.

    Стаття 20: строк продовжує керівник або його заступник.
    """
    assert appeal.procedure.step("extend").roles == ("head",)


@pytest.mark.parametrize("defect", ["name", "residence", "substance", "signature"])
def test_a_defective_appeal_is_returned_in_10_days(defect):
    """An appeal without name, residence, substance, signature or date goes back with an explanation within
    ten days: that of 31 January by 10 February; on 11 February it is late.

    Звернення без імені, місця проживання, суті, підпису чи дати повертають з роз’ясненням не пізніше
    десяти днів: від 31 січня — до 10 лютого; 11 лютого вже пізно.
    """
    due = deadline("return_defective", received(defect=defect))

    assert kyiv_day(due.due_at) == date(2026, 2, 10)
    assert due.late_from == kyiv(2026, 2, 11)


def test_an_appeal_in_order_need_not_be_returned():
    """Where the form is in order, no term for return runs.

    Якщо звернення оформлене належно, строк повернення не біжить.
    """
    assert last_day("return_defective", received()) is None


def test_an_appeal_that_lacks_the_data_to_decide_is_returned_in_5_days():
    """Article 7: within five days; that of 31 January by 5 February.

    Стаття 7: не пізніше п’яти днів; від 31 січня — до 5 лютого.
    """
    assert last_day("return_for_data", received(defect="data")) == date(2026, 2, 5)


def test_an_appeal_for_another_body_is_forwarded_in_5_days():
    """Article 7: an appeal of 31 January that another body must decide goes there by 5 February; on
    6 February it is late.

    Стаття 7: звернення від 31 січня, яке має вирішити інший орган, пересилають туди до 5 лютого;
    6 лютого вже пізно.
    """
    due = deadline("forward", received(competence="other"))

    assert kyiv_day(due.due_at) == date(2026, 2, 5)
    assert due.late_from == kyiv(2026, 2, 6)


def test_whether_forwarding_was_late_is_measured_even_when_the_need_for_it_was_seen_later():
    """An appeal taken for ours and forwarded on the seventh day was forwarded late.

    Звернення, яке вважали своїм і переслали на сьомий день, переслано із запізненням.
    """
    due = deadline("forward", received(), forwarded("Міська рада", CAME + timedelta(days=7)))

    assert due.is_late(now=CAME)


@pytest.mark.parametrize("to", ["ВП № 3", "вп №3", "  ВП  №3. "])
def test_a_complaint_is_not_forwarded_to_those_complained_of(to):
    """A complaint about a department may not be forwarded to that department, however its name is spelt
    (article 7, not confirmed).

    Скаргу на дії підрозділу не можна пересилати цьому самому підрозділу, хоч як написано його назву
    (стаття 7, не підтверджено).
    """
    complaint = received(kind="complaint", against="ВП №3")

    with pytest.raises(RuleBroken, match="may not be forwarded"):
        appeal.procedure.check([complaint], forwarded(to))


def test_a_complaint_may_be_forwarded_higher_and_a_request_to_anybody():
    """A complaint goes to a higher body; a request may go to whoever is competent.

    Скаргу пересилають вищому органові, а заяву — будь-якому належному.
    """
    appeal.procedure.check([received(kind="complaint", against="ВП №3")], forwarded("РУП"))
    appeal.procedure.check([received(kind="request", against="ВП №3")], forwarded("ВП №3"))
    appeal.procedure.check([received(kind="complaint")], forwarded("ВП №3"))


@pytest.mark.parametrize(
    "step", ["return_defective", "return_for_data", "forward", "leave_unconsidered", "reply"]
)
def test_whatever_ends_the_matter_ends_the_month(step):
    """A returned, forwarded, unconsidered or answered appeal is ended, and nothing more is due.

    Повернуте, переслане, залишене без розгляду чи вирішене звернення завершене, і більше нічого не треба.
    """
    after = state(received(defect="name"), Taken(step, CAME + timedelta(days=1)))

    assert after.closed
    assert after.open == ()
    assert [due.step for due in after.deadlines if due.met_at is None] == []


def test_an_anonymous_appeal_is_left_unconsidered_by_the_head():
    """Article 8; but a report of a crime or of violence at home is registered even without a name.

    Стаття 8; але повідомлення про злочин чи домашнє насильство реєструють і без імені.
    """
    step = appeal.procedure.step("leave_unconsidered")

    assert (step.law.article, step.roles) == ("8", ("head",))
    assert read_record(appeal.Unconsidered, {"ground": "anonymous"}).ground == "anonymous"


def test_before_the_law_on_appeals_no_appeal_is_taken_under_it():
    """The first day of law 393/96-ВР stands here as 12 October 1996 (not confirmed): a day earlier is refused.

    Першим днем Закону № 393/96-ВР тут записано 12 жовтня 1996 року (не підтверджено): днем раніше
    звернення за ним не приймають.
    """
    with pytest.raises(NotInForce):
        appeal.procedure.check([], received(at=kyiv(1996, 10, 11, 23, 59)))

    appeal.procedure.check([], received(at=kyiv(1996, 10, 12)))
    with pytest.raises(NotInForce):
        appeal.procedure.open_steps({"receive": kyiv(1996, 10, 11, 12)})


def test_the_terms_of_appeals_were_compared_with_a_source():
    """One month, 15, 45, 10 and 5 days are confirmed by texts of the law; the first day is not.

    Місяць, 15, 45, 10 і 5 днів підтверджено текстами закону; перший день дії — ні.
    """
    terms = [each for step in appeal.procedure.steps for each in step.every_term()]

    assert all(each.verified for each in terms)
    assert not any(each.first_day_verified for each in terms)
