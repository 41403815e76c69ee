"""Whom Varta recommends, and what it says about it."""

import numpy as np
import pytest

from varta.planning import Crew, Demand, GreatCircle, Incident, State, plan, recommend
from varta.planning.recommendation import Way

CALL = Incident("call", 48.450, 35.040, "gamma", "noise", norm_s=2400)
ALPHA = Incident("call", 48.450, 35.040, "alpha", "injury", norm_s=420)
NEAR = Crew("near", "Явір-12", 48.455, 35.042)
FAR = Crew("far", "Грім-3", 48.500, 35.100)
FARTHER = Crew("farther", "Луна-7", 48.600, 35.200)
STRAIGHT = GreatCircle()


def recommended(incident, *crews, **more):
    return recommend(incident, crews, travel=STRAIGHT, **more)


def test_the_crew_that_arrives_first_is_the_choice():
    found = recommended(ALPHA, FARTHER, NEAR, FAR)

    assert found.choice.crew is NEAR
    assert found.choice.way is Way.NOW


def test_the_next_two_choices_follow_in_their_order():
    found = recommended(ALPHA, FARTHER, NEAR, FAR)

    assert [one.crew for one in found.others] == [FAR, FARTHER]


def test_a_crew_that_is_off_is_not_considered():
    off = Crew("near", "Явір-12", 48.455, 35.042, state=State.OFF)

    found = recommended(ALPHA, off, FAR)

    assert found.choice.crew is FAR
    assert found.others == ()


def test_violence_prefers_the_group_that_is_a_little_farther():
    incident = Incident("call", 48.450, 35.040, "alpha", "domestic_violence")
    group = Crew("group", "Омега-1", 48.456, 35.050, force="violence_group")

    assert recommended(incident, NEAR, group).choice.crew is group


def test_a_group_that_is_too_far_is_named_beside_the_first_crew():
    incident = Incident("call", 48.450, 35.040, "alpha", "domestic_violence")
    group = Crew("group", "Омега-1", 48.700, 35.300, force="violence_group")

    found = recommended(incident, NEAR, group)

    assert (found.choice.crew, found.also.crew) == (NEAR, group)


def test_a_group_kept_for_violence_is_not_sent_to_noise_while_others_are_free():
    group = Crew("group", "Омега-1", 48.4501, 35.0401, force="violence_group")

    assert recommended(CALL, group, NEAR).choice.crew is NEAR


def test_any_crew_may_have_the_wanted_skill_itself():
    incident = Incident("call", 48.450, 35.040, "alpha", "mine_threat")
    able = Crew("able", "Грім-3", 48.460, 35.050, skills=frozenset({"explosives"}))

    assert recommended(incident, NEAR, able).choice.fits


def test_a_call_that_may_wait_leaves_the_only_crew_near_where_calls_come_from():
    town = Demand(np.array([[48.455, 35.042]]), np.array([6.0]))
    near_town = Crew("near", "Явір-12", 48.455, 35.042)
    between = Crew("far", "Грім-3", 48.440, 35.030)
    call = Incident("call", 48.4475, 35.036, "gamma", "noise")

    alone = recommended(call, near_town, between)
    covered = recommended(call, near_town, between, demand=town)

    assert alone.choice.crew is near_town
    assert covered.choice.crew is between


def test_the_reason_says_why_the_nearest_crew_is_kept():
    town = Demand(np.array([[48.455, 35.042]]), np.array([6.0]))
    near_town, far = Crew("near", "Явір-12", 48.455, 35.042), Crew("far", "Грім-3", 48.430, 35.020)
    call = Incident("call", 48.4475, 35.036, "gamma", "noise")
    urgent = Incident("urgent", 48.458, 35.046, "alpha", "injury")

    for_cover = recommended(call, near_town, far, demand=town)
    for_a_call = recommended(call, near_town, far, waiting=[urgent])

    assert for_cover.choice.crew is for_a_call.choice.crew is far
    assert "пізніше за найближчий вільний Явір-12, потрібніший на своєму місці" in for_cover.why["uk"]
    assert "пізніше за найближчий вільний Явір-12, потрібніший на іншому виклику" in for_a_call.why["uk"]


def test_a_special_force_that_may_not_go_is_not_called_the_nearest():
    group = Crew("group", "Омега-1", 48.4501, 35.0401, force="violence_group")

    assert "Омега-1" not in recommended(CALL, group, FAR).why["uk"]


def test_alpha_takes_the_nearest_crew_whatever_it_leaves_behind():
    town = Demand(np.array([[48.455, 35.042]]), np.array([6.0]))

    found = recommended(ALPHA, NEAR, FAR, demand=town)

    assert found.choice.crew is NEAR


def test_a_call_that_may_wait_may_get_a_crew_that_is_soon_free():
    soon = Crew("soon", "Явір-12", 48.4501, 35.0401, state=State.ON_SCENE, free_in_s=300)

    found = recommended(CALL, soon, FARTHER)

    assert found.choice.crew is soon
    assert found.choice.way is Way.WHEN_FREE
    assert found.choice.starts_in_s > 0


def test_alpha_never_waits_for_a_busy_crew_while_another_is_free():
    soon = Crew("soon", "Явір-12", 48.4501, 35.0401, state=State.ON_SCENE, free_in_s=60)

    assert recommended(ALPHA, soon, FARTHER).choice.crew is FARTHER


def test_without_a_free_crew_forces_are_short_and_the_soonest_is_named():
    soon = Crew("soon", "Явір-12", 48.47, 35.06, state=State.ON_SCENE, free_in_s=300)
    late = Crew("late", "Грім-3", 48.45, 35.04, state=State.ON_SCENE, free_in_s=3000)

    found = recommended(ALPHA, late, soon)

    assert found.shortage
    assert found.choice is None
    assert found.soonest.crew is soon
    assert found.why["uk"].startswith("Вільних нарядів немає; найшвидше Явір-12: звільниться")


def test_without_any_crew_nobody_knows_who_comes():
    found = recommended(ALPHA)

    assert (found.shortage, found.choice, found.soonest) == (True, None, None)
    assert found.why["en"] == "No crew is free; nobody knows when one will be."


def test_the_only_free_crew_is_kept_for_the_more_urgent_of_two_calls():
    urgent = Incident("urgent", 48.46, 35.05, "alpha", "injury")

    found = recommended(CALL, NEAR, waiting=[CALL, urgent])

    assert found.shortage
    assert found.why["uk"].startswith("Усі вільні наряди потрібні на терміновіших викликах")


def test_a_crew_on_its_way_to_gamma_may_be_diverted_to_alpha_as_an_option_apart():
    passing = Crew(
        "passing", "Луна-7", 48.451, 35.041, state=State.ON_THE_WAY, serving="gamma", free_in_s=3000
    )

    found = recommended(ALPHA, FAR, passing)

    assert found.choice.crew is FAR
    assert found.diversion.crew is passing
    assert found.diversion.way is Way.DIVERTED
    assert "категорії Гамма" in found.diversion.why["uk"]


@pytest.mark.parametrize("serving", ["alpha", "beta"])
def test_nobody_is_diverted_from_an_urgent_call(serving):
    passing = Crew("passing", "Луна-7", 48.451, 35.041, state=State.ON_THE_WAY, serving=serving)

    assert recommended(ALPHA, FAR, passing).diversion is None


def test_nobody_is_diverted_to_a_call_that_may_wait():
    passing = Crew("passing", "Луна-7", 48.451, 35.041, state=State.ON_THE_WAY, serving="gamma")

    assert recommended(CALL, FAR, passing).diversion is None


def test_a_crew_without_a_known_place_comes_after_those_with_one():
    lost = Crew("lost", "Луна-7", None, None)

    found = recommended(ALPHA, lost, FARTHER)

    assert [found.choice.crew, found.others[0].crew] == [FARTHER, lost]
    assert found.others[0].arrival_s is None
    assert "час прибуття невідомий" in found.others[0].why["uk"]


def test_a_call_without_a_point_still_gets_a_crew_by_skill():
    incident = Incident("call", None, None, "alpha", "domestic_violence")
    group = Crew("group", "Омега-1", 48.7, 35.3, force="violence_group")

    found = recommended(incident, NEAR, group)

    assert found.choice.crew is group
    assert found.choice.arrival_s is None


def test_the_reason_says_time_norm_skill_and_what_stays_behind():
    incident = Incident("call", 48.450, 35.040, "alpha", "domestic_violence", norm_s=600)
    north = [
        Crew(f"n{n}", f"Явір-{n}", 48.55, 35.04 + n / 1000, skills=frozenset({"violence"})) for n in range(3)
    ]
    south = [Crew(f"s{n}", f"Грім-{n}", 48.35, 35.04 + n / 1000) for n in range(3)]

    found = recommended(incident, *north, *south)

    assert found.why == {
        "uk": "Явір-0: прибуде за 19 хв, пізніше за норму, має потрібну підготовку; "
        "у північній частині лишаються 2 вільні наряди.",
        "en": "Явір-0: arrives in 19 min, later than the norm, has the skill needed; "
        "2 free crews stay in the northern part.",
    }


def test_two_calls_are_answered_together_better_than_one_after_the_other():
    left, middle = Crew("left", "Явір-1", 48.45, 35.00), Crew("middle", "Явір-2", 48.45, 35.06)
    first = Incident("first", 48.45, 35.035, "gamma", "noise")
    second = Incident("second", 48.45, 35.07, "gamma", "noise")

    planned = plan([first, second], [left, middle], travel=STRAIGHT)

    assert [one.crew for one in planned] == [left, middle]


def test_nobody_is_planned_for_two_calls_at_once():
    calls = [Incident(str(n), 48.4 + n / 100, 35.0, "gamma", "noise") for n in range(7)]

    sent = [one.crew.key for one in plan(calls, [NEAR, FAR, FARTHER], travel=STRAIGHT) if one.now]

    assert sorted(sent) == ["far", "farther", "near"]


def test_the_urgent_calls_go_first_when_calls_outnumber_crews():
    calls = [Incident(str(n), 48.45, 35.04, "alpha" if n == 5 else "gamma", "noise") for n in range(6)]

    planned = plan(calls, [NEAR], travel=STRAIGHT)

    assert [one.incident.key for one in planned if one.now] == ["5"]


def test_a_call_that_waited_long_goes_before_a_new_one_of_its_category():
    old = Incident("old", 48.47, 35.04, "gamma", "noise", waited_s=3600)
    new = Incident("new", 48.456, 35.04, "gamma", "noise", waited_s=0)

    planned = plan([new, old], [NEAR], travel=STRAIGHT)

    assert [one.incident.key for one in planned if one.now] == ["old"]


def test_an_empty_plan_is_no_error():
    assert plan([], [NEAR], travel=STRAIGHT) == []
    assert [one.crew for one in plan([CALL], [], travel=STRAIGHT)] == [None]
