"""What is refused at the one door of writing, whoever sends it: executors, repeats, approvals and days."""

from datetime import timedelta

import pytest

from varta.appeals import actions, errors
from varta.appeals.tests.conftest import CAME, SENDER, register, send, step
from varta.cases.errors import LawRefused
from varta.cases.models import Case
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading


@pytest.fixture
def head(halyna, reader_of):
    return reader_of(halyna)


def number_of(written) -> str:
    case = Case.objects.get(key=written.case_key)
    return f"{case.number}/{case.year}"


def test_an_officer_of_the_unit_becomes_the_executor(desk, andrii):
    case = register(desk).case_key

    step(desk, case, "assign", executor="andrii", executor_name=andrii.name, control=True)

    assert Case.objects.get(key=case).facts["executor"] == "andrii"


def test_an_officer_of_another_hromada_is_no_executor(desk, maria):
    case = register(desk).case_key

    with pytest.raises(errors.ExecutorOutside, match="would not see the appeal"):
        step(desk, case, "assign", executor="maria")
    assert "executor" not in Case.objects.get(key=case).facts


def test_nobody_and_a_locked_account_are_no_executors(desk, andrii):
    case = register(desk).case_key
    with reading(Reader.system()):
        Officer.objects.filter(login="andrii").update(is_active=False)

    with pytest.raises(errors.ExecutorUnknown):
        step(desk, case, "assign", executor="nobody")
    with pytest.raises(errors.ExecutorOutside):
        step(desk, case, "assign", executor="andrii")


def test_an_officer_whose_appointment_has_ended_is_no_executor(desk, andrii):
    case = register(desk).case_key
    with reading(Reader.system()):
        andrii.appointments.update(until=CAME.date())

    step(desk, case, "assign", days=0.1, executor="andrii")
    with pytest.raises(errors.ExecutorOutside):
        step(desk, case, "assign", executor="andrii")


def test_a_complaint_is_not_forwarded_to_those_complained_of(desk):
    case = register(desk, kind="complaint", against="ВП № 3").case_key

    with pytest.raises(LawRefused, match="may not be forwarded"):
        step(desk, case, "forward", to="ВП №3")


def test_the_term_is_not_extended_past_45_days(desk, head):
    case = register(desk).case_key

    with reading(head), pytest.raises(LawRefused, match="2026-04-16"):
        step(head, case, "extend", until="2026-04-17", reason="Перевірка")
    with reading(head):
        step(head, case, "extend", until="2026-04-16", reason="Перевірка", told_on="2026-03-03")


def test_an_answered_appeal_is_not_answered_again(desk):
    case = register(desk).case_key
    step(desk, case, "reply", result="satisfied", text="Провели бесіду")

    with pytest.raises(LawRefused, match="the case has ended"):
        step(desk, case, "reply", days=2, result="refused", text="Ні")


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-09"])
def test_a_sender_is_told_between_the_day_of_receipt_and_today(desk, day):
    case = register(desk, competence="other").case_key

    with pytest.raises(errors.DayImpossible) as refused:
        step(desk, case, "forward", days=2, to="Слобожанська селищна рада", told_on=day)

    assert list(refused.value.fields) == ["told_on"]
    assert "02.03.2026" in refused.value.text("uk")


def test_an_appeal_is_not_dated_tomorrow(desk):
    with pytest.raises(errors.DayImpossible):
        register(desk, document_on="2026-03-03")

    register(desk, document_on="2026-03-02")


def test_a_repeated_appeal_is_set_aside_only_when_the_earlier_one_was_decided(desk, head):
    first = register(desk)
    person = first.people[0].person
    again = register(desk, known=person, at=CAME + timedelta(days=1))
    repeated = {"ground": "repeated", "earlier": number_of(first)}

    with reading(head), pytest.raises(errors.EarlierUndecided):
        step(head, again.case_key, "leave_unconsidered", days=3, **repeated)
    step(desk, first.case_key, "reply", days=3, result="explained", text="Роз’яснили")
    with reading(head):
        step(head, again.case_key, "leave_unconsidered", days=4, **repeated)


def test_an_appeal_of_somebody_else_is_no_earlier_one(desk, head):
    other, own = register(desk), register(desk, sender=SENDER | {"surname": "Інша"})
    step(desk, other.case_key, "reply", result="explained", text="Роз’яснили")
    repeated = {"ground": "repeated", "earlier": number_of(other)}

    with reading(head), pytest.raises(errors.EarlierUnexplained):
        step(head, own.case_key, "leave_unconsidered", days=3, **repeated)
    with reading(head):
        told = "Вирішено 12.05.2019 за паперовим журналом, відповідь № 40"
        step(head, own.case_key, "leave_unconsidered", days=3, explanation=told, **repeated)


class TestWhereTheHeadApproves:
    REPLY = {"result": "satisfied", "text": "Провели бесіду"}

    @pytest.fixture
    def case(self, desk, sector):
        actions.write_office(unit=sector, by=desk, at=CAME, approves=True)
        return register(desk).case_key

    def test_a_reply_without_approval_is_refused(self, desk, case):
        with pytest.raises(errors.NotApproved):
            step(desk, case, "reply", **self.REPLY)
        step(desk, case, "propose_reply", **self.REPLY)
        with pytest.raises(errors.NotApproved):
            step(desk, case, "reply", days=2, **self.REPLY)

    def test_an_approved_reply_goes_out_word_for_word(self, desk, head, case):
        step(desk, case, "propose_reply", **self.REPLY)
        with reading(head):
            step(head, case, "approve_reply", days=2, opinion="approved")

        with pytest.raises(errors.NotApproved):
            step(desk, case, "reply", days=3, result="satisfied", text="Інший текст")
        step(desk, case, "reply", days=3, **self.REPLY)

    def test_a_reply_sent_back_is_proposed_again(self, desk, head, case):
        step(desk, case, "propose_reply", **self.REPLY)
        with reading(head):
            step(head, case, "approve_reply", days=2, opinion="rework", remark="Додайте дату")
        with pytest.raises(errors.NotApproved):
            step(desk, case, "reply", days=3, **self.REPLY)

        step(desk, case, "propose_reply", days=3, **self.REPLY)
        with reading(head):
            step(head, case, "approve_reply", days=4, opinion="approved")
        step(desk, case, "reply", days=5, **self.REPLY)


def test_the_other_hromada_is_not_bound_by_the_rule_of_this_one(desk, sector):
    actions.write_office(unit=sector, by=desk, at=CAME, approves=True)
    there = register(desk, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR).case_key

    step(desk, there, "reply", result="satisfied", text="Провели бесіду")
    assert send(desk, there, days=2, kind="answer").number == "1/2026"
