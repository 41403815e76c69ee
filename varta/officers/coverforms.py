"""What a reader asks of the page of cover: a day, an oblast, what the map shows, and which hromadas."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varta.officers.covering import LIMIT

MEASURES = (
    ("covered", _("With and without an officer")),
    ("officers", _("How many officers")),
    ("each", _("People of one officer")),
    ("minutes", _("Minutes to an officer")),
)
ONLY = (
    ("", _("All")),
    ("empty", _("Without an officer")),
    ("covered", _("With an officer")),
    ("above", _("Above the norm")),
    ("front_line", _("Front-line")),
    ("occupied", _("Occupied")),
)


class CoverForm(forms.Form):
    """The choices of the page; what is not in the address is as `usual` says."""

    on = forms.DateField(label=_("State on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    oblast = forms.ChoiceField(label=_("Oblast"), required=False)
    show = forms.ChoiceField(label=_("The map shows"), choices=MEASURES)
    minutes = forms.IntegerField(label=_("Near is within, minutes"), min_value=1, max_value=240)
    only = forms.ChoiceField(choices=ONLY, required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Any, *, oblasts: Sequence[tuple[str, str]], today: str) -> None:
        usual = {"on": today, "show": "covered", "minutes": str(LIMIT)}
        super().__init__({name: asked.get(name) or usual.get(name, "") for name in self.base_fields})
        self.fields["oblast"].choices = [("", _("All"))] * (len(oblasts) > 1) + list(oblasts)
        if len(oblasts) < 2:
            self.fields["oblast"].widget = forms.HiddenInput()
