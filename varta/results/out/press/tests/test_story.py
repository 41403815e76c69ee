"""The story of the autumn of 2019, from records to the statement that the press office publishes."""

from datetime import UTC, date, datetime

import pytest

from tests import databases
from varta.figures import Period
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.officers.demo import making
from varta.people.scope import Reader, reading
from varta.results.freezing import freeze
from varta.results.out.press.shipped import PROGRAMME
from varta.results.out.press.statement import write
from varta.results.pack import of_frozen
from varta.results.report import Asked

SYSTEM = Reader.system()
NOW = datetime(2019, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def pack(committed_db, tmp_path, monkeypatch):
    """Freeze the programme as it was on 31 October 2019, counted from the demonstration's records."""
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    for chapter in making.chapters(NOW):
        making.write(chapter)
    with reading(SYSTEM):
        dimensions.write()
    databases.settle()
    refresh(NOW)
    asked = Asked(Period(date(2019, 1, 1), date(2019, 10, 31)), "oblast")
    with reading(SYSTEM):
        return of_frozen(freeze(asked, name="programme", chapters=("programme",), by=SYSTEM, at=NOW))


def test_seven_regions_33_officers_48_interns_and_173_in_training_in_both_languages(pack):
    made = write(PROGRAMME.uk, PROGRAMME.en, pack)
    uk, en = (made.text(language).replace("\u00a0", " ") for language in ("uk", "en"))

    assert "Станом на 31 жовтня 2019 року" in uk and "діє в 7 регіонах України" in uk
    assert "У громадах Дніпропетровської області служать 33 поліцейські офіцери." in uk
    assert "48 осіб проходять стажування" in uk
    assert "державних університетах внутрішніх справ проходять 173 особи." in uk
    assert (
        "works in 7 regions of Ukraine. In the hromadas of Dnipropetrovsk oblast 33 officers are serving"
        in en
    )
    assert "48 people are on internship" in en and "173 people are in special training" in en
