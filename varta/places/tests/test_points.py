"""Coordinates from GeoNames: given only where one place alone can be meant."""

import pytest

from varta.lib import text
from varta.places import points
from varta.places.models import Territory
from varta.places.points import Settlement, Spot


def village(code: str, name: str, hromada: str = "H1") -> Settlement:
    return Settlement(code, name, text.transliterate(name), "O", hromada)


def spot(name: str, lat: float = 50.0, lon: float = 30.0) -> Spot:
    return Spot("O", frozenset({text.fold(name)}), lat, lon, 700)


def test_a_name_that_stands_once_on_both_sides_is_meant():
    found = points.matched([village("a", "Берег"), village("b", "Степ")], [spot("Bereh")])

    assert list(found) == ["a"]


def test_a_name_of_another_oblast_is_not_meant():
    elsewhere = spot("Берег")
    elsewhere.oblast = "P"

    assert points.matched([village("a", "Берег")], [elsewhere]) == {}


def test_two_villages_of_one_name_without_neighbours_stay_unknown():
    assert points.matched([village("a", "Берег", "H1"), village("b", "Берег", "H2")], [spot("Берег")]) == {}


def test_two_spots_of_one_name_stay_unknown():
    assert points.matched([village("a", "Берег")], [spot("Берег"), spot("Берег", 51.0)]) == {}


def test_of_two_villages_the_one_near_its_neighbours_is_meant():
    villages = [village("a", "Берег", "H1"), village("b", "Берег", "H2"), village("c", "Степ", "H1"),
                village("d", "Лан", "H2")]  # fmt: skip
    spots = [spot("Берег", 50.01), spot("Степ", 50.0), spot("Лан", 51.0)]

    found = points.matched(villages, spots)

    assert sorted(found) == ["a", "c", "d"]


def test_of_two_villages_equally_near_neither_is_meant():
    villages = [village("a", "Берег", "H1"), village("b", "Берег", "H2"), village("c", "Степ", "H1"),
                village("d", "Лан", "H2")]  # fmt: skip
    spots = [spot("Берег", 50.05), spot("Степ", 50.0), spot("Лан", 50.1)]

    assert sorted(points.matched(villages, spots)) == ["c", "d"]


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [("Дніпро", 48.46, 35.04), ("Апостолове", 47.66, 33.72), ("Львів", 49.84, 24.02), ("Київ", 50.45, 30.52)],
)
def test_cities_are_where_they_are(db, name, lat, lon):
    cities = Territory.objects.filter(name=name, category__in=["M", "K"]).exclude(lat=None)

    assert any(points.distance_km((city.lat, city.lon), (lat, lon)) < 5 for city in cities)


def test_most_small_villages_have_no_point_and_say_so(db):
    unknown = Territory.objects.filter(level=Territory.SETTLEMENT, lat=None)

    assert unknown.count() > 20_000
    assert not unknown.exclude(point_source="").exists()


def test_a_second_run_finds_the_same(db):
    assert points.fill() == 0


def test_another_source_is_never_overwritten(db):
    Territory.objects.filter(name="Апостолове").update(lat=1.0, lon=2.0, point_source="own", population=None)

    points.fill()

    row = Territory.objects.get(name="Апостолове")
    assert (row.lat, row.lon, row.point_source) == (1.0, 2.0, "own")
    assert row.population_source == points.SOURCE


def test_distance_is_that_of_a_sphere():
    assert points.distance_km((0, 0), (0, 1)) == pytest.approx(111.19, abs=0.01)
    assert points.distance_km((50, 30), (50, 30)) == 0
