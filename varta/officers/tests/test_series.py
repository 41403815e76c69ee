"""The published series: what it says, what follows from it, where it contradicts itself, and bad files."""

from datetime import date

import pytest

from varta.officers.series import COLUMNS, SHIPPED, SeriesInvalid, disputes, read, reproduced, shipped

HEAD = ",".join(COLUMNS)
SOURCES = "key,en,uk\nk1,A newspaper,Газета\n"
DNIPROPETROVSK = "UA12000000000090473"


def line(**changed):
    given = {
        "first": "2021-03-01", "last": "2021-03-31", "place": "UA", "figure": "serving", "value": "450",
        "kind": "exact", "confidence": "C", "sources": "k1",
    }  # fmt: skip
    return ",".join((given | changed).get(name, "") for name in COLUMNS)


def of(*lines):
    return read("\n".join((HEAD, *lines)), SOURCES)


@pytest.mark.parametrize(
    ("day", "figure", "place", "value"),
    [
        (date(2019, 10, 31), "regions", "UA", 7),
        (date(2019, 10, 31), "serving", DNIPROPETROVSK, 33),
        (date(2019, 10, 31), "internship", DNIPROPETROVSK, 48),
        (date(2019, 10, 31), "training", DNIPROPETROVSK, 173),
        (date(2021, 5, 28), "serving", "UA", 442),
        (date(2023, 12, 1), "serving", "UA", 1476),
        (date(2023, 12, 1), "hromadas", "UA", 766),
    ],
)
def test_the_shipped_series_says_what_was_published(day, figure, place, value):
    assert [one.value for one in shipped().of(figure, place) if one.holds(day)] == [value]


def test_the_shipped_series_reproduces_all_of_its_own_totals():
    found = reproduced(shipped())

    assert [(one.row.figure, one.row.value, one.again) for one in found if not one.same] == []
    assert {one.row.figure for one in found} >= {"pipeline", "people_per_officer", "hromadas_percent"}


def test_every_contradiction_that_we_know_is_kept():
    assert {one.word for one in disputes(shipped())} == {
        "course", "launch", "hromadas-2020", "spring-2021", "ternopil-2023", "base",
    }  # fmt: skip


def test_two_numbers_for_one_day_are_a_contradiction_without_being_marked():
    found = disputes(of(line(), line(first="2021-03-15", value="442")))

    assert [[row.value for row in one.rows] for one in found] == [[450, 442]]


def test_a_plan_contradicts_nothing():
    assert disputes(of(line(), line(kind="plan", value="900"))) == ()


def test_a_derived_figure_that_does_not_follow_is_told():
    derived = line(figure="people_per_officer", value="9000", confidence="D", formula="people/serving")
    series = of(line(), line(figure="people", value="3500000"), derived)

    [found] = reproduced(series)

    assert (found.again, found.same) == (7778, False)


def test_a_derived_figure_without_its_parts_is_unknown_and_not_zero():
    [found] = reproduced(of(line(figure="people_per_officer", confidence="D", formula="people/serving")))

    assert (found.again, found.same) == (None, False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first": "31.10.2019"}, "Line 2"),
        ({"value": "багато"}, "Line 2"),
        ({"first": "2021-04-01"}, "before its first day"),
        ({"figure": "heroes"}, "no figure “heroes”"),
        ({"confidence": "X"}, "mark “X”"),
        ({"sources": "k2"}, "source “k2”"),
        ({"sources": ""}, "list of sources"),
        ({"value": "-1"}, "below zero"),
        ({"kind": "guess"}, "kind “guess”"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(changed, said):
    with pytest.raises(SeriesInvalid, match=said):
        of(line(**changed))


def test_a_file_without_a_column_is_refused():
    with pytest.raises(SeriesInvalid, match="no column"):
        read("first,last\n", SOURCES)


def test_every_note_is_in_both_languages():
    assert [one for one in shipped().rows if bool(one.notes["uk"]) != bool(one.notes["en"])] == []


def test_the_shipped_files_come_with_the_package():
    assert sorted(path.name for path in SHIPPED.iterdir()) == ["programme.csv", "sources.csv"]
