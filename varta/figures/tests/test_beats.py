"""Beats above the norm on a day, by hand-made rows."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest

from varta.figures import BeatsOverNorm, Indicator, Period
from varta.figures.engine import TOTAL, Question, ask, records
from varta.figures.tests.test_stocks import Files

DAY = date(2019, 10, 31)
NAMES = ("code", "place_pre", "people", "norm", "since", "until")
TYPES = ("VARCHAR", "INTEGER", "BIGINT", "BIGINT", "DATE", "DATE")
FIRST = date(2019, 1, 1)


def indicator():
    text = {"uk": "x", "en": "x"}
    return Indicator("X", text, text, BeatsOverNorm(), text, "less", "test", date(2027, 1, 1), percent=True)


def lake(folder, *beats):
    found = Files(folder, {})
    rows = [dict(zip(NAMES, ("b", *beat), strict=True)) for beat in beats]
    typed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in zip(NAMES, TYPES, strict=True))
    duckdb.from_arrow(pa.Table.from_pylist(rows)).select(typed).write_parquet(str(folder / "beats.parquet"))
    return found


def shares(folder, *beats, level="oblast"):
    found = ask(lake(folder, *beats), [indicator()], Question(Period(FIRST, DAY), level))
    return {one.code: one.values["X"][0].number for one in (*found.rows, found.total)}


def test_a_beat_at_the_norm_is_not_above_it_and_one_person_more_is(tmp_path):
    found = shares(tmp_path, (11, 6000, 6000, FIRST, None), (13, 6001, 6000, FIRST, None))

    assert found == {"A": 0.5, "B": None, TOTAL: 0.5}


def test_a_beat_whose_people_nobody_told_counts_in_neither_number(tmp_path):
    found = shares(tmp_path, (11, 9000, 7000, FIRST, None), (11, None, 7000, FIRST, None))

    assert found["A"] == 1


@pytest.mark.parametrize(("since", "until", "share"), [
    (DAY, None, 1), (date(2019, 11, 1), None, None), (FIRST, DAY, None), (FIRST, date(2019, 11, 1), 1),
])  # fmt: skip
def test_a_beat_counts_from_its_first_day_until_the_day_without_it(tmp_path, since, until, share):
    assert shares(tmp_path, (11, 9000, 7000, since, until))["A"] == share


def test_units_have_no_beats_and_the_whole_has(tmp_path):
    found = lake(tmp_path, (11, 9000, 7000, FIRST, None))
    columns = "'u' AS code, 'u' AS directorate, 'u' AS uk, 'u' AS en, 'u' AS sort_key, 1 AS pre, 1 AS pre_end"
    duckdb.sql(f"SELECT {columns}").write_parquet(str(tmp_path / "units.parquet"))

    answer = ask(found, [indicator()], Question(Period(FIRST, DAY), "directorate"))

    assert [row.values["X"][0].state for row in answer.rows] == ["unknown"]
    assert answer.total.values["X"][0].number == 1


def test_no_case_lies_behind_the_figure(tmp_path):
    found = records(
        lake(tmp_path, (11, 9, 7, FIRST, None)), indicator(), Question(Period(FIRST, DAY), "oblast"), TOTAL
    )

    assert (found.count, found.cases) == (0, ())
