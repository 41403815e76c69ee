"""Monthly figures of every place: counted from entries, and where there are none, as an earlier system told them."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from varta.figures import Indicator, KeptInTerm, Period, PerPopulation
from varta.figures.engine import TOTAL, Interval, Lake, Question, ask
from varta.figures.sql import opening_of
from varta.planning.monthly import SEASON, Scale, Series, Whole
from varta.results.ahead.models import EarlierMonth

YEARS = 5  # how far back months are counted
RECORDS, EARLIER, NONE = "r", "e", ""  # where a month's figure comes from


@dataclass(frozen=True, slots=True)
class Month:
    """A month's figure, what it rests on, and where it comes from."""

    value: float | None = None
    base: float | None = None
    source: str = NONE


@dataclass
class Months:
    """Months by number, of one indicator in one place."""

    held: dict[int, Month] = field(default_factory=dict)

    def series(self, indicator: Indicator, last: int) -> Series:
        """Return the months up to `last` as forecasts take them."""
        first = min((number for number, one in self.held.items() if one.source), default=last)
        numbers = range(min(first, last), last + 1)
        found = [self.held.get(number, Month()) for number in numbers]
        scale, whole = kind_of(indicator)
        values, factor = [one.value for one in found], 1.0
        if isinstance(indicator.measure, PerPopulation):
            values, factor = _counts(found)
        bases = tuple(one.base for one in found) if whole == "weighted" else ()
        return Series(numbers[0], tuple(values), bases, scale, whole, factor)

    def as_plain(self) -> dict[str, Any]:
        """Return the months as JSON keeps them."""
        return {str(number): [one.value, one.base, one.source] for number, one in sorted(self.held.items())}


def from_plain(plain: Mapping[str, Any]) -> dict[int, Month]:
    """Return the months that were kept."""
    return {int(number): Month(*one) for number, one in plain.items()}


def kind_of(indicator: Indicator) -> tuple[Scale, Whole]:
    """Return on which scale an indicator is forecast, and how its months make up a year."""
    if indicator.on_a_day:
        return ("share" if indicator.percent else "count" if indicator.additive else "positive"), "last"
    if indicator.percent:
        return "share", "weighted"
    if indicator.additive or isinstance(indicator.measure, PerPopulation):
        return "count", "sum"
    return "positive", "weighted"


def _counts(found: Iterable[Month]) -> tuple[list[float | None], float]:
    """Return the counts behind a rate, and what one of them adds to the rate."""
    months = list(found)
    factors = [one.value / one.base for one in months if one.value and one.base]
    return [one.base if one.value is not None else None for one in months], factors[-1] if factors else 1.0


def number_of(day: date) -> int:
    """Return the number of a day's month."""
    return day.year * SEASON + day.month - 1


def period_of(number: int) -> Period:
    """Return the days of a month."""
    year, month = number // SEASON, number % SEASON + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


Held = dict[tuple[str, str], Months]  # (indicator, place) -> months


def counted(
    lake: Lake,
    indicators: tuple[Indicator, ...],
    places: Interval,
    country: str,
    *,
    last: int,
    until: int,
    tell: Callable[[], None],
) -> Held:
    """Return the months that entries tell, of the country and its oblasts, from five years before `last` on.

    `until` is the last month that is over; months after `last` are what came and are not learnt from. Each month
    is counted with the same one of the year before, in one pass over the files of both.
    """
    found: Held = {}
    for number in pairs(last, until):
        known = _Known(lake, number), _Known(lake, number - SEASON)
        if any(one.any for one in known):
            answer = ask(lake, indicators, Question(period_of(number), "oblast", places))
            for row in (*answer.rows, answer.total):
                if row.code:
                    place = country if row.code == TOTAL else row.code
                    _put(found, indicators, place, row.values, known)
        tell()
    return found


def pairs(last: int, until: int) -> list[int]:
    """Return the months to count: each brings the same month of the year before with it."""
    until = max(last, min(until, last + SEASON))
    return [
        number
        for year in range(0, YEARS, 2)
        for number in range(until - SEASON * (year + 1) + 1, until - SEASON * year + 1)
    ]


def _put(found: Held, indicators: Iterable[Indicator], place: str, values: Any, known: Any) -> None:
    for one in indicators:
        months = found.setdefault((one.code, place), Months())
        for value, of in zip(values[one.code], known, strict=True):
            if of.records(one) and value.number is not None:
                months.held[of.number] = Month(value.number, value.base, RECORDS)


class _Known:
    """Whether entries tell anything of a month: a month of which nothing was recorded is unknown, not zero."""

    def __init__(self, lake: Lake, number: int) -> None:
        self.lake, self.number = lake, number
        self.name = f"{number // SEASON}-{number % SEASON + 1:02d}"
        self.before = f"{(number - 1) // SEASON}-{(number - 1) % SEASON + 1:02d}"
        self.seen: dict[str, bool] = {}

    @property
    def any(self) -> bool:
        """Return whether there may be anything: calls of that month, or any entry at all up to it."""
        return self._has("call.receive", self.name) or bool(
            self.lake.files("officer_training.apply", "", self.name)
        )

    def records(self, indicator: Indicator) -> bool:
        """Return whether the steps that the indicator counts were recorded in the month at all."""
        folder = folder_of(indicator)
        if folder is None:
            return False
        if indicator.on_a_day:
            return bool(self.lake.files(folder, "", self.name))
        held = self._has(opening_of(folder), self.name) or self._has(folder, self.name)
        if isinstance(indicator.measure, KeptInTerm):  # what is due follows from the month before
            return held and self._has(opening_of(folder), self.before)
        return held

    def _has(self, folder: str, name: str) -> bool:
        key = f"{folder} {name}"
        if key not in self.seen:
            self.seen[key] = bool(self.lake.files(folder, name, name))
        return self.seen[key]


def folder_of(indicator: Indicator) -> str | None:
    """Return a folder of the lake that the indicator is counted in; None where it is counted in none."""
    measure: Any = indicator.measure
    measure = getattr(measure, "stock", measure)
    if isinstance(measure, PerPopulation):
        return measure.count.step
    if moves := getattr(measure, "moves", ()):
        return str(moves[0].step)
    return getattr(measure, "step", None) or getattr(measure, "opening", None)


def with_earlier(found: Held, indicators: Iterable[Indicator]) -> Held:
    """Return the months with those that an earlier system told, where no entries do."""
    codes = {one.code for one in indicators}
    rows = EarlierMonth.objects.filter(indicator__in=codes)
    for code, place, number, value, base in rows.values_list(
        "indicator", "place_id", "month", "value", "base"
    ):
        months = found.setdefault((code, place), Months())
        if number not in months.held:
            months.held[number] = Month(value, base, EARLIER)
    return found
