"""What somebody asks of the pages of the programme: a day, how it is divided, a cover aimed at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varta.places.models import Territory

FIRST = date(2015, 1, 1)  # the National Police began on 7 November 2015: no day before it makes sense
BY = {"oblast": _("Oblasts"), "hromada": _("Hromadas"), "university": _("Universities")}


def day_field(**more: Any) -> forms.DateField:
    """Return the field of a day."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class DayForm(forms.Form):
    """A day that has come, and how its counts are divided."""

    on = day_field(label=_("State on"), required=False)
    by = forms.ChoiceField(label=_("By"), choices=list(BY.items()), required=False)
    oblast = forms.ChoiceField(label=_("Within the oblast"), required=False)

    def __init__(self, data: Any, *, today: date, reader: Any) -> None:
        super().__init__(data)
        self.today = today
        self.fields["oblast"].choices = [("", _("all")), *oblasts_of(reader)]

    def clean_on(self) -> date:
        """Return the day, today where none is given; refuse one that has not come or is before the police."""
        return asked_day(self.cleaned_data["on"], self.today)

    def clean_by(self) -> str:
        """Return how to divide, by oblast where nothing is said."""
        return self.cleaned_data["by"] or "oblast"


def asked_day(day: date | None, today: date) -> date:
    """Return the day, today for None; raise ValidationError for one of which nothing can be counted."""
    if day is None:
        return today
    if day > today:
        raise forms.ValidationError(
            _("This day has not come yet. Counts end today; what may follow is on the page of prospects.")
        )
    if day < FIRST:
        raise forms.ValidationError(_("The National Police began in 2015. Choose a later day."))
    return day


def oblasts_of(reader: Any) -> list[tuple[str, str]]:
    """Return codes and titles of the oblasts that lie in the reader's area, in the order of the alphabet."""
    found = Territory.objects.filter(
        level=Territory.OBLAST, pre__gte=reader.place_from, pre__lte=reader.place_to, code__startswith="UA"
    )
    return [(one.code, one.title) for one in found.order_by("sort_key")]


AIMS = {"people": _("People per officer"), "hromadas": _("Hromadas with an officer")}


class ProspectsForm(forms.Form):
    """A cover aimed at, and what may be otherwise than in the last year."""

    aim = forms.ChoiceField(label=_("Cover"), choices=list(AIMS.items()))
    norm = forms.IntegerField(
        label=_("People per officer"), min_value=500, max_value=50_000,
        help_text=_("6,000 is the norm of a rural beat, 7,000 of an urban one."),
    )  # fmt: skip
    part = forms.IntegerField(
        label=_("Part of it, in percent"), min_value=1, max_value=100,
        help_text=_("Of all officers needed, or of all hromadas."),
    )  # fmt: skip
    oblast = forms.ChoiceField(label=_("Within the oblast"), required=False)
    years = forms.IntegerField(label=_("Years ahead"), min_value=1, max_value=6)
    on = day_field(label=_("Learnt from what was known on"), required=False)
    cohorts = forms.IntegerField(label=_("Courses a year"), min_value=0, max_value=120, required=False)
    capacity = forms.IntegerField(label=_("Places on a course"), min_value=0, max_value=1000, required=False)
    lost = forms.IntegerField(
        label=_("Losses, in percent of what was seen"), min_value=0, max_value=400,
        help_text=_("In training, on internship and in service."),
    )  # fmt: skip
    applied = forms.IntegerField(
        label=_("Candidates, in percent of last year's"), min_value=0, max_value=1000
    )
    check = forms.ChoiceField(label=_("Learnt up to"), required=False)

    USUAL = {"aim": "people", "norm": 6000, "part": 50, "years": 3, "lost": 100, "applied": 100}

    def __init__(self, data: Any, *, today: date, reader: Any, checked: Any) -> None:
        super().__init__(data)
        self.today = today
        self.fields["oblast"].choices = [("", _("all")), *oblasts_of(reader)]
        self.fields["check"].choices = [(f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}") for day in checked]

    def clean_on(self) -> date:
        """Return the day to learn up to, today where none is given."""
        return asked_day(self.cleaned_data["on"], self.today)
