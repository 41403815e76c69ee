"""Who may take over a call from a crew that still drives there."""

import pytest

from varta.planning import Crew, GreatCircle, State
from varta.planning.reliefs import reliefs

CALL = (48.450, 35.040)
FAR = (48.650, 35.040)  # about half an hour away
STRAIGHT = GreatCircle()


def driving(key="far", where=FAR, to=CALL, **more):
    return Crew(key, "Грім-3", *where, state=State.ON_THE_WAY, free_at=to, call=f"call of {key}", **more)


def free(key="near", where=(48.455, 35.042), **more):
    return Crew(key, "Явір-12", *where, **more)


def swaps(*crews):
    return [(one.call, one.instead.key, one.crew.key) for one in reliefs(crews, travel=STRAIGHT)]


def test_a_free_crew_much_nearer_is_proposed():
    assert swaps(driving(), free()) == [("call of far", "far", "near")]


def test_the_proposal_says_what_it_saves_in_both_languages():
    [relief] = reliefs([driving(), free()], travel=STRAIGHT)

    assert relief.why == {
        "uk": "Явір-12: вільний і прибуде за 2 хв, на 29 хв раніше за Грім-3, який ще в дорозі.",
        "en": "Явір-12: is free and arrives in 2 min, 29 min sooner than Грім-3, which is still on its way.",
    }
    assert relief.saves_s > 240


def test_a_swap_that_saves_little_is_not_proposed():
    assert swaps(driving(where=(48.470, 35.040)), free()) == []


@pytest.mark.parametrize("state", [State.ON_SCENE, State.OFF, State.ON_THE_WAY])
def test_only_a_free_crew_takes_over(state):
    assert swaps(driving(), free(state=state)) == []


def test_a_crew_that_has_arrived_is_not_relieved():
    there = Crew("far", "Грім-3", *FAR, state=State.ON_SCENE, free_at=CALL, call="call")

    assert swaps(there, free()) == []


def test_a_special_force_neither_relieves_nor_is_relieved():
    assert swaps(driving(force="violence_group"), free()) == []
    assert swaps(driving(), free(force="investigation")) == []


def test_who_takes_over_has_every_skill_of_who_is_relieved():
    skilled = driving(skills=frozenset({"explosives"}))

    assert swaps(skilled, free()) == []
    assert swaps(skilled, free(skills=frozenset({"explosives", "negotiation"})))


def test_one_crew_takes_over_one_call_and_the_greatest_saving_comes_first():
    second = driving("second", where=(48.60, 35.04), to=(48.451, 35.041))

    assert swaps(driving(), second, free()) == [("call of far", "far", "near")]
    assert swaps(second, driving(), free(), free("other"))[0][0] == "call of far"


def test_a_crew_whose_place_or_call_is_unknown_is_left_alone():
    lost = Crew("far", "Грім-3", None, None, state=State.ON_THE_WAY, free_at=CALL, call="call")
    elsewhere = Crew("far", "Грім-3", *FAR, state=State.ON_THE_WAY)

    assert swaps(lost, free()) == []
    assert swaps(elsewhere, free()) == []
    assert swaps(driving(), free(where=(None, None))) == []
