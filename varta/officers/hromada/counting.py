"""The figures of a report: counted by the engine over the lake, and made fit for everybody's eyes.

A report is public, so its figures pass `figures/hiding` together with all that was ever published of the hromada, of
its neighbours and of what it lies in: no small count follows from any of it.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from varta.figures import Indicator, Period, Value
from varta.figures.engine import Question, ask
from varta.figures.hiding import (
    CannotProtect,
    Figure,
    Key,
    Protection,
    Told,
    protect,
    quantities,
    splits,
)
from varta.figures.hiding.key import Tree
from varta.indicators import discover
from varta.lake.source import LakeFiles
from varta.officers.hromada import errors
from varta.officers.hromada.wording import said
from varta.places.models import Territory
from varta.published import queries as published

# What a hromada is told, in this order: calls, arrival, appeals, reception, meetings.
CODES = ("C01", "C03", "C05", "C06", "C08", "C09", "C10", "C12-RECEPTIONS", "G06-MEETINGS")
SECONDS = 10.0  # how long the best choice of what to hide is looked for
Figures = dict[str, Any]  # {"counted_at", "watermark", "rows": [{"code", "title", …, "now", "before"}]}


def counted(hromada: Territory, period: Period) -> Figures:
    """Return the figures of a hromada and a period as everybody may see them, beside the same days a year before.

    `behind` are the true counts, which are kept apart from what is published. Raises NotCountedYet while the lake
    lies behind the period, and NothingToPublish where former publications leave no way to hide a small count.
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
    values = {
        (one.code, name): total.values[one.code][nth] for one in indicators for nth, name in enumerate(spans)
    }
    figures = [
        Figure((one.code, name), counts)
        for one in indicators
        for name, span in spans.items()
        if (counts := _behind(one, values[one.code, name], hromada.code, span))
    ]
    found = _protected(figures, hromada)
    rows = []
    for one in indicators:
        shown = {name: _public(values[one.code, name], (one.code, name) in found.hidden) for name in spans}
        rows.append(_about(one) | shown)
    return {
        "counted_at": refreshed,
        "watermark": lake.manifest.watermark,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "rows": rows,
        "behind": [
            [list(figure.name), [[*key, count] for key, count in figure.counts]] for figure in figures
        ],
    }


def _behind(one: Indicator, value: Value, row: str, period: Period) -> tuple[tuple[Key, int], ...]:
    """Return the counts that a figure gives away."""
    named = quantities(one)
    first = period.last if one.on_a_day else period.first
    key = Key("", row, first.isoformat(), period.last.isoformat())
    if value.number is None or (not one.additive and value.base is None):
        return ()
    if one.additive:
        return ((key._replace(quantity=named["base"]), round(value.number)),)
    base = int(value.base or 0)
    found = [(key._replace(quantity=named["base"]), base)]
    if "part" in named:
        found.append((key._replace(quantity=named["part"]), round(value.number * base)))
    return tuple(found)


def _protected(figures: Sequence[Figure], hromada: Territory) -> Protection:
    inside = splits(discover().values())
    asked = published.kin({key.quantity for figure in figures for key, _ in figure.counts}, inside)
    places = published.trees()[0]
    try:
        return protect(
            figures,
            earlier=published.earlier(asked, rows=_around(hromada.code, places)),
            trees=[places],
            splits=inside,
            seconds=SECONDS,
        )
    except CannotProtect as wrong:
        raise errors.NothingToPublish(hromada=hromada.name) from wrong


def _around(code: str, places: Tree) -> set[str]:
    """Return the hromada, those beside it, and all that it lies in."""
    found = {other for other, above in places.items() if above == places.get(code)} | {code}
    above = places.get(code)
    while above:
        found.add(above)
        above = places.get(above)
    return found


def withheld(figures: Figures, hromada: Territory) -> set[tuple[str, str]]:
    """Return the figures, by code and span, that are shown though by now they would have to be hidden."""
    held = [
        Figure(tuple(name), tuple((Key(*key), count) for *key, count in counts))
        for name, counts in figures.get("behind", ())
    ]
    states = {
        (row["code"], name): row[name]["state"] for row in figures["rows"] for name in ("now", "before")
    }
    return {name for name in _protected(held, hromada).hidden if states[name] == "known"}


def told(figures: Figures, row: str) -> list[Told]:
    """Return the counts of a report, to be kept with what is published of it."""
    states = {(one["code"], name): one[name] for one in figures["rows"] for name in ("now", "before")}
    found: dict[Key, Told] = {}
    for name, counts in figures.get("behind", ()) or _shown(figures, row):
        for *key, count in counts:
            shown = states[tuple(name)]["state"] == "known" or (Key(*key) in found and found[Key(*key)].shown)
            found[Key(*key)] = Told(Key(*key), count, shown, min(count, 1) if len(counts) == 1 else 0)
    return list(found.values())


def _shown(figures: Figures, row: str) -> Iterator[tuple[tuple[str, str], list[list[Any]]]]:
    """Yield what reports that were counted before counts were kept tell of counts: the figures that are counts."""
    if not figures["rows"]:  # of a report without figures there is nothing to tell
        return
    now = Period(date.fromisoformat(figures["first"]), date.fromisoformat(figures["last"]))
    for one in figures["rows"]:
        indicator = discover().get(one["code"])
        for name, period in (("now", now), ("before", now.year_before())):
            if indicator is None or not indicator.additive or one[name]["number"] is None:
                continue
            value = Value.known(one[name]["number"])
            yield (
                (one["code"], name),
                [[*key, count] for key, count in _behind(indicator, value, row, period)],
            )


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


def _public(value: Value, hidden: bool) -> dict[str, Any]:
    """Return a figure as it is kept: number and state; no base, which would be a second figure."""
    if hidden:
        return {"number": None, "state": "hidden"}
    return {"number": None if value.number is None else round(value.number, 6), "state": value.state}


def written(figures: Figures) -> str:
    """Return the figures as the entry keeps them."""
    return json.dumps(figures, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read(text: str) -> Figures:
    """Return the figures that an entry keeps."""
    found: Figures = json.loads(text)
    return found if isinstance(found, dict) else {"rows": found}
