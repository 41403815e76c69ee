"""The record of a call that an alert describes, and where it happened."""

from typing import Any

from varta.api.cap import mapping, wording
from varta.api.cap.message import Alert, Circle, Point
from varta.api.intake import spotting
from varta.api.models import Partner
from varta.lib.clock import kyiv_day
from varta.places.points import distance_km
from varta.procedures.call import KIND

PRECISE_KM = 1.0  # a shape within this is a point; a wider one only tells the place


def record_of(alert: Alert, spotted: spotting.Spotted, partner: Partner) -> dict[str, Any]:
    """Return the record of a call that the alert describes."""
    category = mapping.category_of(alert.infos)
    point = precise_point(alert)
    return {
        "channel": partner.channel,
        "category": category,
        "proposed": category,
        "kind": mapping.kind_of(alert.infos, KIND),
        "about": wording.about(alert),
        "address": wording.address(alert),
        "zone": spotted.zone,
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "reference": alert.identifier,
    }


def news_of(alert: Alert) -> dict[str, Any]:
    """Return the fields that an update tells; what it leaves out stays as it was."""
    known: dict[str, Any] = {}
    if (kind := mapping.kind_of(alert.infos, KIND)) != "other":
        known["kind"] = kind
    if address := wording.address(alert):
        known["address"] = address
    if point := precise_point(alert):
        known |= {"lat": point[0], "lon": point[1]}
    return known


def place_of(alert: Alert, partner: Partner) -> spotting.Spotted:
    """Return the place of the alert: by code of the codifier, by shape, by the words of its areas."""
    infos = wording.ordered(alert.infos)
    shapes = _shapes(alert)
    return spotting.spot(
        partner,
        on=kyiv_day(alert.sent),
        codes=mapping.places_of(infos)[:1],
        point=shapes[0].centre if shapes else None,
        words=[area.description for info in infos for area in info.areas][:3],
    )


def precise_point(alert: Alert) -> Point | None:
    """Return the point of the event where the first shape is small enough to be one."""
    shapes = _shapes(alert)
    return shapes[0].centre if shapes and shapes[0].radius_km <= PRECISE_KM else None


def _shapes(alert: Alert) -> list[Circle]:
    """Return the shapes of the areas as circles, the narrowest first."""
    areas = [area for info in wording.ordered(alert.infos) for area in info.areas]
    found = [circle for area in areas for circle in area.circles]
    for area in areas:
        for corners in area.polygons:
            centre = spotting.middle(corners)
            found.append(Circle(centre, max(distance_km(centre, corner) for corner in corners)))
    return sorted(found, key=lambda circle: circle.radius_km)
