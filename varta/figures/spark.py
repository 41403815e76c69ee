"""The second engine: the statements that DuckDB runs, on Spark over the same files.

A cluster counts what one machine cannot hold. Nothing is written twice: each scan's statement goes through sqlglot
into Spark's words. Small files (places, units, beats) are still read here, where the answer is put together.
Needs the extra `cluster`, and Java; without them Varta runs as ever. See docs/how-to/cluster.md.
"""

import re
from collections import Counter as Numbers
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb

from varta.figures import scanning
from varta.figures.engine import Counter
from varta.figures.order import MINUTE
from varta.figures.question import Lake, Level, Question
from varta.figures.sql import WAITED_US, Compiler, Scan

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

READ = re.compile(r"read_parquet\((\[[^]]*\]|'[^']*')(?:, union_by_name = (?:True|False))?\)")
TYPES = {"UUID": "BINARY", "VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ", "INTEGER": "INT"}
HISTOGRAM = "histogram("


@contextmanager
def session(master: str) -> "Iterator[SparkSession]":
    """Open a session on the cluster of a master ("spark://10.0.0.1:7077") and close it at the end.

    Raises ImportError where the extra `cluster` is not installed.
    """
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("varta")
    for name in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(name, "false")
    opened = builder.config(
        "spark.sql.files.openCostInBytes", "0"
    ).getOrCreate()  # the lake has many small files
    try:
        yield opened
    finally:
        opened.stop()


def counter(session: "SparkSession") -> Counter:
    """Return what goes through the entries on a cluster, for `engine.ask_levels(…, count=…)`.

    The session must see the lake's files under the same paths as this process.
    """
    session.conf.set("spark.sql.session.timeZone", "UTC")

    def count(
        database: duckdb.DuckDBPyConnection,
        lake: Lake,
        compiler: Compiler,
        question: Question,
        levels: Sequence[Level],
    ) -> scanning.Counted:
        reader = _Reader(session)
        found: scanning.Counted = {level: {} for level in levels}
        for scan in compiler.scans.values():
            scanning.gather(reader.fetch, lake, compiler, _whole(scan), question, found)
        return found

    return count


def _whole(scan: Scan) -> Scan:
    """Return the scan with its quantiles as aggregates: Spark sorts on many machines, we could on one."""
    calls = {
        name: f"percentile(({WAITED_US}) / {MINUTE:.0f}e0, {list(shares)}) FILTER (WHERE {scan.conditions[name]})"
        for name, shares in scan.quantiles.items()
    }
    return replace(scan, aggregates=scan.aggregates | calls)


class _Reader:
    """Runs DuckDB's statements on Spark; files become views, each set once."""

    def __init__(self, session: "SparkSession") -> None:
        self.session = session
        self.views: dict[str, str] = {}

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, histograms as mappings."""
        rows = self.session.sql(self.translated(query)).collect()
        if HISTOGRAM not in query:
            return [tuple(row) for row in rows]
        return [tuple(Numbers(one) if isinstance(one, list) else one for one in row) for row in rows]

    def translated(self, query: str) -> str:
        """Return the statement in Spark's words."""
        import sqlglot
        from sqlglot import exp

        def turned(node: exp.Expression) -> exp.Expression:
            name = node.name.lower() if isinstance(node, exp.Anonymous) else node.key
            if name == "epoch_us":
                moment = exp.cast(node.expressions[0], "TIMESTAMP_LTZ")
                return exp.Anonymous(this="unix_micros", expressions=[moment])
            if name == "grouping" and len(node.expressions) > 1:
                return exp.Anonymous(this="grouping_id", expressions=node.expressions)
            if name == "histogram":
                return exp.Anonymous(this="collect_list", expressions=node.expressions)
            if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.UUID:
                return exp.DataType.build("BINARY", dialect="spark")
            return node

        tree = sqlglot.parse_one(READ.sub(self._view, query), read="duckdb")
        return str(tree.transform(turned).sql(dialect="spark"))

    def _view(self, found: re.Match[str]) -> str:
        files = found.group(1)
        if files not in self.views:
            self.views[files] = f"varta_{len(self.views)}"
            paths = re.findall(r"'([^']*)'", files)
            self._frame(paths).createOrReplaceTempView(self.views[files])
        return self.views[files]

    def _frame(self, paths: list[str]) -> Any:
        """Return the rows of files; the columns are told, for Spark does not guess that a UUID is sixteen bytes."""
        with duckdb.connect() as database:
            listed = database.execute(
                "DESCRIBE SELECT * FROM read_parquet($files, union_by_name = true)", {"files": paths}
            ).fetchall()
        columns = ", ".join(f"`{name}` {TYPES.get(kind, kind)}" for name, kind, *_ in listed)
        return self.session.read.schema(columns).parquet(*paths)
