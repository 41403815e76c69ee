import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.places.coordinates import read

WRITTEN = [
    "48.55, 34.9",
    "48.55,34.9",
    "48.55 34.9",
    "48,55 34,9",
    "48,55, 34,9",
    "48,55; 34,9",
    "(48.55, 34.9)",
    "48.55° 34.9°",
    "48.55N 34.9E",
    "N48.55 E34.9",
    "34.9E 48.55N",
    "48°33' 34°54'",
    "48°33'00\" 34°54'00\"",
    "48°33′00″N 34°54′00″E",
    "48°33'0''N, 34°54'0''E",
    "48 33 00 N 34 54 00 E",
    "48°33' пн. ш. 34°54' сх. д.",
    "48,55 пн.ш. 34,9 сх.д.",
    "48.55 с. ш., 34.9 в. д.",
    "\u00a048.55,\u00a034.9 ",
]


@pytest.mark.parametrize("typed", WRITTEN)
def test_coordinates_are_read_as_people_write_them(typed):
    assert read(typed) == (48.55, 34.9)


ODD = [
    *(
        "",
        "Шевченка 12",
        "Шевченка 12, 34",
        "12, 34",
        "48 34",
        "12/34",
        "48.55",
        "буд. 48,5 кв. 34,9",
        "1.5 2",
    ),
    *("91.5, 34.9", "48.5N 34.9N", "тел. 0971234567", "0971234567, 0971234568", "48.5, 34.9, 3.5"),
]


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_coordinates_is_not_taken_for_them(typed):
    assert read(typed) is None


def test_southern_and_western_points_are_negative():
    assert read("33.86 S 70.5 W") == (-33.86, -70.5)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_written_in_decimals_is_read_back(lat, lon):
    assert read(f"{lat:.6f}, {lon:.6f}") == (round(lat, 6) + 0.0, round(lon, 6) + 0.0)


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(typed):
    found = read(typed)

    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)
