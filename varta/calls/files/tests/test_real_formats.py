"""The formats that come with Varta: what each line becomes."""

import csv
import gzip
from collections import Counter
from pathlib import Path

from varta.calls.files import mapping
from varta.calls.files.tests.conftest import nola
from varta.cases.models import Case
from varta.people.scope import Reader, reading

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "calls" / "montgomery.csv"
SMALL = Path(__file__).parent / "montgomery.csv"
MONTGOMERY = SHARED if SHARED.exists() else SMALL


def test_every_mapping_that_comes_with_varta_is_whole():
    assert mapping.names() == ["montgomery", "new-orleans", "seattle"]
    for name in mapping.names():
        assert mapping.find(name).source == name


def test_a_file_without_header_loads_whole_and_once(db, load, written):
    lines = list(csv.reader(MONTGOMERY.open(encoding="utf-8")))

    first, _ = load(MONTGOMERY, "montgomery")
    again, _ = load(MONTGOMERY, "montgomery")

    assert (first.loaded, first.rejected) == (len(lines), 0)
    assert (again.loaded, again.there) == (0, len(lines))
    assert written() == (len(lines), len(lines))


def test_townships_are_counted_as_the_file_has_them(db, load):
    wanted = Counter(line[4].title() for line in csv.reader(MONTGOMERY.open(encoding="utf-8")))
    load(MONTGOMERY, "montgomery")

    with reading(Reader.system()):
        found = Counter(Case.objects.values_list("place__name_en", flat=True))

    counties = {"Chester County", "Bucks County", "Berks County", "Delaware County"}
    assert found["Abington"] == wanted["Abington"]
    assert all(found[name] == wanted[name] for name in wanted if name not in {"Phila County"} | counties)
    assert sum(found.values()) == sum(wanted.values())


def test_what_montgomery_does_not_record_is_said_to_be_unknown(db, load, steps):
    load(MONTGOMERY, "montgomery", limit=3)

    for entry in steps():
        assert entry.step == "receive"
        assert entry.data["unrecorded"] == ["assign", "arrive", "close", "false_call"]
        assert entry.data["category"] == "unknown"


def test_a_line_of_new_orleans_becomes_four_steps(db, load, steps, table):
    totals, _ = load(table([nola("C1000118")]), "new-orleans")

    receive, assign, arrive, close = steps()
    assert totals.entries == 4
    assert [one.step for one in (receive, assign, arrive, close)] == ["receive", "assign", "arrive", "close"]
    assert receive.at.isoformat() == "2018-03-05T16:00:00+00:00"  # Chicago is six hours behind in winter
    assert (receive.data["category"], receive.data["kind"]) == ("beta", "domestic_violence")
    assert (close.data["outcome"], close.data["confirmed"]) == ("resolved", True)
    assert receive.place == "NOLA-4"


def test_an_older_year_with_other_names_and_times_loads_too(db, load, steps, table):
    line = nola(
        "A0000111", TimeCreate="2011-01-01T00:00:20.000", TimeDispatch="", TimeArrive="", TimeClosed=""
    )
    line["Type"], line["TimeArrival"] = line.pop("Type_"), line.pop("TimeArrive")

    load(table([line]), "new-orleans")

    assert [one.step for one in steps()] == ["receive"]


def test_district_zero_is_counted_for_the_whole_city(db, load, table):
    totals, _ = load(table([nola("A1", PoliceDistrict="0"), nola("A2", PoliceDistrict="")]), "new-orleans")
    assert totals.ways == {"fixed": 2}


def test_a_packed_file_loads_as_the_plain_one(db, load, table, written):
    plain = table([nola("A1"), nola("A2", SelfInitiated="Y")])
    packed = plain.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    load(plain, "new-orleans")
    totals, _ = load(packed, "new-orleans")

    assert (totals.loaded, totals.there) == (0, 2)
    assert written() == (2, 8)


OLDER = {
    "CAD Event Number": "19000000001",
    "Event Clearance Description": "REPORT WRITTEN (NO ARREST)",
    "Call Type": "911",
    "Priority": "2",
    "Initial Call Type": "DIST - DV - NO ASLT",
    "Final Call Type": "--DV - ARGUMENTS, DISTURBANCE (NO ARREST)",
    "Original Time Queued": "06/01/2019 01:15:00 PM",
    "Arrived Time": "06/01/2019 01:30:00 PM",
    "Precinct": "NORTH",
    "Sector": "LINCOLN",
    "Beat": "L1",
}


def test_an_older_line_of_seattle_has_no_sending_and_no_end(db, load, steps, table):
    load(table([OLDER]), "seattle")

    receive, arrive = steps()
    assert (receive.step, arrive.step) == ("receive", "arrive")
    assert set(receive.data["unrecorded"]) == {"assign", "close", "false_call"}
    assert receive.at.isoformat() == "2019-06-01T20:15:00+00:00"
    assert receive.data["kind"] == "domestic_violence"


def test_arrival_in_1900_is_no_arrival(db, load, steps, table):
    load(table([OLDER | {"Arrived Time": "01/01/1900 12:00:00 AM"}]), "seattle")
    assert [one.step for one in steps()] == ["receive"]


def test_further_crews_of_a_newer_line_of_seattle_are_the_same_call(db, load, steps, table):
    newer = {
        "CAD Event Number": "2024000000001",
        "CAD Event Clearance Description": "ASSISTANCE RENDERED",
        "Call Type": "911",
        "Priority": "1",
        "Initial Call Type": "FIGHT - JO",
        "Final Call Type": "FIGHT DISTURBANCE",
        "CAD Event Original Time Queued": "2024 Jun 01 01:15:00 PM",
        "CAD Event Arrived Time": "2024 Jun 01 01:20:00 PM",
        "Dispatch Precinct": "WEST",
        "Dispatch Sector": "KING",
        "Call Sign Dispatch ID": "K1",
        "First SPD Call Sign Dispatch Time": "2024 Jun 01 01:16:00 PM",
        "Last SPD Call Sign In-Service Time": "2024 Jun 01 02:00:00 PM",
    }

    totals, _ = load(table([newer, newer | {"Call Sign Dispatch ID": "K2"}]), "seattle")

    assert (totals.loaded, totals.there) == (1, 1)
    assert [one.step for one in steps()] == ["receive", "assign", "arrive", "close"]
