"""Periods of Kyiv days: which kinds there are, what they are called, and the same days of the year before."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from varta.lib.clock import day_end, day_start

Kind = Literal["month", "quarter", "half_year", "nine_months", "year", "running", "custom"]
KINDS: dict[Kind, Mapping[str, str]] = {
    "month": {"uk": "місяць", "en": "month"},
    "quarter": {"uk": "квартал", "en": "quarter"},
    "half_year": {"uk": "півріччя", "en": "half-year"},
    "nine_months": {"uk": "дев’ять місяців", "en": "nine months"},
    "year": {"uk": "рік", "en": "year"},
    "running": {"uk": "останні 12 місяців", "en": "last 12 months"},
    "custom": {"uk": "інші дні", "en": "other days"},
}
MONTHS = {
    "uk": ("січень", "лютий", "березень", "квітень", "травень", "червень",
           "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
ROMAN = ("I", "II", "III", "IV")
FIRST_YEAR = 1991  # there is no journal before it
MOST_DAYS = 3660  # ten years


class PeriodRefused(ValueError):
    """A period of which nothing can be counted; `texts` says why, and what to do, in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodRefused(
                f"Період закінчується {_day(self.last)}, раніше за свій перший день {_day(self.first)}. "
                "Оберіть пізніший останній день.",
                f"The period ends on {self.last}, before its first day {self.first}. Choose a later last day.",
            )

    @property
    def start(self) -> datetime:
        """Return its first moment, in UTC."""
        return day_start(self.first)

    @property
    def end(self) -> datetime:
        """Return the first moment after it, in UTC."""
        return day_end(self.last)

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def kind(self) -> Kind:
        """Return which kind it is; twelve whole months that are no calendar year are running ones."""
        if self.first.day != 1 or self.last != _month_end(self.last.year, self.last.month):
            return "custom"
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months == 12:
            return "year" if self.first.month == 1 else "running"
        if months == 9 and self.first.month == 1:
            return "nine_months"
        if months == 6 and self.first.month in (1, 7):
            return "half_year"
        if months == 3 and self.first.month in (1, 4, 7, 10):
            return "quarter"
        return "month" if months == 1 else "custom"

    @property
    def title(self) -> dict[str, str]:
        """Return what people call it, in both languages."""
        return _title(self)

    def year_before(self) -> "Period":
        """Return the same days a year earlier; a period that ends with February ends with February."""
        last = _year_earlier(self.last)
        if (self.last.month, self.last.day) == (2, 28) and _is_leap(self.last.year - 1):
            last = last.replace(day=29)
        return Period(_year_earlier(self.first), last)


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that is counted, and the last day that was asked for where the period has not yet ended."""

    period: Period
    meant_until: date | None = None

    @property
    def note(self) -> Mapping[str, str] | None:
        """Return the words that say that the period still runs, None where it is whole."""
        if self.meant_until is None:
            return None
        last, meant = self.period.last, self.meant_until
        return {
            "uk": f"Період ще триває: пораховано по {_day(last)}, а не по {_day(meant)}. "
            "Поруч – ті самі дні попереднього року.",
            "en": f"The period still runs: counted to {_day(last)} and not to {_day(meant)}. "
            "Beside it stand the same days of the year before.",
        }


def to_this_day(period: Period, *, today: date) -> Asked:
    """Return the period as far as it has come.

    Raises PeriodRefused for one that has not begun, is longer than ten years, or begins before any journal.
    """
    if period.first > today:
        raise PeriodRefused(
            f"Період починається {_day(period.first)}, а сьогодні {_day(today)}: рахувати ще нічого. "
            "Оберіть період, який уже почався.",
            f"The period begins on {_day(period.first)}, and today is {_day(today)}: there is nothing to count yet. "
            "Choose a period that has begun.",
        )
    if period.first.year < FIRST_YEAR:
        raise PeriodRefused(
            "Попереднього року немає в журналі. Оберіть пізніший перший день.",
            "The year before is not in the journal. Choose a later first day.",
        )
    counted = Period(period.first, min(period.last, today))
    if counted.days > MOST_DAYS:
        raise PeriodRefused(
            "Період довший за десять років. Оберіть коротший.",
            "The period is longer than ten years. Choose a shorter one.",
        )
    return Asked(counted, period.last if period.last > today else None)


def of(kind: Kind, year: int, number: int = 1) -> Period:
    """Return a period by its kind: month 1..12, quarter 1..4 or half-year 1..2 of a year, nine months, year.

    "running" means the twelve months that end with month `number`. Raises PeriodRefused for what does not exist.
    """
    months = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12, "running": 12}.get(kind)
    most = {"month": 12, "quarter": 4, "half_year": 2, "running": 12}.get(kind, 1)
    if months is None or not 1 <= number <= most or not FIRST_YEAR <= year < 9999:
        raise PeriodRefused(
            f"Періоду «{kind} {number} {year}» немає. Є: {', '.join(name for name in KINDS if name != 'custom')}.",
            f"There is no period “{kind} {number} {year}”. There are: "
            f"{', '.join(name for name in KINDS if name != 'custom')}.",
        )
    if kind == "running":
        return running(_month_end(year, number))
    first = (number - 1) * months + 1
    return Period(date(year, first, 1), _month_end(year, first + months - 1))


def named(words: str) -> Period:
    """Return the period of a short name: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12.

    Raises PeriodRefused for other words.
    """
    year, _, rest = words.strip().upper().partition("-")
    try:
        number = int(year)
        if not rest:
            return of("year", number)
        if rest == "9M":
            return of("nine_months", number)
        if rest.endswith("-R12"):
            return of("running", number, int(rest.removesuffix("-R12")))
        if rest[0] in "QH":
            return of("quarter" if rest[0] == "Q" else "half_year", number, int(rest[1:]))
        return of("month", number, int(rest))
    except PeriodRefused:
        raise
    except ValueError as wrong:
        raise PeriodRefused(
            f"Період «{words}» незрозумілий. Приклади: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12.",
            f"The period “{words}” is not understood. Examples: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12.",
        ) from wrong


def nine_months(year: int) -> Period:
    """Return January to September of a year."""
    return Period(date(year, 1, 1), date(year, 9, 30))


def year_to(day: date) -> Period:
    """Return the year from its first day to this one."""
    return Period(date(day.year, 1, 1), day)


def running(day: date) -> Period:
    """Return the last twelve whole months up to a day, its own month if the day is that month's last."""
    last = day if day == _month_end(day.year, day.month) else day.replace(day=1) - timedelta(days=1)
    following = last + timedelta(days=1)
    return Period(following.replace(year=following.year - 1), last)


def _title(period: Period) -> dict[str, str]:
    year, month = period.last.year, period.first.month
    days = f"{_day(period.first)} – {_day(period.last)}"
    quarter, half = ROMAN[(month - 1) // 3], ROMAN[(month - 1) // 6]
    uk, en = {
        "month": (f"{MONTHS['uk'][month - 1]} {year} року", f"{MONTHS['en'][month - 1]} {year}"),
        "quarter": (f"{quarter} квартал {year} року", f"{quarter} quarter of {year}"),
        "half_year": (f"{half} півріччя {year} року", f"{half} half of {year}"),
        "nine_months": (f"дев’ять місяців {year} року", f"nine months of {year}"),
        "year": (f"{year} рік", f"the year {year}"),
        "running": (f"12 місяців, {days}", f"12 months, {days}"),
        "custom": (days, days),
    }[period.kind]
    return {"uk": uk, "en": en}


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
