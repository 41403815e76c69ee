"""Front-line and occupied territory: what is known publicly, and what holds on a day."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from varta.places.models import Beat, Territory, TerritoryFact

# Nobody has compared this with the law's text yet: pages show it as unverified.
CRIMEA_OCCUPIED_SINCE = date(2014, 2, 20)
CRIMEA_SOURCE = "Закон України 1207-VII, ст. 1 / Law of Ukraine 1207-VII, article 1"
CRIMEA = ("UA01", "UA85")  # the Autonomous Republic and Sevastopol


def holding(on: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def on_day(on: date, *, within: tuple[int, int] | None = None) -> list[TerritoryFact]:
    """Return the facts that hold on a day, with their places, the widest first.

    `within`: only those whose place holds, or lies in, an interval of preorder numbers, both ends inclusive.
    """
    found = TerritoryFact.objects.filter(holding(on)).select_related("place").order_by("place__pre", "kind")
    if within is not None:
        found = found.filter(place__pre__lte=within[1], place__pre_end__gte=within[0])
    return list(found)


def of_place(place: Territory) -> list[TerritoryFact]:
    """Return all facts about a place and the places it lies in, the latest first."""
    about = TerritoryFact.objects.filter(place__pre__lte=place.pre, place__pre_end__gte=place.pre)
    return list(about.select_related("place").order_by("-since", "place__pre"))


def beats_on(on: date, hromadas: Iterable[str] | None = None) -> list[Beat]:
    """Return the beats of a day with their places, of some hromadas or of all."""
    found = Beat.objects.filter(holding(on)).prefetch_related("places").order_by("code")
    return list(found if hromadas is None else found.filter(hromada__in=list(hromadas)))


@transaction.atomic
def fill() -> int:
    """Say that Crimea and Sevastopol are occupied, where nothing is said of them; return how many rows came."""
    top = Territory.objects.filter(level=Territory.OBLAST, code__startswith="UA", facts=None)
    rows = [
        TerritoryFact(
            place=place,
            kind=TerritoryFact.Kind.OCCUPIED,
            since=CRIMEA_OCCUPIED_SINCE,
            source=CRIMEA_SOURCE,
        )
        for place in top
        if place.code[:4] in CRIMEA
    ]
    return len(TerritoryFact.objects.bulk_create(rows))
