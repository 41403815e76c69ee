"""Forecasts of monthly figures: bands that hold, months that stay, and honest refusals."""

import numpy as np

from varta.planning.forecast import NAIVE, Forecast, NoForecast, Series, forecast, month_name

SEASONS = (0.93, 0.92, 0.96, 1.0, 1.05, 1.08, 1.08, 1.06, 1.0, 0.98, 0.96, 0.98)
JANUARY_2015 = 2015 * 12


def counts(seed=1, months=60, level=800.0, growth=0.008):
    dice = np.random.default_rng(seed)
    mean = level * np.resize(SEASONS, months) * np.exp(growth * np.arange(months))
    return tuple(float(one) for one in dice.poisson(mean))


def told(found):
    assert isinstance(found, Forecast), found
    return found


def test_known_months_stay_and_the_rest_of_the_year_is_added_with_a_band():
    held = counts()[:57]

    found = told(forecast(Series(JANUARY_2015, held)))

    assert found.known == sum(held[48:])
    assert len(found.months) == 3
    assert found.known < found.year.low95 < found.year.low80 < found.year.middle < found.year.high95


def test_bands_of_80_and_95_hold_about_that_part_of_what_then_comes():
    whole = [counts(seed) for seed in range(5)]
    found = [told(forecast(Series(JANUARY_2015, one[:57]))) for one in whole]
    came = [sum(one[48:]) for one in whole]

    within = [
        (f.year.low80 <= year <= f.year.high80, f.year.low95 <= year <= f.year.high95)
        for f, year in zip(found, came, strict=True)
    ]

    in_80, in_95 = np.mean(within, axis=0)
    assert in_80 >= 0.6
    assert in_95 >= 0.8


def test_growth_is_forecast_better_than_by_the_same_month_of_the_year_before():
    found = told(forecast(Series(JANUARY_2015, counts()[:57])))

    assert found.method != NAIVE
    assert found.tried.chosen.mase < found.tried.of(NAIVE).mase


def test_where_nothing_is_better_the_naive_forecast_is_used_and_said():
    dice = np.random.default_rng(3)
    year = dice.uniform(100, 900, 12)  # a season that no smoothing knows better
    same = tuple(float(round(one)) for one in np.resize(year, 57))

    found = told(forecast(Series(JANUARY_2015, same)))

    assert (found.method, found.naive_is_best) == (NAIVE, True)


def test_small_counts_are_never_negative():
    found = told(forecast(Series(JANUARY_2015, counts(level=1.5, growth=0)[:57])))

    assert all(one.low95 >= 0 for one in found.months)


def test_the_year_of_a_share_is_weighted_by_what_it_rests_on():
    dice = np.random.default_rng(5)
    bases = tuple(float(one) for one in dice.poisson(300, 57))
    shares = tuple(float(dice.binomial(int(base), 0.8)) / base for base in bases)

    found = told(forecast(Series(JANUARY_2015, shares, bases, scale="share", whole="weighted")))

    known = sum(s * b for s, b in zip(shares[48:], bases[48:], strict=True)) / sum(bases[48:])
    assert abs(found.known - known) < 1e-12
    assert 0 < found.year.low95 < found.year.high95 < 1
    assert abs(found.year.middle - 0.8) < 0.05


def test_a_stock_ends_the_year_where_its_last_month_ends():
    serving = tuple(float(100 + 3 * nth) for nth in range(45))

    found = told(forecast(Series(JANUARY_2015, serving, whole="last")))

    assert found.known == serving[-1]
    assert found.year == found.months[-1]


def test_the_chance_of_a_target_falls_as_it_rises():
    found = told(forecast(Series(JANUARY_2015, counts()[:57])))
    low, middle, high = (
        found.chance(target, at_least=True)
        for target in (found.year.low95, found.year.middle, found.year.high95)
    )

    assert low > 0.9 > middle > 0.4 > high
    assert found.chance(found.year.low95, at_least=False) < 0.1


def test_the_same_months_give_the_same_forecast():
    held = Series(JANUARY_2015, counts()[:57])

    assert forecast(held) == forecast(held)


def test_a_short_series_has_no_forecast_and_the_reason_says_how_much_is_needed():
    found = forecast(Series(JANUARY_2015, counts()[:20]))

    assert isinstance(found, NoForecast)
    assert found.reason == "too_short"
    assert all("20" in text and "24" in text for text in found.texts.values())


def test_a_gap_is_not_made_up_and_the_reason_names_it():
    held = list(counts()[:57])
    held[45:48] = [None] * 3

    found = forecast(Series(JANUARY_2015, tuple(held)))

    assert isinstance(found, NoForecast)
    assert found.reason == "unknown_months"
    assert "2018-10" in found.texts["en"]


def test_nothing_recorded_is_not_forecast():
    found = forecast(Series(JANUARY_2015, (0.0,) * 57))

    assert isinstance(found, NoForecast)
    assert found.reason == "nothing"


def test_months_are_named_by_year_and_number():
    assert (month_name(2019 * 12), month_name(2019 * 12 + 11)) == ("2019-01", "2019-12")
