"""Which place is meant: by code, by point, by words; and what when several are called the same."""

import pytest

from varta.api.conftest import NOW
from varta.api.intake.spotting import spot
from varta.api.intake.texts import plain, shortened
from varta.api.partners.refusals import Refused
from varta.people.demo import DIRECTORATE, HROMADA, OTHER_HROMADA, OTHER_SECTOR, RAION, SECTOR

pytestmark = pytest.mark.django_db

OBUKHIVKA, MYKOLAIVKA = "UA12020170010095010", "UA12020170020084150"
ON = NOW.date()


def code_of(partner, **given):
    return spot(partner, on=ON, **given).place.code


def refusal(partner, **given):
    with pytest.raises(Refused) as refused:
        spot(partner, on=ON, **given)
    return refused.value.status, refused.value.faults[0].code


def test_a_code_names_the_place_and_the_narrowest_unit_answers(partner):
    spotted = spot(partner, on=ON, codes=[OBUKHIVKA])

    assert (spotted.place.code, spotted.unit, spotted.sure) == (OBUKHIVKA, SECTOR, True)


def test_a_point_means_the_nearest_settlement(partner):
    assert code_of(partner, point=(48.549, 34.854)) == OBUKHIVKA


@pytest.mark.parametrize("point", [(0.0, 0.0), (50.45, 30.52), (90.0, 180.0), (-90.0, -180.0)])
def test_a_point_beyond_the_partners_area_is_refused(partner, point):
    assert refusal(partner, point=point) == (422, "outside")


def test_a_code_beyond_the_partners_area_is_refused(let_in):
    partner, _ = let_in(place=OTHER_HROMADA, unit=OTHER_SECTOR)

    assert refusal(partner, codes=[OBUKHIVKA]) == (422, "outside")


@pytest.mark.parametrize("code", ["UA99999999999999999", "", "x" * 300, "ua 1", "\x00"])
def test_an_unknown_code_is_refused(partner, code):
    assert refusal(partner, codes=[plain(code)]) == (422, "unknown-place")


@pytest.mark.parametrize(
    "words",
    ["вул. Садова, 5, с-ще Обухівка", "Обухівка, Дніпровський район", "Obukhivka", "вул. Нова; Обухівка"],
)
def test_words_name_a_settlement(partner, words):
    assert code_of(partner, words=[words]) == OBUKHIVKA


def test_an_address_that_exists_twice_is_told_with_both_places(partner):
    spotted = spot(partner, on=ON, words=["вул. Шевченка, 1, Миколаївка"])

    assert {place.hromada for place in spotted.rivals} == {HROMADA, "UA12020090000044548"}
    assert (spotted.place.code, spotted.unit) == (RAION, DIRECTORATE)


def test_the_hromada_beside_it_tells_which_of_two_is_meant(partner):
    spotted = spot(partner, on=ON, words=["вул. Шевченка, 1, Миколаївка, Обухівська громада"])

    assert (spotted.place.code, spotted.rivals) == (MYKOLAIVKA, ())


def test_what_exists_twice_in_one_hromada_lies_in_that_hromada(partner):
    spotted = spot(partner, on=ON, words=["Незабудине"])

    assert (spotted.place.code, len(spotted.rivals)) == ("UA12020230000085693", 2)


@pytest.mark.parametrize("words", ["", "біля магазину", "Київ", ",,,", "м.", "а" * 5000])
def test_words_that_name_no_place_of_the_area_leave_the_whole_area(partner, words):
    spotted = spot(partner, on=ON, words=[words])

    assert (spotted.place.code, spotted.unit, spotted.sure) == (RAION, DIRECTORATE, False)


def test_a_unit_beyond_the_partners_own_never_answers(let_in):
    partner, _ = let_in(place=HROMADA, unit=OTHER_SECTOR)

    assert spot(partner, on=ON, codes=[OBUKHIVKA]).unit == OTHER_SECTOR


def test_the_zone_follows_from_the_kind_of_settlement(partner):
    zones = [spot(partner, on=ON, codes=[code]).zone for code in (OBUKHIVKA, HROMADA)]

    assert zones == ["rural", "unknown"]


def test_texts_lose_what_a_record_may_not_hold():
    assert plain("a\x00b\tc\r\nd\u202ee\ud800") == "ab c de"
    assert plain(" a \r\n b\x07 ", lines=True) == "a\n b"
    assert shortened("абвгд", 3) == "аб…"
