"""Forms of meetings: the steps' own forms, with numbers left out and units to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varta.cases.forms import RECORD, StepForm
from varta.law import Step
from varta.law.fields import fields_of
from varta.places.models import Unit
from varta.procedures.meeting import CAME

Choices = Sequence[tuple[str, str]]


class MeetingStep(StepForm):
    """One step of a meeting. `without` names fields that the page gives itself, `choices` what is chosen from a list.

    `seen` is how many entries the meeting had when the form was drawn.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        step: Step,
        recorded: Mapping[str, Any] | None = None,
        without: Iterable[str] = (),
        choices: Mapping[str, Choices] | None = None,
        seen: int | None = None,
        at: datetime | None = None,
        exactly: datetime | None = None,
    ) -> None:
        filled = _filled(step, recorded) if recorded is not None else None
        super().__init__(data, step=step, recorded=filled, at=at, exactly=exactly)
        for name in without:
            self.fields.pop(RECORD + name, None)
        for name, listed in (choices or {}).items():
            self.fields[RECORD + name].widget = forms.Select(choices=listed)
        self.fields["seen"].initial = seen

    def given(self) -> dict[str, Any]:
        """Return the record without the fields that the page gives itself."""
        return {name: value for name, value in self.record().items() if RECORD + name in self.fields}


def _filled(step: Step, recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the form begins with, the record's defaults where none is given."""
    return {
        field.name: recorded.get(field.name, "" if field.required else field.default)
        for field in fields_of(step.record)
    }


class Calling(MeetingStep):
    """Calling a meeting: the step's record, the draft of an agenda, whom to invite."""

    draft = forms.BooleanField(required=False, initial=True, label=_("Draft the agenda from the report"))
    units = forms.MultipleChoiceField(
        required=False, label=_("Invite"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    answer_by = forms.DateField(
        required=False, label=_("Answer by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given: Any, invited: Sequence[Unit] = (), reports: Choices = (), **more: Any) -> None:
        super().__init__(*given, choices={"report": [("", "—"), *reports]}, **more)
        self.fields["units"].choices = [(unit.code, unit.title) for unit in invited]
        self.fields["units"].initial = [unit.code for unit in invited]


class Inviting(forms.Form):
    """Inviting more units."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    units = forms.MultipleChoiceField(label=_("Units"), widget=forms.CheckboxSelectMultiple, choices=())
    answer_by = forms.DateField(
        required=False, label=_("Answer by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given: Any, listed: Sequence[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["units"].choices = [(unit.code, unit.title) for unit in listed]


class Attending(forms.Form):
    """Attendance of all invited units on one page."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, seats: Sequence[Any], language: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.seats = seats
        listed = [("", "—"), *((code, text[language]) for code, text in CAME.items())]
        for seat in seats:
            title = seat.unit.title
            for name, field in (
                ("came", forms.ChoiceField(required=False, choices=listed, initial=seat.came)),
                ("who", forms.CharField(required=False, max_length=200, initial=seat.who)),
                ("reason", forms.CharField(required=False, max_length=200, initial=seat.reason)),
            ):
                field.widget.attrs["aria-label"] = f"{title}: {LABELS[name]}"
                self.fields[f"{name}:{seat.unit_id}"] = field

    def lines(self) -> list[dict[str, Any]]:
        """Return the bound fields of each unit, for the template."""
        return [
            {"unit": seat.unit} | {name: self[f"{name}:{seat.unit_id}"] for name in ("came", "who", "reason")}
            for seat in self.seats
        ]

    def rows(self) -> list[dict[str, Any]]:
        """Return what was entered, of units of which anything was."""
        found = []
        for seat in self.seats:
            row = {name: self.cleaned_data[f"{name}:{seat.unit_id}"] for name in ("came", "who", "reason")}
            if row["came"]:
                found.append(row | {"unit": seat.unit_id})
        return found


LABELS = {"came": _("attendance"), "who": _("who came"), "reason": _("reason of absence")}

WHOSE = (("", _("All")), ("open", _("In work")), ("overdue", _("Overdue")), ("done", _("Done")))


class DecisionsForm(forms.Form):
    """What narrows the register of decisions."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=WHOSE)
    owner = forms.ChoiceField(label=_("Owner"), required=False, choices=())
    since = forms.DateField(
        label=_("Decided since"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given: Any, owners: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["owner"].choices = [("", _("All")), *owners]

    def asked(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        since: date | None = said.get("since")
        return {"state": said.get("state") or "", "owner": said.get("owner") or "", "since": since}
