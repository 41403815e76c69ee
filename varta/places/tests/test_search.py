"""Finding places and units by what people type."""

import random

import pytest

from varta.places import queries, search
from varta.places.finder import Finder
from varta.places.models import Territory
from varta.places.points import distance_km

OBLAST = "UA12000000000090473"


def first(query: str, **more) -> str:
    return search.suggest(query, **more)[0].name


@pytest.fixture(autouse=True)
def ukrainian(settings):
    settings.LANGUAGE_CODE = "uk"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Дніпро", "м. Дніпро"),
        ("дніпро", "м. Дніпро"),
        ("Знам'янка", "м. Знам’янка"),
        ("Знам’янка", "м. Знам’янка"),
        ("Знамянка", "м. Знам’янка"),
        ("lysghj", "м. Дніпро"),
        ("Dnipro", "м. Дніпро"),
        ("Днепр", "м. Дніпро"),
        ("Харьков", "м. Харків"),
        ("Николаев", "м. Миколаїв"),
        ("Изюм", "м. Ізюм"),
        ("Кривой Рог", "м. Кривий Ріг"),
        ("Криворожский", "Криворізький район"),
        ("Великая Михайловка", "с-ще Велика Михайлівка"),
        ("Білгород Дністровський", "м. Білгород-Дністровський"),
        ("Апостолово", "м. Апостолове"),
        ("Дніпропетр", "Дніпропетровська область"),
        ("UA80000000000093317", "м. Київ"),
        ("ua80000000000093317", "м. Київ"),
    ],
)
def test_a_place_is_found_by_what_people_type(db, typed, meant):
    assert meant in [one.name for one in search.suggest(typed)[:2]]


def test_a_suggestion_says_where_the_place_lies(db):
    [found] = search.suggest("Апостолове")[:1]

    assert found.code == "UA12060010010033935"
    assert found.path == "Дніпропетровська область, Криворізький район, Апостолівська громада"


def test_a_place_is_found_by_its_former_name(load):
    from varta.places.tests.conftest import FIRST

    load(FIRST)
    load(FIRST.replace("Пристань", "Гавань"), as_of="2025-01-01")

    assert first("Пристань", within="XX") == "Гавань"


def test_at_most_ten_are_suggested(db):
    assert len(search.suggest("Михайлівка")) == 10


def test_a_search_stays_within_a_territory(db):
    inside = queries.interval(OBLAST)

    for one in search.territories("Михайлівка", within=OBLAST):
        assert inside[0] <= one.pre <= inside[1]


@pytest.mark.parametrize("nothing", ["", "  ", "…", "щщщщщ", "%", "_", "\\"])
def test_what_resembles_nothing_finds_nothing(db, nothing):
    assert search.suggest(nothing) == []


def test_a_closed_place_is_not_suggested(db):
    Territory.objects.filter(name="Апостолове").update(valid_to="2020-01-01")

    assert "м. Апостолове" not in [one.name for one in search.suggest("Апостолове")]


def test_units_are_found_by_words_of_their_names_and_by_code(db):
    assert "NPU-12-1206" in [unit.code for unit in search.units("криворізьке управління")]
    assert [unit.code for unit in search.units("npu-12")] == ["NPU-12"]
    assert search.units("   ") == []


def test_the_nearest_place_is_a_settlement_within_reach(db):
    assert queries.nearest(48.46, 35.04, max_km=20).name == "Дніпро"
    assert queries.nearest(0.0, 0.0, max_km=50) is None


def test_a_loader_finds_places_in_memory(db, django_assert_num_queries):
    finder = Finder()

    with django_assert_num_queries(0):
        assert finder.by_code(OBLAST).name == "Дніпропетровська"
        assert finder.by_name("Київ").category == "K"
        assert finder.by_name("Kyiv").category == "K"
        assert finder.by_name("Апостолове", within=OBLAST).level == 4
        assert finder.by_name("Михайлівка") is None
        assert finder.by_name("Ніде-ніде") is None
        assert finder.nearest(48.46, 35.04, max_km=20).name == "Дніпро"
        assert finder.nearest(0.0, 0.0, max_km=50) is None
    assert len(finder) == Territory.objects.filter(valid_to=None).count()


def test_the_nearest_of_all_is_found(db):
    finder = Finder()
    rows = Territory.objects.filter(lat__isnull=False, valid_to=None)
    spots = [row for row in rows if row.level >= 4 or row.category == "K"]
    sample = random.Random(2019)

    for _ in range(50):
        point = sample.uniform(45, 52), sample.uniform(22, 40)
        distance, nearest = min((distance_km(point, (spot.lat, spot.lon)), spot.code) for spot in spots)
        found = finder.nearest(*point, max_km=25)
        assert (found.code if found else None) == (nearest if distance <= 25 else None)


def test_a_loader_finds_a_place_by_its_former_name(load):
    from varta.places.tests.conftest import FIRST

    load(FIRST)
    load(FIRST.replace("Пристань", "Гавань"), as_of="2025-01-01")

    assert Finder(within="XX").by_name("Пристань").code == "N-1-a"


def test_a_loader_of_another_country_sees_only_its_places(load):
    from varta.places.tests.conftest import FIRST

    load(FIRST)
    finder = Finder(within="XX")

    assert len(finder) == 6
    assert finder.by_code(OBLAST) is None
    assert finder.nearest(50.0, 10.0, max_km=5).code == "N-1"
