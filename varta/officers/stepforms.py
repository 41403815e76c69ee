"""Forms of the programme: the record of a step with places and cohorts to choose from. `actions` decides."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.cases import asking
from varta.cases.errors import StepRefused
from varta.law import RecordInvalid, Step, read_record
from varta.lib.clock import kyiv_day, now
from varta.lib.uuid7 import uuid7
from varta.officers.ground import is_hromada
from varta.officers.models import Cohort, Stay
from varta.people.access import reading_language
from varta.places import search
from varta.places.models import Territory, Unit

RECORD = "r-"  # prefix of the record's fields, so that no name of the law meets one of ours
HROMADA = "hromada"
CANDIDATES = 12
Choices = Sequence[tuple[str, str]]


class RecordForm(forms.Form):
    """The record of one step. When it happened is the day in the record; the key makes a second send harmless.

    `offered` names fields that are chosen from a list; a hromada is found by its name.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        step: Step,
        recorded: Mapping[str, Any] | None = None,
        offered: Mapping[str, Choices] | None = None,
        within: Territory | None = None,
        hromada: Territory | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__(data)
        moment = now()
        self.step, self.recorded, self.found = step, recorded, []
        self.fields["key"].initial = uuid7(moment)
        for name, field in asking.fields_for(step.record, dict(recorded) if recorded else None).items():
            if name == HROMADA:
                self._ask_hromada(field, within, hromada)
            else:
                self.fields[RECORD + name] = field
        self._fill_days(today or kyiv_day(moment))
        for name, choices in (offered or {}).items():
            self._offer(name, choices)

    def _ask_hromada(self, field: forms.Field, within: Territory | None, hromada: Territory | None) -> None:
        attrs = {"autocomplete": "off", "data-picker": "places", "data-within": within.code if within else ""}
        self.within = within
        self.fields["place"] = forms.CharField(
            label=field.label,
            max_length=150,
            initial=hromada.title if hromada else "",
            widget=forms.TextInput(attrs=attrs),
            help_text=_("Name or code of the hromada. Layout and spelling do not matter."),
        )
        self.fields["place_code"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=hromada.code if hromada else ""
        )

    def _fill_days(self, today: date) -> None:
        """Propose today where a day is needed and none was recorded."""
        if self.recorded is not None:
            return
        for name in (RECORD + "on", RECORD + "since"):
            if name in self.fields:
                self.fields[name].initial = today.isoformat()

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields.get(RECORD + name)
        if field is not None:
            shown = choices if field.initial else [("", _("Choose…")), *choices]
            field.widget = forms.Select(choices=shown)
            field.help_text = ""

    def clean(self) -> dict[str, Any]:
        """Find the hromada that was typed, and name what the record lacks; `take` checks it once more."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("place"):
            self._resolve(cleaned)
        try:
            read_record(self.step.record, self.record())
        except RecordInvalid as invalid:
            language = reading_language()
            for name, text in invalid.errors.items():
                if RECORD + name in self.fields:
                    self.add_error(RECORD + name, text[language])
        return cleaned

    def _resolve(self, cleaned: dict[str, Any]) -> None:
        """Take the code that was chosen; else the only hromada that the words can mean; else ask."""
        code = cleaned.get("place_code") or ""
        chosen = Territory.objects.filter(code=code).first()
        if chosen is not None and is_hromada(chosen) and chosen.title == cleaned["place"]:
            return
        found = hromadas_named(cleaned["place"], self.within)
        picked = [one for one in found if one.code == code] or found
        if len(picked) == 1:
            cleaned["place_code"] = picked[0].code
        elif found:
            self.found = [(one.code, one.title) for one in found]
            self.add_error("place", _("Several answer to this name. Choose one."))
        else:
            self.add_error("place", _("No hromada answers to this name. Check it, or give the code."))

    def record(self) -> dict[str, Any]:
        """Return the record as the law's reader takes it; fields that no form asks for stay as they were."""
        typed = {
            name.removeprefix(RECORD): value
            for name, value in self.cleaned_data.items()
            if name.startswith(RECORD)
        }
        hidden = {
            name: value
            for name, value in (self.recorded or {}).items()
            if RECORD + name not in self.fields and name not in (HROMADA, "undone")
        }
        data = asking.typed_data(self.step.record, typed, hidden)
        if "place" in self.fields:
            data[HROMADA] = self.cleaned_data.get("place_code") or ""
        return data

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal: each wrong field beside itself, the rest above the form."""
        language = reading_language()
        beside = [name for name in refused.fields if RECORD + name in self.fields]
        for name in beside:
            self.add_error(RECORD + name, refused.fields[name][language])
        if not beside:
            self.add_error(None, refused.text(language))

    def record_fields(self) -> list[forms.BoundField]:
        """Return the fields of the record, for the template."""
        return [field for field in self.visible_fields() if field.name.startswith(RECORD)]

    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with errors, for the summary above."""
        return [field for field in self.visible_fields() if field.errors]


def hromadas_named(typed: str, within: Territory | None) -> list[Territory]:
    """Return the hromadas that the words may mean; one alone where only one has exactly this name."""
    found = search.territories(typed, within=within.code if within else None, limit=CANDIDATES * 3)
    hromadas = [one for one in found if is_hromada(one)][:CANDIDATES]
    words = typed.strip().casefold()
    exact = [
        one for one in hromadas if words in (one.name.casefold(), one.title.casefold(), one.code.casefold())
    ]
    return exact if len(exact) == 1 else hromadas


class QuestionnaireForm(RecordForm):
    """The questionnaire, with who applies."""

    surname = forms.CharField(label=gettext_lazy("Surname"), max_length=100)
    given = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    patronymic = forms.CharField(label=gettext_lazy("Patronymic"), required=False, max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )  # fmt: skip

    def person(self) -> dict[str, str]:
        """Return what is known of the candidate."""
        return {name: self.cleaned_data.get(name, "") for name in ("surname", "given", "patronymic", "phone")}

    def person_fields(self) -> list[forms.BoundField]:
        """Return the fields of the person, for the template."""
        return [self[name] for name in ("surname", "given", "patronymic", "phone")]


class RegisterForm(forms.Form):
    """What the register of candidates is narrowed by; everything in the address, so that it can be kept."""

    on = forms.DateField(
        label=gettext_lazy("State on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    cohort = forms.ChoiceField(label=gettext_lazy("Cohort"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Oblast or hromada"), required=False, max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-picker": "places"}),
    )  # fmt: skip
    place_code = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=gettext_lazy("Surname or name"), required=False, max_length=100)

    def __init__(self, data: Any, *, within: str = "") -> None:
        super().__init__(data)
        any_of = [("", _("All"))]
        self.fields["stage"].choices = [*any_of, *Stay.Stage.choices]
        self.fields["cohort"].choices = [*any_of, *((one, one) for one in _cohort_codes())]
        self.fields["place"].widget.attrs["data-within"] = within
        self.within = within

    def clean(self) -> dict[str, Any]:
        """Find the place that was typed; without one that fits, say so."""
        cleaned = super().clean() or self.cleaned_data
        typed, code = cleaned.get("place"), cleaned.get("place_code") or ""
        chosen = Territory.objects.filter(code=code).first() if code else None
        if typed and (chosen is None or chosen.title != typed):
            found = search.territories(typed, within=self.within or None, limit=2)
            chosen = found[0] if found else None
            if chosen is None:
                self.add_error("place", _("Nothing answers to this name. Check it, or give the code."))
        cleaned["territory"] = chosen
        return cleaned


def _cohort_codes() -> list[str]:
    return list(Cohort.objects.order_by("-begins", "code").values_list("code", flat=True))


class CohortForm(forms.Form):
    """A cohort: where and when it trains, how many it takes, what is taught."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=64)
    university = forms.ModelChoiceField(label=gettext_lazy("University"), queryset=Unit.objects.none())
    course_uk = forms.CharField(label=gettext_lazy("Course, in Ukrainian"), max_length=200)
    course_en = forms.CharField(label=gettext_lazy("Course, in English"), max_length=200)
    begins = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    capacity = forms.IntegerField(label=gettext_lazy("Capacity"), min_value=1, max_value=1000)
    curriculum = forms.CharField(
        label=gettext_lazy("Curriculum"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("A subject on each line: Ukrainian name; English name; hours."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, cohort: Cohort | None = None) -> None:
        super().__init__(data, initial=_initial(cohort) if cohort else None)
        self.fields["university"].queryset = Unit.objects.filter(kind=Unit.Kind.UNIVERSITY, valid_to=None)
        self.fields["university"].label_from_instance = lambda unit: unit.title
        if cohort is not None:
            del self.fields["code"], self.fields["university"]

    def clean_curriculum(self) -> list[dict[str, Any]]:
        """Return the subjects of the typed lines."""
        subjects = []
        for nth, line in enumerate(
            filter(None, map(str.strip, self.cleaned_data["curriculum"].splitlines())), 1
        ):
            parts = [part.strip() for part in line.split(";")]
            if len(parts) != 3 or not all(parts) or not parts[2].isdigit():
                raise forms.ValidationError(
                    _("Line %(nth)s: write Ukrainian name; English name; hours."), params={"nth": nth}
                )
            subjects.append({"code": f"s{nth}", "uk": parts[0], "en": parts[1], "hours": int(parts[2])})
        return subjects

    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with errors, for the summary above."""
        return [field for field in self.visible_fields() if field.errors]


def _initial(cohort: Cohort) -> dict[str, Any]:
    lines = [f"{one['uk']}; {one['en']}; {one['hours']}" for one in cohort.curriculum]
    names = ("course_uk", "course_en", "begins", "ends", "capacity")
    return {name: getattr(cohort, name) for name in names} | {"curriculum": "\n".join(lines)}
