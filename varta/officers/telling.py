"""The state of the programme as its reader may count it: for the statement, the page and files."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Min

from varta.officers import queries
from varta.officers.statement import Held, State
from varta.people.scope import Reader
from varta.places.models import Territory, Unit

ATTRIBUTES = ("stage", "oblast", "hromada", "university")


class DayRefused(ValueError):
    """Nothing can be told of the day; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        self.texts = {"uk": uk, "en": en}
        super().__init__(en)


def state_of(reader: Reader, day: date, *, today: date) -> State:
    """Return the counts of a day with the names of oblasts and universities; raise DayRefused for one to come."""
    if day > today:
        raise DayRefused(
            f"{day:%d.%m.%Y} ще не настало: порахувати можна до {today:%d.%m.%Y}.",
            f"{day:%d.%m.%Y} has not come yet: counts end on {today:%d.%m.%Y}.",
        )
    counted = queries.counts(reader, day, by=ATTRIBUTES)
    held = tuple(
        Held(str(stage), oblast or "", hromada or "", university or "", people)
        for (stage, oblast, hromada, university), people in sorted(counted.items(), key=str)
    )
    return State(day, held, names(held))


def names(held: Iterable[Held]) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the oblasts and universities by code."""
    listed = list(held)
    places = Territory.objects.in_bulk({one.oblast for one in listed if one.oblast})
    units = Unit.objects.in_bulk({one.university for one in listed if one.university})
    return {code: found.titles for code, found in (places | units).items()}


def began_on(reader: Reader) -> date | None:
    """Return the first day on which anybody whom the reader counts was in the programme."""
    found: date | None = queries.visible_to(reader).aggregate(first=Min("began"))["first"]
    return found
