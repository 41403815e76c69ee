"""Reasons in words: numbers with the right forms, in both languages."""

import numpy as np
import pytest

from varta.planning import Crew, GreatCircle, Incident, State, recommend
from varta.planning.needs import FORCE_SKILLS, NEEDS
from varta.planning.sentences import arrives, free_crews_left, parts_of, span
from varta.procedures.call import FORCE, KIND


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "у північній частині не лишається вільних нарядів"),
        (1, "у північній частині лишається 1 вільний наряд"),
        (2, "у північній частині лишаються 2 вільні наряди"),
        (4, "у північній частині лишаються 4 вільні наряди"),
        (5, "у північній частині лишається 5 вільних нарядів"),
        (11, "у північній частині лишається 11 вільних нарядів"),
        (12, "у північній частині лишається 12 вільних нарядів"),
        (21, "у північній частині лишається 21 вільний наряд"),
        (23, "у північній частині лишаються 23 вільні наряди"),
        (111, "у північній частині лишається 111 вільних нарядів"),
    ],
)
def test_ukrainian_numbers_have_their_forms(number, words):
    assert free_crews_left(number, "north")["uk"] == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no free crew stays in the western part"),
        (1, "1 free crew stays in the western part"),
        (2, "2 free crews stay in the western part"),
    ],
)
def test_english_numbers_have_theirs(number, words):
    assert free_crews_left(number, "west")["en"] == words


@pytest.mark.parametrize(
    ("seconds", "uk", "en"),
    [
        (0, "1 хв", "1 min"),
        (89, "1 хв", "1 min"),
        (361, "6 хв", "6 min"),
        (3600, "1 год", "1 h"),
        (4500, "1 год 15 хв", "1 h 15 min"),
    ],
)
def test_time_is_said_in_whole_minutes(seconds, uk, en):
    assert span(seconds) == {"uk": uk, "en": en}


def test_a_busy_crew_is_free_first():
    assert arrives(780, 480)["uk"] == "звільниться приблизно за 8 хв і прибуде за 13 хв"


def test_parts_of_the_area_follow_the_compass():
    where = np.array([(49.0, 35.0), (48.0, 35.0), (48.5, 36.0), (48.5, 34.0), (48.51, 35.01), (np.nan, 35.0)])

    assert parts_of(where, np.array([48.5, 35.0])) == ["north", "south", "east", "west", "centre", ""]


def test_waiting_for_a_crew_is_explained_by_the_time_it_saves():
    soon = Crew("soon", "Явір-12", 48.4501, 35.0401, state=State.ON_SCENE, free_in_s=300)
    far = Crew("far", "Луна-7", 48.600, 35.200)
    call = Incident("call", 48.450, 35.040, "gamma", "noise", norm_s=2400)

    found = recommend(call, [soon, far], travel=GreatCircle())

    assert found.why == {
        "uk": "Явір-12: звільниться приблизно за 5 хв і прибуде за 6 хв, у межах норми, "
        "на 24 хв раніше за найближчий вільний Луна-7.",
        "en": "Явір-12: is free in about 5 min and arrives in 6 min, within the norm, "
        "24 min sooner than Луна-7, the nearest free one.",
    }


def test_a_missing_skill_is_named():
    call = Incident("call", 48.450, 35.040, "alpha", "murder")

    found = recommend(call, [Crew("near", "Явір-12", 48.451, 35.041)], travel=GreatCircle())

    assert "не має потрібної підготовки (слідчо-оперативна група)" in found.why["uk"]
    assert "lacks the skill needed (investigative group)" in found.why["en"]


def test_needs_and_forces_are_words_of_the_procedure():
    assert set(NEEDS) <= set(KIND)
    assert set(FORCE_SKILLS) <= set(FORCE)
