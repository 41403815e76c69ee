"""Stocks on a day: what state each case was in, by hand-made rows."""

import random
from datetime import UTC, date, datetime, timedelta

import duckdb
import pyarrow as pa
import pytest

from varta.figures import Covered, Indicator, Move, PeoplePer, Period, Stock
from varta.figures.engine import TOTAL, Question, ask, records

DAY = date(2019, 10, 31)
COLUMNS = {
    "case": "UUID",
    "at": "TIMESTAMP",
    "place_pre": "INTEGER",
    "unit": "VARCHAR",
    "unit_pre": "INTEGER",
    "since": "DATE",
    "hromada": "VARCHAR",
}
PLACES = [  # pre, pre_end, code, level, oblast, hromada, population, valid_from, valid_to
    (0, 99, "UA", 0, None, None, None, None, None),
    (10, 19, "A", 1, "A", None, None, None, None),
    (11, 12, "A1", 3, "A", "A1", 6000, None, None),
    (13, 14, "A2", 3, "A", "A2", 3000, None, None),
    (15, 16, "A3", 3, "A", "A3", 500, date(2019, 6, 1), None),
    (20, 29, "B", 1, "B", None, None, None, None),
    (21, 22, "B1", 3, "B", "B1", None, None, None),
    (23, 24, "B2", 3, "B", "B2", 900, None, date(2019, 10, 31)),
]
NAMES = ("pre", "pre_end", "code", "level", "oblast", "hromada", "population", "valid_from", "valid_to")
MOVES = (
    Move("way.train", "training"),
    Move("way.appoint", "serving", day="since", place="hromada"),
    Move("way.leave", "away"),
    Move("way.back", "serving"),
    Move("way.dismiss", "gone"),
)
SERVING = Stock("serving", MOVES)


class Files:
    """A lake of hand-made rows."""

    def __init__(self, folder, rows):
        self.folder, self.rows = folder, rows
        for step, found in rows.items():
            table = pa.Table.from_pylist([{name: row.get(name) for name in COLUMNS} for row in found])
            typed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in COLUMNS.items())
            duckdb.from_arrow(table).select(typed).write_parquet(str(folder / f"{step}.parquet"))
        places = [dict(zip(NAMES, place, strict=True)) for place in PLACES]
        for one in places:
            one |= {"country": "UA", "raion": None, "uk": one["code"], "en": one["code"]}
            one["sort_key"] = one["code"]
        duckdb.from_arrow(pa.Table.from_pylist(places)).write_parquet(str(folder / "places.parquet"))

    def files(self, folder, first="", last="9999-12"):
        return [str(self.folder / f"{folder}.parquet")] if self.rows.get(folder) else []

    def columns(self, folder):
        return COLUMNS

    def dimension(self, name):
        return str(self.folder / f"{name}.parquet")


def indicator(measure):
    text = {"uk": "x", "en": "x"}
    return Indicator("X", text, text, measure, text, "neither", "test", date(2027, 1, 1))


def row(case, moment, place=10, **more):
    return {"case": f"{case:032x}", "at": moment, "place_pre": place, "unit": "u", "unit_pre": 1} | more


def at(*day, hour=9):
    return datetime(*day, hour, tzinfo=UTC).replace(tzinfo=None)


def counted(tmp_path, measure, rows, *, level="oblast", places=None, day=DAY):
    found = ask(
        Files(tmp_path, rows), [indicator(measure)], Question(Period(date(2019, 1, 1), day), level, places)
    )
    return {one.code: one.values["X"] for one in (*found.rows, found.total)}


def numbers(found):
    return {code: now.number for code, (now, _before) in found.items()}


def test_a_case_is_in_the_state_of_its_last_move_up_to_the_day(tmp_path):
    rows = {
        "way.train": [row(1, at(2019, 2, 1)), row(2, at(2019, 2, 1))],
        "way.appoint": [
            row(1, at(2019, 5, 28), since=date(2019, 5, 29), hromada="A1"),
            row(2, at(2019, 10, 30), since=date(2019, 11, 1), hromada="A1"),
        ],
    }

    assert numbers(counted(tmp_path, SERVING, rows)) == {"A": 1, "B": 0, TOTAL: 1}
    assert numbers(counted(tmp_path, Stock("training", MOVES), rows)) == {"A": 1, "B": 0, TOTAL: 1}


def test_who_left_and_came_back_serves_where_he_served(tmp_path):
    rows = {
        "way.appoint": [row(1, at(2019, 5, 28), since=date(2019, 5, 29), hromada="B1")],
        "way.leave": [row(1, at(2019, 7, 1))],
        "way.back": [row(1, at(2019, 8, 1))],
    }

    assert numbers(counted(tmp_path, SERVING, rows)) == {"A": 0, "B": 1, TOTAL: 1}
    assert numbers(counted(tmp_path, SERVING, rows, day=date(2019, 7, 15)))[TOTAL] == 0


@pytest.mark.parametrize(
    ("minute", "serving"), [(datetime(2019, 10, 31, 21, 59), 0), (datetime(2019, 10, 31, 22), 1)]
)
def test_the_day_ends_at_midnight_in_kyiv(tmp_path, minute, serving):
    rows = {
        "way.appoint": [row(1, at(2019, 5, 28), since=date(2019, 5, 29), hromada="A1")],
        "way.dismiss": [row(1, minute)],
    }

    assert numbers(counted(tmp_path, SERVING, rows))[TOTAL] == serving


def test_an_appointment_counts_on_its_first_day_even_if_entered_later(tmp_path):
    rows = {"way.appoint": [row(1, at(2019, 11, 9), since=DAY, hromada="A1")]}

    assert numbers(counted(tmp_path, SERVING, rows))[TOTAL] == 1


def test_the_year_before_is_the_state_a_year_before(tmp_path):
    rows = {
        "way.appoint": [row(n, at(2018, 5, 28), since=date(2018, 5, 29), hromada="A1") for n in (1, 2)],
        "way.dismiss": [row(1, at(2019, 1, 5))],
    }

    now, before = counted(tmp_path, SERVING, rows)[TOTAL]

    assert (now.number, before.number) == (1, 2)


def test_covered_is_a_share_of_the_hromadas_of_that_day(tmp_path):
    appointed = [row(n, at(2019, 5, 28), since=date(2019, 5, 29), hromada="A1") for n in (1, 2)]

    found = counted(tmp_path, Covered(SERVING), {"way.appoint": appointed})
    earlier = counted(tmp_path, Covered(SERVING), {"way.appoint": appointed}, day=date(2019, 5, 31))

    assert numbers(found) == {"A": pytest.approx(1 / 3), "B": 0, TOTAL: pytest.approx(1 / 4)}
    assert (found["B"][0].base, earlier["B"][0].base, earlier["A"][0].base) == (1, 2, 2)


def test_cover_by_units_is_unknown(tmp_path):
    files = Files(tmp_path, {"way.appoint": [row(1, at(2019, 5, 28), since=DAY, hromada="A1")]})
    units = [{"pre": 1, "pre_end": 1, "code": "u", "directorate": "u", "uk": "u", "en": "u", "sort_key": "u"}]
    duckdb.from_arrow(pa.Table.from_pylist(units)).write_parquet(str(tmp_path / "units.parquet"))
    question = Question(Period(date(2019, 1, 1), DAY), "unit")

    found = ask(files, [indicator(Covered(SERVING))], question)

    assert found.total.values["X"][0].state == "unknown"


def test_people_per_officer_are_those_of_the_hromadas_with_one(tmp_path):
    appointed = [
        row(n, at(2019, 5, 28), since=date(2019, 5, 29), hromada=code)
        for n, code in enumerate(("A1", "A1", "A2"))
    ]

    found = counted(tmp_path, PeoplePer(SERVING), {"way.appoint": appointed})

    assert numbers(found) == {"A": 3000, "B": None, TOTAL: 3000}


def test_people_per_officer_are_unknown_where_a_hromadas_people_are(tmp_path):
    appointed = [
        row(n, at(2019, 5, 28), since=date(2019, 5, 29), hromada=code) for n, code in enumerate(("A1", "B1"))
    ]

    found = counted(tmp_path, PeoplePer(SERVING), {"way.appoint": appointed})

    assert numbers(found) == {"A": 6000, "B": None, TOTAL: None}


def test_a_report_of_one_oblast_counts_whoever_serves_in_it(tmp_path):
    appointed = [
        row(n, at(2019, 5, 28), 21, since=date(2019, 5, 29), hromada=code)
        for n, code in enumerate(("A1", "B1"))
    ]

    found = counted(tmp_path, SERVING, {"way.appoint": appointed}, places=(10, 19))

    assert numbers(found) == {"A": 1, TOTAL: 1}


def test_the_records_behind_a_stock_are_the_cases_in_the_state(tmp_path):
    rows = {
        "way.appoint": [
            row(n, at(2019, 5, 28), since=date(2019, 5, 29), hromada="A1") for n in (1, 2)
        ],
        "way.dismiss": [row(1, at(2019, 7, 5))],
    }  # fmt: skip
    question = Question(Period(date(2019, 1, 1), DAY), "oblast")

    found = records(Files(tmp_path, rows), indicator(SERVING), question, TOTAL)

    assert (found.count, [case.int for case in found.cases]) == (1, [2])


@pytest.mark.parametrize("seed", range(5))
def test_random_ways_give_what_plain_python_counts(tmp_path, seed):
    chance = random.Random(seed)
    rows = {move.step: [] for move in MOVES}
    state, places = {}, {}
    for case in range(300):
        moment = datetime(2018, 1, 1) + timedelta(minutes=chance.randrange(365 * 1440))
        while moment < datetime(2020, 6, 1) and chance.random() < 0.85:
            move = chance.choice(MOVES)
            hromada = chance.choice(("A1", "A2", "B1"))
            rows[move.step].append(row(case, moment, 23, since=moment.date(), hromada=hromada))
            if moment < datetime(2019, 10, 31, 22):
                state[case] = move.state
                places[case] = hromada if move.place else places.get(case, "B2")
            moment += timedelta(minutes=chance.randrange(2 * 1440, 200 * 1440))

    found = numbers(counted(tmp_path, SERVING, rows))

    serving = [places[case][0] for case, now in state.items() if now == "serving"]
    assert found == {"A": serving.count("A"), "B": serving.count("B"), TOTAL: len(serving)}
