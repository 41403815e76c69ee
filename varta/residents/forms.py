"""What a resident is asked: short, in plain words, and no more than is needed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varta.lib.clock import kyiv_day
from varta.notices import providers
from varta.notices.models import Channel
from varta.people.access import reading_language
from varta.places.models import Territory
from varta.procedures._appeal_records import KIND, SUBJECT
from varta.procedures._resident_records import FELT
from varta.residents import queries, topics
from varta.residents.actions import Contact, page_key

LONGEST = 3_000  # signs of a description
NOBODY = ""  # channel: no notices

Choices = Iterable[tuple[str, str | Promise]]


def words(longest: int, **more: Any) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(max_length=longest, required=more.pop("required", False), **more)


def story(label: str | Promise, help_text: str | Promise) -> forms.CharField:
    """Return the field of the description."""
    box = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=box)


def ticks(choices: Choices = (), **more: Any) -> forms.ChoiceField:
    """Return a field of which one is ticked."""
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)


def phone_of(typed: str) -> str:
    """Return a telephone as a gateway takes it. Raises ValidationError."""
    try:
        number = phonenumbers.parse(typed, "UA")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(_("This does not look like a telephone number. For example: 050 123 45 67."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class SendingForm(forms.Form):
    """What the report and the appeal have in common: the place, the contact, the ways to be told."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    work = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4_000)
    website = words(200, label=_("Leave this empty"))  # people do not see it; programs fill it in
    sure = forms.BooleanField(required=False, label=_("Nobody is in danger now: send it"))
    place = words(
        100, label=_("Village, town or hromada"), help_text=_("Begin to write the name, then choose.")
    )
    place_code = forms.CharField(max_length=64, required=False)
    lat = forms.FloatField(required=False, min_value=44, max_value=53, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=22, max_value=41, widget=forms.HiddenInput)
    surname = words(100, label=_("Surname"))
    given = words(100, label=_("Given name"))
    phone = words(40, label=_("Telephone"), help_text=_("Only the police see it."))
    notify = ticks(label=_("By which way"), required=False)
    notify_to = words(200, label=_("Address or telephone for notices"))
    safe = forms.BooleanField(
        required=False, label=_("It is safe to write to me there: nobody else reads it")
    )
    unlisted = forms.BooleanField(
        required=False, label=_("Make no page on which this matter can be followed")
    )

    def __init__(self, *given: Any, at: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.at, self.on = at, kyiv_day(at)
        self.candidates: list[queries.Here] = []
        self.found: Territory | None = None
        self.is_urgent = False
        offered = [(code, Channel(code).label) for code in providers.offered()]
        self.fields["notify"].choices = [(NOBODY, _("No notices")), *offered]  # type: ignore[attr-defined]
        for name in ("surname", "given", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = {
                "surname": "family-name",
                "given": "given-name",
                "phone": "tel",
            }[name]
        self.fields["phone"].widget.input_type = "tel"
        self.fields["place"].widget.attrs["autocomplete"] = "off"

    @property
    def may_be_told(self) -> bool:
        """Return whether there is any way to tell a resident something."""
        return len(self.fields["notify"].choices) > 1  # type: ignore[attr-defined]

    def look_for_place(self, words: str) -> None:
        """Find what the words for the place may mean, without looking at the rest of the form."""
        self.candidates = queries.places_like(words)

    def clean_key(self) -> UUID:
        key = page_key(str(self.cleaned_data["key"]), at=self.at)
        if key is None:
            raise ValidationError(_("This page stood open too long. Open the form again."))
        return key

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is a trap for programs. Empty it and send again."))
        return ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return phone_of(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        self._clean_place()
        self._clean_contact()
        about = self.cleaned_data.get("about", "")
        self.is_urgent = bool(about) and self.sounds_urgent(about)
        if self.is_urgent and not self.cleaned_data.get("sure"):
            self.add_error("sure", _("If anybody is in danger, call 102 now. If not, tick this and send."))
        return self.cleaned_data

    def sounds_urgent(self, about: str) -> bool:
        """Return whether the words call for a telephone and not for a form."""
        raise NotImplementedError

    def _clean_place(self) -> None:
        given = self.cleaned_data
        if given.get("place_code"):
            self.found = queries.place_of(given["place_code"], on=self.on)
        elif given.get("lat") is not None and given.get("lon") is not None:
            self.found = queries.place_near(given["lat"], given["lon"])
        if self.found is None and given.get("place"):
            self.candidates = queries.places_like(given["place"])
            if len(self.candidates) == 1:
                self.found = queries.place_of(self.candidates[0].code, on=self.on)
        if self.found is not None:
            return
        if self.candidates:
            self.add_error("place", _("Several places are called so. Choose yours below."))
        elif given.get("place"):
            self.add_error("place", _("No such place was found. Try the name of the hromada."))
        else:
            self.add_error("place", _("Say where: the police must know whom to send."))

    def _clean_contact(self) -> None:
        channel, to = self.cleaned_data.get("notify", NOBODY), self.cleaned_data.get("notify_to", "").strip()
        try:
            if channel == Channel.EMAIL:
                validate_email(to)
            elif channel == Channel.SMS:
                self.cleaned_data["notify_to"] = phone_of(to)
        except ValidationError as error:
            self.add_error("notify_to", error)

    def contact(self, *, discreet: bool) -> Contact | None:
        """Return where notices go; nowhere in a delicate matter unless the resident said that it is safe."""
        channel = self.cleaned_data["notify"]
        if channel == NOBODY or (discreet and not self.cleaned_data["safe"]):
            return None
        return Contact(
            channel,
            self.cleaned_data["notify_to"],
            reading_language(),
            coming=bool(self.cleaned_data.get("coming")),
        )

    def person(self) -> dict[str, str]:
        """Return what is known of whoever sent it."""
        names = ("surname", "given", "patronymic", "phone", "residence")
        return {name: self.cleaned_data.get(name, "").strip() for name in names if name in self.fields}


class ReportForm(SendingForm):
    """A report that can wait: what, where, when, and if one likes, who."""

    topic = ticks([(code, one.title) for code, one in topics.TOPICS.items()], label=_("What is it about?"))
    about = story(
        _("What happened?"), _("In your own words. Who, what, how many; signs of a car or a person.")
    )
    address = words(
        200, label=_("Address or landmark"), help_text=_("Street and house, or “near the school”.")
    )
    when = words(
        100, label=_("When was it?"), help_text=_("For example: today at 10 in the evening, or every night.")
    )
    coming = forms.BooleanField(required=False, label=_("Also tell me when a crew is on the way"))

    def sounds_urgent(self, about: str) -> bool:
        topic = self.cleaned_data.get("topic")
        return topic is not None and topics.is_urgent(about, topic=topic, on=self.on)


class AppealForm(SendingForm):
    """An appeal under law 393/96: who, where they live, what about; the day is that of sending."""

    kind = ticks(label=_("What do you send?"))
    subject = forms.ChoiceField(label=_("Subject of the appeal"))
    about = story(
        _("What do you ask, propose or complain of?"),
        _("Say what happened, when, and what you want to be done."),
    )
    against = words(
        200,
        label=_("Whose conduct do you complain of?"),
        help_text=_("The body, the post or the name. They will not decide on it themselves."),
    )
    patronymic = words(100, label=_("Patronymic"))
    residence = words(
        300,
        label=_("Where you live"),
        required=True,
        help_text=_("The law requires it: an appeal without it is not considered."),
    )
    answer_by = ticks(
        [("email", _("By e-mail")), ("post", _("By post, to where I live"))],
        label=_("How to send you the answer"),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    shows_answer = forms.BooleanField(
        required=False, label=_("Show the text of the answer to whoever has the number and the code")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        language = reading_language()
        plain = {
            "proposal": _("A proposal: how something could be better"),
            "request": _("A request: help me with a right or an interest of mine"),
            "complaint": _("A complaint: my rights were violated"),
        }
        self.fields["kind"].choices = [(code, plain[code]) for code in KIND]  # type: ignore[attr-defined]
        subjects = [(code, title[language]) for code, title in SUBJECT.items()]
        self.fields["subject"].choices = [("", "—"), *subjects]  # type: ignore[attr-defined]
        for name in ("surname", "given"):
            self.fields[name].required = True
        for name, kind in (
            ("residence", "street-address"),
            ("email", "email"),
            ("patronymic", "additional-name"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = kind

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("answer_by") == "email" and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("Say where to send the answer."))
        return given

    def sounds_urgent(self, about: str) -> bool:
        return topics.is_urgent(about, topic="other", on=self.on)


class FollowForm(forms.Form):
    """The number and the code of a receipt."""

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("Twelve letters and digits; capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AddForm(forms.Form):
    """More words to a matter that is open."""

    text = forms.CharField(
        label=_("What became known?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class FeedbackForm(forms.Form):
    """Two questions, no more."""

    satisfied = ticks(label=_("Are you satisfied with how the police responded?"))
    treated_well = ticks(label=_("Were you treated with respect?"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        language = reading_language()
        for name in ("satisfied", "treated_well"):
            self.fields[name].choices = [(code, title[language]) for code, title in FELT.items()]  # type: ignore[attr-defined]
