"""The coordinator's question: conditions are kept, conflicts named, prices and reasons said."""

from dataclasses import replace

import numpy as np
import pytest

from varta.planning.placement import plan, why
from varta.planning.placement.problem import Demand, Problem, Site


def site(nth: int, **changes) -> Site:
    """Sites stand half a degree apart on one meridian, A and B alternate as oblasts."""
    values = {"name": {"uk": f"Громада {nth}", "en": f"Hromada {nth}"}, "oblast": "AB"[nth % 2]}
    return Site(code=f"H{nth}", point=(48.0 + nth / 2, 31.0), **values | changes)


SITES = [site(nth) for nth in range(6)]
PEOPLE = np.array([100.0, 90, 80, 70, 60, 50])
WILLING = [site(nth, willing=1 if nth else None) for nth in range(6)]
OBLASTS = {"A": {"uk": "Область А", "en": "Oblast A"}, "B": {"uk": "Область Б", "en": "Oblast B"}}
DEMAND = Demand(np.array([one.point for one in SITES]), PEOPLE)
ASKED = Problem(SITES, DEMAND, officers=2, oblasts=OBLASTS)


def solved(problem: Problem) -> plan.Outcome:
    return plan.solve(problem, seconds=20)


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({}, {"H0", "H1"}),
        ({"pinned": frozenset({"H5"})}, {"H0", "H5"}),
        ({"forbidden": frozenset({"H0"})}, {"H1", "H2"}),
        ({"officers": 4, "fair": 1.0}, {"H0", "H1", "H2", "H3"}),
    ],
)
def test_a_plan_covers_the_most_people_and_keeps_what_is_asked(changes, places):
    found = solved(replace(ASKED, **changes))

    assert set(found.placed) == places
    assert found.value == PEOPLE[[int(code[1]) for code in places]].sum() == found.bound


def test_officers_who_serve_stay_and_are_not_counted_as_new():
    sites = [site(0, present=2), *SITES[1:]]

    found = solved(replace(ASKED, sites=sites))

    assert (found.before, found.placed, found.value) == (100, {"H1": 1, "H2": 1}, 270)


def test_only_willing_hromadas_get_officers_and_not_more_than_they_agreed_to():
    sites = [site(nth, willing={3: 1, 4: 5}.get(nth)) for nth in range(6)]

    found = solved(replace(ASKED, sites=sites, officers=3, each=2, only_willing=True))

    assert found.placed == {"H3": 1, "H4": 2}


def test_a_p_median_tells_mean_kilometres_before_and_after():
    sites = [site(0, present=1), *SITES[1:]]

    found = solved(replace(ASKED, sites=sites, goal="median", officers=5))

    assert found.value == pytest.approx(0, abs=1e-6)
    assert found.before > 100 and set(found.placed) == {"H1", "H2", "H3", "H4", "H5"}


def test_the_price_of_a_condition_is_what_the_plan_reaches_without_it():
    asked = replace(ASKED, forbidden=frozenset({"H0"}), pinned=frozenset({"H5"}))

    listed = {one.kind: (one.least, one.most) for one in plan.prices(asked, solved(asked))}

    assert listed == {"forbidden": (10, 10), "pinned": (30, 30), "each": (0, 0)}


def test_a_price_is_bounded_where_plans_are_not_proven():
    found = replace(solved(ASKED), value=180.0, bound=185.0)

    price = plan.prices(replace(ASKED, forbidden=frozenset({"H5"})), found)[0]

    assert (price.least, price.most, price.exact) == (5, 10, False)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"officers": 3, "graduates": 2}, [("graduates", "")]),
        ({"officers": 9}, [("each", "")]),
        (
            {"pinned": frozenset({"H0"}), "forbidden": frozenset({"H0", "H1"})},
            [("forbidden", "H0"), ("pinned", "H0")],
        ),
        (
            {"pinned": frozenset({"H0"}), "only_willing": True, "sites": WILLING},
            [("pinned", "H0"), ("willing", "")],
        ),
        ({"goal": "median", "officers": 7}, []),
        ({"officers": 0}, []),
    ],
)
def test_of_conditions_that_conflict_those_are_named_that_matter(changes, named):
    with pytest.raises(plan.CannotBeKept) as refused:
        solved(replace(ASKED, **changes))

    assert refused.value.named == named
    assert all(text["uk"] and text["en"] for text in refused.value.texts)


def test_fairness_that_forbids_a_plan_names_the_oblast():
    sites = [replace(one, willing=None if one.oblast == "A" else 3) for one in SITES]

    with pytest.raises(plan.CannotBeKept, match="Oblast A"):
        solved(replace(ASKED, sites=sites, officers=3, only_willing=True, fair=0.9))


def test_each_place_has_its_reason_in_both_languages():
    words = why.reasons(ASKED, solved(ASKED))

    assert words["H0"]["uk"] == (
        "За 20 хв досягає 1 населений пункт (100 людей); без цього місця план не досягне: 100 людей."
    )
    assert words["H1"]["en"] == (
        "Within 20 min of 1 settlement (90 people); without this place the plan would not reach 90 people."
    )


def test_a_pinned_place_says_so():
    asked = replace(ASKED, pinned=frozenset({"H5"}))

    assert why.reasons(asked, solved(asked))["H5"]["en"].startswith("Pinned by the coordinator.")


def test_the_reason_in_a_p_median_is_the_way_that_it_spares():
    sites = [site(0, present=1), *SITES[1:]]
    asked = replace(ASKED, sites=sites, goal="median", officers=1)

    [text] = why.reasons(asked, solved(asked)).values()

    assert "instead of" in text["en"] and "км" in text["uk"]
