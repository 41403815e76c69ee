"""G01 to G04 over the lake, against counts of stays: two ways from the same entries."""

from datetime import UTC, date, datetime

import pytest

from tests import databases
from varta.figures import Period
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.officers import queries
from varta.officers.demo import making
from varta.people.demo import OBLAST
from varta.people.scope import Reader, reading
from varta.places.models import Territory
from varta.places.queries import in_force
from varta.results.report import Asked, make

NOW = datetime(2020, 9, 30, 12, tzinfo=UTC)
DAYS = (date(2019, 5, 28), date(2019, 10, 31), date(2020, 3, 15), date(2020, 9, 30))
STAGES = {
    "G01": "serving",
    "G02-CANDIDATE": "candidate",
    "G02-TRAINING": "training",
    "G02-INTERNSHIP": "internship",
}


@pytest.fixture
def told(committed_db, tmp_path, monkeypatch):
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    for chapter in making.chapters(NOW):
        assert not making.write(chapter).refused
    with reading(Reader.system()):
        dimensions.write()
    databases.settle()
    refresh(NOW)
    with reading(Reader.system()) as system:
        yield system


def figures(reader, day, *codes, level="oblast"):
    report = make(Asked(Period(date(2019, 1, 1), day), level, codes=codes), reader=reader)
    return {
        line.code: {code: line.cells[code].now for code in codes} for line in (*report.lines, report.total)
    }


def stays(reader, day, stage, by):
    found = queries.counts(reader, day, by=(by, "stage"))
    return {code: people for (code, held), people in found.items() if held == stage}


def test_what_the_lake_counts_is_what_stays_hold_on_any_day_and_level(told):
    found = figures(told, date(2019, 10, 31), *STAGES)

    assert {code: found[OBLAST][code].number for code in STAGES} == {
        "G01": 33,
        "G02-CANDIDATE": 11,
        "G02-TRAINING": 173,
        "G02-INTERNSHIP": 48,
    }

    for day in DAYS:  # one story in the lake serves all that is compared
        for level in ("oblast", "hromada"):
            shown = figures(told, day, *STAGES, level=level)
            for code, stage in STAGES.items():
                counted = {place: cells[code].number for place, cells in shown.items() if cells[code].number}
                by_stays = stays(told, day, stage, level)
                assert {place: people for place, people in counted.items() if place != "*"} == by_stays
                assert counted.get("*", 0) == sum(by_stays.values())

    covered = figures(told, NOW.date(), "G03", "G04")["*"]
    serving = queries.serving(told, NOW.date())
    standing = Territory.objects.filter(in_force(NOW.date()), level=Territory.HROMADA).count()
    assert covered["G03"].number == pytest.approx(len(serving) / standing)
    people = Territory.objects.filter(code__in=serving).values_list("population", flat=True)
    known = None not in people
    assert covered["G04"].number == (pytest.approx(sum(people) / sum(serving.values())) if known else None)
