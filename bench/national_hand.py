"""The nine-month report by hand, in DuckDB and in Polars: each part as fast as we could write it.

A part returns its numbers for each row of both tables: (level, code) -> numbers, first of this period, then of the
year before. `assembled` makes the report's rows of them. Nothing here knows the engine; months, columns and the
two levels are chosen by hand.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from bench.invented import BEFORE, NOW, span

Key = tuple[str, str]  # level and code, ("*", "*") for the whole
Found = dict[Key, tuple[Any, ...]]
Rows = dict[Key, dict[str, tuple[float | None, float | None]]]
DROPPED = ("return_defective", "return_for_data", "forward", "leave_unconsidered")
PARTS = (
    "receive", "close", "false_call", "arrive", "assign", "unanswered", "feedback", "appeals", "kept", "extended",
    "receptions",
)  # fmt: skip
MINUTES = '(epoch_us(f."at") - epoch_us(f.opened_at)) / 60e6'
SETS = "GROUP BY GROUPING SETS ((p.oblast), (p.hromada), ())"
KEY = (
    "CASE WHEN grouping(p.oblast) = 0 THEN 'oblast' WHEN grouping(p.hromada) = 0 THEN 'hromada' ELSE '*' END"
)
CODE = "CASE WHEN grouping(p.oblast) = 1 AND grouping(p.hromada) = 1 THEN '*' ELSE coalesce(p.oblast, p.hromada, '') END"


class Files:
    """The lake's files by hand: months are in their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def places(self) -> str:
        return str(self.folder / "places.parquet")

    def of(
        self, name: str, first: int = 1, last: int = 9, years: tuple[int, ...] = (2018, 2019)
    ) -> list[str]:
        """Return the files of the same months of the years."""
        months = tuple(f"{year}-{month:02}-" for year in years for month in range(first, last + 1))
        return sorted(
            str(file) for file in (self.folder / name).glob("*.parquet") if file.name.startswith(months)
        )

    def every(self, name: str) -> list[str]:
        return sorted(map(str, (self.folder / name).glob("*.parquet")))


class ByDuckDB:
    """The parts in DuckDB."""

    def __init__(self, folder: Path) -> None:
        self.files = Files(folder)
        self.database = duckdb.connect()
        self.database.execute("SET TimeZone = 'UTC'")

    def _table(self, files: list[str]) -> str:
        return (
            f"read_parquet({files})"
            if files
            else '(SELECT NULL::UUID AS "case", NULL::TIMESTAMP AS "at" WHERE false)'
        )

    def _counts(self, source: str, *conditions: str, moment: str = 'f."at"') -> Found:
        """Count by place first: numbers are quicker to group by than codes, and the join then has few rows."""
        listed = [
            f"count(*) FILTER (WHERE {span(bounds, moment)} AND {condition})"
            for condition in conditions
            for bounds in (NOW, BEFORE)
        ]
        inner = ", ".join(f"{one} AS a{n}" for n, one in enumerate(listed))
        summed = ", ".join(f"sum(g.a{n})" for n in range(len(listed)))
        return self._keyed(
            f"SELECT {KEY}, {CODE}, {summed} FROM (SELECT f.place_pre, {inner} FROM {source} GROUP BY 1) g "
            f"JOIN read_parquet('{self.files.places}') p ON p.pre = g.place_pre {SETS}"
        )

    def _keyed(self, query: str) -> Found:
        return {(level, code): tuple(rest) for level, code, *rest in self.database.execute(query).fetchall()}

    def _quantiles(self, source: str, shares: str) -> Found:
        listed = ", ".join(
            f"quantile_cont({MINUTES}, {shares}) FILTER (WHERE {span(bounds, 'f.' + chr(34) + 'at' + chr(34))})"
            for bounds in (NOW, BEFORE)
        )
        return self._keyed(
            f"SELECT {KEY}, {CODE}, {listed} FROM {source} f "
            f"JOIN read_parquet('{self.files.places}') p ON p.pre = f.place_pre {SETS}"
        )

    def receive(self) -> Found:
        return self._counts(
            f"{self._table(self.files.of('call.receive'))} f",
            "true",
            "NOT contains(f.unrecorded, '\"false_call\"')",
            "NOT contains(f.unrecorded, '\"arrive\"') AND NOT contains(f.unrecorded, '\"close\"')",
        )

    def close(self) -> Found:
        source = f"{self._table(self.files.of('call.close'))} f"
        return self._counts(source, "f.confirmed", "f.confirmed IS NOT NULL")

    def false_call(self) -> Found:
        return self._counts(f"{self._table(self.files.of('call.false_call'))} f", "true")

    def arrive(self) -> Found:
        source = self._table(self.files.of("call.arrive"))
        counts = self._counts(f"{source} f", 'f."at" < f.late_from', "f.late_from IS NOT NULL")
        quantiles = self._quantiles(source, "[0.5, 0.9]")
        return {key: (*counts[key], *quantiles[key]) for key in counts}

    def assign(self) -> Found:
        source = self._table(self.files.of("call.assign"))
        first = (
            '(SELECT min("at") AS "at", any_value(opened_at) AS opened_at, any_value(place_pre) AS place_pre '
            f'FROM {source} GROUP BY "case")'
        )
        return self._quantiles(first, "0.5")

    def unanswered(self) -> Found:
        joins = " ".join(
            f'ANTI JOIN {self._table(self.files.of(f"call.{step}", last=12))} s{nth} ON s{nth}."case" = f."case"'
            for nth, step in enumerate(("arrive", "close", "join"))
        )
        recorded = "NOT contains(f.unrecorded, '\"arrive\"') AND NOT contains(f.unrecorded, '\"close\"')"
        return self._counts(f"{self._table(self.files.of('call.receive'))} f {joins}", recorded)

    def feedback(self) -> Found:
        return self._counts(f"{self._table(self.files.of('call.feedback'))} f", "f.satisfied = 'yes'", "true")

    def appeals(self) -> Found:
        kinds = (f"f.kind = '{kind}'" for kind in ("complaint", "proposal", "request"))
        return self._counts(f"{self._table(self.files.of('appeal.receive'))} f", "true", *kinds)

    def kept(self) -> Found:
        gone = " ".join(
            f"ANTI JOIN {self._table(self.files.every(f'appeal.{step}'))} d{n} "
            f'ON d{n}."case" = f."case" AND d{n}."at" < f.late_from_reply'
            for n, step in enumerate(DROPPED)
        )
        source = (
            f"{self._table(self.files.every('appeal.receive'))} f {gone} "
            f'LEFT JOIN {self._table(self.files.every("appeal.reply"))} s ON s."case" = f."case"'
        )
        moment = "(f.late_from_reply - INTERVAL 1 MICROSECOND)"
        return self._counts(source, 's."at" < f.late_from_reply', "true", moment=moment)

    def extended(self) -> Found:
        source = (
            f"{self._table(self.files.of('appeal.reply'))} f LEFT JOIN "
            f'(SELECT DISTINCT "case" FROM {self._table(self.files.every("appeal.extend"))}) o ON o."case" = f."case"'
        )
        return self._counts(source, 'o."case" IS NOT NULL', "true")

    def receptions(self) -> Found:
        return self._counts(f"{self._table(self.files.of('personal_reception.receive'))} f", "true")


class ByPolars:
    """The parts in Polars."""

    def __init__(self, folder: Path) -> None:
        import polars as pl

        self.pl, self.files = pl, Files(folder)
        self.spans = [tuple(datetime.fromisoformat(text) for text in bounds) for bounds in (NOW, BEFORE)]
        self.places = pl.read_parquet(self.files.places, columns=["pre", "oblast", "hromada"])

    def _inside(self, bounds: Any, moment: Any = None) -> Any:
        moment = self.pl.col("at") if moment is None else moment
        return (moment >= bounds[0]) & (moment < bounds[1])

    def _scan(self, files: list[str], *columns: str) -> Any:
        if not files:
            types = {"case": self.pl.Binary, "at": self.pl.Datetime("us")}
            return self.pl.LazyFrame(schema={name: types.get(name, self.pl.Int32) for name in columns})
        return self.pl.scan_parquet(files).select(columns)

    def _counts(self, lazy: Any, *conditions: Any, moment: Any = None) -> Found:
        listed = [
            (
                self._inside(bounds, moment)
                if condition is None
                else self._inside(bounds, moment) & condition
            ).sum()
            for condition in conditions
            for bounds in self.spans
        ]
        named = [one.alias(f"a{n}") for n, one in enumerate(listed)]
        each = lazy.group_by("place_pre").agg(named).collect(engine="streaming")
        joined = each.join(self.places, left_on="place_pre", right_on="pre")
        return self._keyed(joined, [self.pl.col(f"a{n}").sum() for n in range(len(listed))])

    def _keyed(self, frame: Any, expressions: list[Any]) -> Found:
        found: Found = {("*", "*"): frame.select(expressions).row(0)} if len(frame) else {}
        for level in ("oblast", "hromada"):
            found |= {(level, row[0] or ""): row[1:] for row in frame.group_by(level).agg(expressions).rows()}
        return found

    def _quantiles(self, lazy: Any, *shares: float) -> Found:
        pl = self.pl
        waited = (pl.col("at") - pl.col("opened_at")).dt.total_microseconds().alias("us")
        now = self._inside(self.spans[0]).alias("now")
        frame = lazy.select(waited, now, "place_pre").collect(engine="streaming")
        frame = frame.join(self.places, left_on="place_pre", right_on="pre").sort("us")
        minutes = [(pl.col("us") / 60e6).quantile(share, "linear").alias(f"q{share}") for share in shares]
        found: dict[Key, dict[bool, tuple[Any, ...]]] = {}
        for level in ("oblast", "hromada"):
            for code, is_now, *values in frame.group_by(level, "now").agg(minutes).rows():
                found.setdefault((level, code or ""), {})[is_now] = tuple(values)
        for is_now, *values in frame.group_by("now").agg(minutes).rows():
            found.setdefault(("*", "*"), {})[is_now] = tuple(values)
        none = (None,) * len(shares)
        return {key: (pair.get(True, none), pair.get(False, none)) for key, pair in found.items()}

    def _recorded(self, *steps: str) -> Any:
        each = [~self.pl.col("unrecorded").str.contains(f'"{step}"', literal=True) for step in steps]
        return self.pl.all_horizontal(each)

    def receive(self) -> Found:
        lazy = self._scan(self.files.of("call.receive"), "at", "place_pre", "unrecorded")
        return self._counts(lazy, None, self._recorded("false_call"), self._recorded("arrive", "close"))

    def close(self) -> Found:
        lazy = self._scan(self.files.of("call.close"), "at", "place_pre", "confirmed")
        return self._counts(lazy, self.pl.col("confirmed"), self.pl.col("confirmed").is_not_null())

    def false_call(self) -> Found:
        return self._counts(self._scan(self.files.of("call.false_call"), "at", "place_pre"), None)

    def arrive(self) -> Found:
        lazy = self._scan(self.files.of("call.arrive"), "at", "opened_at", "place_pre", "late_from")
        late = self.pl.col("late_from")
        counts = self._counts(lazy, self.pl.col("at") < late, late.is_not_null())
        quantiles = self._quantiles(lazy, 0.5, 0.9)
        return {key: (*counts[key], *quantiles[key]) for key in counts}

    def assign(self) -> Found:
        pl = self.pl
        lazy = self._scan(self.files.of("call.assign"), "case", "at", "opened_at", "place_pre")
        first = lazy.group_by("case").agg(
            pl.col("at").min(), pl.col("opened_at").first(), pl.col("place_pre").first()
        )
        return {key: (now[0], before[0]) for key, (now, before) in self._quantiles(first, 0.5).items()}

    def unanswered(self) -> Found:
        lazy = self._scan(self.files.of("call.receive"), "case", "at", "place_pre", "unrecorded")
        for step in ("arrive", "close", "join"):
            lazy = lazy.join(
                self._scan(self.files.of(f"call.{step}", last=12), "case"), on="case", how="anti"
            )
        return self._counts(lazy, self._recorded("arrive", "close"))

    def feedback(self) -> Found:
        lazy = self._scan(self.files.of("call.feedback"), "at", "place_pre", "satisfied")
        return self._counts(lazy, self.pl.col("satisfied") == "yes", None)

    def appeals(self) -> Found:
        lazy = self._scan(self.files.of("appeal.receive"), "at", "place_pre", "kind")
        return self._counts(
            lazy, None, *(self.pl.col("kind") == kind for kind in ("complaint", "proposal", "request"))
        )

    def kept(self) -> Found:
        pl = self.pl
        lazy = self._scan(self.files.every("appeal.receive"), "case", "place_pre", "late_from_reply")
        for step in DROPPED:
            if not (files := self.files.every(f"appeal.{step}")):
                continue
            other = self._scan(files, "case", "at").rename({"at": "gone_at"})
            lazy = lazy.join(other, on="case", how="left").filter(
                pl.col("gone_at").is_null() | (pl.col("gone_at") >= pl.col("late_from_reply"))
            )
            lazy = lazy.drop("gone_at")
        lazy = lazy.join(self._scan(self.files.every("appeal.reply"), "case", "at"), on="case", how="left")
        moment = pl.col("late_from_reply") - timedelta(microseconds=1)
        return self._counts(lazy, pl.col("at") < pl.col("late_from_reply"), None, moment=moment)

    def extended(self) -> Found:
        lazy = self._scan(self.files.of("appeal.reply"), "case", "at", "place_pre")
        other = self._scan(self.files.every("appeal.extend"), "case").unique()
        other = other.with_columns(self.pl.lit(True).alias("more"))
        return self._counts(lazy.join(other, on="case", how="left"), self.pl.col("more").is_not_null(), None)

    def receptions(self) -> Found:
        return self._counts(self._scan(self.files.of("personal_reception.receive"), "at", "place_pre"), None)


def assembled(found: Mapping[str, Found], folder: Path) -> Rows:
    """Return the report's rows of both tables from the parts."""
    listed = duckdb.sql(
        f"SELECT level, code, population FROM read_parquet('{folder}/places.parquet') WHERE level IN (1, 3)"
    ).fetchall()
    people = {("oblast" if level == 1 else "hromada", code): number for level, code, number in listed}
    return {key: _row(found, key, people.get(key)) for key in (*people, ("*", "*"))}


def _row(found: Mapping[str, Found], key: Key, people: int | None) -> dict[str, tuple[Any, Any]]:
    def part(name: str, width: int, empty: Any = 0) -> tuple[Any, ...]:
        return found[name].get(key) or (empty,) * width

    receive, close, arrive = part("receive", 6), part("close", 4), part("arrive", 6)
    appeals, kept, extended, feedback = (
        part("appeals", 8),
        part("kept", 4),
        part("extended", 4),
        part("feedback", 4),
    )
    quantiles = [values or (None, None) for values in arrive[4:6]]
    false, unanswered = part("false_call", 2), part("unanswered", 2)
    row = {
        "C01": receive[:2],
        "C03": _shares(close),
        "C04": tuple(_known(false[n], receive[n], receive[2 + n]) for n in (0, 1)),
        "C05": _shares(arrive),
        "C06": tuple(values[0] for values in quantiles),
        "C06-P90": tuple(values[1] for values in quantiles),
        "C07": part("assign", 2, None),
        "C08": tuple(_known(unanswered[n], receive[n], receive[4 + n]) for n in (0, 1)),
        "C09": appeals[:2],
        "C09-COMPLAINT": appeals[2:4],
        "C09-PROPOSAL": appeals[4:6],
        "C09-REQUEST": appeals[6:8],
        "C10": _shares(kept),
        "C11": _shares(extended),
        "C12": _shares(feedback),
        "C12-RECEPTIONS": part("receptions", 2),
    }
    if key != ("*", "*"):  # whose people the whole has is the report's affair
        row["C02"] = tuple(count / people * 1000 if people else None for count in receive[:2])
    return row


def _shares(values: tuple[Any, ...]) -> tuple[float | None, ...]:
    pairs = zip(values[:2], values[2:4], strict=True)
    return tuple(part / whole if whole else None for part, whole in pairs)


def _known(count: int, opened: int, recorded: int) -> int | None:
    return None if opened and not recorded else count


Writer = type[ByDuckDB] | type[ByPolars]
WRITERS: dict[str, Writer] = {"DuckDB": ByDuckDB, "Polars": ByPolars}
Work = Callable[[], Found]
