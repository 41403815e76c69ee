"""The report to the hromada

Звіт перед громадою
"""

from datetime import UTC, datetime, timedelta

import pytest

from varta.law import Due, NotInForce, RuleBroken, StepClosed, Taken, read_record, record_json
from varta.lib.clock import KYIV
from varta.procedures.hromada_report import procedure


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


BEGAN = kyiv(2025, 12, 31, 10)
PUBLISHED = kyiv(2026, 6, 25, 15)
REPORT = {
    "counted": "019b0000-0000-7000-8000-000000000000",
    "held_on": "2026-06-25",
    "held_at": "Будинок культури",
    "body": "committee",
    "done": "Прийнято мешканців, перевірено школи і зупинки.",
}


def taken(step: str, at: datetime, **fields: object) -> Taken:
    return Taken(step, at, record_json(read_record(procedure.step(step).record, fields)))


def begun(at: datetime = BEGAN) -> Taken:
    return taken("begin", at, officer="andrii")


def counted(first: str = "2026-01-01", last: str = "2026-06-20") -> Taken:
    return taken("count", kyiv(2026, 6, 21, 9), first=first, last=last, figures="[]")


def published(at: datetime = PUBLISHED, **fields: object) -> Taken:
    return taken("publish", at, **REPORT | fields)


def due(*history: Taken) -> Due:
    [found] = procedure.state(history).deadlines
    return found


def test_a_report_is_due_within_half_a_year():
    """Order 650/2017 asks for two reports a year; six months are its widest reading, not confirmed.

    Наказ 650/2017 вимагає двох звітів на рік; шість місяців — найширше тлумачення, не підтверджене.
    """
    found = due(begun())

    assert (found.step, found.late_from) == ("publish", kyiv(2026, 7, 1))
    assert not found.verified


@pytest.mark.parametrize(("at", "in_term"), [(kyiv(2026, 6, 30, 23, 59), True), (kyiv(2026, 7, 1), False)])
def test_a_report_is_in_term_until_the_last_day_ends(at, in_term):
    """The last day belongs to the officer until it ends.

    Останній день належить офіцерові, доки не закінчиться.
    """
    found = due(begun(), counted(), published(at))

    assert found.met_at == at
    assert (found.met_at < found.late_from) is in_term


def test_figures_are_counted_by_varta_alone():
    """No officer may take the step that writes figures: they come from entries.

    Жоден офіцер не може виконати крок, що записує показники: вони беруться із записів.
    """
    assert procedure.step("count").roles == ("system",)


def test_nothing_is_published_before_figures_are_counted():
    """A report without figures is not published.

    Звіт без показників не оприлюднюють.
    """
    with pytest.raises(StepClosed):
        procedure.check([begun()], published())


def test_a_period_does_not_end_before_it_begins():
    """A period from 1 July to 30 June is refused, one of a single day is not.

    Період з 1 липня до 30 червня не приймають, а період в один день — приймають.
    """
    with pytest.raises(RuleBroken, match="before it begins"):
        procedure.check([begun()], counted("2026-07-01", "2026-06-30"))
    procedure.check([begun()], counted("2026-06-20", "2026-06-20"))


def test_the_meeting_is_not_before_the_period():
    """One reports of what has been: the meeting is on the first day of the period or later.

    Звітують про те, що було: зустріч — у перший день періоду або пізніше.
    """
    history = [begun(), counted()]

    with pytest.raises(RuleBroken, match="before the period"):
        procedure.check(history, published(held_on="2025-12-31"))
    procedure.check(history, published(held_on="2026-01-01"))


def test_the_english_text_says_no_more_than_the_ukrainian():
    """Law 2704-VIII, article 27: the Ukrainian version has no less than others.

    Закон 2704-VIII, стаття 27: українська версія не менша за інші.
    """
    history = [begun(), counted()]
    exactly = "x" * len(REPORT["done"])

    procedure.check(history, published(summary_en=exactly))
    with pytest.raises(RuleBroken, match="longer"):
        procedure.check(history, published(summary_en=exactly + "x"))


def test_a_revision_says_what_it_puts_right():
    """A new version names what was wrong with the old one.

    Нова редакція називає, що було не так у попередній.
    """
    with pytest.raises(RuleBroken, match="put right"):
        procedure.check([begun(), counted(), published()], taken("revise", PUBLISHED, **REPORT))


def test_a_report_is_published_once_and_then_revised():
    """A published report is not published again; what was wrong is put right by a revision, also after the end.

    Оприлюднений звіт не оприлюднюють удруге; помилку виправляють новою редакцією, також після завершення.
    """
    history = [begun(), counted(), published()]
    evaluated = taken("evaluate", PUBLISHED, mark="good")
    revised = taken("revise", PUBLISHED + timedelta(days=9), **REPORT, why="Уточнено дату")

    with pytest.raises(StepClosed):
        procedure.check(history, published())
    procedure.check(history, revised)
    procedure.check([*history, evaluated], revised)


def test_an_evaluation_ends_the_matter():
    """The hromada's evaluation is entered after the report, and ends it.

    Оцінку громади записують після звіту, і нею справа завершується.
    """
    evaluation = taken("evaluate", PUBLISHED + timedelta(days=1), mark="none")

    with pytest.raises(StepClosed):
        procedure.check([begun(), counted()], evaluation)
    assert procedure.state([begun(), counted(), published(), evaluation]).closed


def test_the_duty_of_who_was_transferred_ends_with_a_reason():
    """When the officer was transferred, the head ends the duty, and nothing is due any more.

    Якщо офіцера переведено, керівник знімає обов’язок, і звіт більше не потрібен.
    """
    ended = taken("end", kyiv(2026, 3, 15, 9), reason="transferred")

    state = procedure.state([begun(), ended])

    assert (state.closed, state.deadlines) == (True, ())
    assert procedure.step("end").roles == ("head",)


def test_a_term_that_began_before_the_order_has_none():
    """The order is of 28 July 2017; its first day in force is not confirmed.

    Наказ датовано 28 липня 2017 року; день набрання чинності не підтверджено.
    """
    assert procedure.state([begun(kyiv(2017, 7, 27, 12))]).deadlines == ()
    assert due(begun(kyiv(2017, 7, 28, 12))).late_from == kyiv(2018, 1, 29)


def test_before_the_order_there_is_no_report_under_it():
    """No report under the order is begun before the day of the order.

    До дня наказу звіту за ним не починають.
    """
    with pytest.raises(NotInForce):
        procedure.check([], begun(kyiv(2017, 7, 27, 12)))
