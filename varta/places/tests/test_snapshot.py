"""The hromadas of a day: which existed, whose settlements they were, what held of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from varta.places import dated, hromadas, snapshot
from varta.places.models import Beat, Territory

ROOT = "XX"
HEAD = "code,parent,name,category,lat,lon,population,population_on\n"
ABOVE = "O,,Область,state,,,,\nR,O,Район,county,,,,\n"
OLD = (
    ABOVE
    + "H1,R,Берегова,H,,,,\nS1,H1,Берег,M,50.0,30.0,4000,2022-01-01\nS2,H1,Яр,C,50.1,30.1,,\n"
    + "H2,R,Степова,H,,,,\nS3,H2,Степ,C,49.0,31.0,700,2022-01-01\nS4,H2,Гай,C,49.1,31.1,900,2022-01-01\n"
    + "H3,R,Лісова,H,,,1500,2022-01-01\nS5,H3,Ліс,C,,,,\n"
)
# From 2025 on H2 has joined H1.
MERGED = OLD.replace("H2,R,Степова,H,,,,\n", "").replace(",H2,", ",H1,")
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


@pytest.fixture
def merged(load: Callable[..., object]) -> None:
    load(HEAD + OLD)
    load(HEAD + MERGED, as_of="2025-01-01")


@pytest.fixture
def say(db, file_of: Callable[..., Path], tmp_path: Path) -> Callable[[str], None]:
    def run(lines: str) -> None:
        file = file_of("code,kind,since,until,source\n" + lines, "facts.csv")
        assert not dated.load_facts(file, reject=tmp_path / "rejected.csv").rejected

    return run


def at(day: date, **more) -> snapshot.Snapshot:
    return snapshot.on(day, root=ROOT, **more)


def homes(found: snapshot.Snapshot) -> dict[str, str]:
    """Return the hromada of each settlement."""
    names = dict(Territory.objects.values_list("pre", "code"))
    return {
        names[pre]: found.hromadas[row].code
        for pre, row in zip(found.pre.tolist(), found.area.tolist(), strict=True)
    }


def test_a_hromada_that_joined_another_is_there_until_the_day_before(merged):
    assert {one.code for one in at(BEFORE).hromadas} == {"H1", "H2", "H3"}
    assert {one.code for one in at(AFTER).hromadas} == {"H1", "H3"}


def test_settlements_belong_on_each_day_to_the_hromada_of_that_day(merged):
    assert homes(at(BEFORE)) == {"S1": "H1", "S2": "H1", "S3": "H2", "S4": "H2", "S5": "H3"}
    assert homes(at(AFTER)) == {"S1": "H1", "S2": "H1", "S3": "H1", "S4": "H1", "S5": "H3"}


def test_a_day_before_the_first_list_is_shown_by_it_and_says_so(merged):
    first, later = at(date(2019, 10, 31)), at(AFTER)

    assert (first.listed_on, first.first_list, len(first.hromadas)) == (None, date(2024, 1, 1), 3)
    assert later.listed_on == date(2025, 1, 1)


def test_a_hromada_that_was_absent_for_a_while_is_absent_on_those_days_only(merged, load):
    load(HEAD + OLD, as_of="2026-01-01")

    there = {
        day: "H2" in at(date.fromisoformat(day)).row_of for day in ("2024-12-31", "2025-06-01", "2026-01-01")
    }

    assert there == {"2024-12-31": True, "2025-06-01": False, "2026-01-01": True}


def test_occupied_on_one_day_and_not_on_another(load, say):
    load(HEAD + OLD)
    say("H1,occupied,2024-03-01,2024-09-01,s\n")

    marks = {
        day: at(date.fromisoformat(day)).hromadas[0]
        for day in ("2024-02-29", "2024-03-01", "2024-08-31", "2024-09-01")
    }

    assert [one.mark for one in marks.values()] == ["", "occupied", "occupied", ""]
    assert [one.counts for one in marks.values()] == [True, False, False, True]


def test_what_holds_of_a_raion_holds_of_its_hromadas_and_occupied_goes_before_front_line(load, say):
    load(HEAD + OLD)
    say("R,front_line,2024-01-01,,s\nH2,occupied,2024-01-01,,s\n")

    found = at(AFTER)

    marks = {one.code: one.mark for one in found.hromadas}
    assert marks == {"H1": "front_line", "H2": "occupied", "H3": "front_line"}
    assert len(found.facts) == 2


def test_a_hromada_of_which_a_part_is_occupied_counts_and_is_marked_as_such(load, say):
    load(HEAD + OLD)
    say("S2,occupied,2024-01-01,,s\n")

    one = at(AFTER).hromadas[at(AFTER).row_of["H1"]]

    assert (one.mark, one.partly, one.counts) == ("", True, True)


def test_unknown_people_and_points_are_not_numbers(load):
    load(HEAD + OLD)

    found = at(AFTER)

    known = dict(zip(homes(found), zip(found.people, found.points[:, 0], strict=True), strict=True))
    assert known["S1"] == (4000, 50.0)
    assert np.isnan(known["S2"][0]) and np.isnan(known["S5"]).all()
    assert found.hromadas[found.row_of["H1"]].population is None
    assert found.hromadas[found.row_of["H3"]].population == 1500


def test_officers_stand_at_the_centre_else_at_the_largest_settlement_with_a_point_else_nowhere(load, file_of):
    load(HEAD + OLD)
    hromadas.load(
        file_of("code,center_code,center_lat,center_lon,population_2022\nH1,S2,50.1,30.1,5000\n", "h.csv")
    )

    found = at(AFTER)

    by = {one.code: (one.point, one.point_by) for one in found.hromadas}
    assert by == {"H1": ((50.1, 30.1), "centre"), "H2": ((49.1, 31.1), "largest"), "H3": (None, "")}
    assert np.isnan(found.posts[found.row_of["H3"]]).all()


def test_a_hromada_knows_whether_it_holds_a_city(load):
    load(HEAD + OLD)

    assert {one.code: one.has_city for one in at(AFTER).hromadas} == {"H1": True, "H2": False, "H3": False}


def test_within_an_interval_there_is_only_what_lies_in_it(load):
    load(HEAD + OLD)
    row = Territory.objects.get(code="H2")

    found = at(AFTER, within=(row.pre, row.pre_end))

    assert [one.code for one in found.hromadas] == ["H2"]
    assert set(homes(found)) == {"S3", "S4"}


def test_a_country_that_is_not_loaded_has_no_hromadas(db):
    found = at(AFTER)

    assert (found.hromadas, len(found.area), found.first_list) == ([], 0, None)


def test_ukraine_has_1469_hromadas_that_count_and_crimea_apart(db):
    found = snapshot.on(AFTER)

    assert len(found.hromadas) == 1772
    assert sum(one.counts for one in found.hromadas) == 1469
    assert {one.oblast[:4] for one in found.hromadas if not one.counts} == {"UA01"}


def test_people_of_a_beat_are_stated_or_at_least_those_of_its_settlements(load, file_of, tmp_path):
    load(HEAD + OLD)
    lines = ("B1,H2,Перша,rural,,6500", "B2,H2,Друга,rural,S3 S4,", "B3,H1,Третя,rural,S2,")
    head = "code,hromada,name,kind,places,population,since,source\n"
    file = file_of(head + "".join(f"{line},2024-01-01,s\n" for line in lines), "beats.csv")
    dated.load_beats(file, reject=tmp_path / "r.csv")

    row = Territory.objects.get(code="H1")
    codes = dict(Beat.objects.values_list("pk", "code"))
    found = [(codes[one.pk], one.people, one.whole) for one in snapshot.beats(AFTER)]

    assert sorted(found) == [("B1", 6500, True), ("B2", 1600, False), ("B3", None, False)]
    assert [codes[one.pk] for one in snapshot.beats(AFTER, within=(row.pre, row.pre_end))] == ["B3"]
    assert snapshot.beats(date(2023, 12, 31)) == []
