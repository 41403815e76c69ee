"""The engine's figures against a count by plain Python over the same hand-made rows."""

import random
from datetime import UTC, date, datetime, timedelta
from statistics import median
from uuid import NAMESPACE_OID, UUID, uuid5

import duckdb
import pyarrow as pa
import pytest

from varta.figures import (
    Count,
    Indicator,
    KeptInTerm,
    Period,
    PerPopulation,
    Quantile,
    Share,
    ShareWith,
    Unanswered,
)
from varta.figures.engine import Question, ask, ask_levels, records

PERIOD = Period(date(2019, 1, 1), date(2019, 9, 30))
BEFORE = PERIOD.year_before()
CALL = {
    "case": "VARCHAR",
    "at": "TIMESTAMP",
    "opened_at": "TIMESTAMP",
    "place_pre": "INTEGER",
    "unit_pre": "INTEGER",
}
COLUMNS = {
    "call.receive": CALL | {"unrecorded": "VARCHAR"},
    "call.assign": CALL,
    "call.arrive": CALL | {"late_from": "TIMESTAMP", "unit": "VARCHAR"},
    "call.close": CALL,
    "call.false_call": CALL,
    "appeal.receive": CALL | {"late_from_reply": "TIMESTAMP"},
    "appeal.reply": CALL,
    "appeal.forward": CALL,
    "appeal.extend": CALL,
}
PLACES = [  # pre, code, level, oblast, population
    (0, "UA", 0, None, None),
    (10, "UA-A", 1, "UA-A", 1000),
    (11, "UA-A-1", 4, "UA-A", None),
    (20, "UA-B", 1, "UA-B", None),
    (30, "UA-C", 1, "UA-C", 500),
]


class Files:
    """A lake of hand-made rows in a folder."""

    def __init__(self, folder, rows):
        self.folder, self.rows = folder, rows
        for name, found in rows.items():
            self._put(name, found, COLUMNS[name])
        names = ("pre", "code", "level", "oblast", "population")
        places = [dict(zip(names, place, strict=True)) for place in PLACES]
        for place in places:
            place |= {"country": "UA", "uk": place["code"], "en": place["code"], "sort_key": place["code"]}
            place |= {
                "raion": None,
                "hromada": None,
                "pre_end": place["pre"] + (100 if place["level"] == 0 else 8),
            }
        duckdb.from_arrow(pa.Table.from_pylist(places)).write_parquet(str(folder / "places.parquet"))

    def _put(self, name, found, columns):
        if found:
            table = pa.Table.from_pylist([{column: row.get(column) for column in columns} for row in found])
            typed = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in columns.items())
            duckdb.from_arrow(table).select(typed).write_parquet(str(self.folder / f"{name}.parquet"))

    def files(self, folder, first="", last="9999-12"):
        return [str(self.folder / f"{folder}.parquet")] if self.rows.get(folder) else []

    def columns(self, folder):
        return COLUMNS[folder]

    def dimension(self, name):
        return str(self.folder / f"{name}.parquet")


class ByMonth(Files):
    """The same with a file for each month, as the lake has it."""

    def _put(self, name, found, columns):
        for month in {f"{one['at']:%Y-%m}" for one in found}:
            rows = [one for one in found if f"{one['at']:%Y-%m}" == month]
            super()._put(f"{name}-{month}", rows, columns | {"case": "UUID"})

    def files(self, folder, first="", last="9999-12"):
        found = sorted(self.folder.glob(f"{folder}-*.parquet"))
        return [str(file) for file in found if first <= file.stem[-7:] <= last]


def indicator(measure, code="X"):
    text = {"uk": "x", "en": "x"}
    return Indicator(code, text, text, measure, text, "neither", "test", date(2027, 1, 1))


def at(day, hour=12):
    return datetime(*day, hour, tzinfo=UTC).replace(tzinfo=None)


def row(case, moment, place=10, *, opened=None, **more):
    return {
        "case": str(case),
        "at": moment,
        "opened_at": opened or moment,
        "place_pre": place,
        "unit_pre": 1,
    } | more


def answer(tmp_path, measure, rows, *, level="oblast", places=None):
    asked = Question(PERIOD, level, places)
    return ask(Files(tmp_path, rows), [indicator(measure)], asked)


def values(found):
    return {one.code: one.values["X"][0] for one in found.rows}


def test_a_count_by_oblast_in_both_years(tmp_path):
    received = [
        row(1, at((2019, 3, 1)), unrecorded="[]"),
        row(2, at((2019, 3, 2)), 11, unrecorded="[]"),
        row(3, at((2018, 3, 2)), 20, unrecorded="[]"),
        row(4, at((2019, 10, 1)), 20, unrecorded="[]"),
    ]

    found = answer(tmp_path, Count("call.receive"), {"call.receive": received})

    assert {one.code: tuple(value.number for value in one.values["X"]) for one in found.rows} == {
        "UA-A": (2, 0), "UA-B": (0, 1), "UA-C": (0, 0),
    }  # fmt: skip
    assert [value.number for value in found.total.values["X"]] == [2, 1]


def test_the_day_is_kyivs_at_both_ends(tmp_path):
    received = [
        row(1, datetime(2018, 12, 31, 21, 59, 59), unrecorded="[]"),
        row(2, datetime(2018, 12, 31, 22), unrecorded="[]"),
        row(3, datetime(2019, 9, 30, 20, 59, 59), unrecorded="[]"),
        row(4, datetime(2019, 9, 30, 21), unrecorded="[]"),
    ]

    found = answer(tmp_path, Count("call.receive"), {"call.receive": received})

    assert found.total.values["X"][0].number == 2


def test_nothing_at_all_is_zero_and_not_unknown(tmp_path):
    found = answer(tmp_path, Count("call.false_call", recorded="false_call"), {})

    assert {value.state for value in values(found).values()} == {"known"}
    assert found.total.values["X"][0].number == 0


def test_what_no_source_records_is_unknown_and_not_zero(tmp_path):
    received = [
        row(1, at((2019, 3, 1)), 10, unrecorded='["false_call", "arrive"]'),
        row(2, at((2019, 3, 1)), 20, unrecorded="[]"),
    ]

    found = answer(tmp_path, Count("call.false_call", recorded="false_call"), {"call.receive": received})

    assert {code: value.state for code, value in values(found).items()} == {
        "UA-A": "unknown", "UA-B": "known", "UA-C": "known",
    }  # fmt: skip


def test_a_share_of_nothing_is_unknown(tmp_path):
    arrived = [
        row(1, at((2019, 3, 1)), late_from=at((2019, 3, 2))),
        row(2, at((2019, 3, 3)), late_from=at((2019, 3, 2))),
        row(3, at((2019, 3, 3)), late_from=None),
    ]
    kept = Share("call.arrive", part='f."at" < f.late_from', whole="f.late_from IS NOT NULL")

    found = answer(tmp_path, kept, {"call.arrive": arrived})

    assert (values(found)["UA-A"].number, values(found)["UA-A"].base) == (0.5, 2)
    assert values(found)["UA-B"].state == "unknown"


def test_a_rate_without_population_is_unknown(tmp_path):
    received = [row(1, at((2019, 3, 1)), place, unrecorded="[]") for place in (10, 20)]

    found = answer(tmp_path, PerPopulation(Count("call.receive")), {"call.receive": received})

    assert values(found)["UA-A"].number == 1.0
    assert (values(found)["UA-B"].state, values(found)["UA-C"].number) == ("unknown", 0)
    assert found.total.values["X"][0].state == "unknown"


def test_a_median_takes_the_first_of_several_dispatches(tmp_path):
    opened = at((2019, 3, 1))
    assigned = [row(1, opened + timedelta(minutes=m), opened=opened) for m in (9, 3)]
    assigned.append(row(2, opened + timedelta(minutes=5), opened=opened))

    found = answer(tmp_path, Quantile("call.assign", 0.5), {"call.assign": assigned})

    assert (values(found)["UA-A"].number, values(found)["UA-A"].base) == (4.0, 2)


def test_unanswered_is_neither_arrived_at_nor_closed(tmp_path):
    received = [row(n, at((2019, 3, 1)), unrecorded="[]") for n in range(4)]
    measure = Unanswered("call.receive", ("call.arrive", "call.close"), ("arrive", "close"))

    found = answer(
        tmp_path,
        measure,
        {
            "call.receive": received,
            "call.arrive": [row(0, at((2019, 3, 1), 13), late_from=None)],
            "call.close": [row(1, at((2019, 11, 1)))],
        },
    )

    assert values(found)["UA-A"].number == 2


def test_a_reply_is_due_in_the_period_of_its_last_day_and_forwarded_ones_are_not(tmp_path):
    def appeal(case, late, received=(2018, 12, 15)):
        return row(case, at(received), late_from_reply=late)

    october = datetime(2019, 9, 30, 21)
    received = [
        appeal(1, at((2019, 2, 1))),  # answered in time
        appeal(2, at((2019, 2, 1))),  # answered late
        appeal(3, at((2019, 2, 1))),  # never answered
        appeal(4, at((2019, 2, 1))),  # forwarded before it was due
        appeal(5, at((2019, 10, 5))),  # due later
        appeal(6, october),  # due on 30 September, late from October
    ]
    replies = [row(1, at((2019, 1, 20))), row(2, at((2019, 2, 3))), row(6, at((2019, 9, 30)))]

    found = answer(
        tmp_path,
        KeptInTerm("appeal.receive", "appeal.reply", ("appeal.forward",)),
        {"appeal.receive": received, "appeal.reply": replies, "appeal.forward": [row(4, at((2018, 12, 20)))]},
    )

    assert (values(found)["UA-A"].number, values(found)["UA-A"].base) == (0.5, 4)


def test_a_share_with_another_step_counts_each_case_once_however_often_and_early_that_was_taken(tmp_path):
    replies = [row(n, at((2019, 1, 20))) for n in range(4)]
    extensions = [row(0, at((2018, 12, 20))), row(0, at((2019, 1, 5))), row(9, at((2019, 1, 5)))]

    found = answer(
        tmp_path,
        ShareWith("appeal.reply", "appeal.extend"),
        {"appeal.reply": replies, "appeal.extend": extensions},
    )

    assert (values(found)["UA-A"].number, values(found)["UA-A"].base) == (0.25, 4)


def test_a_share_with_another_step_is_unknown_where_nothing_was_counted_and_zero_where_it_never_was(tmp_path):
    nothing = answer(tmp_path, ShareWith("appeal.reply", "appeal.extend"), {})
    never = answer(
        tmp_path, ShareWith("appeal.reply", "appeal.extend"), {"appeal.reply": [row(1, at((2019, 1, 20)))]}
    )

    assert nothing.total.values["X"][0].state == "unknown"
    assert values(never)["UA-A"].number == 0


def test_a_report_of_one_place_counts_only_what_lies_in_it(tmp_path):
    received = [row(n, at((2019, 3, 1)), place, unrecorded="[]") for n, place in enumerate((10, 11, 20))]

    found = answer(tmp_path, Count("call.receive"), {"call.receive": received}, places=(10, 19))

    assert [one.code for one in found.rows] == ["UA-A"]
    assert found.total.values["X"][0].number == 2


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_random_calls_give_what_plain_python_counts(tmp_path, seed):
    chance = random.Random(seed)
    received, arrived = [], []
    for case in range(1000):
        moment = datetime(2018, 1, 1) + timedelta(minutes=chance.randrange(2 * 365 * 1440))
        place = chance.choice([10, 11, 20, 30])
        received.append(row(case, moment, place, unrecorded="[]"))
        if chance.random() < 0.8:
            minutes = chance.randrange(1, 90)
            arrived.append(
                row(case, moment + timedelta(minutes=minutes), place, opened=moment, late_from=None)
            )

    found = answer(tmp_path, Quantile("call.arrive", 0.5), {"call.receive": received, "call.arrive": arrived})

    start, end = (bound.replace(tzinfo=None) for bound in (PERIOD.start, PERIOD.end))
    oblasts = {10: "UA-A", 11: "UA-A", 20: "UA-B", 30: "UA-C"}
    for code in ("UA-A", "UA-B", "UA-C"):
        minutes = [
            (one["at"] - one["opened_at"]).total_seconds() / 60
            for one in arrived
            if start <= one["at"] < end and oblasts[one["place_pre"]] == code
        ]
        assert values(found)[code].number == pytest.approx(median(minutes))


def test_the_rate_of_one_place_rests_on_its_own_people(tmp_path):
    received = [row(1, at((2019, 3, 1)), 11, unrecorded="[]")]

    found = answer(
        tmp_path,
        PerPopulation(Count("call.receive")),
        {"call.receive": received},
        level="raion",
        places=(10, 18),
    )

    assert found.total.values["X"][0].number == 1.0


def test_all_levels_in_one_pass_give_what_each_gives_by_itself(tmp_path):
    dice, rows = random.Random(7), []
    for nth in range(200):
        moment = at((dice.choice((2018, 2019)), 3, 1)) + timedelta(minutes=nth)
        unit = {"unit": dice.choice(("N-1", "N-2")), "late_from": None}
        rows.append(row(nth, moment, dice.choice((10, 11, 20)), opened=at((2018, 1, 1))) | unit)
    duckdb.sql(
        "SELECT 1 AS pre, 2 AS pre_end, 'N-1' AS code, 'N-1' AS directorate, 'x' AS uk, 'x' AS en, 'x' AS sort_key"
    ).write_parquet(str(tmp_path / "units.parquet"))
    lake = Files(tmp_path, {"call.arrive": rows})
    asked = [indicator(Count("call.arrive"), "N"), indicator(Quantile("call.arrive", 0.5), "Q")]
    levels = ("oblast", "directorate", "unit")

    together = ask_levels(lake, asked, Question(PERIOD, "oblast"), levels)

    for level in levels:
        assert together[level] == ask(lake, asked, Question(PERIOD, level))
    assert together["unit"].total == together["oblast"].total


def test_a_page_of_records_goes_on_where_the_one_before_it_ended(tmp_path):
    calls = [
        row(uuid5(NAMESPACE_OID, str(nth)), at((2019, 1 + nth % 9, 3)), 10 + 10 * (nth % 2))
        for nth in range(40)
    ]
    lake, asked = ByMonth(tmp_path, {"call.receive": calls}), Question(PERIOD, "oblast")
    newest = sorted(calls, key=lambda call: (-call["at"].timestamp(), UUID(call["case"])))

    pages = [
        records(lake, indicator(Count("call.receive")), asked, "*", first=n, most=15) for n in (0, 15, 30)
    ]
    of_row = records(lake, indicator(Count("call.receive")), asked, "UA-A", most=7)

    assert [page.count for page in pages] == [40, 40, 40]
    assert [str(case) for page in pages for case in page.cases] == [call["case"] for call in newest]
    own = [call["case"] for call in newest if call["place_pre"] == 10]
    assert (of_row.count, [str(case) for case in of_row.cases]) == (len(own), own[:7])
