"""A lake of a whole country over ten years, invented to the published shape: calls with their steps, appeals, facts.

What is published and kept: 6.8 million calls in 2017 and 15 to 20 % more each year (here 17), of them 2 % domestic
violence, whose share differs eighteen-fold between oblasts; arrival norms of 7, 10 and 40 minutes; 0.15 to 0.3
calls a person. What is assumed: hours, weekdays, months, and how long a crew travels (log-normal, rural twice
urban). The whole is scaled so that all steps together come to the number of entries that is asked for.

Two processes make a month of calls each, and each month draws its own random numbers: the same seed gives the
same rows whoever makes them.
"""

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from varta.lake.manifest import Part, part_of

FIRST, YEARS = 2010, 10
GROWTH = 1.17
MONTHS = np.array([0.93, 0.88, 0.95, 0.98, 1.05, 1.09, 1.12, 1.11, 1.02, 0.98, 0.94, 0.95])
WEEKDAYS = np.array([0.96, 0.94, 0.94, 0.96, 1.04, 1.12, 1.04])
HOURS = np.array(
    [38, 30, 24, 20, 17, 17, 20, 27, 36, 41, 43, 44, 45, 45, 46, 48, 52, 57, 62, 66, 68, 66, 58, 48]
)
STEPS_A_CALL = 3.98  # entries of all procedures for each call
ARRIVED, ASSIGNED, AGAIN, CLOSED, JOINED = 0.85, 0.9, 0.05, 0.97, 0.01
MINUTE, DAY = 60_000_000, 86_400_000_000
KINDS = ("noise", "theft", "quarrel", "traffic", "injury", "other")
Columns = dict[str, Any]
Written = tuple[str, str, Part]  # folder, month, file


@dataclass(frozen=True)
class Places:
    """Where things happen: code, number in the tree, weight, whether rural, unit, and what its oblast is like."""

    code: np.ndarray
    pre: np.ndarray
    cumulative: np.ndarray
    rural: np.ndarray
    unit: np.ndarray
    unit_pre: np.ndarray
    slowness: np.ndarray  # of arrival, 1 in the middle
    violence: np.ndarray  # relative frequency with which violence is recorded
    no_protocols: np.ndarray  # the source records no protocols


def make_lake(folder: Path, entries: int, *, years: int = YEARS, seed: int = 31, processes: int = 2) -> int:
    """Write a lake of about so many entries into a folder that holds places and units; return how many.

    `years`: only the last ones are written, for a lake that is small in files as well.
    """
    from varta.lake import manifest

    calls = round(entries / STEPS_A_CALL)
    weights = GROWTH ** (np.arange(YEARS * 12) / 12) * np.tile(MONTHS, YEARS)
    weights[: (YEARS - years) * 12] = 0
    each = np.round(calls * weights / weights.sum()).astype(int)
    jobs = [(str(folder), nth, int(count), seed) for nth, count in enumerate(each) if count]
    for name in _folders():
        (folder / name).mkdir(exist_ok=True)
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        # The largest months come first, so that no process waits long for the other at the end.
        rest = pool.submit(_rest, str(folder), calls, years, seed)
        parts = [part for made in pool.map(_month, reversed(jobs)) for part in made] + rest.result()
    held = manifest.Manifest(database="bench", watermark=1)
    for name, month, part in sorted(parts, key=lambda written: (*written[:2], written[2].file)):
        held = held.with_parts(name, month, (*held.parts(name, month), part))
    os.environ["VARTA_LAKE"] = str(folder)
    manifest.write(held, now=datetime(FIRST + YEARS, 1, 1, tzinfo=UTC))
    return held.rows()


def _folders() -> Mapping[str, Any]:
    from varta.lake.schema import folders

    return folders()


@cache
def _places(folder: str) -> Places:
    found = duckdb.sql(
        f"SELECT p.code, p.pre, p.oblast, p.level, p.population FROM read_parquet('{folder}/places.parquet') p "
        "WHERE (level = 3 OR level = 4 AND population > 0) AND oblast IS NOT NULL "
        "AND left(code, 4) NOT IN ('UA01', 'UA85') ORDER BY pre"
    ).fetchnumpy()
    units = dict(duckdb.sql(f"SELECT code, pre FROM read_parquet('{folder}/units.parquet')").fetchall())
    codes = found["code"].astype(str)
    people = np.where(found["level"] == 3, 6_000.0, np.ma.filled(found["population"], 0).astype(float))
    oblasts, nth = np.unique(found["oblast"].astype(str), return_inverse=True)
    drawn = np.random.default_rng(len(oblasts))
    a_head, slow = drawn.uniform(0.6, 1.5, len(oblasts)), drawn.uniform(0.75, 1.4, len(oblasts))
    violence = np.exp(drawn.uniform(0, np.log(18), len(oblasts)))
    unit = np.array([_unit(code, units) for code in codes])
    weights = people * a_head[nth]
    return Places(
        code=codes,
        pre=found["pre"].astype(np.int32),
        cumulative=np.cumsum(weights) / weights.sum(),
        rural=people < 10_000,
        unit=unit,
        unit_pre=np.array([units[one] for one in unit], np.int32),
        slowness=slow[nth],
        violence=(violence / violence.mean())[nth],
        no_protocols=nth == 3,
    )


def _unit(code: str, units: Mapping[str, int]) -> str:
    """Return the unit of a place: of its raion, else of its oblast, else the headquarters."""
    named = (f"NPU-{code[2:4]}-{code[2:6]}", f"NPU-{code[2:4]}", "NPU")
    return next(one for one in named if one in units)


def _start(nth: int) -> int:
    """Return the first moment of a Kyiv month, in microseconds of UTC."""
    from varta.lib.clock import day_start

    first = date(FIRST + nth // 12, nth % 12 + 1, 1)
    return round(day_start(first).timestamp()) * 1_000_000


def _moments(drawn: np.random.Generator, nth: int, count: int) -> np.ndarray:
    """Return moments of a month in their order, busier at certain hours and on certain days."""
    start, end = _start(nth), _start(nth + 1)
    days = round((end - start) / DAY)
    first = date(FIRST + nth // 12, nth % 12 + 1, 1).weekday()
    each = WEEKDAYS[(first + np.arange(days)) % 7]
    slots = np.cumsum((each[:, None] * HOURS[None, :]).ravel())
    slot = np.searchsorted(slots / slots[-1], drawn.random(count), side="right")
    inside = drawn.integers(0, 3_600_000_000, count)
    return np.sort(np.minimum(start + slot * 3_600_000_000 + inside, end - 1))


def _keys(drawn: np.random.Generator, at: np.ndarray) -> np.ndarray:
    """Return keys as devices make them (UUID of version 7): the moment first, then chance."""
    keys = drawn.integers(0, 256, (len(at), 16), dtype=np.uint8)
    keys[:, :6] = (at // 1000).astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    keys[:, 6] = keys[:, 6] & 0x0F | 0x70
    keys[:, 8] = keys[:, 8] & 0x3F | 0x80
    return keys


def _month(job: tuple[str, int, int, int]) -> list[Written]:
    """Write a month's calls with their steps."""
    folder, nth, count, seed = job
    drawn, places = np.random.default_rng([seed, nth]), _places(folder)
    opened = _moments(drawn, nth, count)
    where = np.searchsorted(places.cumulative, drawn.random(count), side="right")
    rural = places.rural[where]
    category = drawn.choice(4, count, p=[0.06, 0.3, 0.5, 0.14])
    arrival = _travel(drawn, rural, places.slowness[where])
    norm = np.where(rural, 40, np.where(category == 0, 7, 10)) * MINUTE
    timed = category < 3
    chance = drawn.random((4, count), dtype=np.float32)
    assigned = opened + (drawn.lognormal(0.9, 0.8, count) * MINUTE).astype(np.int64)
    closed = opened + arrival + (drawn.lognormal(3.2, 0.7, count) * MINUTE).astype(np.int64)
    common = {
        "case": _keys(drawn, opened),
        "opened_at": opened,
        "where": where,
        "category": _words(category, ("alpha", "beta", "gamma", "delta")),
        "kind": _words(drawn.choice(6, count, p=[0.2, 0.1, 0.15, 0.2, 0.05, 0.3]), KINDS),
    }
    zone = np.where(rural, 2, (chance[3] < 0.4).astype(int))
    opening = {
        "late_from_arrive": _maybe(opened + norm, timed),
        "channel": _words((chance[0] < 0.12).astype(int), ("line_102", "app")),
        "zone": _words(zone, ("city_zone", "city", "rural")),
        "crime_signs": chance[1] < 0.07,
        "unrecorded": _words(
            np.where(chance[2] < 0.01, 2, places.no_protocols[where].astype(int)),
            ("[]", '["false_call"]', '["arrive", "close"]'),
        ),
    }
    checked = chance[1] < 0.9
    took, again = chance[0] < ASSIGNED, chance[0] < AGAIN
    steps: list[tuple[str, np.ndarray, np.ndarray, Columns]] = [
        ("call.receive", opened, np.ones(count, bool), opening),
        ("call.assign", assigned, took, {"force": _words(zone, ("patrol", "patrol", "response"))}),
        ("call.assign", assigned + 20 * MINUTE, again, {"force": _words(zone, ("response",) * 3)}),
        ("call.arrive", opened + arrival, chance[1] < ARRIVED,
         {"late_from": _maybe(opened + norm, timed), "crime_signs": chance[2] < 0.07}),
        ("call.close", closed, chance[2] < CLOSED,
         {"outcome": _words((chance[3] < 0.3).astype(int), ("resolved", "no_offence")),
          "confirmed": pa.array(chance[3] < 0.55, mask=~checked)}),
        ("call.join", opened + 5 * MINUTE, (chance[2] >= CLOSED) & (chance[2] < CLOSED + JOINED), {}),
        ("call.false_call", closed, (chance[2] < 0.011) & ~places.no_protocols[where], {}),
        ("call.feedback", closed + DAY, chance[0] > 0.96,
         {"satisfied": _words((chance[3] * 10 // 4).astype(int), ("yes", "partly", "no"))}),
    ]  # fmt: skip
    parts = []
    for name, at, taken, own in steps:
        rows = {**common, **own, "at": at}
        parts += _written(folder, name, nth, rows, taken, places)
    return parts + _violence(folder, nth, count, drawn, places)


def _travel(drawn: np.random.Generator, rural: np.ndarray, slowness: np.ndarray) -> np.ndarray:
    """Return how long each crew takes from the call on, in microseconds."""
    minutes = drawn.lognormal(2.1, 0.55, len(rural)) * np.where(rural, 2.2, 1.0) * slowness
    return (np.minimum(minutes, 600) * MINUTE).astype(np.int64)


def _violence(folder: str, nth: int, calls: int, drawn: np.random.Generator, places: Places) -> list[Written]:
    """Write a month's facts of domestic violence, recorded more often in some oblasts than in others."""
    count = max(calls // 50, 1)
    opened = _moments(drawn, nth, count)
    shares = np.diff(places.cumulative, prepend=0) * places.violence
    where = np.searchsorted(np.cumsum(shares) / shares.sum(), drawn.random(count), side="right")
    children, danger = drawn.random(count) < 0.3, drawn.random(count) < 0.12
    form = drawn.choice(3, count, p=[0.764, 0.211, 0.025])
    rows = {
        "case": _keys(drawn, opened),
        "opened_at": opened,
        "where": where,
        "at": opened,
        "forms": _words(form, ('["psychological"]', '["physical"]', '["economic"]')),
        "children": children,
        "danger": danger,
        "late_from_tell_children_service": _maybe(opened + DAY, children),
    }
    told = {**rows, "at": opened + (drawn.random(count) * 1.2 * DAY).astype(np.int64)}
    told["late_from"] = opened + DAY
    closed = {**rows, "at": opened + (drawn.random(count) * 9 * DAY).astype(np.int64)}
    closed["outcome"] = _words((drawn.random(count) < 0.55).astype(int), ("measures", "not_confirmed"))
    every = np.ones(count, bool)
    return [
        *_written(folder, "domestic_violence.register", nth, rows, every, places),
        *_written(folder, "domestic_violence.tell_children_service", nth, told, children, places),
        *_written(folder, "domestic_violence.close", nth, closed, drawn.random(count) < 0.95, places),
    ]


def _rest(folder: str, calls: int, years: int, seed: int) -> list[Written]:
    """Write what is small over the ten years: appeals and receptions, and the programme of officers."""
    drawn, places = np.random.default_rng([seed, 999]), _places(folder)
    months = np.arange((YEARS - years) * 12, YEARS * 12)
    counts = GROWTH ** (months / 12)
    parts = []
    for nth, share in zip(months.tolist(), counts / counts.sum(), strict=True):
        parts += _appeals(folder, nth, max(round(calls / 30 * share), 1), drawn, places)
    return parts + _programme(folder, drawn, places)


def _appeals(folder: str, nth: int, count: int, drawn: np.random.Generator, places: Places) -> list[Written]:
    opened = _moments(drawn, nth, count)
    where = np.searchsorted(places.cumulative, drawn.random(count), side="right")
    chance = drawn.random((2, count))
    extended = chance[0] < 0.06
    due = opened // DAY * DAY + np.where(extended, 45, 31) * DAY
    rows = {
        "case": _keys(drawn, opened),
        "opened_at": opened,
        "where": where,
        "kind": _words(drawn.choice(3, count, p=[0.05, 0.75, 0.2]), ("proposal", "request", "complaint")),
    }
    replied = opened + (np.where(extended, 44, 30.5) * (0.2 + 0.85 * chance[1]) * DAY).astype(np.int64)
    gone = (chance[0] > 0.97) & (chance[0] <= 0.99)
    steps: list[tuple[str, Any, Any, Columns]] = [
        ("appeal.receive", opened, np.ones(count, bool), {"late_from_reply": due}),
        ("appeal.extend", opened + 25 * DAY, extended, {}),
        ("appeal.forward", opened + 3 * DAY, gone, {}),
        ("appeal.return_defective", opened + 6 * DAY, chance[0] > 0.99, {}),
        ("appeal.reply", replied, chance[0] < 0.96,
         {"late_from": due, "result": _words((chance[1] < 0.4).astype(int), ("explained", "satisfied"))}),
        ("personal_reception.receive", opened, chance[1] < 0.3, {}),
    ]  # fmt: skip
    parts = []
    for name, at, taken, own in steps:
        parts += _written(folder, name, nth, {**rows, **own, "at": at}, taken, places)
    return parts


def _programme(folder: str, drawn: np.random.Generator, places: Places) -> list[Written]:
    """Write 2,400 people on their way to a hromada, memorandums with promises, reports, and meetings, from 2017 on."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(2_400):
        at = _day(2017, int(drawn.integers(0, 1000)))
        base = {"case": at, "opened_at": at, "where": int(drawn.integers(len(places.code)))}
        base["hromada"] = str(places.code[base["where"]])
        path = [
            ("apply", 0, "on"),
            ("enrol", 40, "since"),
            ("begin_internship", 120, "since"),
            ("appoint", 150, "since"),
        ]
        after = [("leave", 260, "since"), ("return", 290, "since"), ("dismiss", 400, "on")]
        taken = path[: int(drawn.integers(1, 5))]
        taken += after[: int(drawn.integers(0, 4))] if len(taken) == 4 else []
        for step, days, column in taken:
            rows[f"officer_training.{step}"].append({**base, "at": at + days * DAY, column: at + days * DAY})
    for nth in range(600):
        at = _day(2017, int(drawn.integers(0, 900)))
        base = {"case": at + 1, "opened_at": at, "where": int(drawn.integers(len(places.code)))}
        rows["hromada_memorandum.apply"].append({**base, "at": at, "on": at, "officers": 1})
        for number, side in enumerate(("hromada", "police"), 1):
            due = at + int(drawn.integers(30, 300)) * DAY
            promise = {"number": number, "side": side, "due": due}
            rows["hromada_memorandum.promise"].append({**base, "at": at + DAY, **promise})
            if drawn.random() < 0.8:
                kept = due + int(drawn.integers(-20, 10)) * DAY
                rows["hromada_memorandum.fulfil"].append({**base, "at": kept, "number": number, "on": kept})
        late = at + 200 * DAY
        report = {**base, "case": at + 2, "at": at, "late_from_publish": late}
        rows["hromada_report.begin"].append(report)
        if nth % 5:
            when = late + int(drawn.integers(-60, 15)) * DAY
            rows["hromada_report.publish"].append({**report, "at": when, "late_from": late})
        for held in range(6):
            meeting = {**base, "case": at + 3, "at": at + held * 60 * DAY, "present": 20}
            rows["local_meeting.hold"].append(meeting)
    parts = []
    for name, listed in rows.items():
        listed.sort(key=lambda row: (row["at"], row["case"], row["where"]))
        columns: Columns = {key: np.array([row[key] for row in listed]) for key in listed[0]}
        columns["case"] = _keys_of(columns["case"], columns["where"])
        first = (columns["at"][0] - _start(0)) // (31 * DAY)
        parts += _written(folder, name, int(first), columns, np.ones(len(listed), bool), places, file="rest")
    return parts


def _day(year: int, after: int) -> int:
    return round((datetime(year, 1, 1, 9, tzinfo=UTC) + timedelta(days=after)).timestamp()) * 1_000_000


def _keys_of(numbers: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Return keys that follow from numbers, so that the steps of one case share theirs."""
    keys = np.zeros((len(numbers), 16), np.uint8)
    keys[:, :8] = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)
    keys[:, 8:12] = where.astype(">u4").view(np.uint8).reshape(-1, 4)
    return keys


def _words(chosen: np.ndarray, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(chosen.astype(np.int8), pa.array(words))


def _maybe(moments: np.ndarray, there: np.ndarray) -> pa.Array:
    return pa.array(moments, pa.int64(), mask=~there)


def _written(
    folder: str, name: str, nth: int, rows: Columns, taken: np.ndarray, places: Places, file: str = ""
) -> list[Written]:
    """Write the rows that were taken, by the Kyiv month of `at`, and return the files."""
    at, parts = rows["at"], []
    last = at[taken].max(initial=0)
    while nth <= YEARS * 12 and _start(nth) <= last:
        inside = np.flatnonzero(taken & (at >= _start(nth)) & (at < _start(nth + 1)))
        if len(inside):
            inside = inside[np.argsort(at[inside], kind="stable")]
            parts.append(
                _file(
                    folder, name, nth, file or f"{int(at[inside[0]]):x}", _table(name, rows, inside, places)
                )
            )
        nth += 1
    return parts


def _table(name: str, rows: Columns, inside: np.ndarray, places: Places) -> pa.Table:
    """Return the folder's columns of these rows; those that nobody drew are empty."""
    where = rows["where"][inside]
    own: Columns = {
        "received_at": rows["at"][inside],
        "place": pa.DictionaryArray.from_arrays(where.astype(np.int32), pa.array(places.code)),
        "place_pre": places.pre[where],
        "unit": pa.DictionaryArray.from_arrays(where.astype(np.int32), pa.array(places.unit)),
        "unit_pre": places.unit_pre[where],
    }
    columns = {}
    for column in _folders()[name].columns():
        found = own[column.name] if column.name in own else rows.get(column.name)
        if column.name == "case":
            columns["case"] = _uuids(found[inside])
        elif found is None:
            columns[column.name] = pa.nulls(len(inside), column.type)
        else:
            drawn = (
                found
                if column.name in own
                else found.take(inside)
                if isinstance(found, pa.Array)
                else found[inside]
            )
            columns[column.name] = _typed(drawn, column.type)
    return pa.table(columns)


def _uuids(keys: np.ndarray) -> pa.Array:
    flat = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), len(keys), [None, pa.py_buffer(np.ascontiguousarray(keys).tobytes())]
    )
    return pa.ExtensionArray.from_storage(pa.uuid(), flat)


def _typed(drawn: Any, kind: pa.DataType) -> pa.Array:
    """Return an array of the column's type; moments and days are drawn in microseconds."""
    array = drawn if isinstance(drawn, pa.Array) else pa.array(drawn)
    if pa.types.is_date32(kind):
        return array.cast(pa.timestamp("us")).cast(kind, safe=False)
    return array if pa.types.is_dictionary(array.type) else array.cast(kind)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the process's own database, of one thread: the other core has its own process."""
    return duckdb.connect(config={"threads": 1})


def _file(folder: str, name: str, nth: int, mark: str, table: pa.Table) -> Written:
    """Write one file as the lake's refresh does, and return its line of the manifest."""
    month = f"{FIRST + nth // 12}-{nth % 12 + 1:02}"
    path = Path(folder) / name / f"{month}-{mark}.parquet"
    _database().from_arrow(table).write_parquet(str(path), compression="zstd")
    return name, month, part_of(path, table.num_rows)
