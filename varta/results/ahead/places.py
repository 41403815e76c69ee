"""Who answers for a place or a unit: the intervals by which targets and forecasts are seen."""

from dataclasses import dataclass

from django.db.models import Max, Min

from varta.people.scope import Reader
from varta.places.models import Territory, Unit, UnitPlace

ANSWERING = (
    Unit.Kind.HEADQUARTERS,
    Unit.Kind.MAIN_DIRECTORATE,
    Unit.Kind.RAION_DIRECTORATE,
    Unit.Kind.SECTOR,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Preorder intervals, inclusive."""

    place_from: int
    place_to: int
    unit_from: int
    unit_to: int

    def as_columns(self) -> dict[str, int]:
        """Return the columns of a row."""
        return {name: getattr(self, name) for name in self.__slots__}

    def within(self, reader: Reader) -> bool:
        """Return whether the reader answers for all of it."""
        places = reader.place_from <= self.place_from and self.place_to <= reader.place_to
        return places and reader.unit_from <= self.unit_from and self.unit_to <= reader.unit_to


def scope_of_place(place: Territory) -> Scope:
    """Return the scope of a place: itself, and the unit that answers for all of it; all units where none does."""
    return scopes_of_places([place])[place.code]


def scopes_of_places(places: list[Territory]) -> dict[str, Scope]:
    """Return the scope of each place by code."""
    whole = Unit.objects.aggregate(low=Min("pre"), high=Max("pre_end"))
    everyone = (whole["low"] or 0, whole["high"] or 0)
    links = UnitPlace.objects.filter(place__in=places, unit__kind__in=ANSWERING).order_by("-unit__pre")
    answering = {
        place: (pre, end) for place, pre, end in links.values_list("place", "unit__pre", "unit__pre_end")
    }
    return {one.code: Scope(one.pre, one.pre_end, *answering.get(one.code, everyone)) for one in places}


def scope_of_unit(unit: Unit) -> Scope:
    """Return the scope of a unit: itself, and the places that it answers for; all places where none are known."""
    places = Territory.objects.filter(unit_links__unit=unit)
    found = places.aggregate(low=Min("pre"), high=Max("pre_end"))
    if found["low"] is None:
        found = Territory.objects.aggregate(low=Min("pre"), high=Max("pre_end"))
    return Scope(found["low"] or 0, found["high"] or 0, unit.pre, unit.pre_end)


def seen_whole(reader: Reader) -> list[Territory]:
    """Return the country and the oblasts that the reader answers for, the country first."""
    found = list(
        Territory.objects.filter(
            level__in=(Territory.COUNTRY, Territory.OBLAST),
            pre__gte=reader.place_from,
            pre_end__lte=reader.place_to,
            valid_to=None,
        ).order_by("level", "sort_key")
    )
    scopes = scopes_of_places(found)
    return [one for one in found if scopes[one.code].within(reader)]
