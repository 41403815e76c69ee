"""Where the next calls are likely, and what they lose when a crew is away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.planning import Demand, GreatCircle
from varta.planning.demand import ALONE_S, cover_lost

STRAIGHT = GreatCircle()
AWAY_S = 3000.0


def lost(demand, where, free_in=None):
    where = np.array(where, float).reshape(-1, 2)
    return cover_lost(demand, where, np.array(free_in or [0.0] * len(where)), away_s=AWAY_S, travel=STRAIGHT)


def test_calls_of_a_cell_become_one_place_at_their_mean():
    demand = Demand.learnt(np.array([(48.451, 35.051), (48.453, 35.053), (48.9, 35.5)]), hours=2)

    np.testing.assert_allclose(demand.points, [(48.452, 35.052), (48.9, 35.5)])
    assert demand.per_hour.tolist() == [1.0, 0.5]


def test_the_busiest_cells_stand_for_all():
    calls = np.array([(48 + n / 10, 35.0) for n in range(50) for _ in range(n + 1)])

    demand = Demand.learnt(calls, hours=10, most=5)

    assert len(demand.points) == 5
    assert demand.per_hour.sum() == pytest.approx(len(calls) / 10)


def test_calls_without_a_place_teach_nothing():
    assert len(Demand.learnt(np.array([(np.nan, 35.0)]), hours=1).points) == 0


def test_the_crew_that_is_nearest_to_where_calls_come_from_is_missed_most():
    town = Demand(np.array([(48.5, 35.0)]), np.array([2.0]))

    near, far = lost(town, [(48.51, 35.0), (48.6, 35.0)])

    assert near > 0
    assert far == 0


def test_a_crew_beside_another_is_missed_less_than_one_alone():
    two_towns = Demand(np.array([(48.5, 35.0), (49.5, 35.0)]), np.array([1.0, 1.0]))

    first, twin, alone = lost(two_towns, [(48.5, 35.0), (48.51, 35.0), (49.5, 35.0)])

    assert twin == 0
    assert 0 < first < alone


def test_where_nobody_else_would_come_help_comes_from_outside():
    assert lost(Demand(np.array([(48.5, 35.0)]), np.array([2.0])), [(48.5, 35.0)]).tolist() == [ALONE_S]


def test_a_busy_crew_covers_as_soon_as_it_is_free():
    town = Demand(np.array([(48.5, 35.0)]), np.array([2.0]))

    soon = lost(town, [(48.5, 35.0), (48.5, 35.0)], [0.0, 600.0])
    late = lost(town, [(48.5, 35.0), (48.5, 35.0)], [0.0, 3000.0])

    assert soon == pytest.approx([(600 - AWAY_S / 6) / 3, 0.0], abs=0.1)
    assert late == pytest.approx([AWAY_S / 2, 0.0], abs=0.1)


def test_without_crews_or_demand_nothing_is_lost():
    assert lost(Demand(np.empty((0, 2)), np.empty(0)), [(48.5, 35.0)]).tolist() == [0.0]
    assert lost(Demand(np.array([(48.5, 35.0)]), np.array([2.0])), []).tolist() == []


@given(st.lists(st.tuples(st.floats(48, 49), st.floats(34, 36)), min_size=2, max_size=8), st.data())
def test_what_is_lost_is_the_difference_of_two_coverings(where, data):
    demand = Demand(np.array([(48.2, 34.5), (48.8, 35.5), (48.5, 35.0)]), np.array([1.0, 2.0, 3.0]))
    away = data.draw(st.integers(0, len(where) - 1))

    def covered(crews):
        seconds = STRAIGHT.matrix(np.array(crews), demand.points).seconds.min(axis=0)
        return np.average(seconds, weights=demand.per_hour)

    with_it, without = covered(where), covered(where[:away] + where[away + 1 :])

    assert lost(demand, where)[away] <= without - with_it + 1e-6  # help from outside may come sooner
    if without - with_it < ALONE_S / 6:
        assert lost(demand, where)[away] == pytest.approx(without - with_it, abs=1e-6)
