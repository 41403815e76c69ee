"""Forms of a report: its period and its words. Figures have no field here: nobody types them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.cases import asking
from varta.cases.errors import StepRefused
from varta.law import RecordInvalid, read_record
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.procedures.hromada_report import Report, Revision

NUMBERS = re.compile(r"(?<![\d.,:/-])(?:\+?\d[\d\s()-]{7,}\d)(?![\d:/])")  # a telephone or a tax number
UNTOLD = "019b0000-0000-7000-8000-000000000000"  # stands for the figures while words are checked


class PeriodForm(forms.Form):
    """Which days a report is about."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    first = forms.DateField(
        label=gettext_lazy("Period from"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("to"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["key"].initial = uuid7(now())


class WordsForm(forms.Form):
    """The officer's words of a report; with `revising` also what is put right."""

    def __init__(self, data: Any = None, *, kept: Mapping[str, Any] | None = None, revising: bool) -> None:
        super().__init__(data)
        self.record = Revision if revising else Report
        for name, field in asking.fields_for(self.record, dict(kept) if kept is not None else None).items():
            if name != "why" or revising:
                self.fields[name] = field
        for name in ("done", "prevention", "plans", "needs"):
            self.fields[name].widget.attrs["rows"] = 6 if name == "done" else 3
        if revising:
            self.fields["why"].required = self.fields["why"].wide = True
            self.order_fields(["why", *self.fields])

    def content(self) -> dict[str, Any]:
        """Return the words as a draft keeps them: plain text by field, whether they are complete or not."""
        return {name: str(self.cleaned_data.get(name) or "").strip() for name in self.fields}

    def check(self) -> bool:
        """Return whether the report could be published with these words, and mark what is wrong."""
        try:
            read_record(self.record, self.content() | {"counted": UNTOLD})
        except RecordInvalid as invalid:
            language = reading_language()
            for name, text in invalid.errors.items():
                self.add_error(name if name in self.fields else None, text[language])
        if "why" in self.fields and not self.content()["why"]:
            self.add_error("why", _("Write what was put right."))
        return not self.errors

    def refuse(self, refused: StepRefused) -> None:
        """Show why the report was refused."""
        self.add_error(None, refused.text(reading_language()))

    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with errors, for the summary above."""
        return [field for field in self.visible_fields() if field.errors]


class PublishForm(forms.Form):
    """What the preview showed: the figures' entry and the saving of the draft. Anything else that comes is not read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    counted = forms.UUIDField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @classmethod
    def of(cls, *, counted: UUID, seen_at: str) -> "PublishForm":
        """Return the form for what is shown."""
        return cls(initial={"key": uuid7(now()), "counted": counted, "seen_at": seen_at})


def suspicious(words: Mapping[str, str]) -> Iterator[str]:
    """Yield what looks like somebody's telephone or tax number: a report is read by everybody."""
    for text in words.values():
        yield from (found[0].strip() for found in NUMBERS.finditer(str(text)))


def refusal_of(form: forms.Form) -> str:
    """Return what is wrong with a form in one line."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors) or _("Check the form.")
