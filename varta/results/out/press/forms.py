"""What an editor fills in: a template, and which report it is tried with."""

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

MOST = 20_000  # signs of a text


class TemplateForm(forms.Form):
    """A template in both languages. Its texts are checked by the action, which knows the language of templates."""

    code = forms.CharField(
        label=_("Name for addresses"),
        max_length=60,
        validators=[validate_slug],
        help_text=_("Latin letters, digits and hyphens; it does not change."),
    )
    title_uk = forms.CharField(label=_("Title in Ukrainian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    uk = forms.CharField(
        label=_("Ukrainian text"),
        max_length=MOST,
        widget=forms.Textarea({"rows": 14, "spellcheck": "true", "lang": "uk"}),
        help_text=_("An empty line begins a paragraph; # and a space begin a headline."),
    )
    en = forms.CharField(
        label=_("English text"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea({"rows": 10, "spellcheck": "true", "lang": "en"}),
        help_text=_("It may not say more than the Ukrainian one, and leads to it."),
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    report = forms.ChoiceField(label=_("Try it with the report"), required=False)

    def __init__(self, *given: object, reports: list[tuple[str, str]], is_new: bool, **more: object) -> None:
        super().__init__(*given, **more)
        self.fields["report"].choices = [("", "—"), *reports]
        if not is_new:
            self.fields["code"].widget = forms.HiddenInput()
