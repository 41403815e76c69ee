"""Targets for 2019, and invented months of the years in which the demonstration has no entries."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from varta.figures import Indicator, PerPopulation, nine_months
from varta.figures.value import Value
from varta.indicators import discover
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places.models import Territory
from varta.planning.monthly import SEASON
from varta.results.ahead import making, targets
from varta.results.ahead.models import EarlierMonth, Prospect, Target
from varta.results.ahead.months import kind_of, number_of
from varta.results.ahead.targets import TargetRefused, Wanted
from varta.results.report import Asked, make

MONTHS = (0.93, 0.92, 0.96, 1.0, 1.05, 1.08, 1.08, 1.06, 1.0, 0.98, 0.96, 0.98)  # as days.MONTHS of the calls
FIRST_YEAR, AS_OF = 2015, date(2019, 9, 30)
CODES = ("C01", "C03", "C05", "C09", "C10")
SOURCE = "Вигадано для демонстрації / Invented for the demonstration"
SET_AT = datetime(2019, 1, 21, 8, tzinfo=UTC)
BASIS = "Вигадано: протокол наради з підсумків 2018 року від 18.01.2019"
# indicator, value as a share of the year before or, of shares, points more; sense
AIMS = (("C01", 1.10, "at_most"), ("C05", 0.02, "at_least"), ("C10", 0.03, "at_least"))
PLACES = ("UA", "UA12000000000090473", "UA46000000000026241")  # with targets of their own


def write(now: datetime) -> None:
    """Write months and targets, and let the worker make the forecasts as of 30.09.2019; once only."""
    with reading(Reader.system()) as reader:
        if EarlierMonth.objects.exists():
            return
        country = Territory.objects.get(code="UA")
        asked = Asked(nine_months(2019), "oblast", "UA", codes=_there())
        report = make(asked, reader=reader)
        known = discover()
        rows = [
            _row(known[code], line.code, *month, now)
            for line in report.lines
            for code in asked.codes
            for month in _months(known[code], line.cells[code].now, line.cells[code].before, line.code)
        ]
        for code in asked.codes:
            before = report.total.cells[code].before
            rows += _of_country(
                known[code], country.code, before, [one for one in rows if one.indicator == code], now
            )
        EarlierMonth.objects.bulk_create(rows)
        _targets(rows)
        if not Prospect.objects.filter(as_of=AS_OF).exists():
            making.ask(as_of=AS_OF, by=reader, at=now)


def _there() -> tuple[str, ...]:
    return tuple(code for code in CODES if code in discover())


def _months(
    one: Indicator, now: Value, before: Value, place: str
) -> Iterator[tuple[int, float, float | None]]:
    """Yield invented months at the level and growth that entries tell; those that these tell are left unused."""
    if now.number is None or before.number is None or not before.base or not now.base:
        return
    dice = np.random.default_rng([sum(map(ord, place + one.code)), 2019])
    growth = min(max(now.base / before.base, 0.9), 1.3)
    level = before.base / sum(MONTHS[:9])
    first, last = FIRST_YEAR * SEASON, 2020 * SEASON
    wander = np.cumsum(dice.normal(0, 0.012, last - first))
    for number in range(first, last):
        years = (number - number_of(date(2018, 7, 1))) / SEASON
        rate = level * MONTHS[number % SEASON] * growth**years * float(np.exp(wander[number - first]))
        base = float(dice.poisson(rate))
        yield number, *_value(one, now, before, base, years, dice)


def _row(
    one: Indicator, place: str, month: int, value: float, base: float | None, now: datetime
) -> EarlierMonth:
    told = {"source": SOURCE, "is_invented": True, "loaded_at": now}
    return EarlierMonth(indicator=one.code, place_id=place, month=month, value=value, base=base, **told)


def _of_country(
    one: Indicator, country: str, before: Value, rows: list[EarlierMonth], now: datetime
) -> list[EarlierMonth]:
    """Return the country's months from those of its oblasts, so that they add up."""
    found = []
    for month in sorted({row.month for row in rows}):
        held = [row for row in rows if row.month == month]
        bases = sum(row.base or 0.0 for row in held)
        if isinstance(one.measure, PerPopulation):
            if before.number is None or not before.base:
                continue
            value: float = bases * before.number / before.base
        elif one.percent:
            value = sum(row.value * (row.base or 0.0) for row in held) / (bases or 1.0)
        else:
            value = sum(row.value for row in held)
        found.append(_row(one, country, month, value, bases or None, now))
    return found


def _value(
    one: Indicator, now: Value, before: Value, base: float, years: float, dice: np.random.Generator
) -> tuple[float, float | None]:
    scale, _whole = kind_of(one)
    assert before.number is not None and now.number is not None
    if scale == "share":
        part = min(max(before.number + (now.number - before.number) * years, 0.02), 0.98)
        return (float(dice.binomial(int(base), part)) / base if base else part), base
    if isinstance(one.measure, PerPopulation) and before.base:
        return base * before.number / before.base, base
    return base, None


def _targets(rows: list[EarlierMonth]) -> None:
    """Set the targets of 2019 as a meeting of January may have: beside the whole year before."""
    setter = Officer.objects.filter(login="kateryna", is_demo=True).first()
    by = Reader.of(setter, on=SET_AT.date()) if setter else Reader.system()
    for place in PLACES:
        for code, more, sense in AIMS:
            before = _year_before(rows, code, place)
            if before is None:
                continue
            value = round(before * more, -1) if more >= 1 else round(min(before + more, 1.0), 3)
            wanted = Wanted(
                code, Target.Span.YEAR, date(2019, 1, 1), value, "decision", BASIS, place, sense=sense
            )
            try:
                made = targets.set_target(wanted, by=by, at=SET_AT)
            except TargetRefused:
                continue
            if more < 1:  # of a share the nine months shall have as much as the year
                targets.set_target(replace(wanted, span="nine_months"), by=by, at=SET_AT)
            if (code, place) == ("C05", "UA"):
                targets.correct(made, value=round(value + 0.01, 3), method="decision", basis=BASIS + ", доповнення",
                                reason="Уточнено після звіту за перший квартал", by=by,
                                at=datetime(2019, 4, 15, 8, tzinfo=UTC))  # fmt: skip


def _year_before(rows: list[EarlierMonth], code: str, place: str) -> float | None:
    """Return what 2018 came to by the invented months: near enough for an invented target."""
    held = [
        row for row in rows if (row.indicator, row.place_id) == (code, place) and row.month // SEASON == 2018
    ]
    if not held:
        return None
    if held[0].base is None:
        return sum(row.value for row in held)
    return sum(row.value * (row.base or 0) for row in held) / (sum(row.base or 0 for row in held) or 1)
