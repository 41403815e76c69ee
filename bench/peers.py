"""The peers of `bench.indicators`: the same rows counted by Polars, pandas and PostgreSQL."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.invented import BEFORE, NOW, Rows, assembled, span


def polars_rows(folder: Path) -> Rows:
    """Count with Polars' lazy frames."""

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
