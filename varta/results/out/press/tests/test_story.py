"""The story of the autumn of 2019, from records to the statement that the press office publishes."""

from datetime import UTC, datetime

import pytest

from tests import databases
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.officers.demo import making
from varta.people.scope import Reader, reading
from varta.results.out.press import actions, demo, queries

SYSTEM = Reader.system()
NOW = datetime(2019, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def records(committed_db, tmp_path, monkeypatch):
    """Write the demonstration's records of the programme, and bring the lake up to them."""
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    for chapter in making.chapters(NOW):
        making.write(chapter)
    with reading(SYSTEM):
        dimensions.write()
    databases.settle()
    refresh(NOW)
    with reading(SYSTEM):
        yield


def test_seven_regions_33_officers_48_interns_and_173_in_training_in_both_languages(records):
    first, second = (demo.make(report="nine-months-2019") for _ in range(2))
    kept = queries.told().get()
    made = actions.statement_of(kept.content)
    uk, en = (made.text(language).replace("\u00a0", " ") for language in ("uk", "en"))

    assert (first, second, kept.report_id) == (1, 0, "programme-2019-10-31")
    assert "Станом на 31 жовтня 2019 року" in uk and "діє в 7 регіонах України" in uk
    assert "У громадах Дніпропетровської області служать 33 поліцейські офіцери." in uk
    assert "48 осіб проходять стажування" in uk
    assert "державних університетах внутрішніх справ проходять 173 особи." in uk
    assert (
        "works in 7 regions of Ukraine. In the hromadas of Dnipropetrovsk oblast 33 officers are serving"
        in en
    )
    assert "48 people are on internship" in en and "173 people are in special training" in en
