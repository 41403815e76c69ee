"""How long a crew stays, and what is left."""

import numpy as np
import pytest

from varta.planning import OnScene


@pytest.mark.parametrize("elapsed", [0, 300, 1200, 3600, 9000])
def test_the_rest_is_the_mean_rest_of_those_who_are_still_there(elapsed):
    on_scene = OnScene(median_s=2000, spread=0.6)
    stays = np.random.default_rng(1).lognormal(np.log(2000), 0.6, 2_000_000)

    assert on_scene.left(elapsed) == pytest.approx((stays[stays > elapsed] - elapsed).mean(), rel=0.02)


def test_who_has_just_come_stays_for_the_mean():
    assert OnScene(median_s=2000, spread=0.6).left(0) == OnScene(median_s=2000, spread=0.6).mean_s


def test_a_stay_without_spread_ends_when_it_ends():
    assert [OnScene(1000, 0).left(t) for t in (0, 400, 2000)] == [1000, 600, 0]


def test_whoever_stays_beyond_all_experience_is_expected_to_stay_as_long_again():
    assert OnScene(1000, 0.3).left(100_000) == 100_000
