"""The figures of a report month by month: what small charts show; kept with a report when it is frozen."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from varta.figures import Count, Period, PerPopulation, Quantile, Share
from varta.lake.source import LakeFiles
from varta.people.scope import Reader
from varta.results.report import Asked, chosen, make

FLOWS = Count | PerPopulation | Share | Quantile  # what is counted from single steps, and so quickly
MOST_ROWS = 40  # little charts that somebody looks at
MOST_MONTHS = 24


def months_of(period: Period) -> list[Period]:
    """Return the months of a period, the first and the last as far as they lie in it; [] for too many."""
    found, first = [], period.first
    while first <= period.last:
        end = first.replace(day=monthrange(first.year, first.month)[1])
        found.append(Period(first, min(end, period.last)))
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found if 1 < len(found) <= MOST_MONTHS else []


def by_month(
    asked: Asked, *, by: Reader, lake: LakeFiles | None = None, codes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return {"level", "months", "rows": row -> indicator -> [[now, before], …]}; {} where there are too many rows.

    Of flows alone: states of a day and kept terms are not counted so. Unknown figures are None. The days are those of
    the months, and the same of the year before.
    """
    lake = lake or LakeFiles()
    flows = tuple(one.code for one in chosen(tuple(codes)) if isinstance(one.measure, FLOWS))
    if not flows:
        return {}
    rows: dict[str, dict[str, list[list[float | None]]]] = {}
    months = months_of(asked.period)
    for month in months:
        made = make(replace(asked, period=month, codes=flows), reader=by, lake=lake)
        if len(made.lines) > MOST_ROWS:
            return {}
        for line in (*made.lines, made.total):
            held = rows.setdefault(line.code, {})
            for code, cell in line.cells.items():
                held.setdefault(code, []).append([cell.now.number, cell.before.number])
    if not months:
        return {}
    return {"level": asked.level, "months": [month.first.isoformat() for month in months], "rows": rows}
