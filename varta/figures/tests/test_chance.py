"""What chance explains: the intervals against statsmodels and against counting, and what is called notable."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varta.figures import Count, Indicator, PerPopulation, Quantile, Share, Value, chance

TEXT = {"uk": "x", "en": "x"}


def indicator(measure):
    return Indicator("X", TEXT, TEXT, measure, TEXT, "neither", "test", date(2027, 1, 1))


SHARE = indicator(Share("call.arrive", part="true"))
COUNT = indicator(Count("call.receive"))
RATE = indicator(PerPopulation(Count("call.receive"), per=10_000))
MEDIAN = indicator(Quantile("call.arrive", 0.5))


def count(number):
    return Value(number, "known", number)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_in_its_interval_and_the_interval_in_0_to_1(part, more):
    low, high = chance.share_interval(part, part + more)

    assert 0 <= low <= part / (part + more) <= high <= 1


def test_wilsons_interval_is_that_of_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    for part, whole in ((0, 10), (1, 7), (45, 100), (100, 100), (123_456, 1_000_000)):
        assert chance.share_interval(part, whole) == pytest.approx(
            proportion_confint(part, whole, method="wilson"), abs=1e-12
        )


def test_the_interval_of_a_count_is_the_exact_one_of_statsmodels():
    from statsmodels.stats.rates import confint_poisson

    for number in (0, 1, 5, 33, 1000):
        theirs = confint_poisson(number, 10.0, method="exact-c")
        assert chance.count_interval(number, per=10.0) == pytest.approx(theirs)


def test_two_counts_are_compared_as_statsmodels_compares_them_exactly():
    from statsmodels.stats.rates import test_poisson_2indep as compared

    for now, before in ((12, 30), (100, 140), (7, 7)):
        found = float(chance._two_counts(np.array([now]), np.array([before]), exposure=0.5)[0])
        theirs = compared(now, 1, before, 1, method="exact-cond").pvalue
        assert found == pytest.approx(theirs, abs=1e-9) or found == pytest.approx(min(1, theirs), rel=0.05)


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 3000), st.sampled_from([0.5, 0.9]))
def test_the_ranks_of_a_quantile_hold_it_in_95_of_100_cases(n, q):
    from scipy.stats import binom

    found = chance.ranks(n, q)

    if found is None:
        assert n < 100
        return
    low, high = found
    assert binom.cdf(high - 1, n, q) - binom.cdf(low - 1, n, q) >= 0.95 - 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 4000), st.sampled_from([0.5, 0.9]), st.integers(0, 2**32 - 1))
def test_what_the_engine_reads_is_never_inside_the_exact_order_statistics(n, q, seed):
    values = np.sort(np.random.default_rng(seed).exponential(10, n))
    read = np.quantile(values, chance.points(q))

    found, exact = chance.quantile_interval(n, q, read), chance.ranks(n, q)

    assert (found is None) == (exact is None)
    if found and exact:
        assert found[0] <= values[exact[0] - 1] + 1e-9
        assert found[1] >= values[exact[1] - 1] - 1e-9


def test_five_values_are_too_few_for_an_interval_of_the_median():
    assert chance.quantile_interval(5, 0.5, [1.0] * len(chance.points(0.5))) is None
    assert chance.quantile_interval(0, 0.5, None) is None


def test_a_rise_from_100_to_200_is_notable_and_from_4_to_6_is_not():
    found = chance.judge(COUNT, [(count(200), count(100)), (count(6), count(4)), (count(90), count(180))])

    assert [one.notable for one in found] == ["up", None, "down"]


def test_a_leap_day_is_no_rise():
    leap = chance.judge(COUNT, [(count(2_440_000), count(2_430_000))], days=(244, 243))

    assert [one.notable for one in leap] == [None]


def test_of_a_thousand_rows_without_change_hardly_any_is_called_notable():
    told = np.random.default_rng(2019).poisson(50, (1000, 2)).tolist()

    found = chance.judge(COUNT, [(count(now), count(before)) for now, before in told])

    assert sum(one.notable is not None for one in found) <= 2


def test_shares_and_rates_are_judged_by_the_counts_behind_them():
    shares = [(Value.share(80, 100), Value.share(50, 100)), (Value.share(4, 5), Value.share(2, 5))]
    rates = [(Value.known(20.0, 2000), Value.known(15.0, 1500)), (Value.known(0.2, 2), Value.known(0.1, 1))]

    assert [one.notable for one in chance.judge(SHARE, shares)] == ["up", None]
    assert [one.notable for one in chance.judge(RATE, rates)] == ["up", None]


def test_a_median_is_notable_only_beyond_its_own_interval():
    sure, unsure = Value(12, "known", 400, low=11, high=13), Value(12, "known", 9, low=3, high=40)
    before = Value(16, "known", 400, low=15, high=17)

    found = chance.judge(MEDIAN, [(sure, before), (unsure, before), (Value.unknown(), before)])

    assert [one.notable for one in found] == ["down", None, None]
    assert (found[0].low, found[0].high, found[2].low) == (11, 13, None)


def test_a_rate_of_zero_is_open_above_and_unknown_is_judged_by_nothing():
    found = chance.judge(RATE, [(Value.known(0.0, 0), Value.unknown()), (Value.unknown(), Value.unknown())])

    assert [(one.low, one.high, one.notable) for one in found] == [(0.0, None, None), (None, None, None)]


def test_a_small_unit_far_from_the_whole_is_within_the_funnel_and_a_large_one_is_not():
    rows = {"small": Value.share(1, 4), "large": Value.share(500, 1000), "usual": Value.share(800, 1000)}

    made = chance.funnel(SHARE, rows, {}, Value.share(1301, 2004))

    assert {code: dot.beyond for code, dot in made.dots.items()} == {
        "small": None, "large": "99.8", "usual": "99.8",
    }  # fmt: skip


def test_rows_that_spread_wider_than_chance_are_told_and_widen_the_limits():
    dice = np.random.default_rng(2018)
    shares = dice.normal(0.5, 0.1, 30).clip(0.1, 0.9)
    wide = {str(n): Value.share(int(1000 * share), 1000) for n, share in enumerate(shares)}
    even = {str(n): Value.share(int(dice.binomial(1000, 0.5)), 1000) for n in range(30)}

    found, by_chance = (chance.funnel(SHARE, rows, {}, Value.share(15_000, 30_000)) for rows in (wide, even))

    assert found.is_wider
    assert found.dispersion > 10
    assert not by_chance.is_wider
    assert found.limits(1000)["95"][0] < by_chance.limits(1000)["95"][0]


def test_a_funnel_of_rates_stands_on_people_and_a_count_has_none():
    rows, people = {"a": Value.known(20.0, 20), "b": Value.known(10.0, 100)}, {"a": 10_000, "b": 100_000}

    made = chance.funnel(RATE, rows, people, Value.known(10.9, 120))

    assert {code: dot.beyond for code, dot in made.dots.items()} == {"a": "95", "b": None}
    assert chance.funnel(COUNT, rows, people, Value.known(120, 120)) is None
