"""Travel times by straight lines."""

import numpy as np
import pytest

from varta.planning.travel import GreatCircle, metres, points

DNIPRO, KYIV = (48.4647, 35.0462), (50.4501, 30.5234)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ((0.0, 35.0), (90.0, 35.0), 10_007_557),
        ((48.0, 35.0), (49.0, 35.0), 111_195),
        ((0, 30), (0, 31), 111_195),
    ],
)
def test_distances_are_those_of_the_sphere(here, there, expected):
    assert metres(points([here]), points([there]))[0, 0] == pytest.approx(expected, abs=1)


def test_no_way_takes_no_time():
    assert GreatCircle().matrix(points([DNIPRO]), points([DNIPRO])).seconds[0, 0] == pytest.approx(0, abs=0.1)


def test_a_way_both_ways_takes_the_same_time():
    there = GreatCircle().matrix(points([DNIPRO, KYIV]), points([DNIPRO, KYIV])).seconds

    np.testing.assert_allclose(there, there.T)


def test_the_first_kilometres_are_streets_and_the_rest_are_roads():
    slow = GreatCircle(detour=1, street_kmh=36, street_m=2_000, road_kmh=72)
    north = points([(48.0, 35.0)]), points([(48.0 + 3_000 / 111_195, 35.0)])

    assert slow.matrix(*north).seconds[0, 0] == pytest.approx(200 + 50, rel=0.001)


def test_a_longer_way_never_takes_less_time():
    here, there = points([DNIPRO]), points([(48.4647 + n / 100, 35.0462) for n in range(100)])

    assert np.all(np.diff(GreatCircle().matrix(here, there).seconds[0]) > 0)


def test_where_a_point_is_unknown_the_time_is_unknown():
    seconds = GreatCircle().matrix(points([(None, None), DNIPRO]), points([KYIV])).seconds

    assert np.isnan(seconds[:, 0]).tolist() == [True, False]


def test_no_points_give_an_empty_matrix():
    assert GreatCircle().matrix(points([]), points([KYIV])).seconds.shape == (0, 1)
