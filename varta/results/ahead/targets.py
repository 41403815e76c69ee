"""Setting targets and reading them: each correction is another edition, and the old one stays visible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from varta.figures import Indicator, Period
from varta.indicators import discover
from varta.lib.clock import kyiv_day
from varta.people.scope import SYSTEM, Reader
from varta.places.models import Territory, Unit
from varta.results.ahead.models import Target
from varta.results.ahead.places import Scope, scope_of_place, scope_of_unit

SETTING = frozenset({"head", "coordinator"})
SPANS = {  # last month of a span by its number within the year, and how many months it has
    Target.Span.YEAR: 12,
    Target.Span.NINE_MONTHS: 9,
    Target.Span.HALF_YEAR: 6,
    Target.Span.QUARTER: 3,
    Target.Span.MONTH: 1,
}


class TargetRefused(ValueError):
    """The target cannot be set so; `field` names what is wrong and `texts` says it in both languages."""

    def __init__(self, field: str, uk: str, en: str) -> None:
        self.field, self.texts = field, {"uk": uk, "en": en}
        super().__init__(en)


@dataclass(frozen=True)
class Wanted:
    """A target as somebody wants it, of a place or of a unit, by code; the value of a share lies in 0..1."""

    indicator: str
    span: str
    first: date
    value: float
    method: str
    basis: str
    place: str = ""
    unit: str = ""
    sense: str = ""  # empty: as the indicator's direction has it


def period_of(span: str, first: date) -> Period:
    """Return the days of a span that begins in the month of `first`. Raises TargetRefused where none begins there."""
    months = SPANS.get(Target.Span(span)) if span in Target.Span.values else None
    if months is None or (first.month - 1) % (12 if months in (9, 12) else months):
        raise TargetRefused(
            "first",
            f"Такий період не починається {first:%d.%m.%Y}.",
            f"No such period begins on {first:%d.%m.%Y}.",
        )
    ends = first.month + months
    after = date(first.year + (ends - 1) // 12, (ends - 1) % 12 + 1, 1)
    return Period(first.replace(day=1), date.fromordinal(after.toordinal() - 1))


def may_set(reader: Reader) -> bool:
    """Return whether the reader's role sets targets."""
    return reader.role in SETTING or reader.role == SYSTEM


def visible_to(reader: Reader) -> QuerySet[Target]:
    """Return the targets, all editions, of places and units that the reader answers for."""
    if not reader.known:
        return Target.objects.none()
    return Target.objects.filter(
        place_from__gte=reader.place_from,
        place_to__lte=reader.place_to,
        unit_from__gte=reader.unit_from,
        unit_to__lte=reader.unit_to,
    ).select_related("place", "unit", "set_by")


def in_force(reader: Reader) -> QuerySet[Target]:
    """Return the last edition of each target that was not withdrawn."""
    return visible_to(reader).filter(replaced_by=None).exclude(value=None)


@transaction.atomic
def set_target(wanted: Wanted, *, by: Reader, at: datetime) -> Target:
    """Set a target and return it. Raises TargetRefused."""
    indicator, scope, columns = _checked(wanted, by, at)
    target = Target(**columns, **scope.as_columns(), set_by_id=by.officer_id, set_at=at)
    return _saved(target, indicator)


@transaction.atomic
def correct(
    target: Target, *, value: float | None, method: str, basis: str, reason: str, by: Reader, at: datetime
) -> Target:
    """Replace a target by another edition and return it; without a value it is withdrawn. Raises TargetRefused."""
    if not reason.strip():
        raise TargetRefused("reason", "Напишіть, чому ціль змінюється.", "Write why the target is changed.")
    usual = value if value is not None else target.value or 0.0
    again = Wanted(
        target.indicator,
        target.span,
        target.first,
        usual,
        method,
        basis,
        target.place_id or "",
        target.unit_id or "",
        target.sense,
    )
    indicator, scope, columns = _checked(again, by, at)
    made = Target(
        **{**columns, "value": value},
        **scope.as_columns(),
        reason=reason.strip(),
        replaces=target,
        set_by_id=by.officer_id,
        set_at=at,
    )
    return _saved(made, indicator)


def _saved(target: Target, indicator: Indicator) -> Target:
    try:
        with transaction.atomic():
            target.save(force_insert=True)
    except IntegrityError as taken:
        raise TargetRefused(
            "value",
            f"Цю ціль ({indicator.code}) уже поставлено або змінено. Відкрийте її та виправте.",
            f"This target ({indicator.code}) is set or changed already. Open it and correct it.",
        ) from taken
    return target


def _checked(wanted: Wanted, by: Reader, at: datetime) -> tuple[Indicator, Scope, dict[str, Any]]:
    if not may_set(by):
        raise TargetRefused(
            "value", "Цілі ставить керівник або координатор.", "The head or the coordinator sets targets."
        )
    indicator = discover().get(wanted.indicator)
    if indicator is None:
        raise TargetRefused(
            "indicator",
            f"Показника «{wanted.indicator}» немає.",
            f"There is no indicator “{wanted.indicator}”.",
        )
    place, unit, scope = _whose(wanted, by)
    period = period_of(wanted.span, wanted.first)
    if period.last < kyiv_day(at):
        raise TargetRefused(
            "first",
            f"Період закінчився {period.last:%d.%m.%Y}: ціль ставлять наперед.",
            f"The period ended on {period.last:%d.%m.%Y}: targets are set beforehand.",
        )
    _value(wanted, indicator)
    return indicator, scope, {
        "indicator": indicator.code,
        "place": place,
        "unit": unit,
        "span": wanted.span,
        "first": period.first,
        "last": period.last,
        "value": wanted.value,
        "sense": _sense(wanted, indicator),
        "method": wanted.method,
        "basis": wanted.basis.strip(),
    }  # fmt: skip


def _whose(wanted: Wanted, by: Reader) -> tuple[Territory | None, Unit | None, Scope]:
    place = Territory.objects.filter(code=wanted.place).first() if wanted.place else None
    unit = Unit.objects.filter(code=wanted.unit).first() if wanted.unit else None
    scope = scope_of_place(place) if place else scope_of_unit(unit) if unit else None
    if scope is None or (wanted.place and wanted.unit) or not scope.within(by):
        code = wanted.place or wanted.unit
        raise TargetRefused(
            "place",
            f"Коду «{code}» немає серед тих, за які ви відповідаєте. Вкажіть одне місце або один підрозділ.",
            f"The code “{code}” is not among those you answer for. Name one place or one unit.",
        )
    return place, unit, scope


def _value(wanted: Wanted, indicator: Indicator) -> None:
    if wanted.method not in Target.Method.values:
        raise TargetRefused("method", "Вкажіть, як ціль поставлено.", "Say how the target was set.")
    if not wanted.basis.strip():
        raise TargetRefused(
            "basis",
            "Ціль без підстави не приймається: назвіть рішення, наказ або розрахунок.",
            "A target without a basis is not taken: name the decision, the order or the calculation.",
        )
    if not 0 <= wanted.value < 1e12 or (indicator.percent and wanted.value > 1):
        raise TargetRefused(
            "value", "Такого значення показник не може мати.", "The indicator cannot have such a value."
        )


def _sense(wanted: Wanted, indicator: Indicator) -> str:
    """Return whether more or less is wanted; it must be said where the indicator hopes for neither."""
    if wanted.sense in Target.Sense.values:
        return wanted.sense
    if indicator.direction == "neither":
        raise TargetRefused(
            "sense",
            f"Для {indicator.code} вкажіть, це «щонайменше» чи «щонайбільше».",
            f"Say of {indicator.code} whether it is “at least” or “at most”.",
        )
    return Target.Sense.AT_LEAST if indicator.direction == "more" else Target.Sense.AT_MOST


def of_period(reader: Reader, period: Period) -> Mapping[tuple[str, str], float]:
    """Return the targets in force of exactly these days: (indicator, code of place or unit) -> value."""
    found = in_force(reader).filter(first=period.first, last=period.last)
    return {
        (one.indicator, one.place_id or one.unit_id or ""): one.value
        for one in found
        if one.value is not None
    }


def editions(target: Target) -> Iterable[Target]:
    """Yield all editions of a target, the first one first."""
    one: Target | None = target
    while one is not None and one.replaces_id:
        one = Target.objects.select_related("set_by").get(pk=one.replaces_id)
    while one is not None:
        yield one
        one = Target.objects.select_related("set_by").filter(replaces=one).first()
