"""A day that the head chose moves a deadline: only longer, only in time, only to the ceiling."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from varta.law import CeilingPassed, Check, Law, Procedure, Step, StepClosed, Taken, asked, term

LAW = Law("393/96-ВР", "20", "https://example.org/20")
START = datetime(2026, 1, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True)
class Longer:
    until: date = asked("До", "Until")


def procedure(*, checked: bool = True, ceiling: bool = True, replies: bool = True) -> Procedure:
    total = term("2000-01-01", days=45, verified=Check("Olena", "2026-01-01", "urst-20") if checked else None)
    within = (term("2000-01-01", days=30),) if replies else ()
    return Procedure(
        "letter",
        {"uk": "Лист", "en": "Letter"},
        (
            Step("receive", {"uk": "Отримати", "en": "Receive"}, LAW, Empty, by="duty"),
            Step(
                "reply",
                {"uk": "Відповісти", "en": "Reply"},
                LAW,
                Empty,
                by="duty",
                after="receive",
                within=within,
            ),
            Step(
                "extend",
                {"uk": "Продовжити", "en": "Extend"},
                LAW,
                Longer,
                by="head",
                after="receive",
                since="receive",
                at_most=(total,) if ceiling else (),
                extends="reply",
                once=False,
            ),
        ),
    )


def extend(on_day: int, until: str) -> Taken:
    return Taken("extend", START + timedelta(days=on_day), {"until": until})


RECEIVED = [Taken("receive", START)]


def test_the_deadline_moves_to_the_end_of_the_chosen_kyiv_day():
    [due] = procedure().state([*RECEIVED, extend(5, "2026-02-10")]).deadlines

    assert due.due_at == datetime(2026, 2, 10, 21, 59, 59, tzinfo=UTC)
    assert due.late_from == datetime(2026, 2, 10, 22, tzinfo=UTC)
    assert due.verified


def test_an_extension_by_an_unchecked_ceiling_is_unverified():
    [due] = procedure(checked=False).state([*RECEIVED, extend(5, "2026-02-10")]).deadlines

    assert not due.verified


def test_the_last_extension_counts():
    history = [*RECEIVED, extend(5, "2026-02-10"), extend(6, "2026-02-12")]
    [due] = procedure().state(history).deadlines

    assert due.late_from == datetime(2026, 2, 12, 22, tzinfo=UTC)


@pytest.mark.parametrize("until", ["2026-01-31", "2026-02-16"])
def test_an_extension_is_longer_than_the_term_and_within_its_ceiling(until):
    with pytest.raises(CeilingPassed, match="from 2026-02-01 to 2026-02-15"):
        procedure().check(RECEIVED, extend(5, until))


def test_a_second_extension_is_longer_than_the_first():
    with pytest.raises(CeilingPassed, match="from 2026-02-11 to 2026-02-15"):
        procedure().check([*RECEIVED, extend(5, "2026-02-10")], extend(6, "2026-02-10"))


def test_a_term_that_has_run_out_is_not_extended():
    procedure().check(RECEIVED, extend(30, "2026-02-10"))

    with pytest.raises(StepClosed, match="the term ran out on 2026-01-31"):
        procedure().check(RECEIVED, extend(31, "2026-02-10"))


def test_without_a_ceiling_any_longer_day_will_do():
    procedure(ceiling=False).check(RECEIVED, extend(5, "2030-01-01"))


def test_where_nothing_is_due_an_extension_is_bounded_by_the_ceiling_alone():
    procedure(replies=False).check(RECEIVED, extend(5, "2026-01-07"))

    with pytest.raises(CeilingPassed, match="from 2026-01-06 to 2026-02-15"):
        procedure(replies=False).check(RECEIVED, extend(5, "2026-02-16"))


def shortened(on_day: int, until: str) -> Taken:
    return Taken("shorten", START + timedelta(days=on_day), {"until": until})


def with_shortening() -> Procedure:
    longer = procedure()
    sooner = Step(
        "shorten",
        {"uk": "Скоротити", "en": "Shorten"},
        LAW,
        Longer,
        by="head",
        after="receive",
        shortens="reply",
        once=False,
    )
    return Procedure("letter", longer.title, (*longer.steps, sooner))


def test_a_shortening_moves_the_deadline_to_the_end_of_a_sooner_day():
    [due] = with_shortening().state([*RECEIVED, shortened(5, "2026-01-20")]).deadlines

    assert due.late_from == datetime(2026, 1, 20, 22, tzinfo=UTC)
    assert not due.verified  # as the term that it shortens


@pytest.mark.parametrize("until", ["2026-01-05", "2026-01-31"])
def test_a_shortened_term_ends_from_today_to_the_day_before_it_would_have(until):
    with pytest.raises(CeilingPassed, match="from 2026-01-06 to 2026-01-30"):
        with_shortening().check(RECEIVED, shortened(5, until))


def test_of_a_shortening_and_an_extension_the_later_one_counts():
    law = with_shortening()
    history = [*RECEIVED, shortened(5, "2026-01-20"), extend(6, "2026-02-10")]
    law.check(history[:-1], history[-1])

    [due] = law.state(history).deadlines
    [again] = law.state([*history, shortened(7, "2026-01-25")]).deadlines

    assert due.late_from == datetime(2026, 2, 10, 22, tzinfo=UTC)
    assert again.late_from == datetime(2026, 1, 25, 22, tzinfo=UTC)


def test_a_term_that_has_run_out_is_not_shortened():
    with pytest.raises(StepClosed, match="the term ran out on 2026-01-31"):
        with_shortening().check(RECEIVED, shortened(31, "2026-02-01"))
