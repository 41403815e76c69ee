"""Local times of a source: formats, missing ones, and the hours at which clocks change."""

from datetime import UTC, datetime

import pytest

from varta.calls.files.errors import LineRefused
from varta.calls.files.moments import Moments


def moments(*formats, zone="America/New_York", empty=()):
    before = datetime(1950, 1, 1)
    return Moments(zone=zone, formats=formats, empty=empty, nothing_before=before)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%Y-%m-%d %H:%M", "2016-01-15 12:01", datetime(2016, 1, 15, 17, 1, tzinfo=UTC)),
        ("%m/%d/%Y %I:%M:%S %p", "07/04/2018 12:30:05 AM", datetime(2018, 7, 4, 4, 30, 5, tzinfo=UTC)),
        ("%m/%d/%Y %I:%M:%S %p", "7/4/2018 12:30:05 pm", datetime(2018, 7, 4, 16, 30, 5, tzinfo=UTC)),
        ("%b %d %Y %I:%M:%S:%f%p", "Mar  8 2010  8:30:41:500PM",
         datetime(2010, 3, 9, 1, 30, 41, 500000, tzinfo=UTC)),
        ("%Y-%m-%dT%H:%M:%S%z", "2018-07-04T10:00:00+03:00", datetime(2018, 7, 4, 7, tzinfo=UTC)),
        ("%d.%m.%y %H:%M", "29.02.20 23:59", datetime(2020, 3, 1, 4, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_time_is_read_in_its_format(form, text, moment):
    assert moments(form).read(text) == moment


def test_the_first_format_that_fits_counts():
    assert moments("%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M").read("04.07.2018 10:00").month == 7


def test_an_hour_that_the_clocks_showed_twice_is_the_first_one_and_counted():
    read = moments("%Y-%m-%d %H:%M")
    assert read.read("2018-11-04 01:30") == datetime(2018, 11, 4, 5, 30, tzinfo=UTC)
    assert read.unclear == 1


def test_the_second_reading_is_taken_when_the_first_contradicts_what_went_before():
    read = moments("%Y-%m-%d %H:%M")
    received = read.read("2018-11-04 01:50")
    assert received == datetime(2018, 11, 4, 5, 50, tzinfo=UTC)
    assert read.read("2018-11-04 01:10", after=received) == datetime(2018, 11, 4, 6, 10, tzinfo=UTC)
    assert read.read("2018-11-04 00:10", after=received) == datetime(2018, 11, 4, 4, 10, tzinfo=UTC)
    assert read.unclear == 2


def test_an_hour_that_the_clocks_skipped_goes_on_as_before_and_is_counted():
    read = moments("%Y-%m-%d %H:%M")
    assert read.read("2018-03-11 02:30") == datetime(2018, 3, 11, 7, 30, tzinfo=UTC)
    assert read.unclear == 1


def test_the_hours_beside_a_change_are_clear():
    read = moments("%Y-%m-%d %H:%M")
    for text in ("2018-11-04 00:59", "2018-11-04 02:00", "2018-03-11 01:59", "2018-03-11 03:00"):
        read.read(text)
    assert read.unclear == 0


@pytest.mark.parametrize("text", ["", "  ", "NULL", "null", "1900-01-01 00:00"])
def test_what_is_no_time_is_none(text):
    assert moments("%Y-%m-%d %H:%M", empty=["NULL"]).read(text) is None


@pytest.mark.parametrize(
    "text", ["2018-02-29 10:00", "2018-13-01 10:00", "yesterday", "2018-01-01 25:00", "2018-01-01"]
)
def test_a_time_that_cannot_be_is_refused_with_the_formats(text):
    with pytest.raises(LineRefused, match="%Y-%m-%d %H:%M"):
        moments("%Y-%m-%d %H:%M").read(text)
