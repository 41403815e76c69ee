"""The demonstration tells the autumn of 2019 as it was published, from entries."""

from datetime import UTC, date, datetime

import pytest

from varta.officers import queries
from varta.officers.demo import making
from varta.officers.models import Stay
from varta.people.demo import HROMADA, OBLAST
from varta.people.scope import Reader, reading

DAY = date(2019, 10, 31)


@pytest.fixture
def told(db) -> Reader:
    now = datetime(2019, 11, 1, 12, tzinfo=UTC)
    made = [making.write(chapter) for chapter in making.chapters(now)]
    assert [one.refused for one in made if one.refused] == []
    again = [making.write(chapter) for chapter in making.chapters(now)]
    assert sum(one.written for one in again) == 0
    return Reader.system()


def test_the_figures_of_31_october_2019(told):
    with reading(told):
        by_stage = queries.counts(told, DAY, by=("oblast", "stage"))
        by_university = queries.counts(told, DAY, by=("university", "stage"))
        regions = {place for (place, stage) in by_stage if stage != Stay.Stage.LEFT}

    assert len(regions) == 7
    assert [by_stage[OBLAST, stage] for stage in ("serving", "internship", "training")] == [33, 48, 173]
    assert sum(many for (_, stage), many in by_stage.items() if stage == "training") == 173
    assert by_university["NPU-PS-DDUVS", "training"] + by_university["NPU-PS-LDUVS", "training"] == 173


def test_the_launch_of_may_2019(told):
    with reading(told):
        assert sum(queries.serving(told, date(2019, 5, 28)).values()) == 0
        served = queries.serving(told, date(2019, 5, 29))

    assert sum(served.values()) == 34
    assert served[HROMADA] == 1


def test_each_hromada_with_an_officer_has_a_memorandum(told):
    with reading(told):
        assert queries.serving(told, DAY).keys() <= queries.willing(told, DAY).keys()
