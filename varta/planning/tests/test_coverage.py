"""Cover: minutes to the nearest officer, people of an officer, and what is not known."""

from datetime import date

import numpy as np
import pytest

from varta.planning import coverage, norms
from varta.planning.coverage import People
from varta.planning.travel import GreatCircle, Times

DNIPRO, OBUKHIVKA, KYIV = (48.46, 35.04), (48.54, 34.85), (50.45, 30.52)
NOWHERE = (np.nan, np.nan)


def rows(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, float).reshape(-1, 2)


def test_the_nearest_of_several_posts_is_found_with_its_minutes():
    found = coverage.nearest(rows(OBUKHIVKA), rows(KYIV, DNIPRO), GreatCircle())

    told = GreatCircle().matrix(rows(DNIPRO), rows(OBUKHIVKA)).seconds[0, 0] / 60
    assert found.post.tolist() == [1]
    assert found.minutes[0] == pytest.approx(told, rel=1e-6)


def test_many_settlements_have_the_minimum_of_the_whole_matrix():
    chance = np.random.default_rng(4)
    settlements = chance.uniform((45, 23), (52, 40), (500, 2))
    posts = chance.uniform((45, 23), (52, 40), (60, 2))

    found = coverage.nearest(settlements, posts, GreatCircle())

    whole = GreatCircle().matrix(posts, settlements).seconds / 60
    assert np.allclose(found.minutes, whole.min(axis=0), rtol=1e-6)
    assert found.post.tolist() == whole.argmin(axis=0).tolist()


def test_a_settlement_without_a_point_has_no_minutes():
    found = coverage.nearest(rows(NOWHERE, DNIPRO), rows(DNIPRO), GreatCircle())

    assert np.isnan(found.minutes[0]) and found.post[0] == coverage.NOBODY
    assert found.minutes[1] == 0


@pytest.mark.parametrize("posts", [rows(), rows(NOWHERE)])
def test_without_an_officer_whose_place_is_known_nobody_has_minutes(posts):
    found = coverage.nearest(rows(DNIPRO, KYIV), posts, GreatCircle())

    assert np.isnan(found.minutes).all() and (found.post == coverage.NOBODY).all()


class Bridge:
    """Roads on which the post that is nearest by straight line is the farthest to drive."""

    def matrix(self, origins: np.ndarray, destinations: np.ndarray) -> Times:
        straight = GreatCircle().matrix(origins, destinations).seconds
        return Times(straight.max() + 60 - straight, "roads", {"uk": "так", "en": "so"}, len(destinations))


def test_roads_may_find_another_post_sooner_than_the_straight_line():
    found = coverage.nearest(rows(OBUKHIVKA, NOWHERE), rows(DNIPRO, KYIV), Bridge())

    assert found.post.tolist() == [1, coverage.NOBODY]
    assert (found.estimated_by, found.trouble["en"]) == ("roads", "so")


class Island:
    """Roads that lead nowhere."""

    def matrix(self, origins: np.ndarray, destinations: np.ndarray) -> Times:
        return Times(np.full((len(origins), len(destinations)), np.nan), "roads")


def test_where_no_road_leads_minutes_stay_unknown():
    found = coverage.nearest(rows(OBUKHIVKA), rows(DNIPRO), Island())

    assert np.isnan(found.minutes[0]) and found.post[0] == coverage.NOBODY


def reached(minutes, people, area, areas=2, limit=20):
    return coverage.reach(
        np.array(minutes, float), np.array(people, float), np.array(area), areas, limit=limit
    )


def test_settlements_and_people_within_the_limit_are_counted_by_area():
    found = reached([5, 20, 21, 40], [100, 10, 1, 1000], [0, 0, 0, 1])

    assert found.within.tolist() == [2, 0]
    assert (found.people_within.tolist(), found.people_beyond.tolist()) == ([110, 0], [1, 1000])
    assert found.median.tolist() == [20, 40] and found.farthest.tolist() == [21, 40]


def test_unknown_people_are_neither_within_nor_beyond():
    found = reached([5, 50], [np.nan, np.nan], [0, 1])

    assert found.people_within.tolist() == [0, 0] and found.people_beyond.tolist() == [0, 0]
    assert found.within.tolist() == [1, 0]


def test_unknown_minutes_count_as_settlements_that_are_not_timed():
    found = reached([np.nan, 8, 4], [10, 10, 10], [0, 0, 0])

    assert (found.settlements.tolist(), found.timed.tolist()) == ([3, 0], [2, 0])
    assert found.median[0] == 6 and np.isnan(found.median[1]) and np.isnan(found.farthest[1])


def test_no_settlements_at_all_are_no_error():
    found = reached([], [], np.array([], int))

    assert found.settlements.tolist() == [0, 0] and np.isnan(found.median).all()


def test_stated_people_are_the_whole_and_a_sum_of_parts_is_a_lower_bound():
    assert coverage.people(9_000, 4_000, True) == People(9_000, whole=True)
    assert coverage.people(None, 4_000, True) == People(4_000, whole=False)
    assert coverage.people(None, 0, False) == People(None)


@pytest.mark.parametrize(
    ("people", "officers", "said"),
    [
        (People(13_000, whole=True), 2, "above"),
        (People(12_000, whole=True), 2, "within"),
        (People(13_000), 2, "above"),
        (People(12_000), 2, "unknown"),
        (People(None), 2, "unknown"),
        (People(12_000, whole=True), 0, "none"),
        (People(None), 0, "none"),
    ],
)
def test_a_lower_bound_can_only_show_that_the_norm_is_exceeded(people, officers, said):
    assert people.beside(6_000, officers) == said


def test_without_a_norm_nobody_is_beside_it():
    assert People(13_000, whole=True).beside(None, 2) == "unknown"


def test_unknown_people_are_not_zero_people_of_an_officer():
    assert People(None).of_each(2) is None
    assert People(0, whole=True).of_each(2) == 0
    assert People(9_000, whole=True).of_each(0) is None


def test_the_norm_of_order_650_is_6000_rural_and_7000_urban_from_its_first_day():
    norm = norms.norm_on(date(2017, 7, 28))

    assert norm is not None and norm.people == {"rural": 6_000, "urban": 7_000}
    assert norms.norm_on(date(2017, 7, 27)) is None
    assert not norm.first_day_verified


@pytest.mark.parametrize(
    ("kind", "has_city", "beat"),
    [
        ("urban", False, "urban"),
        ("rural", True, "rural"),
        ("settlement", False, "rural"),
        ("", True, "urban"),
        ("", False, "rural"),
    ],
)
def test_a_hromada_is_measured_by_its_kind_or_by_its_city(kind, has_city, beat):
    assert norms.kind_of(kind, has_city=has_city) == beat
