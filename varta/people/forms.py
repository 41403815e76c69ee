"""Forms about people. They check what was typed; actions decide."""

from allauth.account.forms import LoginForm
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varta.lib.clock import kyiv_day, now
from varta.lib.text import fold
from varta.people import looks, purposes
from varta.people.access import reading_language
from varta.people.errors import PeopleRefused
from varta.people.models import Officer
from varta.people.roles import ROLES
from varta.places.models import Territory, Unit


def _named(items) -> list[tuple[str, str]]:
    """Return choices of a mapping code -> {"uk", "en"} in the reader's language."""
    language = reading_language()
    return [(code, titles[language]) for code, titles in items.items()]


def _roles() -> list[tuple[str, str]]:
    return _named({code: role.title for code, role in ROLES.items()})


class RefusalForm(forms.Form):
    """A form that can show why an action refused."""

    def refuse(self, refusal: PeopleRefused) -> None:
        """Show the refusal beside its field, or above the form."""
        language = reading_language()
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.text(language))


class SignInForm(LoginForm):
    """Sign in, in the words of the service."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none"}


class SearchForm(forms.Form):
    """Look for a resident."""

    q = forms.CharField(
        label=_("Name or telephone"),
        min_length=3,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Three letters or four digits at least. The search is written into the access log."),
    )


class PurposeForm(forms.Form):
    """Say for what a file is opened."""

    code = forms.ChoiceField(label=_("Purpose"))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a few words. The auditor, and the person on request, will read it."),
    )
    case_number = forms.CharField(label=_("Case or call number"), max_length=64, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose…")), *_named(purposes.PURPOSES)]

    def clean_reason(self) -> str:
        """Refuse a reason without a word in it."""
        reason = self.cleaned_data["reason"].strip()
        if sum(sign.isalpha() for sign in reason) < 4:
            raise forms.ValidationError(_("Write the reason in words."))
        return reason

    def purpose(self) -> purposes.Purpose:
        """Return the purpose that was stated."""
        return purposes.Purpose(
            self.cleaned_data["code"], self.cleaned_data["reason"], self.cleaned_data["case_number"].strip()
        )


class PreferencesForm(forms.ModelForm):
    """Language and theme."""

    class Meta:
        model = Officer
        fields = ["language", "theme"]
        labels = {"language": _("Language"), "theme": _("Colours")}


class ActingForm(forms.Form):
    """Choose the appointment to act under."""

    appointment = forms.ModelChoiceField(queryset=None, label=_("I act as"), empty_label=None)

    def __init__(self, *args, officer: Officer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = officer.appointments.valid(kyiv_day(now()))


class PlaceField(forms.CharField):
    """A territory, by its code or its exact name."""

    model = Territory
    unknown = _("There is no such place. Give its code or its full name.")
    several = _("Several have this name: give the code of one. %(codes)s")

    def clean(self, value: str):
        """Return the row of this code or name that is valid today."""
        text = super().clean(value)
        if not text:
            return None
        found = self._found(text)
        if not found:
            raise forms.ValidationError(self.unknown)
        if len(found) > 1:
            codes = "; ".join(f"{one.code} {one.name}" for one in found)
            raise forms.ValidationError(self.several, params={"codes": codes})
        return found[0]

    def _found(self, text: str) -> list:
        lasting = Q(valid_to=None) | Q(valid_to__gt=kyiv_day(now()))
        rows = self.model.objects.filter(lasting)
        return list(rows.filter(code=text.upper())) or list(rows.filter(folded=fold(text))[:6])


class UnitField(PlaceField):
    """A unit of the police, by its code or its exact name."""

    model = Unit
    unknown = _("There is no such unit. Give its code or its full name.")


class OpenAccountForm(RefusalForm):
    """Open an account."""

    login = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,64}$",
        label=_("Login"),
        help_text=_("Latin letters, digits, dot, hyphen; three signs at least."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=200)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=200, required=False)
    rank = forms.CharField(label=_("Rank"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    unit = UnitField(label=_("Unit"), help_text=_("Code or full name."))
    language = forms.ChoiceField(label=_("Language"), choices=[("uk", "Українська"), ("en", "English")])


class AppointForm(RefusalForm):
    """Give a role over a place and a unit."""

    role = forms.ChoiceField(label=_("Role"))
    place = PlaceField(
        label=_("Place"), help_text=_("Code or full name. The role covers all places within it.")
    )
    unit = UnitField(label=_("Unit"), help_text=_("Code or full name. The role covers all units below it."))
    since = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until further notice."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()


class EndForm(RefusalForm):
    """End an appointment."""

    until = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ResetForm(RefusalForm):
    """Give a new password."""

    forget_factors = forms.BooleanField(
        label=_("The second factor is lost too: forget it"),
        required=False,
        help_text=_("Make sure that it is really this officer who asks."),
    )


class LogForm(forms.Form):
    """Filter the log of looks."""

    officer = forms.CharField(label=_("Officer"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("What"), required=False)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=64)
    since = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("Everything")), *_named(looks.ACTIONS)]
