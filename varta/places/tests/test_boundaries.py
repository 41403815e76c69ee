"""Boundaries: approximate ones from points, official ones from a file, and what pages are given."""

import json
from pathlib import Path

import pytest
import shapely
from django.test import Client

from varta.places import boundaries, queries
from varta.places.boundaries import Spot
from varta.places.errors import NoSuchFile, NotBoundaries
from varta.places.models import PlaceShape, Territory

HROMADA_CODE = "UA12020170000068526"  # Обухівська
OBLAST, RAION, HROMADA = Territory.OBLAST, Territory.RAION, Territory.HROMADA
SQUARE = [[[34.8, 48.5], [34.9, 48.5], [34.9, 48.6], [34.8, 48.6], [34.8, 48.5]]]


def spot(lat: float, lon: float, hromada: str, raion: str = "r", oblast: str = "o") -> Spot:
    return Spot(lat, lon, {OBLAST: oblast, RAION: raion, HROMADA: hromada})


def collection(*features: tuple[str, object]) -> str:
    found = [
        {"type": "Feature", "properties": {"code": code}, "geometry": geometry} for code, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": found})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "boundaries.geojson"


def test_each_settlement_lies_in_the_shape_of_its_own_hromada():
    spots = [spot(48.5, 35.0, "a"), spot(48.52, 35.1, "a"), spot(48.6, 35.05, "b"), spot(48.4, 35.0, "c")]

    shapes = boundaries.compute(spots)

    for one in spots:
        inside = [
            code
            for (level, code), shape in shapes.items()
            if level == HROMADA and shape.contains(shapely.Point(one.lon, one.lat))
        ]
        assert inside == [one.within[HROMADA]]


def test_neighbours_share_an_edge_and_cover_their_raion_together():
    shapes = boundaries.compute([spot(48.5, 35.0, "a"), spot(48.6, 35.05, "b")])

    together = shapely.union(shapes[HROMADA, "a"], shapes[HROMADA, "b"])

    assert shapely.intersection(shapes[HROMADA, "a"], shapes[HROMADA, "b"]).area < 1e-9
    assert shapely.symmetric_difference(together, shapes[RAION, "r"]).area < 0.05 * together.area


def test_open_country_goes_no_farther_than_its_reach():
    shapes = boundaries.compute([spot(48.5, 35.0, "a"), spot(48.5, 35.02, "b")])

    north = shapes[OBLAST, "o"].bounds[3]

    assert (north - 48.5) * boundaries.KM_OF_A_DEGREE == pytest.approx(boundaries.REACH_KM, abs=1.5)


def test_without_points_there_are_no_shapes():
    assert boundaries.compute([]) == {}


def test_every_oblast_and_raion_of_ukraine_has_a_shape_crimea_too(db):
    levels = list(PlaceShape.objects.values_list("level", flat=True))

    assert (levels.count(OBLAST), levels.count(RAION)) == (27, 136)
    assert PlaceShape.objects.get(place="UA01000000000013043").source == "approximate"


def test_the_middle_of_a_shape_lies_in_it(db):
    for row in PlaceShape.objects.filter(level=OBLAST):
        assert shapely.from_geojson(row.geometry).contains(shapely.Point(row.lon, row.lat))


def test_a_hromada_without_a_point_has_the_middle_of_its_shape(db):
    hromada = Territory.objects.get(code=HROMADA_CODE)

    lat, lon = queries.middles([hromada])[hromada.code]

    assert hromada.lat is None
    assert (lat, lon) == pytest.approx((48.6, 34.8), abs=0.2)


def test_official_boundaries_take_the_place_of_approximate_ones_and_stay(db, file):
    file.write_text(collection((HROMADA_CODE, {"type": "Polygon", "coordinates": SQUARE})))

    outcome = boundaries.load(file, source="Держгеокадастр", code_field="code")
    boundaries.fill()

    row = PlaceShape.objects.get(place=HROMADA_CODE)
    assert (outcome.written, outcome.left_out, row.source) == (1, (), "Держгеокадастр")


def test_what_names_no_place_or_draws_no_polygon_is_left_out_and_named(db, file):
    wrong = ("UA00", {"type": "Polygon", "coordinates": SQUARE})
    point = (HROMADA_CODE, {"type": "Point", "coordinates": [34.8, 48.5]})
    metres = (
        HROMADA_CODE,
        {"type": "Polygon", "coordinates": [[[5e5, 5e6], [6e5, 5e6], [6e5, 6e6], [5e5, 5e6]]]},
    )
    file.write_text(collection(wrong, point, metres, (HROMADA_CODE, None)))

    outcome = boundaries.load(file, source="x", code_field="code")

    assert outcome.written == 0
    assert [line.split(":")[0] for line in outcome.left_out] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": 1}', '{"features": [1]}', "код;назва"])
def test_a_file_that_is_no_geojson_is_refused(db, file, content):
    file.write_text(content)

    with pytest.raises(NotBoundaries):
        boundaries.load(file, source="x", code_field="code")


def test_a_file_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(NoSuchFile):
        boundaries.load(tmp_path / "none", source="x", code_field="code")


def test_pages_are_given_shapes_as_geojson_and_told_when_they_are_the_same(client: Client, olena, settings):
    settings.DEMO = True
    client.force_login(olena)

    first = client.get("/places/shapes/3/UA12000000000090473.json")
    again = client.get("/places/shapes/3/UA12000000000090473.json", headers={"If-None-Match": first["ETag"]})

    found = {one["properties"]["code"]: one for one in first.json()["features"]}
    assert found[HROMADA_CODE]["properties"]["uk"] == "Обухівська громада"
    assert found[HROMADA_CODE]["properties"]["approximate"] is True
    assert found[HROMADA_CODE]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert again.status_code == 304
