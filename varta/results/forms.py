"""What somebody asks of the report: period, level, place, indicator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varta.figures import Indicator, Period, nine_months, periods, year_to
from varta.figures.engine import LEVELS
from varta.figures.periods import PeriodRefused, running, to_this_day
from varta.people.access import reading_language
from varta.places import search
from varta.results.report import Asked, chosen

LEVEL_NAMES = {
    "country": _("Country"),
    "oblast": _("Oblasts"),
    "raion": _("Raions"),
    "hromada": _("Hromadas"),
    "directorate": _("Main directorates"),
    "unit": _("Units"),
}


class ReportForm(forms.Form):
    """The controls above the report."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    by = forms.ChoiceField(label=_("By"), choices=[(level, LEVEL_NAMES[level]) for level in LEVELS])
    place = forms.CharField(
        label=_("Within the place"),
        required=False,
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "data-picker": "places"}),
    )
    place_code = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    unit = forms.CharField(
        label=_("Within the unit"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "data-picker": "units"}),
    )
    unit_code = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> Mapping[str, object]:
        """Refuse a period that ends before it begins, and words that mean no place or unit."""
        found = super().clean()
        first, last = found.get("first"), found.get("last")
        if first and last:
            try:
                Period(first, last)
            except PeriodRefused as refused:
                self.add_error("last", refused.texts[reading_language()])
        found["place_code"] = self._code("place", found, search.suggest)
        found["unit_code"] = self._code("unit", found, search.units)
        return found

    def _code(self, name: str, found: Mapping[str, object], suggest: Callable[..., Sequence[Any]]) -> str:
        """Return the code that was picked, or that of the first place or unit that the words may mean."""
        words, code = str(found.get(name) or "").strip(), str(found.get(f"{name}_code") or "")
        if not words or code:
            return code if words else ""
        meant = suggest(words, limit=1)
        if not meant:
            self.add_error(name, _("Nothing of this name was found. Choose from the list."))
            return ""
        return str(meant[0].code)


@dataclass(frozen=True)
class Wanted:
    """The report asked for, the indicator in front, and the order of its rows."""

    asked: Asked
    focus: Indicator
    sort: str  # "name", or a column of the table; with a minus the largest first
    note: Mapping[str, str] | None = None  # that the period still runs


def wanted(form: ReportForm, given: Mapping[str, str], *, today: date) -> Wanted:
    """Return what a valid form and the address ask for. Raises PeriodRefused for a period that cannot be counted."""
    clean = form.cleaned_data
    days = to_this_day(Period(clean["first"], clean["last"]), today=today)
    asked = Asked(days.period, clean["by"], clean["place_code"] or None, clean["unit_code"] or None)
    code = given.get("indicator", "")
    known = {one.code: one for one in chosen(())}
    sort = given.get("sort", "name")
    if sort.lstrip("-") not in ("name", "now", "before", "change", "percent", "share", "rank"):
        sort = "name"
    return Wanted(asked, known.get(code) or next(iter(known.values())), sort, days.note)


def presets(today: date, *, story: bool) -> list[tuple[str, Period]]:
    """Return periods that people ask for most, the one shown first in front."""
    month = today.replace(day=1)
    last_month_end = month - timedelta(days=1)
    months = [
        (_("This year so far"), year_to(today)),
        (_("Last month"), Period(last_month_end.replace(day=1), last_month_end)),
        (_("Last 12 months"), running(today)),
        (_("Nine months of %(year)d") % {"year": today.year}, nine_months(today.year)),
        (_("Nine months of %(year)d") % {"year": today.year - 1}, nine_months(today.year - 1)),
    ]
    told = [(_("Nine months of %(year)d") % {"year": 2019}, nine_months(2019))]
    return told + months if story else months


def named_periods(today: date, *, story: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods that have a name and have begun, by year, the latest first: (name, title)."""
    years = sorted({today.year, today.year - 1, today.year - 2} | ({2019, 2018} if story else set()))
    names = ["", "-9M", "-H1", "-H2", *(f"-Q{n}" for n in range(1, 5)), *(f"-{n:02}" for n in range(1, 13))]
    language = reading_language()
    every = [(year, f"{year}{name}") for year in reversed(years) for name in names]
    begun = [(year, name, periods.named(name)) for year, name in every]
    listed = [(year, name, period.title[language]) for year, name, period in begun if period.first <= today]
    return [
        (str(year), [(name, title) for _, name, title in group])
        for year, group in groupby(listed, key=lambda one: one[0])
    ]
