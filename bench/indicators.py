"""The ten indicators for two nine-month periods by oblast over millions of calls in the lake.

    python -m bench.indicators [--calls 10000000] [--postgres 1000000] [--smoke]

The floor is DuckDB by hand: the best statement that we could write for these files and rows.
Polars and pandas read the same files; PostgreSQL holds the same rows in tables of integers with
the indexes that a good engineer would make, at a size of its own since it is loaded first.
All of them must give equal rows, or the benchmark fails.
"""

import argparse
import json
import math
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bench import ground

NOW = ("2018-12-31 22:00:00", "2019-09-30 21:00:00")
BEFORE = ("2017-12-31 22:00:00", "2018-09-30 21:00:00")
CODES = ("C01", "C02", "C03", "C04", "C05", "C06", "C06-P90", "C07", "C08", "C09", "C10")
Rows = dict[str, dict[str, tuple[float | None, float | None]]]


def make_lake(folder: Path, calls: int) -> None:
    """Write a lake of calls over 2018 and 2019, and of a thirtieth as many appeals, by month, as Varta has it."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
    places = f"read_parquet('{folder}/places.parquet')"
    database.execute(
        f"CREATE TABLE spots AS SELECT row_number() OVER (ORDER BY pre) - 1 AS n, code, pre FROM {places} WHERE level = 3"
    )
    [(spots,)] = database.execute("SELECT count(*) FROM spots").fetchall()
    database.execute(f"""
        CREATE TABLE life AS SELECT md5(i::VARCHAR)::UUID AS "case", s.code AS place, s.pre AS place_pre,
            TIMESTAMP '2017-12-31 22:00:00' + INTERVAL 1 SECOND * (hash(i, 'at') % 63072000)::BIGINT AS opened_at,
            (hash(i, 'a') % 1000)::INTEGER AS a, (hash(i, 'b') % 1000)::INTEGER AS b, (hash(i, 'c') % 1000)::INTEGER AS c
        FROM range({calls}) t(i) JOIN spots s ON s.n = (hash(i, 'place') % {spots})::BIGINT
    """)
    common = "opened_at AS received_at, opened_at, place, place_pre, 'NPU' AS unit, place_pre AS unit_pre"
    category = "['alpha', 'beta', 'gamma', 'delta'][1 + a % 4] AS category, 'noise' AS kind"
    arrive = "opened_at + INTERVAL 1 SECOND * (120 + (a * b) // 400)"
    assign = "opened_at + INTERVAL 1 SECOND * (20 + (b * c) // 3000)"
    close = "opened_at + INTERVAL 1 MINUTE * (20 + c // 5)"
    norm = "CASE a % 4 WHEN 3 THEN NULL WHEN 2 THEN opened_at + INTERVAL 40 MINUTE ELSE opened_at + INTERVAL 10 MINUTE END"
    tables = {
        "call.receive": f'opened_at AS "at", {common}, {norm} AS late_from_arrive, NULL::TIMESTAMP AS late_from_register_crime, '
        f"'line_102' AS channel, {category}, 'city' AS zone, false AS crime_signs, '[]' AS unrecorded FROM life",
        "call.assign": f"{assign} AS \"at\", {common}, 'patrol' AS force, {category} FROM life WHERE b < 900",
        "call.arrive": f'{arrive} AS "at", {common}, {norm} AS late_from, false AS crime_signs, {category} FROM life WHERE b < 850',
        "call.close": f"{close} AS \"at\", {common}, 'resolved' AS outcome, "
        f"CASE WHEN c < 500 THEN true WHEN c < 900 THEN false END AS confirmed, {category} FROM life WHERE c < 980",
        "call.false_call": f"{close} AS \"at\", {common}, DATE '2019-01-01' AS drawn_on, {category} FROM life WHERE a < 11",
        "appeal.receive": f'opened_at AS "at", {common}, opened_at + INTERVAL 30 DAY AS late_from_reply, '
        "'request' AS kind FROM life WHERE c % 30 = 0",
        "appeal.reply": f"opened_at + INTERVAL 1 HOUR * (a * 9 // 10) AS \"at\", {common}, 'satisfied' AS result "
        "FROM life WHERE c % 30 = 0 AND b < 950",
        "appeal.forward": f'opened_at + INTERVAL 3 DAY AS "at", {common} FROM life WHERE c % 30 = 0 AND b >= 980',
    }
    manifest: dict[str, dict[str, list[dict[str, object]]]] = {}
    for name, listed in tables.items():
        (folder / name).mkdir()
        database.execute(f'CREATE OR REPLACE TEMP TABLE written AS SELECT "case", {listed}')
        for number in range(2018 * 12, 2020 * 12):
            month = f"{number // 12}-{number % 12 + 1:02}"
            low, high = kyiv(number), kyiv(number + 1)
            file = folder / name / f"{month}-0.parquet"
            where = f"\"at\" >= TIMESTAMP '{low}' AND \"at\" < TIMESTAMP '{high}'"
            database.execute(
                f"COPY (SELECT * FROM written WHERE {where}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
            )
            manifest.setdefault(name, {})[month] = [{"file": file.name, "rows": 0, "sha256": ""}]
    held = {"database": "bench", "watermark": 1, "refreshed_at": "", "edition": 1, "folders": manifest}
    (folder / "manifest.json").write_text(json.dumps(held))
    database.close()


def kyiv(number: int) -> str:
    """Return the first moment of a Kyiv month in UTC, as text."""
    from datetime import UTC, datetime

    from varta.lib.clock import KYIV

    start = datetime(number // 12, number % 12 + 1, 1, tzinfo=KYIV).astimezone(UTC)
    return f"{start:%Y-%m-%d %H:%M:%S}"


def ours(folder: Path) -> Rows:
    """Ask Varta's engine."""
    from datetime import date

    from varta.figures import Period
    from varta.figures.engine import Question, ask
    from varta.indicators import discover
    from varta.lake.source import LakeFiles

    indicators = [discover()[code] for code in CODES]
    answer = ask(LakeFiles(), indicators, Question(Period(date(2019, 1, 1), date(2019, 9, 30)), "oblast"))
    rows = (*answer.rows, answer.total)
    return {
        row.code: {code: tuple(value.number for value in row.values[code]) for code in CODES} for row in rows
    }


def span(bounds: tuple[str, str], moment: str = '"at"') -> str:
    return f"{moment} >= TIMESTAMP '{bounds[0]}' AND {moment} < TIMESTAMP '{bounds[1]}'"


def by_hand(folder: Path) -> Rows:
    """Write in DuckDB what the engine writes, with nothing general about it."""
    both = {"n": NOW, "b": BEFORE}
    months = [f"{year}-{month:02}" for year in (2018, 2019) for month in range(1, 10)]

    def files(name: str, *, every: bool = False) -> str:
        if every:
            return f"read_parquet('{folder}/{name}/*.parquet')"
        return f"read_parquet({[f'{folder}/{name}/{month}-0.parquet' for month in months]})"

    minutes = '(epoch_us("at") - epoch_us(opened_at)) / 60e6'
    group = "GROUP BY GROUPING SETS ((p.oblast), ())"
    key = "coalesce(p.oblast, '*') AS oblast"
    place = f"JOIN read_parquet('{folder}/places.parquet') p ON p.pre = f.place_pre"

    def counted(call: str, condition: str = "true", moment: str = '"at"') -> str:
        return ", ".join(
            f"{call} FILTER (WHERE {span(bounds, moment)} AND {condition})" for bounds in both.values()
        )

    late = "(late_from_reply - INTERVAL 1 MICROSECOND)"
    queries = {
        "receive": f"SELECT {key}, {counted('count(*)')} FROM {files('call.receive')} f {place} {group}",
        "close": f"SELECT {key}, {counted('count(*)', 'confirmed')}, {counted('count(*)', 'confirmed IS NOT NULL')} "
        f"FROM {files('call.close')} f {place} {group}",
        "false": f"SELECT {key}, {counted('count(*)')} FROM {files('call.false_call')} f {place} {group}",
        "arrive": f"SELECT {key}, {counted('count(*)', chr(34) + 'at' + chr(34) + ' < late_from')}, "
        f"{counted('count(*)', 'late_from IS NOT NULL')}, {counted(f'quantile_cont({minutes}, [0.5, 0.9])')} "
        f"FROM {files('call.arrive')} f {place} {group}",
        "assign": f"SELECT {key}, {counted(f'quantile_cont({minutes}, 0.5)')} FROM "
        f'(SELECT "case", min("at") AS "at", any_value(opened_at) AS opened_at, any_value(place_pre) AS place_pre '
        f'FROM {files("call.assign")} GROUP BY "case") f {place} {group}',
        "unanswered": f"SELECT {key}, {counted('count(*)')} FROM {files('call.receive')} f "
        f'ANTI JOIN {files("call.arrive", every=True)} s ON s."case" = f."case" '
        f'ANTI JOIN {files("call.close", every=True)} c ON c."case" = f."case" {place} {group}'.replace(
            '"at"', 'f."at"'
        ),
        "appeals": f"SELECT {key}, {counted('count(*)')} FROM {files('appeal.receive')} f {place} {group}",
        "kept": f"SELECT {key}, {counted('count(*)', 's.' + chr(34) + 'at' + chr(34) + ' < late_from_reply', late)}, "
        f"{counted('count(*)', 'true', late)} FROM {files('appeal.receive', every=True)} f "
        f'ANTI JOIN {files("appeal.forward", every=True)} d ON d."case" = f."case" AND d."at" < late_from_reply '
        f'LEFT JOIN {files("appeal.reply", every=True)} s ON s."case" = f."case" {place} {group}',
    }
    with duckdb.connect() as database:
        found = {
            name: {row[0]: row[1:] for row in database.execute(query).fetchall()}
            for name, query in queries.items()
        }
        codes = database.execute(
            f"SELECT code, population FROM read_parquet('{folder}/places.parquet') WHERE level = 1"
        ).fetchall()
    return assembled(found, dict(codes))


def assembled(found: dict[str, dict[str, Any]], population: dict[str, int | None]) -> Rows:
    """Put the counted parts together as rows."""
    total = sum(population.values()) if all(population.values()) else None  # type: ignore[arg-type]
    rows: Rows = {}
    for code in [*population, "*"]:
        part = {name: values.get(code) for name, values in found.items()}
        received = part["receive"] or (0, 0)
        people = population.get(code) if code != "*" else total
        close, arrive, kept = (
            part["close"] or (0,) * 4,
            part["arrive"] or (0, 0, 0, 0, None, None),
            part["kept"] or (0,) * 4,
        )
        quantiles = [values or [None, None] for values in arrive[4:6]]
        rows[code] = {
            "C01": tuple(received),
            "C02": tuple(count / people * 1000 if people else None for count in received),
            "C03": ratios(close),
            "C04": tuple(part["false"] or (0, 0)),
            "C05": ratios(arrive[:4]),
            "C06": tuple(values[0] for values in quantiles),
            "C06-P90": tuple(values[1] for values in quantiles),
            "C07": tuple(part["assign"] or (None, None)),
            "C08": tuple(part["unanswered"] or (0, 0)),
            "C09": tuple(part["appeals"] or (0, 0)),
            "C10": ratios(kept),
        }  # fmt: skip
    return rows


def ratios(values: tuple[int, ...]) -> tuple[float | None, float | None]:
    """Return (part now, part before, whole now, whole before) as two shares."""
    return tuple(part / whole if whole else None for part, whole in zip(values[:2], values[2:4], strict=True))  # type: ignore[return-value]


def same(first: Rows, second: Rows) -> None:
    """Fail unless both give equal rows; floats to nine digits."""
    assert first.keys() == second.keys(), first.keys() ^ second.keys()
    for code, values in first.items():
        for indicator, pair in values.items():
            for one, other in zip(pair, second[code][indicator], strict=True):
                equal = (
                    one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9)
                )
                assert equal, (code, indicator, one, other)


def polars_rows(folder: Path) -> Rows:
    """Count with Polars' lazy frames."""
    from datetime import datetime

    import polars as pl

    spans = [tuple(datetime.fromisoformat(text) for text in bounds) for bounds in (NOW, BEFORE)]
    places = pl.scan_parquet(folder / "places.parquet").select("pre", "oblast")

    def frame(name: str) -> Any:
        return pl.scan_parquet(folder / name / "*.parquet").join(places, left_on="place_pre", right_on="pre")

    def inside(bounds: Any, moment: Any = None) -> Any:
        moment = pl.col("at") if moment is None else moment
        return (moment >= bounds[0]) & (moment < bounds[1])

    minutes = (pl.col("at") - pl.col("opened_at")).dt.total_microseconds() / 60e6

    def collect(lazy: Any, *expressions: Any) -> dict[str, Any]:
        named = [one.alias(f"x{n}") for n, one in enumerate(expressions)]
        rows = {row[0]: row[1:] for row in lazy.group_by("oblast").agg(named).collect().rows()}
        return rows | {"*": lazy.select(named).collect().row(0)}

    def counts(condition: Any = None, moment: Any = None) -> list[Any]:
        return [
            (inside(bounds, moment) if condition is None else inside(bounds, moment) & condition).sum()
            for bounds in spans
        ]

    def quantile(q: float) -> list[Any]:
        return [minutes.filter(inside(bounds)).quantile(q, "linear") for bounds in spans]

    kept = pl.col("at") < pl.col("late_from")
    arrive = collect(
        frame("call.arrive"),
        *counts(kept),
        *counts(pl.col("late_from").is_not_null()),
        *quantile(0.5),
        *quantile(0.9),
    )
    answered = [
        pl.scan_parquet(folder / name / "*.parquet").select("case") for name in ("call.arrive", "call.close")
    ]
    unanswered = (
        frame("call.receive")
        .join(answered[0], on="case", how="anti")
        .join(answered[1], on="case", how="anti")
    )
    first = (
        pl.scan_parquet(folder / "call.assign" / "*.parquet")
        .group_by("case")
        .agg(pl.col("at").min(), pl.col("opened_at").first(), pl.col("place_pre").first())
        .join(places, left_on="place_pre", right_on="pre")
    )
    forwarded = pl.scan_parquet(folder / "appeal.forward" / "*.parquet").select(
        "case", pl.col("at").alias("gone_at")
    )
    replied = pl.scan_parquet(folder / "appeal.reply" / "*.parquet").select(
        "case", pl.col("at").alias("replied_at")
    )
    due = frame("appeal.receive").join(forwarded, on="case", how="left")
    due = due.filter(pl.col("gone_at").is_null() | (pl.col("gone_at") >= pl.col("late_from_reply"))).join(
        replied, on="case", how="left"
    )
    late = pl.col("late_from_reply") - pl.duration(microseconds=1)
    found = {
        "receive": collect(frame("call.receive"), *counts()),
        "close": collect(
            frame("call.close"), *counts(pl.col("confirmed")), *counts(pl.col("confirmed").is_not_null())
        ),
        "false": collect(frame("call.false_call"), *counts()),
        "arrive": {code: (*row[:4], [row[4], row[6]], [row[5], row[7]]) for code, row in arrive.items()},
        "assign": collect(first, *quantile(0.5)),
        "unanswered": collect(unanswered, *counts()),
        "appeals": collect(frame("appeal.receive"), *counts()),
        "kept": collect(
            due, *counts(pl.col("replied_at") < pl.col("late_from_reply"), late), *counts(None, late)
        ),
    }
    population = dict(
        pl.read_parquet(folder / "places.parquet")
        .filter(pl.col("level") == 1)
        .select("code", "population")
        .rows()
    )
    return assembled(found, population)


def pandas_rows(folder: Path) -> Rows:
    """Count with pandas, one step in memory at a time."""
    import pandas as pd

    spans = [tuple(pd.Timestamp(text) for text in bounds) for bounds in (NOW, BEFORE)]
    places = pd.read_parquet(
        folder / "places.parquet", columns=["pre", "oblast", "code", "level", "population"]
    )
    oblasts = places.set_index("pre")["oblast"]

    def frame(name: str, *columns: str) -> Any:
        read = pd.read_parquet(folder / name, columns=["at", "place_pre", *columns])
        read["oblast"] = read["place_pre"].map(oblasts)
        return read

    def inside(read: Any, bounds: Any, moment: str = "at") -> Any:
        return read[(read[moment] >= bounds[0]) & (read[moment] < bounds[1])]

    def counts(read: Any, condition: Any = None, moment: str = "at") -> list[dict[str, int]]:
        kept = read if condition is None else read[condition]
        each = [inside(kept, bounds, moment) for bounds in spans]
        return [one.groupby("oblast").size().to_dict() | {"*": len(one)} for one in each]

    def quantiles(read: Any, q: float) -> list[dict[str, float]]:
        read = read.assign(minutes=(read["at"] - read["opened_at"]).dt.total_seconds() / 60)
        each = [inside(read, bounds) for bounds in spans]
        return [
            one.groupby("oblast")["minutes"].quantile(q).to_dict() | {"*": one["minutes"].quantile(q)}
            for one in each
        ]

    def joined(*parts: dict[str, Any]) -> dict[str, Any]:
        codes = set().union(*parts)
        return {code: tuple(part.get(code, 0) for part in parts) for code in codes}

    arrive = frame("call.arrive", "late_from", "opened_at", "case")
    middle, high = quantiles(arrive, 0.5), quantiles(arrive, 0.9)
    kept = counts(arrive, arrive["at"] < arrive["late_from"]) + counts(arrive, arrive["late_from"].notna())
    arrivals = {
        code: (*row, *([m.get(code), h.get(code)] for m, h in zip(middle, high, strict=True)))
        for code, row in joined(*kept).items()
    }
    close = frame("call.close", "confirmed", "case")
    receive = frame("call.receive", "case")
    answered = receive["case"].isin(arrive["case"]) | receive["case"].isin(close["case"])
    assign = frame("call.assign", "case", "opened_at").sort_values("at").drop_duplicates("case")
    due = frame("appeal.receive", "case", "late_from_reply")
    gone = frame("appeal.forward", "case").set_index("case")["at"]
    due["gone_at"] = due["case"].map(gone)
    due = due[~(due["gone_at"] < due["late_from_reply"])].copy()
    due["replied_at"] = due["case"].map(frame("appeal.reply", "case").set_index("case")["at"])
    due["late"] = due["late_from_reply"] - pd.Timedelta(microseconds=1)
    found = {
        "receive": joined(*counts(receive)),
        "close": joined(
            *counts(close, close["confirmed"].eq(True)), *counts(close, close["confirmed"].notna())
        ),
        "false": joined(*counts(frame("call.false_call"))),
        "arrive": arrivals,
        "assign": joined(*quantiles(assign, 0.5)),
        "unanswered": joined(*counts(receive, ~answered)),
        "appeals": joined(*counts(frame("appeal.receive"))),
        "kept": joined(
            *counts(due, due["replied_at"] < due["late_from_reply"], "late"), *counts(due, None, "late")
        ),
    }
    level = places[places["level"] == 1]
    people = [None if pd.isna(value) else int(value) for value in level["population"]]
    return assembled(found, dict(zip(level["code"], people, strict=True)))


COLUMNS = {
    "call.receive": ["case", "at", "opened_at", "place_pre"],
    "call.assign": ["case", "at", "opened_at", "place_pre"],
    "call.arrive": ["case", "at", "opened_at", "place_pre", "late_from"],
    "call.close": ["case", "at", "place_pre", "confirmed"],
    "call.false_call": ["case", "at", "place_pre"],
    "appeal.receive": ["case", "at", "place_pre", "late_from_reply"],
    "appeal.reply": ["case", "at"],
    "appeal.forward": ["case", "at"],
}
TYPES = {"case": "uuid", "place_pre": "int", "confirmed": "boolean"}


def load_postgres(folder: Path, connection: Any) -> None:
    """Put the rows into tables of just the columns that are asked for, with indexes on moment and case."""
    columns = {"places": ["pre", "oblast", "code", "level", "population"], **COLUMNS}
    types = TYPES | {
        "pre": "int primary key",
        "oblast": "text",
        "code": "text",
        "level": "int",
        "population": "bigint",
    }
    for name, listed in columns.items():
        table = "b_" + name.replace(".", "_")
        typed = ", ".join(f'"{column}" {types.get(column, "timestamp")}' for column in listed)
        connection.execute(f"CREATE UNLOGGED TABLE {table} ({typed})")
        path, csv = folder / (name if name in COLUMNS else f"{name}.parquet"), folder / "rows.csv"
        source = f"{path}/*.parquet" if path.is_dir() else str(path)
        named = ", ".join(f'"{column}"' for column in listed)
        duckdb.sql(f"COPY (SELECT {named} FROM read_parquet('{source}')) TO '{csv}' (HEADER false)")
        with (
            csv.open("rb") as lines,
            connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy,
        ):
            while block := lines.read(1 << 20):
                copy.write(block)
        if name in COLUMNS:
            connection.execute(f'CREATE INDEX ON {table} ("at")')
            connection.execute(f'CREATE INDEX ON {table} ("case")')
        connection.execute(f"ANALYZE {table}")


def postgres_rows(connection: Any) -> Rows:
    """Count in PostgreSQL."""
    minutes = 'extract(epoch FROM f."at" - f.opened_at)::float8 / 60'
    group = "GROUP BY GROUPING SETS ((p.oblast), ())"
    key = "coalesce(p.oblast, '*') AS oblast"
    either = (
        f"({span(NOW, 'f.' + chr(34) + 'at' + chr(34))} OR {span(BEFORE, 'f.' + chr(34) + 'at' + chr(34))})"
    )

    def counted(condition: str = "true", moment: str = 'f."at"') -> str:
        return ", ".join(
            f"count(*) FILTER (WHERE {span(bounds, moment)} AND {condition})" for bounds in (NOW, BEFORE)
        )

    def quantile(q: float) -> str:
        each = f"percentile_cont({q}) WITHIN GROUP (ORDER BY {minutes})"
        return ", ".join(
            f"{each} FILTER (WHERE {span(bounds, 'f.' + chr(34) + 'at' + chr(34))})"
            for bounds in (NOW, BEFORE)
        )

    def asked(name: str, listed: str, where: str = "true", join: str = "") -> str:
        source = name if name.startswith("(") else "b_" + name.replace(".", "_")
        place = "JOIN b_places p ON p.pre = f.place_pre"
        return f"SELECT {key}, {listed} FROM {source} f {join} {place} WHERE {where} {group}"

    late = "(f.late_from_reply - INTERVAL '1 microsecond')"
    first = '(SELECT DISTINCT ON ("case") * FROM b_call_assign ORDER BY "case", "at")'
    absent = " AND ".join(
        f'NOT EXISTS (SELECT FROM b_call_{step} s WHERE s."case" = f."case")' for step in ("arrive", "close")
    )
    gone = (
        'NOT EXISTS (SELECT FROM b_appeal_forward d WHERE d."case" = f."case" AND d."at" < f.late_from_reply)'
    )
    queries = {
        "receive": asked("call.receive", counted(), either),
        "close": asked(
            "call.close", f"{counted('f.confirmed')}, {counted('f.confirmed IS NOT NULL')}", either
        ),
        "false": asked("call.false_call", counted(), either),
        "arrive": asked(
            "call.arrive",
            f"{counted('f.' + chr(34) + 'at' + chr(34) + ' < f.late_from')}, {counted('f.late_from IS NOT NULL')}, "
            f"{quantile(0.5)}, {quantile(0.9)}",
            either,
        ),
        "assign": asked(first, quantile(0.5), either),
        "unanswered": asked("call.receive", counted(), f"{either} AND {absent}"),
        "appeals": asked("appeal.receive", counted(), either),
        "kept": asked(
            "appeal.receive",
            f"{counted('s.' + chr(34) + 'at' + chr(34) + ' < f.late_from_reply', late)}, {counted('true', late)}",
            gone,
            'LEFT JOIN b_appeal_reply s ON s."case" = f."case"',
        ),
    }
    found = {name: {row[0]: row[1:] for row in connection.execute(query)} for name, query in queries.items()}
    found["arrive"] = {
        code: (*row[:4], [row[4], row[6]], [row[5], row[7]]) for code, row in found["arrive"].items()
    }
    return assembled(
        found, dict(connection.execute("SELECT code, population FROM b_places WHERE level = 1").fetchall())
    )


def measured(work: Callable[[Path], Rows], folder: Path, *, times: int) -> tuple[Rows, float, float]:
    """Return the rows, the seconds of the first run, and the least of the others."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        rows = work(folder)
        spent.append(time.perf_counter() - started)
    return rows, spent[0], min(spent[1:] or spent)


def compare(folder: Path, calls: int, peers: dict[str, Callable[[Path], Rows]]) -> list[list[object]]:
    """Return a line for each peer; the floor runs first, and every other must give its rows."""
    make_lake(folder, calls)
    rows, cold, floor = measured(by_hand, folder, times=3)
    lines: list[list[object]] = [
        ["DuckDB by hand (floor)", f"{calls:,}", f"{cold:.2f}", f"{floor:.2f}", "1.00"]
    ]
    for name, work in peers.items():
        found, cold, warm = measured(work, folder, times=3 if work is ours else 1)
        same(rows, found)
        lines.append([name, f"{calls:,}", f"{cold:.2f}", f"{warm:.2f}", f"{warm / floor:.2f}"])
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000_000)
    parser.add_argument(
        "--postgres", type=int, default=1_000_000, help="calls for PostgreSQL, which is loaded first"
    )
    parser.add_argument(
        "--without", default="", help="peers to leave out, parted by commas: polars,pandas,postgres"
    )
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    calls, fewer = (20_000, 10_000) if options.smoke else (options.calls, options.postgres)
    left_out = set(options.without.split(","))
    peers = {"Varta": ours, "Polars": polars_rows, "pandas": pandas_rows}
    peers = {name: work for name, work in peers.items() if name.lower() not in left_out}
    with ground.database() as database:
        lines = in_lake(lambda folder: compare(folder, calls, peers))
        if "postgres" not in left_out:
            lines += in_lake(lambda folder: with_postgres(folder, fewer, database))
    head = ["counted by", "calls", "first s", "best s", "times the floor"]
    ground.table("Ten indicators, two nine-month periods, by oblast (equal rows)", head, lines)


def in_lake(work: Callable[[Path], list[list[object]]]) -> list[list[object]]:
    """Run the work in an empty lake that holds the places."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["VARTA_LAKE"] = name
        from varta.lake import dimensions

        dimensions.write()
        return work(Path(name))


def with_postgres(folder: Path, calls: int, database: str) -> list[list[object]]:
    """Return the floor's and PostgreSQL's lines at their own size."""
    from varta.lib import postgres

    lines = compare(folder, calls, {"Varta": ours})
    with postgres.connect_as_superuser(database=database) as connection:
        load_postgres(folder, connection)
        rows, cold, warm = measured(lambda _: postgres_rows(connection), folder, times=2)
        same(by_hand(folder), rows)
    floor = float(str(lines[0][3])) or 0.01
    return [
        *lines,
        ["PostgreSQL, indexed", f"{calls:,}", f"{cold:.2f}", f"{warm:.2f}", f"{warm / floor:.2f}"],
    ]


if __name__ == "__main__":
    main()
