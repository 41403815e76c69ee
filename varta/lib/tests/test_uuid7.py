"""Keys sort by time, carry their moment, and can be made again from the same parts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.lib.uuid7 import is_uuid7, moment_of, uuid7, uuid7_from

NOON = datetime(2019, 9, 30, 12, tzinfo=UTC)
moments = st.datetimes(datetime(1970, 1, 2), datetime(2400, 1, 1)).map(lambda m: m.replace(tzinfo=UTC))


def test_the_key_of_the_standard_is_made_of_its_parts():
    # RFC 9562, appendix A.6: 2022-02-22 14:22:22 at UTC-5, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    random = (0xCC3 << 62 | 0x18C4DC0C0C07398F).to_bytes(10, "big")

    assert uuid7(at, random) == UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")


@given(moments, st.binary(min_size=10, max_size=10))
def test_a_key_carries_its_moment_to_the_millisecond(at, random):
    key = uuid7(at, random)

    assert is_uuid7(key)
    assert at - timedelta(milliseconds=1) < moment_of(key) <= at


@given(moments, moments)
def test_keys_of_different_milliseconds_sort_as_their_moments(first, second):
    earlier, later = sorted([first, second])
    if later - earlier >= timedelta(milliseconds=1):
        assert uuid7(earlier) < uuid7(later)


def test_the_same_parts_give_the_same_key():
    assert uuid7_from(NOON, "calls.csv", 17) == uuid7_from(NOON, "calls.csv", 17)


def test_parts_that_only_run_together_alike_give_different_keys():
    assert uuid7_from(NOON, "ab", "c") != uuid7_from(NOON, "a", "bc")


def test_two_new_keys_of_one_moment_differ():
    assert uuid7(NOON) != uuid7(NOON)


def test_a_random_uuid_has_no_moment():
    with pytest.raises(ValueError, match="not a UUID of version 7"):
        moment_of(uuid4())


@pytest.mark.parametrize("at", [datetime(2019, 9, 30, 12), datetime(1969, 12, 31, tzinfo=UTC)])
def test_a_moment_without_zone_or_before_1970_is_refused(at):
    with pytest.raises(ValueError, match="The moment"):
        uuid7(at)
