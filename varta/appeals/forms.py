"""Forms of appeals. They gather what was typed; actions decide, and their refusals come back into them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.appeals.letters import Content
from varta.appeals.models import Office, ReceptionHours
from varta.cases.errors import StepRefused
from varta.cases.forms import RECORD, OpeningForm, StepForm
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.people.access import reading_language
from varta.people.models import Officer, Person

MOST_SIGNED = 50  # who also signed and is registered by name


class AppealForm(OpeningForm):
    """What an appeal says, who sent it, and what of article 5 can be seen on it."""

    known = forms.UUIDField(required=False)  # a resident who is the sender
    surname = forms.CharField(label=gettext_lazy("Surname"), required=False, max_length=100)
    given = forms.CharField(label=gettext_lazy("Given name"), required=False, max_length=100)
    patronymic = forms.CharField(label=gettext_lazy("Patronymic"), required=False, max_length=100)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=Person.SEXES,
        help_text=gettext_lazy("For the right form of the name in letters."),
    )
    residence = forms.CharField(
        label=gettext_lazy("Place of residence"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Kept sealed in the person's file; the answer goes there."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    signed = forms.BooleanField(label=gettext_lazy("It is signed"), required=False)
    others = forms.CharField(
        label=gettext_lazy("Others who signed"),
        required=False,
        max_length=6000,
        help_text=gettext_lazy(
            "One a line: surname, given name, patronymic. The answer goes to the first one above."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    proposed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["at"].label = _("When it came")
        for name in ("surname", "given", "patronymic"):
            self.fields[name].widget.attrs |= {"autocomplete": "off"}
        self.fields[RECORD + "against_officer"].widget.attrs |= {"list": "officers"}

    def clean(self) -> dict[str, Any]:
        """Refuse a sender beside an anonymous appeal, an unknown officer, and signatures without people."""
        cleaned = super().clean()
        if cleaned.get(RECORD + "anonymous") and any(self.sender().values()):
            self.add_error(
                "surname", _("The appeal is marked anonymous: leave the sender out, or unmark it.")
            )
        login = cleaned.get(RECORD + "against_officer")
        if login and not Officer.objects.filter(login=login).exists():
            self.add_error(RECORD + "against_officer", _("There is no officer with this login."))
        if len(list(self.also_signed())) > MOST_SIGNED:
            self.add_error(
                "others",
                _("At most %(most)s are registered by name; give the number.") % {"most": MOST_SIGNED},
            )
        return cleaned

    def record(self) -> dict[str, Any]:
        """Return the record; an appeal that repeats a named one is marked as repeated."""
        record = super().record()
        record["repeated"] = bool(record.get("repeats"))
        return record

    def sender(self) -> dict[str, str]:
        """Return what is known of the sender, as `register_person` takes it."""
        names = ("surname", "given", "patronymic", "phone", "sex", "residence")
        return {name: (self.cleaned_data.get(name) or "").strip() for name in names}

    def also_signed(self) -> Iterator[dict[str, str]]:
        """Yield the others who signed, as `register_person` takes them."""
        for line in (self.cleaned_data.get("others") or "").splitlines():
            surname, given, patronymic = [*line.replace(",", " ").split(maxsplit=2), "", "", ""][:3]
            if surname:
                yield {"surname": surname[:100], "given": given[:100], "patronymic": patronymic[:100]}

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal; what concerns the residence beside it."""
        if refused.code == "residence-differs":
            self.add_error("residence", refused.text(reading_language()))
        else:
            super().refuse(refused)


class AssignForm(StepForm):
    """Who works on the appeal, and the head's resolution."""

    def __init__(
        self, data: Any = None, *, officers: Sequence[Officer], current: str = "", **more: Any
    ) -> None:
        super().__init__(data, **more)
        language = reading_language()
        self.names = {one.login: one.name for one in officers}
        choices = [("", _("Choose…"))]
        choices += [(one.login, _described(one, language)) for one in officers]
        executor = forms.ChoiceField(label=_("Executor"), choices=choices, initial=current)
        self.fields = {"executor": executor} | self.fields

    def record(self) -> dict[str, Any]:
        """Return the record with login and name of the executor."""
        login = self.cleaned_data.get("executor") or ""
        return super().record() | {"executor": login, "executor_name": self.names.get(login, "")}

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal; what concerns the executor beside the choice."""
        if refused.code in ("executor-unknown", "executor-outside"):
            self.add_error("executor", refused.text(reading_language()))
        else:
            super().refuse(refused)


def _described(officer: Officer, language: str) -> str:
    parts = (officer.name_in(language), officer.rank, officer.unit.title if officer.unit else "")
    return " · ".join(part for part in parts if part)


class LetterForm(forms.Form):
    """A letter before it is sent: the clerk changes what the template proposed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.CharField(
        label=gettext_lazy("To (in the dative)"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    heading = forms.CharField(label=gettext_lazy("Heading"), max_length=300, required=False)
    greeting = forms.CharField(label=gettext_lazy("Greeting"), max_length=200, required=False)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
    )
    annex = forms.CharField(label=gettext_lazy("Annex"), max_length=400, required=False)
    signatory_post = forms.CharField(
        label=gettext_lazy("Post of whoever signs"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signatory_name = forms.CharField(
        label=gettext_lazy("Given name and SURNAME of whoever signs"), max_length=200, required=False
    )
    executor = forms.CharField(
        label=gettext_lazy("Executor and telephone"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, content: Content, address: str) -> None:
        proposed = content.as_json() | {"address": address, "key": uuid7(now())}
        super().__init__(data, initial=proposed)
        self.proposed = content

    def content(self) -> Content:
        """Return the letter as it was written; letterhead and reference are the unit's own and not typed."""
        typed = {
            name: self.cleaned_data.get(name, "") for name in self.fields if name not in ("key", "address")
        }
        return Content.of(self.proposed.as_json() | typed)

    def refuse(self, refused: StepRefused) -> None:
        """Show a refusal: each field beside itself, the rest above the form."""
        language = reading_language()
        for name, text in refused.fields.items():
            if name in self.fields:
                self.add_error(name, text[language])
        if not any(name in self.fields for name in refused.fields):
            self.add_error(None, refused.text(language))

    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with errors, for the summary above."""
        return [field for field in self.visible_fields() if field.errors]


class OfficeForm(forms.ModelForm):
    """A unit's letterhead and rules."""

    class Meta:
        model = Office
        fields = ["address", "phone", "email", "code", "signatory_post", "signatory_name", "approves"]


class HoursForm(forms.ModelForm):
    """When residents are received in person."""

    class Meta:
        model = ReceptionHours
        fields = ["weekday", "since", "until", "place", "who", "note"]
        widgets = {
            "since": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["weekday"].choices = [("", _("Choose…")), *ReceptionHours.DAYS]

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", _("Reception ends after it begins."))
        return cleaned
