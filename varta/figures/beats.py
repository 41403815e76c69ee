"""Beats above the norm: a state of places on a day, counted over the dimension of beats and not over entries."""

from collections.abc import Mapping
from datetime import date

import duckdb

from varta.figures.value import Value

TOTAL = "*"
Counted = Mapping[str, tuple[int, int]]  # code of the row -> (beats above the norm, all with known people)


def counted(
    database: duckdb.DuckDBPyConnection,
    files: tuple[str, str],
    group: str | None,
    day: date,
    places: tuple[int, int] | None,
) -> Counted:
    """Return the beats of a day by row; `group` is a column of places, None where rows are no places.

    `files`: those of beats and of places. A beat whose people nobody told counts in neither number.
    """
    beats, ground = files
    low, high = places or (-(2**31), 2**31 - 1)
    column = f"p.{group}" if group else "NULL::VARCHAR"
    rows = database.execute(
        f"SELECT CASE WHEN grouping({column}) = 1 THEN '{TOTAL}' ELSE coalesce({column}, '') END, "
        "count(*) FILTER (WHERE b.people > b.norm), count(*) "
        f"FROM read_parquet('{beats}') b JOIN read_parquet('{ground}') p ON p.pre = b.place_pre "
        "WHERE b.people IS NOT NULL AND b.since <= $day AND (b.until IS NULL OR b.until > $day) "
        f"AND b.place_pre BETWEEN $low AND $high GROUP BY GROUPING SETS (({column}), ())",
        {"day": day, "low": low, "high": high},
    ).fetchall()
    return {code: (above, whole) for code, above, whole in rows if group or code == TOTAL}


def value(found: Counted, code: str) -> Value:
    """Return the share of a row; unknown where it has no beat with known people."""
    above, whole = found.get(code, (0, 0))
    return Value.share(above, whole)
