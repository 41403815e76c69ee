"""Personal reception

Особистий прийом
"""

from datetime import UTC, datetime, timedelta

import pytest

from varta.law import NotInForce, RuleBroken, StepClosed, Taken, read_record, record_json
from varta.procedures import personal_reception
from varta.procedures.personal_reception import procedure

CAME = datetime(2026, 3, 2, 8, tzinfo=UTC)
VISIT = {"subject": "neighbours", "about": "Просить допомогти із сусідами", "received_by": "Начальник"}


def taken(step: str, at: datetime = CAME, **fields: object) -> Taken:
    return Taken(step, at, record_json(read_record(procedure.step(step).record, fields)))


def test_a_visit_says_who_received_whom_on_what():
    """Article 22 (not confirmed): the journal of reception keeps the matter and who received the visitor.

    Стаття 22 (не підтверджено): журнал прийому містить питання і того, хто приймав.
    """
    assert procedure.steps[0].law.article == "22"
    procedure.check([], taken("receive", **VISIT))


def test_an_outcome_ends_the_visit():
    """After the outcome nothing more is due or open.

    Після результату більше нічого не потрібно.
    """
    visit, outcome = taken("receive", **VISIT), taken("conclude", outcome="settled")

    state = procedure.state([visit, outcome])

    assert (state.closed, state.open, state.deadlines) == (True, (), ())
    with pytest.raises(StepClosed):
        procedure.check([visit, outcome], outcome)


@pytest.mark.parametrize("outcome", ["explained", "referred"])
def test_what_was_explained_is_written_down(outcome):
    """An explanation, or a referral to another body, is written down in words.

    Роз’яснення чи рекомендацію звернутися до іншого органу записують словами.
    """
    visit = taken("receive", **VISIT)

    with pytest.raises(RuleBroken, match="Write down"):
        procedure.check([visit], taken("conclude", outcome=outcome))
    procedure.check([visit], taken("conclude", outcome=outcome, note="До ЖЕКу"))


def test_an_outcome_comes_after_the_visit():
    """No outcome without a visit, and none before it.

    Немає результату без прийому, і він не буває раніше за прийом.
    """
    with pytest.raises(StepClosed):
        procedure.check([], taken("conclude", outcome="settled"))
    with pytest.raises(StepClosed):
        early = taken("conclude", CAME - timedelta(minutes=1), outcome="settled")
        procedure.check([taken("receive", **VISIT)], early)


def test_before_the_law_there_was_no_reception_under_it():
    """The first day of the law stands here as 12 October 1996 (not confirmed).

    Першим днем закону тут записано 12 жовтня 1996 року (не підтверджено).
    """
    with pytest.raises(NotInForce):
        procedure.check([], taken("receive", datetime(1996, 10, 11, 12, tzinfo=UTC), **VISIT))


def test_a_visit_may_end_in_an_appeal():
    """What cannot be settled at the reception is taken as an appeal, in a case of its own.

    Що не можна вирішити на прийомі, приймають як звернення — окремою справою.
    """
    assert "appeal" in personal_reception.OUTCOME
