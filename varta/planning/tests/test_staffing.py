"""What more officers change: nothing where nobody is added, and never a slower arrival on average."""

import numpy as np
import pytest

from varta.planning.staffing import Past, Setting, TooFewCalls, estimate

CREWS = np.array([[48.5, 35.0]])
NOBODY = np.empty((0, 2))
FAR = np.array([[48.9, 35.6], [48.2, 34.4]])


def calls(number=80):
    dice = np.random.default_rng(7)
    return [
        Past(lat, lon, "gamma", float(dice.uniform(9, 20)), 45 + float(dice.normal(0, 6)), 40.0)
        for lat, lon in FAR[dice.integers(2, size=number)] + dice.normal(0, 0.02, (number, 2))
    ]


def asked(more, **other):
    return estimate(calls(), Setting(40, CREWS, **other), NOBODY, more, FAR, runs=4)


def test_without_more_officers_nothing_changes():
    found = asked(NOBODY)

    assert (found.median.difference.mean, found.within.difference.mean) == (0, 0)


def test_officers_where_calls_come_from_bring_help_sooner_and_the_interval_says_how_surely():
    found = asked(FAR, shift_h=12)

    assert found.median.difference.high < 0
    assert found.within.then.mean > found.within.now.mean
    assert found.near == (0.0, 1.0)


def test_the_fitted_pace_gives_back_the_median_of_calls_that_it_was_not_fitted_on():
    found = asked(NOBODY)

    assert abs(found.simulated.median - found.seen.median) < 8


def test_with_few_past_calls_nothing_is_estimated():
    with pytest.raises(TooFewCalls):
        estimate(calls(10), Setting(40, CREWS), NOBODY, FAR, FAR)
