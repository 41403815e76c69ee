"""Charts say in words and forms what they say in colours, leave gaps where nothing is known, and escape names."""

import pytest

from varta.figures.chance import Dot, Funnel
from varta.figures.chart_funnel import funnel
from varta.figures.chart_map import Area, class_of, classes, places
from varta.figures.chart_months import Months, months, most_of

SQUARE = [(30.0, 50.0), (31.0, 50.0), (31.0, 51.0), (30.0, 51.0)]
EVIL = "<script>&"


def area(name, value, shift=0.0):
    ring = [(x + shift, y) for x, y in SQUARE]
    return Area(name, [ring], (30.5 + shift, 50.5), value, "—" if value is None else f"{value:g}")


def drawn_map(*areas):
    return places(areas, title="t", source="s", unknown="unknown", told=lambda number: f"{number:g}", key="m")


def test_classes_hold_about_as_many_values_each_and_the_largest_is_always_in_the_last():
    limits = classes(range(1, 11))

    assert limits == [2, 4, 6, 8, 10]
    assert [class_of(value, limits) for value in (1, 2, 3, 10, 11)] == [1, 1, 2, 5, 5]
    assert class_of(7, classes([7, 7, 7])) == 5


def test_a_map_writes_each_number_and_tells_unknown_from_small():
    drawn = drawn_map(area("Перша", 1), area("Друга", 5, 1.0), area("Третя", None, 2.0))

    assert drawn.count('class="map-number"') == 3
    assert 'class="map-area map-0"' in drawn and "unknown" in drawn and "Друга: 5" in drawn


def test_a_map_of_places_without_outlines_is_not_drawn():
    assert drawn_map(Area("Перша", [], (0, 0), 1, "1")) == ""


def test_months_leave_a_gap_where_a_figure_is_unknown_and_mark_where_counting_changed():
    one = Months("Перша", [1, 2, None, 4, 5], [None] * 5)

    drawn = months(one, most=most_of([one]), title="t", first="a", last="b", breaks=[2])

    assert drawn.count("<polyline") == 2
    assert (drawn.count("chart-break"), most_of([Months("", [None], [None])])) == (1, 1)


def test_a_funnel_names_those_beyond_and_gives_them_another_form():
    held = Funnel(0.5, "share", dots={"a": Dot(1000, 0.9, "99.8"), "b": Dot(20, 0.6, None)})

    drawn = funnel(held, {"a": "Далека", "b": "Мала"}, title="t", source="s", across="x", told=str)

    assert drawn.count("<path") == drawn.count("funnel-name") == 1
    assert drawn.count("<circle") == 1 and ">Далека</text>" in drawn


@pytest.mark.parametrize(
    "drawn",
    [
        drawn_map(area(EVIL, 1), area("b", 2, 1.0)),
        months(Months(EVIL, [1, 2], [1, 2]), most=2, title=EVIL, first=EVIL, last="b"),
        funnel(Funnel(0.5, "share", dots={"a": Dot(9, 0.9, "99.8")}), {"a": EVIL}, title=EVIL, source=EVIL,
               across=EVIL, told=str),
    ],
)  # fmt: skip
def test_names_are_escaped(drawn):
    assert "<script>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn or EVIL not in drawn
