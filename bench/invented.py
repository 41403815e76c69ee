"""A lake of invented calls and appeals for measuring, and the parts that its counters share."""

import json
import math
from pathlib import Path
from typing import Any

import duckdb

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


def span(bounds: tuple[str, str], moment: str = '"at"') -> str:
    return f"{moment} >= TIMESTAMP '{bounds[0]}' AND {moment} < TIMESTAMP '{bounds[1]}'"


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
