"""The pipeline against worlds whose parameters are known."""

from datetime import date

import numpy as np
import pytest

from varta.planning.pipeline import WhatIf, check, reached, simulate, understand, wanted_for
from varta.planning.survival import Spell

START = date(2019, 1, 1).toordinal()
DAY = date(2021, 1, 1).toordinal()
TRAINING, INTERNSHIP = (85, 97), (28, 35)  # days, each as likely
DROPPED, LOST_A_YEAR = 0.15, 0.08


def world(seed, *, until, places=("A", "B"), every=60, size=40, waiting=60):
    """Return all stays of a world in which cohorts begin every so many days up to `until`.

    Each takes `size` people, or by chance more or less where nobody is `waiting` besides.
    """
    dice = np.random.default_rng(seed)
    spells = [Spell("candidate", str(dice.choice(places)), START) for _ in range(waiting)]
    for nth, began in enumerate(range(START, until, every)):
        for _person in range(size if waiting else dice.poisson(size)):
            place = str(dice.choice(places))
            applied = began - int(dice.integers(10, 50))
            spells.append(Spell("candidate", place, applied, began, "training"))
            graduated = began + int(dice.integers(*TRAINING))
            if dice.random() < DROPPED:
                spells.append(
                    Spell("training", place, began, began + int(dice.integers(10, 80)), "left", str(nth))
                )
                continue
            spells.append(Spell("training", place, began, graduated, "internship", str(nth)))
            serving = graduated + int(dice.integers(*INTERNSHIP))
            spells.append(Spell("internship", place, graduated, serving, "serving"))
            left = serving + int(dice.exponential(-365.25 / np.log(1 - LOST_A_YEAR))) + 1
            spells.append(Spell("serving", place, serving, left, "left"))
    return spells


def serving_on(spells, day):
    return sum(one.stage == "serving" and one.began <= day < one.ended for one in spells)


def test_stage_lengths_and_losses_of_a_known_world_are_found_again():
    known = understand(world(1, until=DAY), DAY)

    training, serving = known.stages["training"], known.stages["serving"]
    year = serving.survival()
    after_a_year = year.share[np.searchsorted(year.days, 365.25, side="right") - 1]

    assert TRAINING[0] <= training.survival().median() <= TRAINING[1]
    assert training.lost() == pytest.approx(DROPPED, abs=0.04)
    assert 1 - after_a_year == pytest.approx(LOST_A_YEAR, abs=0.03)
    assert (known.cohorts_a_year, known.capacity) == (6, 40)


def test_officers_who_still_serve_are_not_taken_for_lost_ones():
    spells = world(1, until=DAY)
    serving = understand(spells, DAY).stages["serving"]

    only_ended = np.mean(serving.lengths[serving.ends >= 0])

    assert only_ended < 365  # without censoring an officer would seem to serve less than a year
    assert serving.survival().median() is None


def test_drawn_stays_have_the_lengths_and_losses_of_the_world_they_were_learnt_from():
    from varta.planning.survival import draw

    known = understand(world(1, until=DAY), DAY)
    dice = np.random.default_rng(1)
    laws = [draw(known.stages["training"], dice) for _ in range(50)]

    drawn = [law.exits(np.zeros(400), dice) for law in laws]
    days = np.concatenate([one for one, _ in drawn])
    left = np.concatenate(
        [where == law.then.index("left") for law, (_, where) in zip(laws, drawn, strict=True)]
    )

    assert left.mean() == pytest.approx(DROPPED, abs=0.03)
    assert days[~left].mean() == pytest.approx((TRAINING[0] + TRAINING[1] - 1) / 2, abs=2)


def test_who_has_trained_for_eighty_days_has_few_days_to_go():
    from varta.planning.survival import draw

    dice = np.random.default_rng(1)
    law = draw(understand(world(1, until=DAY), DAY).stages["training"], dice)

    more, _where = law.exits(np.full(500, 80.0), dice)

    assert more.max() <= TRAINING[1] - 80


@pytest.mark.parametrize(("waiting", "places_on_course"), [(60, 40), (0, 70)])
def test_bands_hold_about_as_many_true_outcomes_as_they_promise(waiting, places_on_course):
    held = 0
    for seed in range(20):
        spells = world(seed, until=DAY + 365, waiting=waiting)
        capacities = {str(nth): places_on_course for nth in range(30)}
        paths = simulate(understand(spells, DAY, capacities=capacities), weeks=52, runs=100)
        truth = [(DAY + days, DAY + days, serving_on(spells, DAY + days)) for days in (182, 364)]
        held += sum(one.within for one in check(paths, truth))

    assert 26 <= held <= 40  # 32 of 40 are promised; two of one world are not independent


def test_the_same_seed_gives_the_same_runs():
    known = understand(world(1, until=DAY), DAY)

    first, again = (simulate(known, weeks=30, runs=10, seed=7).serving for _ in range(2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, simulate(known, weeks=30, runs=10, seed=8).serving)


def test_week_nought_is_the_day_itself():
    spells = world(1, until=DAY)
    known = understand(spells, DAY)

    paths = simulate(known, weeks=10, runs=5)

    assert set(paths.of()[:, 0]) == {serving_on(spells, DAY)} == {known.serving("A") + known.serving("B")}


def test_larger_cohorts_and_smaller_losses_reach_the_aim_sooner():
    known = understand(world(1, until=DAY), DAY)
    wanted = {"A": known.serving("A") + 80}

    [usual] = reached(simulate(known, weeks=156), wanted)
    [larger] = reached(simulate(known, weeks=156, what_if=WhatIf(capacity=80, times_applied=2.0)), wanted)
    [losing] = reached(simulate(known, weeks=156, what_if=WhatIf(times_lost=2.0)), wanted)

    assert larger.middle < usual.middle < (losing.middle or 10**9)
    assert usual.early <= usual.middle <= usual.late


def test_places_on_courses_do_not_help_where_nobody_applies():
    known = understand(world(1, until=DAY), DAY)

    usual = simulate(known, weeks=104, runs=60)
    empty = simulate(known, weeks=104, runs=60, what_if=WhatIf(capacity=400))

    assert empty.filled < 0.2 < usual.filled
    assert empty.of().mean() < usual.of().mean() * 1.2


def test_an_aim_that_is_met_already_is_reached_on_the_day():
    known = understand(world(1, until=DAY), DAY)

    [met] = reached(simulate(known, weeks=20, runs=20), {"A": 1})

    assert (met.early, met.late, met.chance) == (DAY, DAY, 1.0)


def test_an_aim_beyond_the_horizon_has_no_day_and_no_chance():
    known = understand(world(1, until=DAY), DAY)

    [never] = reached(simulate(known, weeks=20, runs=20), {"A": 5000})

    assert (never.early, never.middle, never.late, never.chance) == (None, None, None, 0.0)


def test_too_few_observed_is_said_and_widens_the_band():
    many = understand(world(1, until=DAY), DAY)
    few = understand([one for one in world(1, until=DAY) if one.began >= DAY - 90], DAY - 40)

    assert many.assumed == ("leave",)
    assert set(few.assumed) >= {"internship", "serving", "leave"}

    def width(known):
        low, middle, high = simulate(known, weeks=60, runs=100).band()
        return (high[-1] - low[-1]) / middle[-1]

    assert width(few) > 1.5 * width(many)


def test_nobody_known_gives_nobody_and_no_error():
    paths = simulate(understand([], DAY, ["A"]), weeks=10, runs=3)

    assert paths.of("A").sum() == 0
    assert paths.filled is None


def test_what_happened_after_the_day_is_not_looked_at():
    spells = world(1, until=DAY + 365)

    before = understand([one for one in spells if one.began <= DAY], DAY)

    assert understand(spells, DAY).applied == before.applied
    assert understand(spells, DAY).serving("A") == before.serving("A")


@pytest.mark.parametrize(
    ("people", "norm", "officers"), [(60_000, 6000, 10), (60_001, 6000, 11), (0, 6000, 0)]
)
def test_the_norm_is_rounded_up(people, norm, officers):
    assert wanted_for(people, norm) == officers
