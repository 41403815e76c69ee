"""Kaplan and Meier's curve against a worked example, and censoring."""

import numpy as np
import pytest

from varta.planning.survival import Spell, kaplan_meier, seen


def test_the_curve_of_the_trial_of_freireich():
    # 6-mercaptopurine, Freireich et al. 1963: weeks in remission, + still in remission.
    lengths = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]

    found = kaplan_meier(lengths, np.array(ended, dtype=bool))

    assert list(found.days) == [6, 7, 10, 13, 16, 22, 23]
    assert found.share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert found.error == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-4)
    assert found.median() == 23


def test_nobody_ended_is_no_curve_and_no_median():
    found = kaplan_meier([3, 5], [False, False])

    assert (list(found.days), found.median()) == ([], None)


def test_everybody_ended_reaches_nought():
    assert kaplan_meier([3, 5], [True, True]).share[-1] == 0


def test_an_end_after_the_day_is_not_seen():
    spells = [
        Spell("serving", "A", 10, 20, "left"),
        Spell("serving", "A", 10, 21, "left"),
        Spell("serving", "A", 21),
    ]

    assert [one.ended for one in seen(spells, 20)] == [20, None]
