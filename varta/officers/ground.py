"""Hromadas as the programme needs them: whether one exists on a day, which oblast it is in, which units answer."""

from collections.abc import Iterable
from datetime import date

from varta.cases.errors import OutOfScope
from varta.officers import errors
from varta.officers.errors import said
from varta.people.scope import current
from varta.places.models import Territory, Unit, UnitPlace

CITY_WITH_STATUS = "K"  # Kyiv and Sevastopol have no hromadas: the city stands for one


def hromadas(codes: Iterable[str]) -> dict[str, Territory]:
    """Return the hromadas with these codes; raise NoHromada for a code that is none."""
    wanted = set(codes)
    found = Territory.objects.in_bulk(wanted)
    for code in sorted(wanted):
        if code not in found or not is_hromada(found[code]):
            raise errors.NoHromada(hromada=code)
    return found


def is_hromada(place: Territory) -> bool:
    """Return whether an officer may be appointed to this place."""
    return place.level == Territory.HROMADA or place.category == CITY_WITH_STATUS


def existing(place: Territory, *, on: date) -> Territory:
    """Return the hromada if it exists on the day; raise HromadaCeased with its heir, or HromadaNotYet."""
    if place.valid_to is not None and on >= place.valid_to:
        heir = Territory.objects.filter(code=place.became).first() if place.became else None
        raise errors.HromadaCeased(
            hromada=place.titles,
            day=said(place.valid_to),
            on=said(on),
            heir={
                "uk": f" і стала частиною «{heir.titles['uk']}»" if heir else "",
                "en": f" and became part of “{heir.titles['en']}”" if heir else "",
            },
        )
    if place.valid_from is not None and on < place.valid_from:
        raise errors.HromadaNotYet(hromada=place.titles, day=said(place.valid_from), on=said(on))
    return place


def within_scope(place: Territory) -> Territory:
    """Return the hromada if it lies in the scope of who reads now; raise OutOfScope.

    The record of a step names it, and `take` knows only the place of the case.
    """
    if not current().covers_place(place.pre):
        what = {"uk": "Громада", "en": "The hromada"}
        raise OutOfScope(what=what, value=place.titles)
    return place


def directorate_of(hromada: Territory) -> str | None:
    """Return the code of the main directorate that answers for the hromada's oblast."""
    return _unit(hromada.oblast or hromada.code, Unit.Kind.MAIN_DIRECTORATE)


def sector_of(hromada: Territory) -> str | None:
    """Return the code of the unit in which an officer of the hromada serves: its sector, else the main directorate."""
    return _unit(hromada.code, Unit.Kind.SECTOR) or directorate_of(hromada)


def _unit(place: str, kind: str) -> str | None:
    links = UnitPlace.objects.filter(place=place, unit__kind=kind, unit__valid_to__isnull=True)
    return links.order_by("unit__pre").values_list("unit", flat=True).first()
