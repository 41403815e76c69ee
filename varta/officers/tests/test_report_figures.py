"""The figures of a report: those of the lake, hidden where they are small, also by subtraction; and the wall in SQL."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tests import databases
from varta.cases.bulk import Row, take_many
from varta.cases.tests.conftest import CALL
from varta.figures import Period
from varta.lib.uuid7 import uuid7_from
from varta.officers.hromada import counting, wording
from varta.officers.hromada.forms import suspicious
from varta.officers.tests.reporting import NOW, begun, counted, fill_lake, published
from varta.people.demo import HROMADA, OTHER_HROMADA, SECTOR
from varta.people.scope import Reader, reading
from varta.places.models import Territory
from varta.published.actions import keep

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


def calls(days: list[date], place: str = HROMADA) -> list[Row]:
    rows = []
    for nth, day in enumerate(days):
        at = datetime(day.year, day.month, day.day, 10, nth % 60, tzinfo=UTC)
        key = uuid7_from(at, "figures", place, nth)
        rows.append(Row(key, key, "call", "receive", at, NOW, CALL, place, SECTOR))
    return rows


@pytest.fixture
def told(committed_db, tmp_path, monkeypatch):
    """Tell of 7 calls of January, 3 of April and 2 of the year before, and of a neighbour's."""
    january = [date(2026, 1, 5)] * 7
    rows = calls([*january, *[date(2026, 4, 2)] * 3, *[date(2025, 2, 1)] * 2])
    done = take_many([*rows, *calls(january, OTHER_HROMADA)], by=Reader.system())
    assert not done.refused, done.refused[0].error
    databases.settle()
    fill_lake(tmp_path, monkeypatch)
    with reading(Reader.system()):
        yield Territory.objects.get(code=HROMADA)


def figure(found: counting.Figures, code: str, span: str = "now") -> dict:
    return next(row[span] for row in found["rows"] if row["code"] == code)


def test_figures_are_those_of_the_hromada_and_small_ones_are_hidden(told):
    found = counting.counted(told, HALF)

    assert figure(found, "C01") == {"number": 10.0, "state": "known"}
    assert figure(found, "C01", "before") == {"number": None, "state": "hidden"}
    assert figure(found, "C09") == {"number": 0.0, "state": "known"}
    assert figure(found, "C10") == {"number": None, "state": "unknown"}


def tell(found: counting.Figures, name: str) -> None:
    keep(
        name=name, kind="hromada", title={}, of=name, edition=1, shown={}, counts=counting.told(found, HROMADA),
        loss={}, by=None, at=NOW,
    )  # fmt: skip


def test_a_period_that_tells_a_small_count_by_subtraction_is_hidden(told):
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert figure(counting.counted(told, quarter), "C01")["number"] == 7

    tell(counting.counted(told, HALF), "half")

    assert figure(counting.counted(told, quarter), "C01")["state"] == "hidden"  # 10 - 7 = 3


def test_a_chain_of_overlapping_periods_tells_no_small_count(told):
    spring, winter = Period(date(2026, 2, 1), date(2026, 6, 30)), Period(date(2026, 1, 1), date(2026, 2, 28))
    tell(counting.counted(told, winter), "winter")  # 7 in January

    found = counting.counted(told, HALF)

    assert figure(found, "C01")["state"] == "hidden"  # 10 in the half-year, so 3 from March on
    assert figure(counting.counted(told, spring), "C01")["state"] == "hidden"


def test_the_same_period_told_twice_is_the_same_figure(told):
    tell(counting.counted(told, HALF), "half")

    assert figure(counting.counted(told, HALF), "C01")["number"] == 10


def test_figures_that_another_publication_has_overtaken_are_not_shown(told):
    quarter = counting.counted(told, Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert counting.withheld(quarter, told) == set()

    tell(counting.counted(told, HALF), "half")

    assert ("C01", "now") in counting.withheld(quarter, told)


def test_a_share_keeps_no_base_that_would_be_a_figure_of_its_own(told):
    assert set(figure(counting.counted(told, HALF), "C03")) == {"number", "state"}


def test_figures_are_read_as_they_were_written(told):
    found = counting.counted(told, HALF)

    assert counting.read(counting.written(found)) == found


@pytest.mark.parametrize(
    ("language", "said"), [("uk", "1 січня — 30 червня 2026 року"), ("en", "1 January – 30 June 2026")]
)
def test_a_period_is_said_in_words(language, said):
    assert wording.period(HALF.first, HALF.last, language) == said


@pytest.mark.parametrize("number", ["+380 00 123 45 67", "0001234567", "1234567890"])
def test_a_number_of_a_person_is_suspicious(number):
    assert list(suspicious({"done": f"Ганна, {number}."})) == [number]


@pytest.mark.parametrize("text", ["з 10:00 до 12:00", "у 2026 році 1 234 виклики", "01.01.2026-30.06.2026"])
def test_hours_days_and_counts_are_not(text):
    assert list(suspicious({"done": text})) == []


TABLES = ("officers_hromadareport", "officers_hromadaopinion", "officers_reportdraft")


@pytest.mark.parametrize("table", TABLES)
def test_the_wall_stands_for_the_owner_of_the_tables_too(db, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
        )
        assert cursor.fetchone() == (True, True)


def test_what_is_published_is_read_without_a_reader_and_drafts_are_not(andrii, db, tmp_path, monkeypatch):
    fill_lake(tmp_path, monkeypatch)
    case, officer = begun(andrii), Reader.of(andrii, on=NOW.date())
    with reading(officer):
        counted(case, officer)
        published(case, officer)
        again = NOW + timedelta(days=1)
        from varta.officers.hromada import actions

        actions.save_draft(case=case, content={"done": "Ще"}, by=officer, at=again)

    assert [count(table) for table in TABLES] == [1, 0, 0]


def test_a_stranger_publishes_nothing(andrii, maria, db):
    case = begun(andrii)
    with (
        reading(Reader.of(maria, on=NOW.date())),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO officers_hromadaopinion (\"case\", mark, decision, given_at) VALUES (%s, 'good', '', now())",
            [case.key],
        )


@pytest.mark.parametrize("table", TABLES[:2])
def test_a_published_row_is_never_updated(db, table):
    with reading(Reader.system()), pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE {table} SET "case" = "case"')


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]
