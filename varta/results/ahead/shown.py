"""Forecasts and targets as pages, files and reports show them: one reading of a row for all."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.figures import Indicator
from varta.figures.fan import Fan, Points, fan
from varta.planning.monthly import SEASON
from varta.results.ahead.models import ProspectRow, Target
from varta.results.ahead.months import Month, from_plain, kind_of, number_of

METHODS = {
    "seasonal_naive": gettext_lazy("same month of the year before"),
    "seasonal_drift": gettext_lazy("year before, changed as the last six months"),
    "smoothing": gettext_lazy("exponential smoothing, damped trend"),
    "theta": gettext_lazy("theta method"),
    "mixture": gettext_lazy("mixture of three"),
    "few_counts": gettext_lazy("steady rate of few events"),
    "last_value": gettext_lazy("last month goes on"),
    "chosen": gettext_lazy("what Varta would have chosen each time"),
}
SURE, LIKELY, UNLIKELY = 0.9, 0.6, 0.4
PAST = 36  # months that the chart of months shows
TRIGGERS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True)
class Outlook:
    """One indicator of one place: its months, what is expected of the year, and its target."""

    row: ProspectRow
    indicator: Indicator
    last: int  # number of the last month that was learnt from
    target: Target | None = None

    @property
    def months(self) -> Mapping[int, Month]:
        """Return all months that are known, also those that came later."""
        return from_plain(self.row.months)

    @property
    def made(self) -> Mapping[str, Any]:
        """Return the forecast as it is kept; "reason" in it says that there is none."""
        return self.row.outcome

    @property
    def expected(self) -> Sequence[float] | None:
        """Return middle, low80, high80, low95, high95 of the year; None without a forecast."""
        return self.made["path"][-1] if "path" in self.made else None

    @property
    def year(self) -> int:
        """Return the year that is forecast."""
        return (self.last + 1) // SEASON

    @property
    def before(self) -> float | None:
        """Return the whole year before, None where a month of it is unknown."""
        return self.whole_of(self.year - 1)

    @property
    def came(self) -> float | None:
        """Return the whole year as it came, None while a month is unknown."""
        return self.whole_of(self.year)

    def whole_of(self, year: int, until: int = SEASON) -> float | None:
        """Return what the first months of a year make up, None where one is unknown."""
        found = [self.months.get(year * SEASON + nth, Month()) for nth in range(until)]
        if not found or any(one.value is None for one in found):
            return None
        return _whole(found, self.indicator)

    @property
    def chance(self) -> float | None:
        """Return the part of the runs that reach the target of the year."""
        if self.target is None or self.target.value is None or "at" not in self.made:
            return None
        at = self.made["at"]
        below = sum(value < self.target.value for value in at) / len(at)
        above = sum(value > self.target.value for value in at) / len(at)
        return 1 - below if self.target.sense == Target.Sense.AT_LEAST else 1 - above

    @property
    def verdict(self) -> str:
        """Return "sure", "likely", "open", "unlikely" or "" without a target or forecast."""
        if self.chance is None:
            return ""
        bounds = ((SURE, "sure"), (LIKELY, "likely"), (UNLIKELY, "open"))
        return next((word for least, word in bounds if self.chance >= least), "unlikely")


def _whole(found: Sequence[Month], indicator: Indicator) -> float | None:
    _scale, whole = kind_of(indicator)
    values = [one.value or 0.0 for one in found]
    if whole == "last":
        return values[-1]
    if whole == "sum":
        return sum(values)
    weights = [one.base or 0.0 for one in found]
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights) if sum(weights) else None


def written(value: float | None, one: Indicator, language: str) -> str:
    """Return a value as people write it: percent for shares, a comma in Ukrainian; a dash for none."""
    if value is None:
        return "—"
    number = value * 100 if one.percent else value
    text = f"{number:,.{one.decimals}f}".replace(",", "\u00a0")
    text = text.replace(".", ",") if language == "uk" else text
    return text + ("\u00a0%" if one.percent else "")


def by_month(one: Outlook, language: str) -> str:
    """Return the chart of months: the last three years, and the months to come with their bands."""
    first, end = one.last - PAST + 1, one.year * SEASON + SEASON - 1
    known = _stretches({n: m for n, m in one.months.items() if first <= n <= one.last}, first)
    came = [
        [(n - first, m.value)] for n, m in one.months.items() if one.last < n <= end and m.value is not None
    ]
    ticks = [(year * SEASON - first, f"{year}") for year in range(first // SEASON + 1, one.year + 1)]
    drawn = Fan(
        end - first,
        ticks,
        known,
        _bands(one.made.get("months", ()), one.last - first, known),
        came=came,
        from_zero=not one.indicator.percent,
    )
    title = _("%(title)s by month; bands hold 80 and 95 of 100 runs") % {
        "title": one.indicator.title[language]
    }
    return fan(drawn, title=title, written=lambda value: written(value, one.indicator, language))


def of_year(one: Outlook, language: str) -> str:
    """Return the chart of the year so far and to its end, beside last year and the target."""
    first = one.year * SEASON
    known = _running(one, one.year, one.last - first + 1)
    bands = _bands(one.made.get("path", ()), one.last - first, [known])
    came = [
        [(nth, value)]
        for nth in range(max(one.last - first + 1, 0), SEASON)
        if (value := one.whole_of(one.year, nth + 1)) is not None
    ]
    drawn = Fan(
        SEASON - 1,
        [(nth, f"{nth + 1:02d}") for nth in range(SEASON)],
        [known] if known else [],
        bands,
        before=[_running(one, one.year - 1, SEASON)],
        came=came,
        target=one.target.value if one.target else None,
        from_zero=not one.indicator.percent,
    )
    said = _(
        "%(title)s, %(year)s from its beginning to its end: known, expected, the year before and the target"
    )
    title = said % {"title": one.indicator.title[language], "year": one.year}
    return fan(drawn, title=title, written=lambda value: written(value, one.indicator, language))


def _running(one: Outlook, year: int, until: int) -> list[tuple[float, float]]:
    found = [(nth, one.whole_of(year, nth + 1)) for nth in range(max(until, 0))]
    return [(float(nth), value) for nth, value in found if value is not None]


def _stretches(held: Mapping[int, Month], first: int) -> list[Points]:
    """Return the known months in stretches without a gap."""
    found: list[list[tuple[float, float]]] = []
    before: int | None = None
    for number in sorted(held):
        value = held[number].value
        if value is None:
            continue
        if before is None or number != before + 1:
            found.append([])
        found[-1].append((number - first, value))
        before = number
    return list(found)


def _bands(
    months: Sequence[Sequence[float]], last: int, known: Sequence[Points]
) -> list[tuple[float, float, float, float, float, float]]:
    if not months:
        return []
    found = [
        (float(last + nth), low95, low80, middle, high80, high95)
        for nth, (middle, low80, high80, low95, high95) in enumerate(months, start=1)
    ]
    if known and known[-1] and known[-1][-1][0] == last:
        found.insert(0, (float(last), *((known[-1][-1][1],) * 5)))
    return found


def line(one: Outlook, language: str) -> dict[str, Any]:
    """Return an outlook as a row of the table: now, expected, target, and whether it is on its way."""
    expected, indicator = one.expected, one.indicator

    def text(value: float | None) -> str:
        return written(value, indicator, language)

    return {
        "code": indicator.code,
        "title": indicator.title[language],
        "unit": indicator.unit[language],
        "place": one.row.place,
        "place_code": one.row.place_id,
        "known": text(one.made.get("known", one.whole_of(one.year, one.last % SEASON + 1))),
        "before": text(one.before),
        "expected": text(expected[0]) if expected else "",
        "band80": f"{text(expected[1])} – {text(expected[2])}" if expected else "",
        "band95": f"{text(expected[3])} – {text(expected[4])}" if expected else "",
        "came": text(one.came) if one.came is not None else "",
        "within": expected is not None and one.came is not None and expected[3] <= one.came <= expected[4],
        "target": text(one.target.value) if one.target else "",
        "sense": one.target.get_sense_display() if one.target else "",
        "chance": chance_text(one.chance),
        "verdict": one.verdict,
        "naive": one.made.get("naive", False),
        "method": METHODS.get(one.made.get("method", ""), ""),
        "reason": one.made.get("texts", {}).get(language, ""),
        "mase": f"{one.made['chosen'][1]:.2f}" if "chosen" in one.made else "",
        "within80": round(one.made["chosen"][2] * 100) if "chosen" in one.made else "",
        "within95": round(one.made["chosen"][3] * 100) if "chosen" in one.made else "",
    }


def chance_text(chance: float | None) -> str:
    """Return a chance in percent; never surer than the runs can tell."""
    if chance is None:
        return ""
    if chance < 0.01:
        return "<\u00a01\u00a0%"
    return ">\u00a099\u00a0%" if chance > 0.99 else f"{chance * 100:.0f}\u00a0%"


def scores(one: Outlook) -> list[dict[str, Any]]:
    """Return the back-test as rows: each method, and what choosing among them would have brought."""
    if "scores" not in one.made:
        return []
    listed = [*one.made["scores"], one.made["chosen"]]
    return [
        {
            "name": METHODS.get(name, name),
            "mase": f"{mase:.2f}",
            "within80": round(within80 * 100),
            "within95": round(within95 * 100),
            "sums95": round(sums95 * 100),
            "used": name == one.made["method"],
            "is_choice": name == "chosen",
        }
        for name, mase, within80, within95, sums95 in listed
    ]


def months_of(one: Outlook, language: str) -> list[dict[str, Any]]:
    """Return the months of the year as rows: the year before, this year or what is expected of it, what came."""
    rows = []
    for nth in range(SEASON):
        number = one.year * SEASON + nth
        held, before = one.months.get(number, Month()), one.months.get(number - SEASON, Month())
        ahead = number - one.last
        band = one.made["months"][ahead - 1] if 0 < ahead <= len(one.made.get("months", ())) else None
        rows.append(
            {
                "month": date(number // SEASON, nth + 1, 1),
                "before": written(before.value, one.indicator, language),
                "known": written(held.value, one.indicator, language) if ahead <= 0 else "",
                "earlier": held.source == "e",
                "middle": written(band[0], one.indicator, language) if band else "",
                "band80": _between(band[1:3], one.indicator, language) if band else "",
                "band95": _between(band[3:5], one.indicator, language) if band else "",
                "came": written(held.value, one.indicator, language)
                if ahead > 0 and held.value is not None
                else "",
                "within": band is not None and held.value is not None and band[3] <= held.value <= band[4],
            }
        )
    return rows


def _between(pair: Sequence[float], one: Indicator, language: str) -> str:
    return f"{written(pair[0], one, language)} – {written(pair[1], one, language)}"


def as_csv(outlooks: Iterable[Outlook], as_of: date, language: str) -> str:
    """Return forecasts as CSV, UTF-8 with a mark: numbers as numbers, one line for an indicator and place."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ("as_of", "indicator", "title", "place_code", "place", "year", "known", "year_before", "expected",
         "low80", "high80", "low95", "high95", "target", "target_sense", "chance", "came", "method",
         "naive_is_best", "mase", "within80", "within95", "no_forecast")
    )  # fmt: skip
    for one in outlooks:
        chosen = one.made.get("chosen", ["", "", "", "", ""])
        cells = (as_of, one.indicator.code, one.indicator.title[language], one.row.place_id,
                 one.row.place.titles[language], one.year, one.made.get("known"), one.before,
                 *(one.expected or ("",) * 5), one.target.value if one.target else None,
                 one.target.sense if one.target else None, one.chance, one.came, one.made.get("method"),
                 one.made.get("naive"), *chosen[1:4], one.made.get("texts", {}).get(language))  # fmt: skip
        writer.writerow(["" if cell is None else _safe(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _safe(cell: object) -> object:
    return "'" + cell if isinstance(cell, str) and cell.startswith(TRIGGERS) else cell


def with_targets(
    rows: Iterable[ProspectRow], known: Mapping[str, Indicator], targets: Iterable[Target], as_of: date
) -> list[Outlook]:
    """Return the outlooks of rows, each with the target of its year if there is one."""
    last = number_of(as_of)
    year = (last + 1) // SEASON
    days = date(year, 1, 1), date(year, 12, 31)
    aims = {(one.indicator, one.place_id): one for one in targets if (one.first, one.last) == days}
    return [
        Outlook(row, known[row.indicator], last, aims.get((row.indicator, row.place_id)))
        for row in rows
        if row.indicator in known
    ]
