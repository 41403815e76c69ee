"""Forms of cases. They gather what was typed; `actions.take` decides, and its refusal comes back into them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.cases import asking, wording
from varta.cases.errors import StepRefused
from varta.law import RecordInvalid, Step, read_record
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.places import search
from varta.places.models import Territory, Unit

RECORD = "r-"  # prefix of the record's fields, so that no name of the law meets one of ours
CANDIDATES = 12

Seek = Callable[[str], list[tuple[str, str]]]  # words -> codes and names that they may mean


class StepForm(forms.Form):
    """One step: its record, when it happened, and perhaps a person. The key makes a second send harmless.

    `at` is what the field shows first; `exactly` a moment whose minute stands for it.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        step: Step,
        part: str = "",
        recorded: dict[str, Any] | None = None,
        at: datetime | None = None,
        exactly: datetime | None = None,
    ) -> None:
        super().__init__(data)
        self.step, self.recorded, self.exactly = step, recorded, exactly
        moment = now()
        self.fields["key"].initial = uuid7(moment)
        for name, field in asking.fields_for(step.record, recorded).items():
            self.fields[RECORD + name] = field
        self.fields["at"] = asking.Typed(
            label=_("When it happened"),
            initial=asking.local(at or moment),
            help_text=_("Kyiv time. Terms count from here."),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        )
        if part:
            self._ask_person(part)

    def _ask_person(self, usual: str) -> None:
        for name, label, attrs in (
            ("surname", _("Surname"), {}),
            ("given", _("Given name"), {}),
            ("patronymic", _("Patronymic"), {}),
            ("phone", _("Telephone"), {"type": "tel", "inputmode": "tel"}),
        ):
            widget = forms.TextInput(attrs={"maxlength": 100, "autocomplete": "off"} | attrs)
            self.fields[name] = forms.CharField(label=label, required=False, max_length=100, widget=widget)
        choices = [(code, wording.part(code)) for code in wording.PARTS]
        self.fields["part"] = forms.ChoiceField(label=_("Part in the case"), choices=choices, initial=usual)

    def clean(self) -> dict[str, Any]:
        """Turn the typed moment into one of Kyiv."""
        cleaned = super().clean() or self.cleaned_data
        typed = asking.kyiv_moment(cleaned.get("at") or "")
        if typed is None:
            self.add_error("at", _("A day and a time are needed, for example 31.10.2019 14:05."))
        # A form shows minutes: the minute of a known moment means that moment, with its seconds.
        same = (
            typed is not None
            and self.exactly is not None
            and asking.local(self.exactly) == asking.local(typed)
        )
        cleaned["moment"] = self.exactly if same else typed
        self._check_record()
        return cleaned

    def _check_record(self) -> None:
        """Name what the record lacks together with what the form lacks; `take` checks it once more."""
        try:
            read_record(self.step.record, self.record())
        except RecordInvalid as invalid:
            language = reading_language()
            for name, text in invalid.errors.items():
                if RECORD + name in self.fields:
                    self.add_error(RECORD + name, text[language])

    def record(self) -> dict[str, Any]:
        """Return the record as the law's reader takes it; fields that no form asks for stay as they were."""
        typed = {
            name.removeprefix(RECORD): value
            for name, value in self.cleaned_data.items()
            if name.startswith(RECORD)
        }
        hidden = {
            name: value for name, value in (self.recorded or {}).items() if RECORD + name not in self.fields
        }
        return asking.typed_data(self.step.record, typed, hidden)

    def person(self) -> dict[str, str]:
        """Return what is known of the person; empty if nobody was named."""
        known = {
            name: self.cleaned_data.get(name, "") for name in ("surname", "given", "patronymic", "phone")
        }
        return known if any(known.values()) else {}

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal: each wrong field beside itself, the rest above the form."""
        language = reading_language()
        beside = 0
        for name, text in refused.fields.items():
            if RECORD + name in self.fields:
                self.add_error(RECORD + name, text[language])
                beside += 1
        if not beside:
            self.add_error("at" if refused.code == "time-refused" else None, refused.text(language))

    def record_fields(self) -> list[forms.BoundField]:
        """Return the fields of the record, for the template."""
        return [field for field in self.visible_fields() if field.name.startswith(RECORD)]

    def person_fields(self) -> list[forms.BoundField]:
        """Return the fields of the person, for the template."""
        names = ("surname", "given", "patronymic", "phone", "part")
        return [self[name] for name in names if name in self.fields]

    def person_given(self) -> bool:
        """Return whether something was typed about a person, so that the part stays unfolded."""
        return any(
            self[name].value() for name in ("surname", "given", "patronymic", "phone") if name in self.fields
        )

    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with errors, for the summary above."""
        return [field for field in self.visible_fields() if field.errors]


class OpeningForm(StepForm):
    """The first step of a case: also where it is, and which unit answers."""

    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-picker": "places"}),
        help_text=gettext_lazy(
            "Name or code of the settlement or hromada. Layout and spelling do not matter."
        ),
    )
    place_code = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Unit that answers"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-picker": "units"}),
    )
    unit_code = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, within: Territory | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.within = within
        self.fields["place"].widget.attrs["data-within"] = within.code if within else ""
        self.candidates: dict[str, list[tuple[str, str]]] = {}

    def clean(self) -> dict[str, Any]:
        """Find the place and the unit by what was typed."""
        cleaned = super().clean()
        if cleaned.get("place"):
            self._resolve("place", lambda typed: _territories(typed, self.within), Territory)
        if cleaned.get("unit"):
            self._resolve("unit", _units, Unit)
        return cleaned

    def _resolve(self, name: str, seek: Seek, model: type[Territory] | type[Unit]) -> None:
        """Take the code that was chosen; else the only thing that the words can mean; else ask."""
        code = self.cleaned_data.get(f"{name}_code") or ""
        if model.objects.filter(code=code).exists():
            return
        found = seek(self.cleaned_data[name])
        if len(found) == 1:
            self.cleaned_data[f"{name}_code"] = found[0][0]
        elif found:
            self.candidates[name] = found
            self.add_error(name, _("Several answer to this name. Choose one."))
        else:
            self.add_error(name, _("Nothing answers to this name. Check it, or give the code."))


def _units(typed: str) -> list[tuple[str, str]]:
    """Return codes and titles of the units that the words may mean."""
    return [(one.code, one.title) for one in search.units(typed, limit=CANDIDATES)]


def _territories(typed: str, within: Territory | None) -> list[tuple[str, str]]:
    """Return codes and names that the words may mean; one alone where only one name is exactly so."""
    found = search.suggest(typed, within=within.code if within else None, limit=CANDIDATES)
    exact = [one for one in found if one.name.casefold() == typed.strip().casefold()]
    return [(one.code, f"{one.name} — {one.path}" if one.path else one.name) for one in exact or found]


class ListForm(forms.Form):
    """What a list of cases is narrowed by; everything in the address, so that it can be kept."""

    procedure = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-picker": "places"}),
    )
    place_code = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-picker": "units"}),
    )
    unit_code = forms.CharField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(
        label=gettext_lazy("Opened from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        data: Any,
        *,
        procedures: dict[str, Any],
        states: dict[str, str],
        sorts: dict[str, str],
        within: str = "",
    ) -> None:
        super().__init__(data)
        self.within = within
        self.fields["place"].widget.attrs["data-within"] = within
        self.fields["procedure"].choices = [("", ""), *((code, code) for code in procedures)]
        self.fields["state"].choices = [("", ""), *states.items()]
        self.fields["sort"].choices = [(code, _(title)) for code, title in sorts.items()]
        chosen = self.data.get("procedure")
        self.facts = wording.opening_choices(chosen) if chosen in procedures else ()
        for field in self.facts:
            choices = [
                ("", _("any")),
                *((code, wording.said(text)) for code, text in (field.choices or {}).items()),
            ]
            label = wording.said(field.title)
            self.fields[f"f-{field.name}"] = forms.ChoiceField(label=label, required=False, choices=choices)
