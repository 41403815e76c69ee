"""Which place a partner means by a code, a point or words, and which unit answers for it there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from varta.api.models import Partner
from varta.api.partners.refusals import Fault, Refused
from varta.calls.answering import unit_at
from varta.places import queries
from varta.places.models import Territory
from varta.places.points import distance_km

NEAR_KM = 30.0  # a point farther than this from every settlement lies nowhere that we know
MOST_PARTS = 8  # of an address between commas

# What stands before or after a name in an address and is no part of it.
_KINDS = re.compile(
    r"\b(с-ще|селище|смт|село|с|місто|м|р-н|район|обл|область|громада|отг|тг|city|town|village|raion|oblast|hromada)\b\.?",
    re.IGNORECASE,
)
_CITY, _RURAL = frozenset("KMB"), frozenset("CX")  # towns (T) are of either kind


@dataclass(frozen=True)
class Spotted:
    """The place of a report, the unit that answers, and the places that may be meant where words fit several."""

    place: Territory
    unit: str
    rivals: tuple[Territory, ...] = ()
    sure: bool = True  # False: nothing said where, so it is the partner's whole area

    @property
    def zone(self) -> str:
        """The zone of the arrival norm, as far as the place alone tells it."""
        if self.place.category in _CITY:
            return "city"
        return "rural" if self.place.category in _RURAL else "unknown"


def spot(
    partner: Partner,
    *,
    on: date,
    codes: Sequence[str] = (),
    point: tuple[float, float] | None = None,
    words: Sequence[str] = (),
) -> Spotted:
    """Return the place that is meant: by code, else by point, else by words, else the partner's whole area.

    Raises Refused for a code that is not in force on the day and for a point outside the partner's area.
    Where words fit several places, their nearest common area is taken and the places are named.
    """
    for code in codes:
        place = queries.territory_at(code.strip().upper(), on)
        if place is None:
            raise Refused(422, unknown_code(code))
        return _answered(partner, place, on)
    if point is not None:
        return _answered(partner, _at_point(partner, point), on)
    found = _named(words, partner.place)
    if len(found) == 1:
        return _answered(partner, found[0], on)
    if found:
        spotted = _answered(partner, _common(found, partner.place), on)
        return Spotted(spotted.place, spotted.unit, rivals=tuple(found))
    spotted = _answered(partner, partner.place, on)
    return Spotted(spotted.place, spotted.unit, sure=False)


def unknown_code(code: str) -> Fault:
    """Return the fault of a code that names no place."""
    return Fault(
        "unknown-place",
        f"Місця з кодом «{code[:40]}» немає в чинному КАТОТТГ.",
        f"There is no place with the code “{code[:40]}” in the codifier in force.",
    )


def outside() -> Fault:
    """Return the fault of a place beyond the partner's area."""
    return Fault(
        "outside",
        "Місце поза територією, про яку Ваша система може повідомляти. Про термінове дзвоніть 102.",
        "The place lies outside the area that your system may report on. Call 102 about what is urgent.",
    )


def _answered(partner: Partner, place: Territory, on: date) -> Spotted:
    if not partner.place.holds(place):
        raise Refused(422, outside())
    within = (partner.unit.pre, partner.unit.pre_end)
    return Spotted(place, unit_at(place, on=on, within=within) or partner.unit_id)


def _at_point(partner: Partner, point: tuple[float, float]) -> Territory:
    place = queries.nearest(*point, max_km=NEAR_KM)
    if place is None or not partner.place.holds(place):
        raise Refused(422, outside())
    return place


def _named(words: Sequence[str], area: Territory) -> list[Territory]:
    """Return the places within the area that the parts of an address name, the narrowest that agree.

    «Іванівка, Широківська громада»: of all that are called so, those that lie in the other.
    """
    parts = [_KINDS.sub(" ", part).strip() for text in words for part in re.split(r"[,;\n]", text)]
    found: list[Territory] = []
    for part in [part for part in parts if part][-MOST_PARTS:]:
        found.extend(one for one in queries.by_name(part, within=area.code) if one not in found)
    settlements = [one for one in found if one.level >= Territory.HROMADA]
    return _narrowest(_agreeing(settlements or found))


def _agreeing(found: Sequence[Territory]) -> list[Territory]:
    """Return those that lie in, or hold, another of them with another name; all where none does."""
    paired = [
        one
        for one in found
        if any((one.holds(two) or two.holds(one)) and one.folded != two.folded for two in found if two != one)
    ]
    return paired or list(found)


def _narrowest(found: Iterable[Territory]) -> list[Territory]:
    """Leave out what holds another of them: a hromada is called as its centre."""
    listed = list(found)
    return [one for one in listed if not any(one.holds(two) for two in listed if two != one)]


def _common(found: Sequence[Territory], area: Territory) -> Territory:
    """Return the narrowest territory that holds all of them, not wider than the area."""
    low, high = min(one.pre for one in found), max(one.pre_end for one in found)
    holding = Territory.objects.filter(
        pre__gte=area.pre, pre_end__lte=area.pre_end, pre__lte=low, pre_end__gte=high
    )
    return holding.order_by(F("pre").desc()).first() or area


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of a polygon's corners, the closing one left out."""
    corners = list(dict.fromkeys(points))
    return sum(lat for lat, _ in corners) / len(corners), sum(lon for _, lon in corners) / len(corners)


def circle_of(place: Territory) -> tuple[float, float, float] | None:
    """Return latitude, longitude and kilometres of a circle around the known points of a place; None without any."""
    rows = Territory.objects.filter(pre__range=(place.pre, place.pre_end), lat__isnull=False)
    points = list(rows.values_list("lat", "lon"))
    if not points:
        return None
    centre = middle(points)
    radius = max(distance_km(centre, point) for point in points)
    return round(centre[0], 2), round(centre[1], 2), float(max(5, int(radius) + 1))
