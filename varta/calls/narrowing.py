"""What the board of an address is narrowed to: a unit, a category, the calls of the officer's own crew."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from varta.calls import queries
from varta.calls.board import Asked
from varta.calls.callrow import URGENCY
from varta.cases import wording
from varta.places import queries as places
from varta.places.models import Unit
from varta.procedures.call import CATEGORY

MOST_UNITS = 60


@dataclass(frozen=True)
class Narrowing:
    """The filter as the page shows it; `crew` is the officer's own turn of duty, if there is one."""

    asked: Asked
    unit: str
    crew: UUID | None
    mine: bool
    wall: bool
    categories: list[dict[str, Any]]
    units: list[Unit]


def narrowing(request: HttpRequest, *, moment: datetime) -> Narrowing:
    """Return what the address asks for; what it asks wrongly is left out."""
    category = request.GET.get("category", "")
    category = category if category in URGENCY else ""
    unit, wall = request.GET.get("unit", ""), request.GET.get("wall") == "1"
    crew = queries.crew_of(request.reader, request.user.login)
    mine = request.GET.get("mine") == "1" and crew is not None
    span = places.unit_interval(unit) if unit else None
    asked = Asked(unit=span, category=category, crew=crew.key if mine and crew else None)
    return Narrowing(
        asked=asked,
        unit=unit if span else "",
        crew=crew.key if crew else None,
        mine=mine,
        wall=wall,
        categories=list(_categories(request, category)),
        units=_units(request),
    )


def _categories(request: HttpRequest, chosen: str) -> Any:
    yield {"code": "", "title": _("All"), "here": not chosen, "address": _address(request, category="")}
    for code in URGENCY:
        title = wording.brief(wording.said(CATEGORY[code]))
        here = code == chosen
        yield {"code": code, "title": title, "here": here, "address": _address(request, category=code)}


def _address(request: HttpRequest, **change: str) -> str:
    query = request.GET.copy()
    for name, value in change.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return query.urlencode()


def _units(request: HttpRequest) -> list[Unit]:
    """Return the units of the reader's scope that the board may be narrowed to, from the top down."""
    reader = request.reader
    found = Unit.objects.filter(pre__range=(reader.unit_from, reader.unit_to), valid_to=None)
    return list(found.exclude(branch=Unit.Branch.PARTNER).order_by("pre")[:MOST_UNITS])
