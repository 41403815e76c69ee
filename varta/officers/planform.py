"""What a coordinator asks of a plan: a day, how many, the goal, weights and conditions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

GOALS = (
    ("cover", _("Most within so many minutes of an officer")),
    ("median", _("Shortest way of all together")),
)
WEIGHTS = (
    ("people", _("people")),
    ("calls", _("calls of the year before")),
    ("violence", _("calls about domestic violence of the year before")),
)
MOST_NAMED = 1_000  # pinned or forbidden hromadas


class PlanForm(forms.Form):
    """The question. Pinned and forbidden hromadas come as codes beside it, see `marked`."""

    on = forms.DateField(label=_("State on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    officers = forms.IntegerField(label=_("New officers"), min_value=1, max_value=5_000)
    goal = forms.ChoiceField(label=_("Goal"), choices=GOALS)
    minutes = forms.FloatField(label=_("Minutes"), min_value=1, max_value=240)
    weighed_by = forms.ChoiceField(label=_("Weighed by"), choices=WEIGHTS)
    each = forms.IntegerField(
        label=_("Officers in one hromada, at most"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Empty: no limit. Those who serve already count and stay."),
    )
    only_willing = forms.BooleanField(
        label=_("Only hromadas with a memorandum, up to its limit"), required=False
    )
    fair = forms.IntegerField(
        label=_("Fair between oblasts, %"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_(
            "Each oblast gets at least this part of what its weight would give it. Empty: no such condition."
        ),
    )
    ready_by = forms.DateField(
        label=_("Trained by"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("No more officers than finish their course by this day. Empty: not asked."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what the shortest way cannot keep, and days that are not in order."""
        found = super().clean() or {}
        if found.get("goal") == "median" and found.get("fair"):
            self.add_error(
                "fair",
                _("The shortest way does not know this condition: leave it empty, or choose the other goal."),
            )
        if found.get("on") and found["on"].year < 1991:
            self.add_error("on", _("Choose a later day."))
        return found

    def asked(self, marks: Mapping[str, list[str]]) -> dict[str, Any]:
        """Return the question as `Plan.asked` keeps it, with the day beside it."""
        found = self.cleaned_data
        ready_by: date | None = found["ready_by"]
        return {
            **{
                name: found[name]
                for name in ("on", "officers", "goal", "minutes", "weighed_by", "each", "only_willing")
            },
            "fair": found["fair"] or None,
            "ready_by": ready_by.isoformat() if ready_by else None,
            **marks,
        }


def marked(given: Any) -> dict[str, list[str]]:
    """Return the codes of pinned and forbidden hromadas of a request; what is forbidden is not pinned as well."""
    forbidden = sorted(set(given.getlist("forbid")))[:MOST_NAMED]
    pinned = sorted(set(given.getlist("pin")) - set(forbidden))[:MOST_NAMED]
    return {"pinned": pinned, "forbidden": forbidden}


def initial(plan: Any) -> dict[str, Any]:
    """Return the form's values for asking a plan's question again."""
    return {
        "on": plan.on.isoformat(),
        **plan.asked,
        "each": plan.asked["each"] or "",
        "fair": plan.asked["fair"] or "",
    }
