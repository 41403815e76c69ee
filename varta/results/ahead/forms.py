"""Setting a target, correcting one, and choosing which forecast to see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from varta.figures import Indicator
from varta.places.models import Territory
from varta.results.ahead.models import Target
from varta.results.ahead.targets import Wanted

SENSES = (("", _("as the indicator has it")), *Target.Sense.choices)


class OutlookForm(forms.Form):
    """Which place, which indicator, and as of which day."""

    place = forms.ChoiceField(label=_("Place"))
    indicator = forms.ChoiceField(label=_("Indicator"))
    as_of = forms.ChoiceField(label=_("As of"))

    def __init__(
        self,
        given: Mapping[str, str],
        *,
        places: Iterable[Territory],
        indicators: Iterable[Indicator],
        days: Iterable[date],
    ) -> None:
        language = "en" if get_language() == "en" else "uk"
        chosen = {
            "place": [(one.code, one.titles[language]) for one in places],
            "indicator": [(one.code, f"{one.code}. {one.title[language]}") for one in indicators],
            "as_of": [(f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}") for day in days],
        }
        usual = {name: options[0][0] if options else "" for name, options in chosen.items()}
        super().__init__({name: given.get(name) or usual[name] for name in chosen})
        for name, options in chosen.items():
            self.fields[name].choices = options


class _Valued(forms.Form):
    """A value in the indicator's unit; of shares in percent."""

    value = forms.FloatField(
        label=_("Value"), min_value=0, help_text=_("In the indicator's unit; of a share in percent.")
    )
    method = forms.ChoiceField(label=_("How it was set"), choices=Target.Method.choices)
    basis = forms.CharField(
        label=_("Basis"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The decision, the order or the calculation, so that others can find it."),
    )

    def amount(self, indicator: Indicator | None) -> float:
        """Return the value as targets keep it."""
        value: float = self.cleaned_data["value"]
        return value / 100 if indicator is not None and indicator.percent else value


class TargetForm(_Valued):
    """A new target."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    place = forms.ChoiceField(label=_("Place"), required=False)
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=64,
        help_text=_("Code of a unit, instead of a place."),
    )
    span = forms.ChoiceField(label=_("Period"), choices=Target.Span.choices)
    first = forms.DateField(
        label=_("Its first day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    sense = forms.ChoiceField(label=_("At least or at most"), choices=SENSES, required=False)
    field_order = ("indicator", "place", "unit", "span", "first", "sense", "value", "method", "basis")

    def __init__(
        self,
        *given: Any,
        places: Sequence[Territory],
        indicators: Iterable[Indicator],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        language = "en" if get_language() == "en" else "uk"
        self.fields["place"].choices = [("", "—"), *((one.code, one.titles[language]) for one in places)]
        self.fields["indicator"].choices = [
            (one.code, f"{one.code}. {one.title[language]}") for one in indicators
        ]

    def wanted(self, known: Mapping[str, Indicator]) -> Wanted:
        """Return the target that was asked for."""
        found = self.cleaned_data
        return Wanted(
            indicator=found["indicator"],
            span=found["span"],
            first=found["first"],
            value=self.amount(known.get(found["indicator"])),
            method=found["method"],
            basis=found["basis"],
            place="" if found["unit"] else found["place"],
            unit=found["unit"],
            sense=found["sense"],
        )


class CorrectionForm(_Valued):
    """Another edition of a target."""

    value = forms.FloatField(
        label=_("Value"),
        min_value=0,
        required=False,
        help_text=_("In the indicator's unit; of a share in percent. Empty: the target is withdrawn."),
    )
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("value", "method", "basis", "reason")


class WhatIfForm(forms.Form):
    """How many more officers, where, and what is assumed."""

    oblast = forms.ChoiceField(label=_("Oblast"))
    more = forms.IntegerField(label=_("More officers by the end of the year"), min_value=0, max_value=200)
    crews = forms.IntegerField(
        label=_("Response crews on duty in each raion"),
        min_value=1,
        max_value=20,
        help_text=_("An assumption: no register of duties says it."),
    )
    shift_h = forms.FloatField(
        label=_("Hours a day in which an officer answers calls"), min_value=0, max_value=24
    )
    busier = forms.FloatField(label=_("Calls, times as many"), min_value=0.1, max_value=20)

    USUAL: Mapping[str, str] = {"more": "15", "crews": "2", "shift_h": "8", "busier": "1"}

    def __init__(self, given: Mapping[str, str], *, oblasts: Sequence[Territory]) -> None:
        language = "en" if get_language() == "en" else "uk"
        usual = {"oblast": oblasts[0].code if oblasts else "", **self.USUAL}
        super().__init__({name: given.get(name) or value for name, value in usual.items()})
        self.fields["oblast"].choices = [(one.code, one.titles[language]) for one in oblasts]
