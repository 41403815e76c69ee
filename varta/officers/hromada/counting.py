"""The figures of a report: counted by the engine over the lake, and made fit for everybody's eyes.

A report is public, so each figure passes `figures/disclosure.py`. Besides, two published periods that overlap must
not give a small count by subtraction: a figure that would is hidden in the later report.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from varta.figures import Indicator, Period, Value
from varta.figures.engine import Question, ask
from varta.figures.hiding import THRESHOLD, shown_to_public
from varta.indicators import discover
from varta.lake.source import LakeFiles
from varta.officers.hromada import errors
from varta.officers.hromada.wording import said
from varta.places.models import Territory

# What a hromada is told, in this order: calls, arrival, appeals, reception, meetings.
CODES = ("C01", "C03", "C05", "C06", "C08", "C09", "C10", "C12-RECEPTIONS", "G06-MEETINGS")
Figures = dict[str, Any]  # {"counted_at", "watermark", "rows": [{"code", "title", …, "now", "before"}]}


def counted(hromada: Territory, period: Period, *, earlier: Iterable[Figures] = ()) -> Figures:
    """Return the figures of a hromada and a period as everybody may see them, beside the same days a year before.

    `earlier`: figures of reports of the hromada that were published. Raises NotCountedYet while the lake lies behind
    the period.
    """
    lake = LakeFiles()
    refreshed = lake.manifest.refreshed_at
    if not refreshed or datetime.fromisoformat(refreshed) < period.end:
        until = datetime.fromisoformat(refreshed).date() if refreshed else None
        raise errors.NotCountedYet(until=said(until) if until else {"uk": "—", "en": "—"})
    indicators = [discover()[code] for code in CODES]
    question = Question(period, "hromada", (hromada.pre, hromada.pre_end))
    total = ask(lake, indicators, question).total
    spans = {"now": period, "before": period.year_before()}
    others = [span for told in earlier for span in _spans(told)]
    rows = []
    for one in indicators:
        values = dict(zip(spans, total.values[one.code], strict=True))
        rows.append(_about(one) | {name: _public(one, values[name], spans[name], others) for name in spans})
    return {
        "counted_at": refreshed,
        "watermark": lake.manifest.watermark,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "rows": rows,
    }


def _about(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": dict(one.title),
        "definition": dict(one.definition),
        "unit": dict(one.unit),
        "decimals": one.decimals,
        "percent": one.percent,
        "additive": one.additive,
    }


def _public(
    one: Indicator, value: Value, period: Period, others: Sequence[tuple[Period, Mapping[str, Any]]]
) -> dict[str, Any]:
    """Return a figure as it is kept: number and state; no base, which would be a second figure."""
    shown = shown_to_public(one, value)
    if (
        one.additive
        and shown.number is not None
        and any(_tells(shown.number, period, told, held.get(one.code)) for told, held in others)
    ):
        shown = Value.hidden()
    number = None if shown.number is None else round(shown.number, 6)
    return {"number": number, "state": shown.state}


def _tells(number: float, period: Period, other: Period, held: float | None) -> bool:
    """Return whether the difference to what is published of a period that overlaps is a small count."""
    if held is None or period == other or period.last < other.first or other.last < period.first:
        return False
    return 0 < abs(number - held) < THRESHOLD


def _spans(told: Figures) -> list[tuple[Period, dict[str, float | None]]]:
    """Return the two periods of published figures, each with its numbers by indicator."""
    now = Period(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    return [
        (period, {row["code"]: row[name]["number"] for row in told["rows"]})
        for name, period in (("now", now), ("before", now.year_before()))
    ]


def written(figures: Figures) -> str:
    """Return the figures as the entry keeps them."""
    return json.dumps(figures, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read(text: str) -> Figures:
    """Return the figures that an entry keeps."""
    found: Figures = json.loads(text)
    return found if isinstance(found, dict) else {"rows": found}
