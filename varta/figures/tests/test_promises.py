"""Promises that fell due in a period: which were kept by their day, by hand-made rows."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest

from varta.figures import Indicator, Period, PromisesKept
from varta.figures.engine import TOTAL, Question, ask, records
from varta.figures.tests.test_stocks import Files, at, row

PERIOD = Period(date(2019, 1, 1), date(2019, 10, 31))
TYPES = {"number": "BIGINT", "due": "DATE", "on": "DATE", "side": "VARCHAR"}
MADE, KEPT = "pact.promise", "pact.fulfil"


class Promises(Files):
    """The hand-made lake with the columns of promises."""

    def __init__(self, folder, rows):
        super().__init__(folder, rows)
        for step, found in rows.items():
            listed = [{name: one.get(name) for name in self.columns(step)} for one in found]
            typed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in self.columns(step).items())
            table = duckdb.from_arrow(pa.Table.from_pylist(listed))
            table.select(typed).write_parquet(str(folder / f"{step}.parquet"))

    def columns(self, folder):
        return (
            {"case": "UUID", "at": "TIMESTAMP", "place_pre": "INTEGER"}
            | TYPES
            | {"unit": "VARCHAR", "unit_pre": "INTEGER"}
        )


def indicator(**more):
    text = {"uk": "x", "en": "x"}
    measure = PromisesKept(MADE, KEPT, **more)
    return Indicator("X", text, text, measure, text, "more", "test", date(2027, 1, 1), percent=True)


def made(case, number, due, side="police"):
    return row(case, at(2019, 1, 5), number=number, due=due, side=side)


def kept(case, number, on):
    return row(case, at(2019, 2, 5), number=number, on=on)


def total(folder, rows, **more):
    one = ask(Promises(folder, rows), [indicator(**more)], Question(PERIOD, "oblast")).total
    return one.values["X"][0]


def test_a_promise_kept_on_its_last_day_is_kept_and_one_a_day_later_is_not(tmp_path):
    rows = {
        MADE: [made(1, 1, date(2019, 3, 1)), made(1, 2, date(2019, 3, 1))],
        KEPT: [kept(1, 1, date(2019, 3, 1)), kept(1, 2, date(2019, 3, 2))],
    }

    value = total(tmp_path, rows)

    assert (value.number, value.base) == (0.5, 2)


def test_a_promise_that_nobody_kept_counts(tmp_path):
    assert total(tmp_path, {MADE: [made(1, 1, date(2019, 3, 1))]}).number == 0


def test_promises_of_other_numbers_and_cases_do_not_keep_it(tmp_path):
    rows = {
        MADE: [made(1, 1, date(2019, 3, 1))],
        KEPT: [kept(1, 2, date(2019, 2, 1)), kept(2, 1, date(2019, 2, 1))],
    }

    assert total(tmp_path, rows).number == 0


@pytest.mark.parametrize(("due", "counted"), [(date(2019, 10, 31), 1), (date(2019, 11, 1), None)])
def test_a_promise_counts_in_the_period_of_its_last_day(tmp_path, due, counted):
    value = total(tmp_path, {MADE: [made(1, 1, due)]})

    assert value.base == counted


def test_each_side_is_counted_apart(tmp_path):
    rows = {
        MADE: [made(1, 1, date(2019, 3, 1)), made(1, 2, date(2019, 3, 1), side="hromada")],
        KEPT: [kept(1, 1, date(2019, 2, 1))],
    }

    assert total(tmp_path, rows, where="f.side = 'police'").number == 1
    assert total(tmp_path, rows, where="f.side = 'hromada'").number == 0


def test_the_cases_behind_the_figure_are_those_of_the_promises(tmp_path):
    rows = {MADE: [made(1, 1, date(2019, 3, 1)), made(2, 1, date(2019, 11, 1))]}

    found = records(Promises(tmp_path, rows), indicator(), Question(PERIOD, "oblast"), TOTAL)

    assert [case.int for case in found.cases] == [1]
