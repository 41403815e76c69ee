"""Quantiles by sorting once are those that SQL's percentile_cont gives."""

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.figures import order

DECADES = 2**61  # microseconds so far apart that group and value do not fit into one number
SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-(10**9), 10**12)), min_size=1, max_size=60))
def test_every_group_has_the_quantiles_that_sql_gives(rows):
    groups, values = (np.array(column, np.int64) for column in zip(*rows, strict=True))

    found = {group: (size, read) for group, size, read in order.quantiles(groups, values, SHARES)}

    for group in {group for group, _ in rows}:
        own = [value / order.MINUTE for each, value in rows if each == group]
        [(told,)] = duckdb.execute(
            "SELECT quantile_cont(v, $1) FROM unnest($2) t(v)", [list(SHARES), own]
        ).fetchall()
        assert found[group][0] == len(own)
        assert found[group][1] == pytest.approx(told, rel=1e-12, abs=1e-12)


def test_values_that_do_not_fit_beside_their_group_are_sorted_too():
    groups, values = np.array([0, 5, 0, 5]), np.array([DECADES, 7, -DECADES, 1])

    found = {group: read for group, _, read in order.quantiles(groups, values, (0.0, 1.0))}

    assert found == {
        0: (-DECADES / order.MINUTE, DECADES / order.MINUTE),
        5: (1 / order.MINUTE, 7 / order.MINUTE),
    }


def test_no_values_have_no_quantiles():
    none = np.array([], np.int64)

    assert list(order.quantiles(none, none, SHARES)) == []
