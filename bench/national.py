"""The nine-month report over a lake of ten national years, by oblast and by hromada, at growing sizes.

    python -m bench.national [--entries 100000000] [--sizes 12500000,25000000,50000000] [--pandas 12500000]
                             [--postgres 4000000] [--without growth,pandas,postgres] [--folder DIR] [--smoke]

The lake is made first (national_lake.py). Varta answers both tables in one pass. Beside it stands the best script
written by hand: each part in DuckDB and in Polars, and of each part the faster one. All must give equal rows, or the
benchmark fails. pandas and PostgreSQL count the same at sizes of their own. The floor is the bytes of the columns
that must be read, at the rate at which this machine copies memory, and at which its disk reads.
Each counter runs in a process of its own, whose peak of memory is shown.
"""

import argparse
import math
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench import ground
from bench.national_hand import PARTS, WRITERS, Found, Rows, assembled
from bench.national_lake import YEARS, make_lake

LEVELS = ("oblast", "hromada")
SMOKE = False  # set by --smoke: everything in one process, since starting one takes longer than the work
HEAD = ["counted by", "entries", "first s", "best s", "times the best by hand", "peak MiB"]
READ = {  # the columns that no counter can do without
    "call.receive": "case at place_pre unrecorded",
    "call.assign": "case at opened_at place_pre",
    "call.arrive": "case at opened_at place_pre late_from",
    "call.close": "case at place_pre confirmed",
    "call.join": "case",
    "call.false_call": "at place_pre",
    "call.feedback": "at place_pre satisfied",
    "appeal.receive": "case at place_pre kind late_from_reply",
    "appeal.reply": "case at place_pre",
    "appeal.extend": "case",
    "personal_reception.receive": "at place_pre",
}
Timed = tuple[Any, list[float], float]  # what came out, seconds of each run, peak of memory in MiB


def ours(folder: Path, codes: tuple[str, ...], times: int) -> Timed:
    """Ask Varta's engine for both tables."""
    import django

    os.environ["VARTA_LAKE"] = str(folder)
    django.setup()
    from varta.figures import Period
    from varta.figures.engine import Question, ask_levels
    from varta.indicators import discover
    from varta.lake.source import LakeFiles

    indicators = [one for code, one in discover().items() if not codes or code in codes]
    question = Question(Period(date(2019, 1, 1), date(2019, 9, 30)), "oblast")
    spent, answers = [], {}
    for _ in range(times):
        started = time.perf_counter()
        answers = ask_levels(LakeFiles(), indicators, question, LEVELS)
        spent.append(time.perf_counter() - started)
    rows: Rows = {}
    for level, answer in answers.items():
        for row in answer.rows:
            rows[level, row.code] = {
                code: tuple(one.number for one in pair) for code, pair in row.values.items()
            }
    rows["*", "*"] = {
        code: tuple(one.number for one in pair) for code, pair in answers["oblast"].total.values.items()
    }
    return rows, spent, _peak()


def by_hand(folder: Path, writer: str, times: int) -> Timed:
    """Count each part by hand; the seconds are those of each part, the first run and the best."""
    counter = WRITERS[writer](folder)
    return _parts(counter, times)


def by_pandas(folder: Path) -> Timed:
    from bench.national_peers import ByPandas

    return _parts(ByPandas(folder), 1)


def _parts(counter: Any, times: int) -> Timed:
    found: dict[str, Found] = {}
    spent: dict[str, list[float]] = {part: [] for part in PARTS}
    for _ in range(times):
        for part in PARTS:
            started = time.perf_counter()
            found[part] = getattr(counter, part)()
            spent[part].append(time.perf_counter() - started)
    return (found, spent), [sum(runs[n] for runs in spent.values()) for n in range(times)], _peak()


def _peak() -> float:
    """Return the most memory that this process had, in MiB; what it was started from does not count."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def apart(work: Callable[..., Timed], *given: Any) -> Timed:
    """Run the work in a process of its own."""
    if SMOKE:
        return work(*given)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def compare(folder: Path, entries: int, times: int) -> tuple[list[list[object]], Rows, float]:
    """Return the lines of Varta and of both hands at one size, the rows, and the best by hand in seconds."""
    hands = {writer: apart(by_hand, folder, writer, times) for writer in WRITERS}
    rows = {writer: assembled(found, folder) for writer, ((found, _), _, _) in hands.items()}
    same(rows["DuckDB"], rows["Polars"])
    codes = tuple(rows["DuckDB"]["*", "*"] | {"C02": ()})
    counted, spent, peak = apart(ours, folder, codes, times)
    same(rows["DuckDB"], counted)
    _, whole, whole_peak = apart(ours, folder, (), times)
    parts = {part: {writer: hands[writer][0][1][part] for writer in WRITERS} for part in PARTS}
    best = sum(min(min(runs) for runs in by.values()) for by in parts.values())
    first = sum(min(runs[0] for runs in by.values()) for by in parts.values())
    lines: list[list[object]] = [
        ["best by hand, each part", f"{entries:,}", f"{first:.2f}", f"{best:.2f}", "1.00", ""],
        _line("Varta, the same indicators", entries, spent, best, peak),
        _line("Varta, all indicators", entries, whole, best, whole_peak),
        *[
            _line(f"{writer} by hand", entries, hands[writer][1], best, hands[writer][2])
            for writer in WRITERS
        ],
    ]
    ground.table(
        f"Parts by hand at {entries:,} entries, seconds",
        ["part", *WRITERS],
        [[part, *(f"{min(by[writer]):.3f}" for writer in WRITERS)] for part, by in parts.items()],
    )
    return lines, rows["DuckDB"], best


def _line(name: str, entries: int, spent: list[float], best: float, peak: float) -> list[object]:
    least = min(spent)
    return [name, f"{entries:,}", f"{spent[0]:.2f}", f"{least:.2f}", f"{least / best:.2f}", f"{peak:,.0f}"]


def same(first: Rows, second: Rows) -> None:
    """Fail unless both give equal figures wherever the first has one; floats to nine digits."""
    for key, values in first.items():
        for code, pair in values.items():
            for one, other in zip(pair, second[key][code], strict=True):
                known = one is not None and other is not None
                equal = math.isclose(one, other, rel_tol=1e-9) if known else one is other
                assert equal, (key, code, one, other)


def floor(folder: Path) -> list[list[object]]:
    """Return what must be read, and how long that takes at the rates of memory and disk."""
    import duckdb

    from bench.national_hand import Files

    files, packed, plain = Files(folder), 0, 0
    for name, columns in READ.items():
        whole = name in ("appeal.receive", "appeal.reply", "appeal.extend")
        listed = files.every(name) if whole else files.of(name, last=12 if "case" in columns else 9)
        if listed:
            [(one, other)] = duckdb.sql(
                "SELECT sum(total_compressed_size), sum(total_uncompressed_size) FROM parquet_metadata($files) "
                "WHERE list_contains($columns, path_in_schema)",
                params={"files": listed, "columns": columns.split()},
            ).fetchall()
            packed, plain = packed + int(one or 0), plain + int(other or 0)
    memory, disk = _memory_rate(), _disk_rate(folder)
    rates = (("unpacked, from memory", plain, memory), ("packed, from disk", packed, disk))
    return [
        [name, f"{size / 2**20:,.0f}", f"{rate / 2**20:,.0f}", f"{size / rate:.3f}"]
        for name, size, rate in rates
    ]


def _memory_rate() -> float:
    """Return how many bytes a second are copied in memory."""
    import numpy as np

    block = np.ones(1 << 25)
    target = np.empty_like(block)
    best = math.inf
    for _ in range(5):
        started = time.perf_counter()
        np.copyto(target, block)
        best = min(best, time.perf_counter() - started)
    return block.nbytes / best


def _disk_rate(folder: Path) -> float:
    """Return how many bytes a second are read of the largest files, which the system is asked to forget before."""
    files = sorted((folder / "call.receive").glob("*.parquet"), key=lambda file: -file.stat().st_size)[:40]
    size, started = 0, time.perf_counter()
    for file in files:
        with file.open("rb", buffering=0) as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while block := opened.read(1 << 22):
                size += len(block)
    return size / (time.perf_counter() - started)


def drill(folder: Path, times: int) -> Timed:
    """Open the records behind figures of the country, of an oblast and of a hromada; seconds of the best run."""
    import django

    os.environ["VARTA_LAKE"] = str(folder)
    django.setup()
    import duckdb

    from varta.figures import Period
    from varta.figures.engine import TOTAL, Question, records
    from varta.indicators import discover
    from varta.lake.source import LakeFiles

    lake = LakeFiles()
    [(oblast, hromada)] = duckdb.sql(
        f"SELECT oblast, code FROM read_parquet('{lake.dimension('places')}') WHERE level = 3 AND oblast LIKE 'UA12%' "
        "ORDER BY pre LIMIT 1"
    ).fetchall()
    period, lines = Period(date(2019, 1, 1), date(2019, 9, 30)), []
    for code in ("C01", "C03", "C06", "C07", "C08", "C10"):
        line: list[object] = [code]
        for level, row in (("oblast", TOTAL), ("oblast", oblast), ("hromada", hromada)):
            spent = []
            for _ in range(times):
                started = time.perf_counter()
                records(lake, discover()[code], Question(period, level), row)
                spent.append(time.perf_counter() - started)
            line.append(f"{min(spent) * 1000:.0f}")
        lines.append(line)
    return lines, [], _peak()


def with_pandas(folder: Path, entries: int) -> list[list[object]]:
    """Return pandas' line beside Varta's at its own size."""
    lines, rows, best = compare(folder, entries, 2)
    (found, _), spent, peak = apart(by_pandas, folder)
    same(rows, assembled(found, folder))
    return [*lines, _line("pandas", entries, spent, best, peak)]


def with_postgres(folder: Path, entries: int, database: str) -> list[list[object]]:
    """Return PostgreSQL's line beside Varta's at its own size; loading and rolling up are not counted."""
    from bench.national_peers import ByPostgres, load
    from varta.lib import postgres

    lines, rows, best = compare(folder, entries, 2)
    with postgres.connect_as_superuser(database=database) as connection:
        started = time.perf_counter()
        load(folder, connection)
        print(f"PostgreSQL took {time.perf_counter() - started:.0f} s to load, index and roll up.")
        (found, _), spent, _ = _parts(ByPostgres(connection), 2)
    same(rows, assembled(found, folder))
    return [*lines, [*_line("PostgreSQL, daily roll-ups", entries, spent, best, 0)[:-1], ""]]


@contextmanager
def lake(entries: int, where: str | None = None) -> Iterator[tuple[Path, int]]:
    """Make a lake of this size, or take the one that lies in `where`; its folder and how many entries it has."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(where or name)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["VARTA_LAKE"] = str(folder)
        from varta.lake import dimensions, manifest

        if not (folder / "manifest.json").exists():
            dimensions.write()
            started = time.perf_counter()
            made = make_lake(folder, entries, years=2 if SMOKE else YEARS, processes=1 if SMOKE else 2)
            seconds = time.perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            size = sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 2**20
            print(
                f"\n{made:,} entries in {size:,.0f} MiB: made in {seconds:.0f} s, "
                f"two processes of at most {peak:,.0f} MiB.",
                flush=True,
            )
        yield folder, manifest.read().rows()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000_000)
    parser.add_argument("--sizes", default="12500000,25000000,50000000", help="of the table of growth")
    parser.add_argument("--pandas", type=int, default=12_500_000, help="entries for pandas")
    parser.add_argument(
        "--postgres", type=int, default=4_000_000, help="entries for PostgreSQL, loaded first"
    )
    parser.add_argument("--without", default="", help="what to leave out: growth,pandas,postgres,main")
    parser.add_argument("--folder", help="keep the largest lake here, or take the one that lies here")
    parser.add_argument("--smoke", action="store_true", help="a size that only shows that it runs")
    options = parser.parse_args()
    sizes, without = [int(size) for size in options.sizes.split(",") if size], set(options.without.split(","))
    with ground.database() as database:
        if options.smoke:
            return smoke(database)
        if "main" not in without:
            with lake(options.entries, options.folder) as (folder, made):
                at_full_size(folder, made, 3)
        if "growth" not in without:
            lines = []
            for size in sizes:
                with lake(size) as (folder, made):
                    lines += compare(folder, made, 2)[0][:3]
            ground.table("Growth", HEAD, lines)
        if "pandas" not in without:
            with lake(options.pandas) as (folder, made):
                ground.table("Beside pandas (equal rows)", HEAD, with_pandas(folder, made))
        if "postgres" not in without:
            with lake(options.postgres) as (folder, made):
                ground.table("Beside PostgreSQL (equal rows)", HEAD, with_postgres(folder, made, database))
    return None


def smoke(database: str) -> None:
    """Show on one small lake that everything runs."""
    global SMOKE  # noqa: PLW0603
    SMOKE = True
    with lake(20_000) as (folder, made):
        at_full_size(folder, made, 1)
        ground.table("Beside pandas (equal rows)", HEAD, with_pandas(folder, made))
        ground.table("Beside PostgreSQL (equal rows)", HEAD, with_postgres(folder, made, database))


def at_full_size(folder: Path, entries: int, times: int) -> None:
    """Print the report's table, the floor's and that of drilling down."""
    lines, _, _ = compare(folder, entries, times)
    ground.table("The nine-month report by oblast and by hromada, two periods (equal rows)", HEAD, lines)
    ground.table("What must be read (floor)", ["bytes", "MiB", "MiB/s", "s"], floor(folder))
    found, _, peak = apart(drill, folder, times)
    head = ["records behind", "country ms", "oblast ms", "hromada ms"]
    ground.table(f"From a cell to its records, peak {peak:,.0f} MiB", head, found)


if __name__ == "__main__":
    main()
