"""Units of the police on a day: what a share of units is out of, counted over the dimension of units."""

from collections.abc import Mapping
from datetime import date

import duckdb

from varta.figures.value import Value

TOTAL = "*"
BRANCHES = ("prevention", "criminal")  # the two sides of interaction
Standing = Mapping[str, frozenset[str]]  # code of the row -> codes of its units that stood on the day


def standing(
    database: duckdb.DuckDBPyConnection,
    files: tuple[str, str],
    level: str,
    day: date,
    within: tuple[tuple[int, int] | None, tuple[int, int] | None],
) -> Standing:
    """Return the units of both branches by row; by places only the whole, and none where a part was asked for.

    `files`: those of units and of places; `within`: the intervals of places and units of the question.
    """
    units, places = files
    if not _whole_country(database, places, within[0]):
        return {}
    low, high = within[1] or (-(2**31), 2**31 - 1)
    rows = database.execute(
        f"SELECT code, coalesce(directorate, '') FROM read_parquet('{units}') WHERE branch IN {BRANCHES} "
        "AND pre BETWEEN $low AND $high AND (valid_from IS NULL OR valid_from <= $day) "
        "AND (valid_to IS NULL OR valid_to > $day)",
        {"day": day, "low": low, "high": high},
    ).fetchall()
    found: dict[str, set[str]] = {TOTAL: {code for code, _ in rows}}
    for code, directorate in rows:
        if level in ("unit", "directorate"):
            found.setdefault(code if level == "unit" else directorate, set()).add(code)
    return {row: frozenset(codes) for row, codes in found.items()}


def _whole_country(database: duckdb.DuckDBPyConnection, places: str, within: tuple[int, int] | None) -> bool:
    if within is None:
        return True
    query = f"SELECT min(pre) >= $low AND max(pre) <= $high FROM read_parquet('{places}')"
    found = database.execute(query, {"low": within[0], "high": within[1]}).fetchone()
    return bool(found and found[0])


def value(stood: Standing, row: str, having: Mapping[str, int] | None) -> Value:
    """Return the share of a row's units that have any; unknown where the row's units are not known."""
    units = stood.get(row, frozenset())
    return Value.share(len(units & (having or {}).keys()), len(units))
