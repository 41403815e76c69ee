"""Forms of a report on its way: what it holds, its steps, questions about its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varta.cases import asking
from varta.cases.errors import StepRefused
from varta.figures import Period
from varta.indicators import discover
from varta.law import Step
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.places.models import Unit
from varta.procedures.period_report import CHAPTER, LEVEL
from varta.results.chapters import by_chapter
from varta.results.forms import ReportForm


class Keyed(forms.Form):
    """A form whose key makes a second send harmless, and which shows why a step was refused."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["key"].initial = uuid7(now())

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal: each wrong field beside itself, the rest above the form."""
        language = reading_language()
        beside = [name for name in refused.fields if name in self.fields]
        for name in beside:
            self.add_error(name, refused.fields[name][language])
        if not beside:
            self.add_error(None, refused.text(language))


class ComposeForm(Keyed, ReportForm):
    """What a report is to hold."""

    by = None  # a report has tables by several levels
    levels = forms.MultipleChoiceField(label=_("Tables by"), widget=forms.CheckboxSelectMultiple)
    chapters = forms.MultipleChoiceField(
        label=_("Chapters"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    name = forms.CharField(
        label=_("Short name"),
        max_length=70,
        help_text=_(
            "It stands in the address: Latin letters, digits and hyphens, for example 9-months-2019."
        ),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    title_uk = forms.CharField(label=_("Title in Ukrainian"), required=False, max_length=200)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)
    field_order = ("first", "last", "place", "unit", "levels", "chapters", "name", "title_uk", "title_en")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        language = reading_language()
        self.fields["levels"].choices = [(code, text[language].capitalize()) for code, text in LEVEL.items()]
        self.fields["chapters"].choices = [
            (code, f"{CHAPTER[code][language]} ({len(held)})")
            for code, held in by_chapter(discover()).items()
        ]

    def record(self) -> dict[str, Any]:
        """Return the composition as the law's reader takes it."""
        clean = self.cleaned_data
        return {
            "name": clean["name"].strip().lower(),
            "first": clean["first"].isoformat(),
            "last": clean["last"].isoformat(),
            "levels": clean["levels"],
            "chapters": clean["chapters"],
            "place": clean.get("place_code") or "",
            "under": clean.get("unit_code") or "",
            "title_uk": clean["title_uk"],
            "title_en": clean["title_en"],
        }


def usual_name(period: Period) -> str:
    """Return the name that a report of these days has if nobody thinks of another."""
    first, last = period.first, period.last
    if first.year == last.year and first.day == first.month == 1 and last.month % 3 == 0 and last.day >= 30:
        return f"{last.month}-months-{first.year}"
    return f"{first:%Y%m%d}-{last:%Y%m%d}"


class RecordForm(Keyed):
    """The record of one step."""

    def __init__(self, data: Any = None, *, step: Step, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.step = step
        for name, field in asking.fields_for(step.record).items():
            self.fields[name] = field

    def record(self) -> dict[str, Any]:
        """Return the record as the law's reader takes it."""
        return asking.typed_data(self.step.record, self.cleaned_data)


class AskForm(Keyed):
    """A question to a unit about a figure."""

    unit = forms.ChoiceField(label=_("Unit that is asked"))
    until = forms.DateField(label=_("Answer by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    question = forms.CharField(
        label=_("What to explain"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].choices = [(unit.code, unit.title) for unit in units]


class ReviseForm(Keyed):
    """Why there is to be another edition."""

    reason = forms.CharField(
        label=_("Why another edition"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Readers of the new edition see it beside the list of differences."),
    )  # fmt: skip
