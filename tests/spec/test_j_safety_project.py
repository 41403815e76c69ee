"""Safety projects of a hromada

Безпекові проєкти громади
"""

from datetime import UTC, datetime

import pytest

from varta.law import NotInForce, RuleBroken, StepClosed, Taken, read_record, record_json
from varta.lib.clock import KYIV
from varta.procedures.safety_project import procedure

BEGAN = datetime(2019, 3, 4, 10, tzinfo=KYIV).astimezone(UTC)
LATER = datetime(2019, 9, 2, 10, tzinfo=KYIV).astimezone(UTC)


def taken(step: str, at: datetime, **fields: object) -> Taken:
    return Taken(step, at, record_json(read_record(procedure.step(step).record, fields)))


def begun(at: datetime = BEGAN) -> Taken:
    return taken("begin", at, name="Світла дорога до школи", topic="children", aim="Освітити переходи")


def test_a_project_has_no_term_of_law():
    """Nothing is due: the day until which a project is planned is the officer's own plan.

    Нічого не настає: день, до якого планують завершити, — план самого офіцера.
    """
    assert procedure.state([begun()]).deadlines == ()


def test_work_is_entered_as_often_as_it_is_done_and_a_finish_ends_the_project():
    """Progress is entered any number of times; after the finish nothing more is.

    Що зроблено, записують скільки завгодно разів; після завершення більше нічого.
    """
    history = [begun(), taken("progress", LATER, text="Два ліхтарі"), taken("finish", LATER, result="done")]

    assert {step.code for step in procedure.state(history[:2]).open} == {"progress", "finish"}
    with pytest.raises(StepClosed):
        procedure.check(history, taken("progress", LATER, text="Ще один"))


def test_a_project_that_was_not_done_in_full_says_why():
    """A stopped project is explained in words.

    Припинений проєкт пояснюють словами.
    """
    with pytest.raises(RuleBroken):
        procedure.check([begun()], taken("finish", LATER, result="stopped"))
    procedure.check([begun()], taken("finish", LATER, result="stopped", text="Кошти не виділено"))


def test_before_the_law_there_are_none():
    """The law on the National Police is in force since 7 November 2015.

    Закон про Національну поліцію діє з 7 листопада 2015 року.
    """
    with pytest.raises(NotInForce):
        procedure.check([], begun(datetime(2015, 11, 6, 10, tzinfo=KYIV).astimezone(UTC)))
