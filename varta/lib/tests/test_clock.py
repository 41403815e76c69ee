"""Days are Kyiv days: they begin at Kyiv's midnight and are 23, 24 or 25 hours long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from varta.lib.clock import day_end, day_start, kyiv_day


def test_the_day_changes_at_midnight_in_kyiv_not_in_utc():
    assert kyiv_day(datetime(2019, 9, 30, 20, 59, 59, tzinfo=UTC)) == date(2019, 9, 30)
    assert kyiv_day(datetime(2019, 9, 30, 21, tzinfo=UTC)) == date(2019, 10, 1)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2019, 3, 31), 23), (date(2019, 10, 27), 25), (date(2019, 10, 31), 24)]
)
def test_the_day_of_a_clock_change_is_shorter_or_longer(day, hours):
    assert day_end(day) - day_start(day) == timedelta(hours=hours)


def test_a_moment_without_zone_has_no_kyiv_day():
    with pytest.raises(ValueError, match="has no time zone"):
        kyiv_day(datetime(2019, 9, 30, 12))
