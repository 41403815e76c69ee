"""Spark gives the rows that DuckDB gives: on a standalone cluster of a master and two workers.

Not part of `make test`: `.ci/cluster` runs it, in an environment that has pyspark and Java.
"""

import math
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyspark
import pytest

from bench.national_lake import make_lake
from varta.figures import Period, spark
from varta.figures.engine import Answer, Question, ask_levels
from varta.indicators import discover
from varta.lake.schema import BEATS, PLACES, UNITS, duck_types

LEVELS = ("oblast", "hromada", "unit")
SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for processes that live a minute
QUESTION = Question(Period(date(2019, 1, 1), date(2019, 9, 30)), "oblast")


class Lake:
    """A small country, each folder in one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self, folder, first="", last="9999-12"):
        path = self.folder / f"{folder}.parquet"
        return [str(path)] if path.exists() else []

    def columns(self, folder):
        return duck_types(folder)

    def dimension(self, name):
        return str(self.folder / f"{name}.parquet")


def country() -> dict[str, pa.Table]:
    """Return places, units and beats: 25 oblasts with two hromadas and a directorate each, as the files hold them."""
    places, units, beats = [], [], []
    named = {"uk": "x", "en": "x", "sort_key": "x"}
    everywhere = {"valid_from": None, "valid_to": None, "country": "UA", **named}
    places.append({"pre": 0, "pre_end": 9999, "code": "UA", "level": 0, **everywhere})
    units.append({"pre": 0, "pre_end": 9999, "code": "NPU", "directorate": None, **named})
    for nth in range(1, 26):
        oblast, pre = f"UA{nth + 1:02}", nth * 100
        within = {"oblast": oblast, **everywhere}
        people = None if nth == 7 else 100_000 * nth
        places.append(
            {"pre": pre, "pre_end": pre + 99, "code": oblast, "level": 1, "population": people, **within}
        )
        unit = f"NPU-{nth + 1:02}"
        units.append({"pre": pre, "pre_end": pre + 99, "code": unit, "directorate": unit, **named})
        for more in (1, 2):
            code = f"{oblast}{more:02}"
            inner = {"raion": oblast + "R", "hromada": code, "population": 9_000, **within}
            places.append(
                {"pre": pre + 10 * more, "pre_end": pre + 10 * more + 9, "code": code, "level": 3, **inner}
            )
            beat = {"code": code, "place_pre": pre + 10 * more, "people": 5_000 + 900 * more, "norm": 6_000}
            beats.append({**beat, "since": date(2017, 1, 1), "until": None})
    return {
        "places": pa.Table.from_pylist(places, PLACES),
        "units": pa.Table.from_pylist(units, UNITS),
        "beats": pa.Table.from_pylist(beats, BEATS),
    }


@pytest.fixture(scope="module")
def lake(tmp_path_factory) -> Lake:
    made = tmp_path_factory.mktemp("lake")
    for name, table in country().items():
        duckdb.from_arrow(table).write_parquet(str(made / f"{name}.parquet"))
    make_lake(made, 20_000, years=2, processes=2)
    for folder in [one for one in made.iterdir() if one.is_dir()]:
        if files := [str(file) for file in folder.glob("*.parquet")]:
            whole = duckdb.sql("SELECT * FROM read_parquet($files)", params={"files": files})
            whole.write_parquet(str(made / f"{folder.name}.parquet"), compression="zstd")
    return Lake(made)


@pytest.fixture(scope="module")
def master(tmp_path_factory) -> Iterator[str]:
    """Start a master and two workers as processes of their own, and stop them at the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    address, home = f"spark://127.0.0.1:{port}", tmp_path_factory.mktemp("spark")
    log = (home / "log").open("w")
    environment = os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "192m",
        "SPARK_DAEMON_JAVA_OPTS": SHORT,
        "SPARK_WORKER_DIR": str(home),
        "SPARK_LOG_DIR": str(home),
    }
    run = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    place = ["--host", "127.0.0.1", "--webui-port", "0"]

    def start(name: str, *given: str) -> subprocess.Popen[bytes]:
        command = [run, f"org.apache.spark.deploy.{name.lower()}.{name}", *place, *given]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)

    running = [start("Master", "--port", str(port))]
    try:
        listening(port)
        running += [start("Worker", "--cores", "1", "--memory", "600m", address) for _ in range(2)]
        yield address
    finally:
        for one in reversed(running):
            os.killpg(one.pid, signal.SIGTERM)
            one.wait(20)
        log.close()


def listening(port: int) -> None:
    """Wait until something answers at the port."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The master of Spark did not come up within a minute.")


@pytest.fixture(scope="module")
def session(master) -> Iterator["pyspark.sql.SparkSession"]:
    from pyspark.sql import SparkSession

    asked = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.cores.max": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": SHORT,
        "spark.executor.extraJavaOptions": SHORT,
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",  # with so few rows compiling takes longer than counting
        "spark.sql.files.openCostInBytes": "0",
        # Both workers must be there before anything is counted.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
    }
    builder = SparkSession.builder.master(master).appName("varta")
    for name, value in asked.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_two_workers_give_the_rows_that_duckdb_gives(lake, session):
    indicators = list(discover().values())

    here = ask_levels(lake, indicators, QUESTION, LEVELS)
    there = ask_levels(lake, indicators, QUESTION, LEVELS, count=spark.counter(session))

    executors = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
    assert executors == 2
    assert counted(here["oblast"]) > 500
    for level in LEVELS:
        assert list(differing(here[level], there[level])) == []


def counted(answer: Answer) -> int:
    """Return how many figures are known and not zero, so that equal rows say something."""
    return sum(bool(one.number) for row in answer.rows for pair in row.values.values() for one in pair)


def differing(one: Answer, other: Answer) -> Iterator[object]:
    """Yield every figure that differs, counts to the last digit, quantiles to the twelfth."""
    assert [row.code for row in one.rows] == [row.code for row in other.rows]
    for row, twin in zip((*one.rows, one.total), (*other.rows, other.total), strict=True):
        for code, pair in row.values.items():
            for held, found in zip(pair, twin.values[code], strict=True):
                if not same(held, found):
                    yield row.code, code, held, found


def same(held, found) -> bool:
    numbers = ((held.number, found.number), (held.low, found.low), (held.high, found.high))
    close = all(
        a is b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-12)) for a, b in numbers
    )
    return close and (held.state, held.base, held.part) == (found.state, found.base, found.part)
