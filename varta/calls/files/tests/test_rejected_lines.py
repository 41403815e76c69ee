"""Lines that are not loaded: each with its number, a code and the reason in both languages."""

import pytest

from varta.calls.files.tests.conftest import nola
from varta.places.models import Territory

OUTSIDE = """
source = "test"
[id]
column = "NOPD_Item"
[times]
zone = "America/Chicago"
formats = ["%m/%d/%Y %I:%M:%S %p"]
received = "TimeCreate"
[place]
by = "code"
column = "PoliceDistrict"
[unit]
code = "NPU"
"""


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"TimeArrive": "03/05/2018 09:59:00 AM"}, "arrive-before-receive"),
        ({"TimeClosed": "03/05/2018 10:10:00 AM"}, "close-before-arrive"),
        ({"TimeDispatch": "03/05/2018 09:00:00 AM"}, "assign-before-receive"),
        ({"TimeCreate": "31.31.2018"}, "bad-time"),
        ({"TimeCreate": "02/30/2018 10:00:00 AM"}, "bad-time"),
        ({"TimeCreate": ""}, "no-time"),
        ({"TimeClosed": "03/05/2031 10:10:00 AM"}, "time-refused"),
        (
            dict.fromkeys(
                ("TimeCreate", "TimeDispatch", "TimeArrive", "TimeClosed"), "03/05/2031 10:10:00 AM"
            ),
            "time-refused",
        ),
        ({"NOPD_Item": " "}, "no-id"),
    ],
)
def test_a_line_that_contradicts_itself_is_refused_and_the_rest_loads(db, load, table, written, cells, code):
    totals, [rejected] = load(table([nola("A1"), nola("A2", **cells), nola("A3")]), "new-orleans")

    assert (totals.loaded, totals.rejected) == (2, 1)
    assert (rejected["line"], rejected["code"]) == ("3", code)
    assert rejected["reason_uk"] and rejected["reason_en"]
    assert rejected["TypeText"] == "DOMESTIC DISTURBANCE"  # the original columns stand beside it
    assert written() == (2, 8)


def test_an_arrival_without_a_sending_is_allowed(db, load, table):
    totals, _ = load(table([nola("A1", TimeDispatch="")]), "new-orleans")
    assert (totals.loaded, totals.entries) == (1, 3)


def test_a_line_with_too_few_columns_is_refused(db, load, table):
    file = table([nola("A1")])
    file.write_text(file.read_text() + "A2,103,THEFT\r\n")

    totals, [rejected] = load(file, "new-orleans")

    assert (totals.loaded, rejected["line"], rejected["code"]) == (1, "3", "columns")


def test_a_quotation_mark_without_end_costs_its_own_line_alone(db, load, table, written):
    file = table([nola(f"A{number}") for number in range(1, 6)])
    lines = file.read_text().splitlines()
    lines[2] = lines[2].replace("NAT", '"NAT')
    lines[4] = lines[4].removesuffix(",") + ',"'  # in the last column: nothing is missing from the line
    file.write_text("\n".join(lines))

    totals, rejected = load(file, "new-orleans")

    assert (totals.lines, totals.loaded) == (5, 4)
    assert [(one["line"], one["code"]) for one in rejected] == [("3", "columns")]


def test_rejected_lines_stand_in_the_order_of_the_file(db, load, table):
    file = table([nola("A1", TimeCreate="x"), nola("", BLOCK_ADDRESS="b"), nola("A3", TimeCreate="y")])
    _, rejected = load(file, "new-orleans")
    assert [(one["line"], one["code"]) for one in rejected] == [
        ("2", "bad-time"),
        ("3", "no-id"),
        ("4", "bad-time"),
    ]


def test_coordinates_with_a_decimal_comma_are_read(db, load, tmp_path, table, steps):
    own = tmp_path / "own.toml"
    way = 'by = "point"\nlat = "MapX"\nlon = "MapY"'
    own.write_text(OUTSIDE.replace('by = "code"\ncolumn = "PoliceDistrict"', way))

    totals, _ = load(table([nola("A1", MapX="50,45", MapY="30,52")]), own)

    assert totals.ways == {"point": 1}
    assert {one.place for one in steps()} == {"UA80000000000093317"}


def test_lines_are_counted_as_an_editor_does_even_after_a_cell_of_two_lines(db, load, table):
    rows = [nola("A1", BLOCK_ADDRESS="001XX\nExample St"), nola("A2", TimeCreate="never")]
    _, [rejected] = load(table(rows), "new-orleans")
    assert rejected["line"] == "4"


def test_a_second_line_with_the_same_content_was_there(db, load, table, written):
    totals, _ = load(table([nola("A1"), nola("A1")]), "new-orleans")
    assert (totals.loaded, totals.there) == (1, 1)
    assert written() == (1, 4)


@pytest.mark.parametrize(
    "cells",
    [{"Priority": "1A"}, {"TimeCreate": "03/05/2018 09:58:00 AM"}, {"TimeClosed": "03/05/2018 11:30:00 AM"}],
)
def test_the_same_number_with_other_content_is_refused_in_one_file_and_in_the_next(
    db, load, table, written, cells
):
    inside, [rejected] = load(table([nola("A1"), nola("A1", **cells)]), "new-orleans")
    later, [again] = load(table([nola("A1", **cells)], "later.csv"), "new-orleans")

    assert (inside.loaded, later.loaded) == (1, 0)
    assert rejected["code"] == again["code"] == "changed"
    assert written() == (1, 4)


def test_a_later_file_adds_the_steps_that_were_missing(db, load, table, written):
    load(table([nola("A1", TimeClosed="")]), "new-orleans")
    totals, _ = load(table([nola("A1")], "later.csv"), "new-orleans")

    assert (totals.there, totals.entries) == (1, 1)
    assert written() == (1, 4)


def test_an_unknown_place_is_refused(db, load, table, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(OUTSIDE)

    totals, rejected = load(table([nola("A1", PoliceDistrict="UA0")]), own)

    assert totals.loaded == 0
    assert rejected[0]["code"] == "unknown-place"
    assert "UA0" in rejected[0]["reason_uk"]


NAMED = OUTSIDE.replace('by = "code"\ncolumn = "PoliceDistrict"', 'by = "name"\ncolumn = "Beat"')


@pytest.mark.parametrize(
    ("written_as", "name", "category"),
    [
        ("м. Київ", "Київ", "K"),
        ("Місто Кропивницький", "Кропивницький", "M"),
        ("Харківська область", "Харківська", "O"),
        ("харківська обл.", "Харківська", "O"),
        ("Дніпровська міська територіальна громада", "Дніпровська", "H"),
    ],
)
def test_a_place_is_found_by_its_name_with_its_kind(
    db, load, table, tmp_path, steps, written_as, name, category
):
    own = tmp_path / "own.toml"
    own.write_text(NAMED)

    load(table([nola("A1", Beat=written_as)]), own)

    found = Territory.objects.get(code=steps()[0].place)
    assert (found.name, found.category) == (name, category)


def test_a_name_that_several_places_have_is_told_as_such(db, load, table, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(NAMED)

    _, [rejected] = load(table([nola("A1", Beat="с. Іванівка")]), own)

    assert rejected["code"] == "several-places"


def test_a_trial_refuses_the_same_lines_and_keeps_nothing(db, load, table, written):
    totals, [rejected] = load(table([nola("A1"), nola("A2", TimeCreate="x")]), "new-orleans", keep=False)

    assert (totals.loaded, totals.rejected, rejected["code"]) == (1, 1, "bad-time")
    assert written() == (0, 0)


def test_a_place_for_every_row_and_its_own_unit(db, load, table, tmp_path, steps):
    own = tmp_path / "own.toml"
    kyiv = "UA80000000000093317"
    own.write_text(
        OUTSIDE.replace('by = "code"\ncolumn = "PoliceDistrict"', f'by = "fixed"\ncode = "{kyiv}"')
    )

    totals, _ = load(table([nola("A1")]), own)

    assert totals.ways == {"fixed": 1}
    assert len(steps()) == 1
