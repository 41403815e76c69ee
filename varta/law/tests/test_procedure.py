"""The three clocks, order, ceilings and rules, on a small procedure of visits."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from varta.law import (
    CeilingPassed,
    Check,
    Fact,
    Law,
    NotInForce,
    Procedure,
    RuleBroken,
    Step,
    StepClosed,
    Taken,
    TermsBy,
    UnknownStep,
    asked,
    term,
)

LAW = Law("393/96-ВР", "20", "https://example.org/20", "2000-01-01")
OLD = Law("393/96-ВР", "19", "https://example.org/19")
CHECKED = Check("Olena", "2026-01-01", "urst-20")
DAY = timedelta(days=1)
START = datetime(2026, 5, 4, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Opening:
    risk: str = asked("Ризик", "Risk", default="low", personal=False)


@dataclass(frozen=True)
class Note:
    text: str = asked("Текст", "Text", default="")


@dataclass(frozen=True)
class Order:
    until: date = asked("До", "Until")


def no_shouting(facts, step, record):
    """Forbid capitals.

    Забороняє великі літери.
    """
    text = record.get("text", "")
    return {"uk": "Тихіше.", "en": "Quieter."} if text.isupper() else None


def titled(word: str) -> dict[str, str]:
    return {"uk": f"{word} (укр.)", "en": word}


WATCH = Procedure(
    code="watch",
    title=titled("Watch"),
    steps=(
        Step("open", titled("Open"), LAW, Opening, by="duty"),
        Step(
            "assess",
            titled("Assess"),
            LAW,
            Note,
            by=("duty", "head"),
            after="open",
            within=TermsBy("open", ("risk",), {("high",): (term("2000-01-01", hours=2, verified=CHECKED),)}),
        ),
        Step(
            "order",
            titled("Order"),
            LAW,
            Order,
            by="head",
            after=("assess", "visit"),
            at_most=(term("2000-01-01", days=10),),
        ),
        Step(
            "visit",
            titled("Visit"),
            LAW,
            Note,
            by="duty",
            after="open",
            repeats=(term("2000-01-01", months=1, law=OLD),),
        ),
        Step("note", titled("Note"), LAW, Note, by="duty", after="open", once=False, rules=(no_shouting,)),
        Step("end", titled("End"), LAW, Note, by="head", after="open", closes=True),
        Step(
            "report",
            titled("Report"),
            LAW,
            Note,
            by="head",
            after=("open", "visit"),
            within=(term("2000-01-01", days=3),),
            when=(Fact("open", "risk", ("high",)), Fact("end", "text", ("bad",))),
            after_closing=True,
        ),
    ),
)


def codes(history: list[Taken]) -> list[str]:
    return [step.code for step in WATCH.state(history).open]


def dues(history: list[Taken]) -> list[tuple[str, datetime, bool]]:
    return [(due.step, due.due_at, due.met_at is not None) for due in WATCH.state(history).deadlines]


def opened(risk: str = "low") -> Taken:
    return Taken("open", START, {"risk": risk})


def test_an_empty_case_can_only_be_opened():
    assert codes([]) == ["open"]
    assert dues([]) == []


def test_a_step_opens_after_any_of_those_it_names():
    assert "order" not in codes([opened()])
    assert "order" in codes([opened(), Taken("visit", START + DAY)])


def test_a_step_is_taken_once_unless_it_says_otherwise():
    history = [opened(), Taken("assess", START), Taken("note", START), Taken("visit", START)]

    assert codes(history) == ["order", "visit", "note", "end", "report"]


def test_a_closing_step_ends_the_case_but_for_what_may_come_after():
    state = WATCH.state([opened(), Taken("end", START + DAY)])

    assert state.closed
    assert [step.code for step in state.open] == ["report"]


def test_a_term_may_depend_on_what_was_recorded():
    assert ("assess", START + timedelta(hours=2), False) in dues([opened("high")])
    assert not [due for due in dues([opened("low")]) if due[0] == "assess"]


def test_a_deadline_tells_whether_its_term_was_checked():
    [checked] = [due for due in WATCH.state([opened("high")]).deadlines if due.step == "assess"]
    [unchecked] = [due for due in WATCH.state([opened("high")]).deadlines if due.step == "report"]

    assert (checked.verified, unchecked.verified) == (True, False)


def test_a_deadline_is_met_by_taking_the_step():
    history = [opened("high"), Taken("assess", START + timedelta(hours=3))]
    [due] = [due for due in WATCH.state(history).deadlines if due.step == "assess"]

    assert due.met_at == START + timedelta(hours=3)
    assert due.is_late(now=START)


def test_an_unmet_deadline_is_late_by_the_clock():
    [due] = [due for due in WATCH.state([opened("high")]).deadlines if due.step == "assess"]

    assert not due.is_late(now=START + timedelta(hours=2))
    assert due.is_late(now=START + timedelta(hours=2, microseconds=1))


def test_a_conditional_deadline_needs_its_condition():
    assert not [due for due in dues([opened()]) if due[0] == "report"]
    assert ("report", START + 3 * DAY, False) in dues([opened(), Taken("end", START, {"text": "bad"})])


def test_a_conditional_step_that_was_taken_is_measured_all_the_same():
    assert ("report", START + 3 * DAY, True) in dues([opened(), Taken("report", START + 5 * DAY)])


def test_an_ended_case_drops_its_deadlines():
    assert dues([opened("high"), Taken("end", START)]) == [("report", START + 3 * DAY, False)]


def test_each_visit_sets_the_next_one():
    visits = [Taken("visit", START + 10 * DAY), Taken("visit", START + 50 * DAY)]

    assert dues([opened(), *visits]) == [
        ("visit", datetime(2026, 6, 4, 9, tzinfo=UTC), True),
        ("visit", datetime(2026, 6, 14, 9, tzinfo=UTC), True),
        ("visit", datetime(2026, 7, 23, 9, tzinfo=UTC), False),
    ]


def test_an_edition_of_the_term_may_have_its_own_article():
    [due] = WATCH.state([opened()]).deadlines

    assert due.law is OLD


def test_a_term_not_yet_in_force_sets_no_deadline():
    early = Taken("open", datetime(1999, 6, 1, tzinfo=UTC), {"risk": "high"})

    assert WATCH.state([early]).deadlines == ()
    assert WATCH.state([early, Taken("visit", early.at + DAY)]).deadlines == ()


def test_clocks_that_nothing_started_do_not_run():
    assert WATCH.state([Taken("note", START)]).deadlines == ()


def test_open_steps_are_those_that_are_due():
    assert WATCH.open_steps({"open": START, "visit": START + DAY}) == [
        (WATCH.step("visit"), datetime(2026, 6, 5, 9, tzinfo=UTC))
    ]


def test_open_steps_refuse_a_history_that_the_law_does_not_allow():
    with pytest.raises(StepClosed):
        WATCH.open_steps({"visit": START})


@pytest.mark.parametrize(
    ("history", "step", "reason"),
    [
        ([], "visit", "it comes after “Open”"),
        ([opened()], "open", "it only opens a case"),
        ([opened()], "order", "it comes after “Assess” or “Visit”"),
        ([opened(), Taken("assess", START)], "assess", "it has been taken"),
        ([opened(), Taken("end", START)], "visit", "the case has ended"),
    ],
)
def test_a_step_out_of_order_is_refused_with_its_reason(history, step, reason):
    with pytest.raises(StepClosed) as caught:
        WATCH.check(history, Taken(step, START + DAY))

    assert caught.value.reason["en"] == reason
    assert caught.value.texts["uk"].startswith("Крок «")


def test_a_step_cannot_happen_before_the_one_it_follows():
    with pytest.raises(StepClosed, match="before the step it follows"):
        WATCH.check([opened()], Taken("visit", START - timedelta(seconds=1)))

    WATCH.check([opened()], Taken("visit", START))


def test_a_refusal_shows_the_time_of_kyiv():
    with pytest.raises(StepClosed) as caught:
        WATCH.check([opened()], Taken("visit", START - timedelta(seconds=1)))

    assert (
        caught.value.reason["uk"]
        == "час 04.05.2026 11:59:59 раніший за попередній крок (04.05.2026 12:00:00)"
    )


def test_a_step_that_the_procedure_no_longer_has_does_not_stop_the_case():
    history = [opened(), Taken("gone", START)]

    WATCH.check(history, Taken("visit", START))
    assert not WATCH.state(history).closed


def test_a_moment_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="has no time zone"):
        WATCH.state([Taken("open", datetime(2026, 5, 4, 9))])


def test_an_unknown_step_is_refused():
    with pytest.raises(UnknownStep, match="no step “fly”"):
        WATCH.check([], Taken("fly", START))


def test_before_its_law_a_step_is_refused():
    with pytest.raises(NotInForce, match="in force from 2000-01-01"):
        WATCH.check([], Taken("open", datetime(1999, 12, 31, 21, 59, tzinfo=UTC)))

    WATCH.check([], Taken("open", datetime(1999, 12, 31, 22, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("until", "allowed"), [("05-04", False), ("05-05", True), ("05-15", True), ("05-16", False)]
)
def test_a_chosen_day_lies_between_the_step_and_its_ceiling(until, allowed):
    history = [opened(), Taken("assess", START)]
    order = Taken("order", START + DAY, {"until": f"2026-{until}"})

    if allowed:
        WATCH.check(history, order)
        return
    with pytest.raises(CeilingPassed, match="from 2026-05-05 to 2026-05-15") as caught:
        WATCH.check(history, order)
    assert "05.05.2026" in caught.value.fields["until"]["uk"]


def test_a_step_without_its_chosen_day_has_no_ceiling_to_pass():
    WATCH.check([opened(), Taken("assess", START)], Taken("order", START))


def test_a_rule_of_the_procedure_may_refuse():
    with pytest.raises(RuleBroken, match="Quieter"):
        WATCH.check([opened()], Taken("note", START, {"text": "HELP"}))

    WATCH.check([opened()], Taken("note", START, {"text": "help"}))


def test_the_plain_form_tells_a_phone_all_it_needs():
    plain = json.loads(json.dumps(WATCH.as_json()))
    steps = {step["code"]: step for step in plain["steps"]}

    assert steps["assess"]["within"]["rows"][0]["terms"][0]["verified"]["by"] == "Olena"
    assert steps["visit"]["repeats"][0]["unit"] == "months"
    assert (
        steps["order"]["fields"][0] | {"name": "until", "kind": "day", "required": True}
        == (steps["order"]["fields"][0])
    )
    assert steps["report"]["when"][0] == {"step": "open", "field": "risk", "values": ["high"]}
    assert steps["note"]["rules"][0]["text"] == {"en": "Forbid capitals.", "uk": "Забороняє великі літери."}
    assert steps["open"]["law"]["cited"]["en"].endswith("art. 20")


def test_the_style_guides_example_runs():
    @dataclass(frozen=True)
    class Reply:
        """What the resident receives."""

        text: str

    art_20 = Law("393/96-ВР", "20", "https://zakon.rada.gov.ua/laws/show/393/96-вр")
    procedure = Procedure(
        code="appeal",
        title={"uk": "Звернення громадянина", "en": "Citizen's appeal"},
        steps=(
            Step("receive", {"uk": "Зареєструвати", "en": "Register"}, art_20, Reply, by="duty"),
            Step(
                "reply",
                {"uk": "Відповісти", "en": "Reply"},
                art_20,
                Reply,
                by="officer",
                after="receive",
                within=(term("1996-10-12", months=1),),
            ),
        ),
    )
    received = datetime(2026, 1, 31, 10, tzinfo=UTC)

    [(step, due)] = procedure.open_steps({"receive": received})

    assert (step.code, due) == ("reply", datetime(2026, 2, 28, 10, tzinfo=UTC))
