"""Small charts of bands."""

from datetime import date
from xml.etree import ElementTree

from varta.figures.bands import Band, small

FIRST = date(2019, 12, 30)


def drawn(**more):
    band = Band(FIRST, [10, 12, 14], [10, 15, 20], [10, 18, 27], **more)
    return ElementTree.fromstring(small(band, title="Служба <у> області"))


def of_class(svg, name):
    return [one for one in svg if one.get("class") == name]


def test_the_title_is_read_aloud_and_escaped():
    assert drawn().get("aria-label") == "Служба <у> області"


def test_the_band_ends_at_its_high_and_its_low():
    [area] = of_class(drawn(), "band-area")

    points = [tuple(map(float, one.split())) for one in area.get("d").strip("MZ").split("L")]

    assert len(points) == 6
    assert points[2][1] < points[3][1]  # high above low in the last week


def test_an_aim_is_a_level_and_none_is_no_line():
    assert len(of_class(drawn(aim=25), "band-aim")) == 1
    assert of_class(drawn(), "band-aim") == []


def test_what_was_found_after_the_last_week_is_left_out():
    inside, later = (date(2020, 1, 6), date(2020, 1, 6), 17.0), (date(2021, 1, 1), date(2021, 1, 1), 90.0)

    assert len(of_class(drawn(found=[inside, later]), "band-found")) == 2  # a line and a point


def test_the_first_of_january_is_marked():
    assert [one.text for one in of_class(drawn(), "band-tick")][-1] == "2020"
