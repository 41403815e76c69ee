"""The peers of the nine-month report: pandas on what fits, PostgreSQL with daily roll-ups and good indexes."""

import io
from pathlib import Path
from typing import Any

import duckdb

from bench.invented import BEFORE, NOW, span
from bench.national_hand import DROPPED, Files, Found, Key

AT = 'f."at"'
ANSWERS = ("arrive", "close", "join")


class ByPandas:
    """The parts in pandas, a folder in memory at a time."""

    def __init__(self, folder: Path) -> None:
        import pandas as pd

        self.pd, self.files = pd, Files(folder)
        self.spans = [tuple(pd.Timestamp(text) for text in bounds) for bounds in (NOW, BEFORE)]
        self.places = pd.read_parquet(self.files.places, columns=["pre", "oblast", "hromada"]).set_index(
            "pre"
        )

    def _read(self, files: list[str], *columns: str) -> Any:
        if not files:
            return self.pd.DataFrame({name: [] for name in columns})
        return self.pd.read_parquet(files, columns=list(columns))

    def _counts(self, read: Any, *conditions: Any, moment: str = "at") -> Found:
        listed = []
        for condition in conditions:
            for first, last in self.spans:
                inside = (read[moment] >= first) & (read[moment] < last)
                listed.append(inside if condition is None else inside & condition)
        frame = self.pd.DataFrame({f"a{n}": one for n, one in enumerate(listed)})
        each = frame.groupby(read["place_pre"]).sum().join(self.places)
        names = list(frame.columns)
        found: Found = {("*", "*"): tuple(int(each[name].sum()) for name in names)}
        for level in ("oblast", "hromada"):
            for code, row in each.groupby(level)[names].sum().iterrows():
                found[level, str(code)] = tuple(int(number) for number in row)
        return found

    def _quantiles(self, read: Any, *shares: float) -> Found:
        read = read.join(self.places, on="place_pre")
        read["minutes"] = (read["at"] - read["opened_at"]).dt.total_seconds() / 60
        pairs: dict[Key, list[tuple[float, ...] | None]] = {}
        for nth, (first, last) in enumerate(self.spans):
            inside = read[(read["at"] >= first) & (read["at"] < last)]
            whole = inside["minutes"].quantile(list(shares))
            pairs.setdefault(("*", "*"), [None, None])[nth] = tuple(whole)
            for level in ("oblast", "hromada"):
                found = inside.groupby(level)["minutes"].quantile(list(shares)).unstack()
                for code, values in zip(found.index, found.to_numpy(), strict=True):
                    pairs.setdefault((level, str(code)), [None, None])[nth] = tuple(values)
        none = (None,) * len(shares)
        return {key: (now or none, before or none) for key, (now, before) in pairs.items()}

    def _recorded(self, read: Any, *steps: str) -> Any:
        held = ~read["unrecorded"].str.contains(f'"{steps[0]}"', regex=False)
        return held & self._recorded(read, *steps[1:]) if steps[1:] else held

    def receive(self) -> Found:
        read = self._read(self.files.of("call.receive"), "at", "place_pre", "unrecorded")
        return self._counts(
            read, None, self._recorded(read, "false_call"), self._recorded(read, "arrive", "close")
        )

    def close(self) -> Found:
        read = self._read(self.files.of("call.close"), "at", "place_pre", "confirmed")
        return self._counts(read, read["confirmed"].eq(True), read["confirmed"].notna())

    def false_call(self) -> Found:
        return self._counts(self._read(self.files.of("call.false_call"), "at", "place_pre"), None)

    def arrive(self) -> Found:
        read = self._read(self.files.of("call.arrive"), "at", "opened_at", "place_pre", "late_from")
        counts = self._counts(read, read["at"] < read["late_from"], read["late_from"].notna())
        quantiles = self._quantiles(read, 0.5, 0.9)
        return {key: (*counts[key], *quantiles[key]) for key in counts if key in quantiles}

    def assign(self) -> Found:
        read = self._read(self.files.of("call.assign"), "case", "at", "opened_at", "place_pre")
        first = read.sort_values("at").drop_duplicates("case")
        return {key: (now[0], before[0]) for key, (now, before) in self._quantiles(first, 0.5).items()}

    def unanswered(self) -> Found:
        read = self._read(self.files.of("call.receive"), "case", "at", "place_pre", "unrecorded")
        for step in ANSWERS:
            read = read[
                ~read["case"].isin(self._read(self.files.of(f"call.{step}", last=12), "case")["case"])
            ]
        return self._counts(read, self._recorded(read, "arrive", "close"))

    def feedback(self) -> Found:
        read = self._read(self.files.of("call.feedback"), "at", "place_pre", "satisfied")
        return self._counts(read, read["satisfied"] == "yes", None)

    def appeals(self) -> Found:
        read = self._read(self.files.of("appeal.receive"), "at", "place_pre", "kind")
        return self._counts(
            read, None, *(read["kind"] == kind for kind in ("complaint", "proposal", "request"))
        )

    def kept(self) -> Found:
        read = self._read(self.files.every("appeal.receive"), "case", "place_pre", "late_from_reply")
        for step in DROPPED:
            if files := self.files.every(f"appeal.{step}"):
                gone = read["case"].map(self._read(files, "case", "at").set_index("case")["at"])
                read = read[~(gone < read["late_from_reply"])]
        replies = self._read(self.files.every("appeal.reply"), "case", "at").set_index("case")["at"]
        read = read.assign(
            replied=read["case"].map(replies),
            late=read["late_from_reply"] - self.pd.Timedelta(microseconds=1),
        )
        return self._counts(read, read["replied"] < read["late_from_reply"], None, moment="late")

    def extended(self) -> Found:
        read = self._read(self.files.of("appeal.reply"), "case", "at", "place_pre")
        return self._counts(
            read, read["case"].isin(self._read(self.files.every("appeal.extend"), "case")["case"]), None
        )

    def receptions(self) -> Found:
        return self._counts(self._read(self.files.of("personal_reception.receive"), "at", "place_pre"), None)


RECORDED = "f.unrecorded NOT LIKE '%\"{}\"%'"
DAILY = {  # table -> what is counted of a day and a place beforehand
    "call.receive": (
        "true",
        RECORDED.format("false_call"),
        f"{RECORDED.format('arrive')} AND {RECORDED.format('close')}",
    ),
    "call.close": ("f.confirmed", "f.confirmed IS NOT NULL"),
    "call.false_call": ("true",),
    "call.arrive": ('f."at" < f.late_from', "f.late_from IS NOT NULL"),
    "call.feedback": ("f.satisfied = 'yes'", "true"),
    "appeal.receive": ("true", "f.kind = 'complaint'", "f.kind = 'proposal'", "f.kind = 'request'"),
    "personal_reception.receive": ("true",),
}
COLUMNS = {
    "call.receive": "case at place_pre unrecorded",
    "call.assign": "case at opened_at place_pre",
    "call.arrive": "case at opened_at place_pre late_from",
    "call.close": "case at place_pre confirmed",
    "call.join": "case at",
    "call.false_call": "at place_pre",
    "call.feedback": "at place_pre satisfied",
    "appeal.receive": "case at place_pre kind late_from_reply",
    "appeal.reply": "case at place_pre",
    "appeal.extend": "case at",
    "personal_reception.receive": "at place_pre",
    **{f"appeal.{step}": "case at" for step in DROPPED},
}
TYPES = {
    "case": "uuid", "place_pre": "int", "pre": "int", "confirmed": "boolean", "unrecorded": "text", "kind": "text",
    "satisfied": "text", "oblast": "text", "hromada": "text",
}  # fmt: skip


def load(folder: Path, connection: Any) -> None:
    """Put into PostgreSQL the columns that the report reads, with indexes, and roll up days of places."""
    files = Files(folder)
    _table(connection, "n_places", "pre oblast hromada", [files.places])
    for name, columns in COLUMNS.items():
        table = _named(name)
        _table(connection, table, columns, files.every(name))
        if "case" in columns.split():
            connection.execute(f'CREATE INDEX ON {table} ("case") INCLUDE ("at")')
        if name in ("call.assign", "call.arrive"):
            connection.execute(f'CREATE INDEX ON {table} ("at") INCLUDE (opened_at, place_pre)')
        connection.execute(f"ANALYZE {table}")
    for name, conditions in DAILY.items():
        listed = ", ".join(f"count(*) FILTER (WHERE {one}) AS a{n}" for n, one in enumerate(conditions))
        day = "(f.\"at\" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Kyiv')::date"
        daily = f"{_named(name)}_daily"
        connection.execute(
            f"CREATE UNLOGGED TABLE {daily} AS SELECT {day} AS day, f.place_pre, {listed} FROM {_named(name)} f GROUP BY 1, 2"
        )
        connection.execute(f"CREATE INDEX ON {daily} (day)")
        connection.execute(f"ANALYZE {daily}")


def _named(name: str) -> str:
    return "n_" + name.replace(".", "_")


def _table(connection: Any, table: str, columns: str, files: list[str]) -> None:
    names = columns.split()
    typed = ", ".join(f'"{name}" {TYPES.get(name, "timestamp")}' for name in names)
    connection.execute(f"CREATE UNLOGGED TABLE {table} ({typed})")
    if not files:
        return
    from pyarrow import csv

    listed = ", ".join(f'"{name}"' if name != "case" else '"case"::VARCHAR AS "case"' for name in names)
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
        for batch in duckdb.sql(f"SELECT {listed} FROM read_parquet({files})").to_arrow_reader(200_000):
            buffer = io.BytesIO()
            csv.write_csv(batch, buffer, csv.WriteOptions(include_header=False))
            copy.write(buffer.getvalue())


class ByPostgres:
    """The parts in PostgreSQL: counts from the roll-ups, quantiles and what never was from the rows."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def _keyed(self, listed: str, source: str) -> Found:
        level = "CASE WHEN grouping(p.oblast) = 0 THEN 'oblast' WHEN grouping(p.hromada) = 0 THEN 'hromada' ELSE '*' END"
        code = (
            "CASE WHEN grouping(p.oblast, p.hromada) = 3 THEN '*' ELSE coalesce(p.oblast, p.hromada, '') END"
        )
        query = (
            f"SELECT {level}, {code}, {listed} FROM {source} JOIN n_places p ON p.pre = f.place_pre "
            "GROUP BY GROUPING SETS ((p.oblast), (p.hromada), ())"
        )
        return {(row[0], row[1]): tuple(row[2:]) for row in self.connection.execute(query)}

    def _daily(self, name: str) -> Found:
        days = (("2019-01-01", "2019-09-30"), ("2018-01-01", "2018-09-30"))
        within = [f"f.day BETWEEN '{first}' AND '{last}'" for first, last in days]
        summed = ", ".join(
            f"coalesce(sum(f.a{n}) FILTER (WHERE {one}), 0)::bigint"
            for n in range(len(DAILY[name]))
            for one in within
        )
        source = f"(SELECT * FROM {_named(name)}_daily f WHERE {' OR '.join(within)}) f"
        return self._keyed(summed, source)

    def _quantiles(self, source: str, shares: str) -> Found:
        minutes = f"extract(epoch FROM {AT} - f.opened_at)::float8 / 60"
        call = f"percentile_cont({shares}) WITHIN GROUP (ORDER BY {minutes})"
        listed = ", ".join(f"{call} FILTER (WHERE {span(bounds, AT)})" for bounds in (NOW, BEFORE))
        return self._keyed(listed, source)

    def _counts(self, source: str, *conditions: str, moment: str = AT) -> Found:
        listed = ", ".join(
            f"count(*) FILTER (WHERE {span(bounds, moment)} AND {condition})"
            for condition in conditions
            for bounds in (NOW, BEFORE)
        )
        return self._keyed(listed, source)

    def _either(self) -> str:
        return f"({span(NOW, AT)} OR {span(BEFORE, AT)})"

    def receive(self) -> Found:
        return self._daily("call.receive")

    def close(self) -> Found:
        return self._daily("call.close")

    def false_call(self) -> Found:
        return self._daily("call.false_call")

    def arrive(self) -> Found:
        counts = self._daily("call.arrive")
        source = f"(SELECT * FROM n_call_arrive f WHERE {self._either()}) f"
        quantiles = self._quantiles(source, "ARRAY[0.5, 0.9]")
        return {key: (*counts[key], *quantiles[key]) for key in counts}

    def assign(self) -> Found:
        # As the others: of the two periods' months, the first of each case.
        source = f'(SELECT DISTINCT ON ("case") * FROM n_call_assign f WHERE {self._either()} ORDER BY "case", "at") f'
        return self._quantiles(source, "0.5")

    def unanswered(self) -> Found:
        absent = " AND ".join(
            f'NOT EXISTS (SELECT FROM n_call_{step} s WHERE s."case" = f."case")' for step in ANSWERS
        )
        source = f"(SELECT * FROM n_call_receive f WHERE {self._either()} AND {absent}) f"
        return self._counts(source, DAILY["call.receive"][2])

    def feedback(self) -> Found:
        return self._daily("call.feedback")

    def appeals(self) -> Found:
        return self._daily("appeal.receive")

    def kept(self) -> Found:
        gone = " AND ".join(
            f'NOT EXISTS (SELECT FROM n_appeal_{step} d WHERE d."case" = f."case" AND d."at" < f.late_from_reply)'
            for step in DROPPED
        )
        source = (
            f'(SELECT f.*, s."at" AS replied FROM n_appeal_receive f LEFT JOIN n_appeal_reply s ON s."case" = f."case" '
            f"WHERE {gone}) f"
        )
        moment = "(f.late_from_reply - INTERVAL '1 microsecond')"
        return self._counts(source, "f.replied < f.late_from_reply", "true", moment=moment)

    def extended(self) -> Found:
        more = 'EXISTS (SELECT FROM n_appeal_extend o WHERE o."case" = f."case")'
        source = f"(SELECT f.*, {more} AS more FROM n_appeal_reply f WHERE {self._either()}) f"
        return self._counts(source, "f.more", "true")

    def receptions(self) -> Found:
        return self._daily("personal_reception.receive")
