"""Meetings in the week of whoever holds them or is invited."""

from collections.abc import Iterator

from django.urls import reverse

from varta.cases.agenda import Item, Week
from varta.people.access import reading_language
from varta.results.meetings import queries


def meetings_of(week: Week) -> Iterator[Item]:
    """Yield the meetings of the week that are not cancelled."""
    found = (
        queries.visible_to(week.reader).filter(on__range=(week.first, week.last)).exclude(state="cancelled")
    )
    language = reading_language()
    for one in found:
        yield Item(
            day=one.on,
            title=one.title_en if language == "en" and one.title_en else one.title,
            hours=one.hour,
            address=reverse("meetings:meeting", kwargs={"key": one.key}),
            kind="meeting",
        )
