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


def taken(step: str, on: datetime = CAME, **fields: object) -> Taken:
    record = read_record(appeal.procedure.step(step).record, fields)
    return Taken(step, on, record_json(record))


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
    """A returned, forwarded, unconsidered or answered appeal is ended, and nothing more is due: only a letter
    may still go out, and the sender may say how it went.

    Повернуте, переслане, залишене без розгляду чи вирішене звернення завершене, і більше нічого не треба:
    можна лише надіслати лист, а заявник може залишити відгук.
    """
    after = state(received(defect="name"), Taken(step, CAME + timedelta(days=1)))

    assert after.closed
    assert {one.code for one in after.open} <= {"send_letter", "feedback"}
    assert [due.step for due in after.deadlines if due.met_at is None] == []


def test_an_anonymous_appeal_is_left_unconsidered_by_the_head():
    """Article 8; but a report of a crime or of violence at home is registered even without a name.

    Стаття 8; але повідомлення про злочин чи домашнє насильство реєструють і без імені.
    """
    step = appeal.procedure.step("leave_unconsidered")

    assert (step.law.article, step.roles) == ("8", ("head",))
    assert read_record(appeal.Unconsidered, {"ground": "anonymous"}).ground == "anonymous"


def test_an_anonymous_appeal_is_not_returned_since_there_is_nobody_to_return_it_to():
    """The ten days for return do not run for an anonymous appeal.

    Для анонімного звернення строк повернення не біжить: повертати нікому.
    """
    assert last_day("return_defective", received(defect="name", anonymous=True)) is None


@pytest.mark.parametrize("step", ["leave_unconsidered", "return_defective"])
def test_a_report_of_a_crime_is_registered_as_a_call_before_the_appeal_is_set_aside(step):
    """An appeal that reports a crime or violence at home, even an anonymous one, is set aside only with the
    number of the call that was registered from it (not confirmed).

    Звернення, в якому повідомлено про злочин чи домашнє насильство, навіть анонімне, відкладають лише з
    номером зареєстрованого за ним виклику (не підтверджено).
    """
    told = {"ground": "anonymous"} if step == "leave_unconsidered" else {"explanation": "Додайте підпис"}
    came = received(anonymous=True, crime_signs=True, defect="name")

    with pytest.raises(RuleBroken, match="Register a call"):
        appeal.procedure.check([came], taken(step, **told))
    appeal.procedure.check([came], taken(step, **told, call="12/2026"))
    appeal.procedure.check([received(anonymous=True, defect="name")], taken(step, **told))


def test_a_repeated_appeal_is_left_unconsidered_only_with_the_number_of_the_one_decided():
    """Article 8: left as repeated only what was already decided in substance, named by its number.

    Стаття 8: як повторне залишають без розгляду лише вже вирішене по суті, з номером того звернення.
    """
    with pytest.raises(RuleBroken, match="number of the earlier appeal"):
        appeal.procedure.check([received()], taken("leave_unconsidered", ground="repeated"))

    named = taken("leave_unconsidered", ground="repeated", earlier="7/2026")
    appeal.procedure.check([received()], named)


def test_only_a_complaint_comes_too_late():
    """The term for complaints is no ground against a request or a proposal.

    Строк оскарження не є підставою залишити без розгляду заяву чи пропозицію.
    """
    late = taken("leave_unconsidered", ground="late_complaint")

    appeal.procedure.check([received(kind="complaint")], late)
    with pytest.raises(RuleBroken, match="complaints only"):
        appeal.procedure.check([received(kind="request")], late)


def test_a_complaint_comes_within_a_month_of_learning_and_a_year_of_the_decision():
    """Decided on 31 January 2025, learned of on 31 December 2025: until 31 January 2026, by both terms
    (article 17, not confirmed). Where only one day is known, it counts alone.

    Рішення від 31 січня 2025 року, про яке дізналися 31 грудня 2025 року: до 31 січня 2026 року за обома
    строками (стаття 17, не підтверджено). Якщо відомий лише один день, рахують від нього.
    """
    last = appeal.last_day_to_complain

    assert last(decided_on=date(2025, 1, 31), learned_on=date(2025, 12, 31)) == date(2026, 1, 31)
    assert last(decided_on=date(2025, 1, 31), learned_on=date(2025, 2, 28)) == date(2025, 3, 28)
    assert last(decided_on=None, learned_on=date(2026, 1, 31)) == date(2026, 2, 28)
    assert last(decided_on=None, learned_on=None) is None


def test_a_decision_is_not_learned_of_before_it_is_made():
    """A complaint whose sender learned of the decision before its day is not registered so.

    Скаргу, заявник якої дізнався про рішення раніше за його день, так не реєструють.
    """
    with pytest.raises(RuleBroken, match="Check both days"):
        appeal.procedure.check([], received(decided_on="2026-01-10", learned_on="2026-01-09"))

    appeal.procedure.check([], received(decided_on="2026-01-10", learned_on="2026-01-10"))


WHOLE = {"named": True, "residence": True, "about": True, "signed": True, "dated": True, "contact": True}


@pytest.mark.parametrize(
    ("form", "missing", "defects"),
    [
        ("written", (), []),
        ("written", ("named",), ["name"]),
        ("written", ("residence", "about"), ["residence", "substance"]),
        ("written", ("signed",), ["signature"]),
        ("written", ("dated",), ["signature"]),
        ("written", ("contact",), []),
        ("oral", ("signed", "dated"), []),
        ("electronic", ("signed", "dated"), []),
        ("electronic", ("contact",), ["contact"]),
    ],
)
def test_an_appeal_has_a_name_a_residence_a_substance_a_date_and_a_signature(form, missing, defects):
    """Article 5: name, residence, substance, signature and date. What is told to an officer needs no
    signature; what comes electronically needs an address for the reply instead (both not confirmed).

    Стаття 5: прізвище та ім’я, місце проживання, суть, підпис і дата. Усне підпису не потребує, а електронне
    натомість має містити адресу для відповіді (обидва не підтверджено).
    """
    parts = WHOLE | dict.fromkeys(missing, False)

    assert list(appeal.lacking(form=form, **parts)) == defects


def test_the_head_may_shorten_the_term_on_a_justified_request():
    """Article 20: on a justified written request the term is shortened. That of 31 January, shortened to
    10 February: a reply on 10 February is in time, on 11 February it is late.

    Стаття 20: на обґрунтовану письмову вимогу строк скорочують. Від 31 січня скорочено до 10 лютого:
    відповідь 10 лютого вчасна, 11 лютого — запізніла.
    """
    shorter = taken("shorten", kyiv(2026, 2, 3, 12), until="2026-02-10", reason="Від’їзд на лікування")
    appeal.procedure.check([received()], shorter)

    due = deadline("reply", received(), shorter)

    assert (kyiv_day(due.due_at), due.late_from) == (date(2026, 2, 10), kyiv(2026, 2, 11))
    assert appeal.procedure.step("shorten").roles == ("head",)


def test_a_shortened_term_is_shorter_and_may_be_extended_again_within_the_45_days():
    """A term until 28 February is shortened to 27 February at most; after that it is extended from there,
    to 17 March at most.

    Строк до 28 лютого скорочують щонайбільше до 27 лютого; потім його продовжують звідти, до 17 березня
    включно.
    """
    shorter = taken("shorten", kyiv(2026, 2, 3, 12), until="2026-02-27", reason="Від’їзд на лікування")
    appeal.procedure.check([received()], shorter)
    with pytest.raises(CeilingPassed):
        appeal.procedure.check([received()], shorter._replace(data=shorter.data | {"until": "2026-02-28"}))

    appeal.procedure.check([received(), shorter], extended(kyiv(2026, 2, 20, 12), "2026-02-28"))
    with pytest.raises(CeilingPassed):
        appeal.procedure.check([received(), shorter], extended(kyiv(2026, 2, 20, 12), "2026-03-18"))


def test_an_executor_is_assigned_and_may_be_changed_within_the_45_days():
    """The head’s resolution names the executor and a day of its own, within the 45 days; it may be
    changed (resolution 348/97, not confirmed).

    Резолюція керівника називає виконавця і власний строк у межах 45 днів; її можна змінити (постанова 348/97, не
    підтверджено).
    """
    first = taken("assign", executor="andrii", answer_by="2026-02-20", control=True)
    second = taken("assign", CAME + timedelta(days=1), executor="olena", answer_by="2026-03-17")

    appeal.procedure.check([received()], first)
    appeal.procedure.check([received(), first], second)
    with pytest.raises(CeilingPassed):
        appeal.procedure.check([received()], taken("assign", executor="olena", answer_by="2026-03-18"))


def test_a_complaint_is_not_given_to_the_officer_complained_of():
    """Article 7 (not confirmed): who is complained of does not work on the complaint.

    Стаття 7 (не підтверджено): скаргу не доручають тому, чиї дії оскаржують.
    """
    complaint = received(kind="complaint", against_officer="andrii")

    with pytest.raises(RuleBroken, match="may not be given"):
        appeal.procedure.check([complaint], taken("assign", executor="andrii"))
    appeal.procedure.check([complaint], taken("assign", executor="olena"))


def test_the_head_decides_on_a_proposed_reply():
    """Where the unit wants it, the executor proposes the reply and the head approves it or sends it back.

    Де підрозділ так вирішив, виконавець подає проєкт відповіді, а керівник погоджує або повертає.
    """
    draft = taken("propose_reply", result="satisfied", text="Провели бесіду")
    opinion = taken("approve_reply", opinion="rework", remark="Додайте дату")

    with pytest.raises(StepClosed):
        appeal.procedure.check([received()], opinion)
    appeal.procedure.check([received(), draft], opinion)
    appeal.procedure.check([received(), draft, opinion], draft)
    assert appeal.procedure.step("approve_reply").roles == ("head",)


LETTER = {"number": "3/2026", "sent_on": "2026-02-03", "to": "Вигаданенку Іванові", "fingerprint": "0" * 64}


def test_a_letter_goes_out_after_the_step_that_it_tells_of():
    """An answer is sent after it was given, a notice of forwarding after forwarding; that the appeal was
    registered may be told at any time (resolution 348/97, not confirmed).

    Відповідь надсилають після її надання, повідомлення про пересилання — після пересилання; про реєстрацію
    повідомляють будь-коли (постанова 348/97, не підтверджено).
    """
    answered = taken("reply", result="satisfied", text="Провели бесіду")
    letter = taken("send_letter", kind="answer", **LETTER)

    with pytest.raises(RuleBroken, match="First take the step “Reply”"):
        appeal.procedure.check([received()], letter)
    appeal.procedure.check([received(), answered], letter)
    appeal.procedure.check([received()], taken("send_letter", kind="acknowledgement", **LETTER))
    assert set(appeal.LETTER_AFTER.values()) < set(appeal.procedure.by_code)


def test_an_answered_appeal_is_not_answered_again():
    """After the answer only letters go out and control is lifted.

    Після відповіді лише надсилають листи і знімають з контролю.
    """
    answered = taken("reply", result="satisfied", text="Провели бесіду")
    controlled = taken("assign", executor="andrii", control=True)

    with pytest.raises(StepClosed, match="the case has ended"):
        appeal.procedure.check([received(), answered], answered)
    appeal.procedure.check([received(), controlled, answered], taken("lift_control"))
    with pytest.raises(RuleBroken, match="not under control"):
        appeal.procedure.check(
            [received(), taken("assign", executor="andrii"), answered], taken("lift_control")
        )


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


def test_the_terms_for_complaints_were_not_compared_with_a_source():
    """A year and a month to complain stand from memory.

    Рік і місяць на оскарження записано з пам’яті.
    """
    assert not any(each.verified for norm in appeal.procedure.norms for each in norm.terms)
