"""What residents ask: which unit answers for a place, who their officer is, where a matter stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from varta.calls.answering import units_at
from varta.cases import queries as cases
from varta.cases.models import Case
from varta.people.models import Appointment
from varta.people.scope import Reader
from varta.places import queries as places
from varta.places import search
from varta.places.models import Territory, Unit
from varta.residents.models import Receipt, Waiting

SMALLEST = Territory.HROMADA  # a report names a hromada, a settlement in it, or a district of a city
NEAREST_KM = 15.0
FLOOD = 3  # reports from one address in a day that a head is shown


@dataclass(frozen=True)
class Here:
    """A place that a resident may mean: its code, its name, and the names of what it lies in."""

    code: str
    title: str
    path: str


def places_like(words: str, *, limit: int = 8) -> list[Here]:
    """Return hromadas and settlements that the words may mean, the likeliest first."""
    found = [place for place in search.territories(words[:100], limit=limit * 2) if _fits(place)][:limit]
    above = search.names_above(found)
    return [Here(place.code, place.title, ", ".join(reversed(above[place.code]))) for place in found]


def place_near(lat: float, lon: float) -> Territory | None:
    """Return the settlement nearest to a point."""
    return places.nearest(lat, lon, max_km=NEAREST_KM)


def place_of(code: str, *, on: date) -> Territory | None:
    """Return the hromada or settlement of a code, if it is in force."""
    found = places.territory_at(code, on)
    return found if found is not None and _fits(found) else None


def _fits(place: Territory) -> bool:
    return place.code.startswith("UA") and (place.level >= SMALLEST or place.category == "K")


def unit_for(place: Territory) -> Unit | None:
    """Return the unit that answers for a place, as the desk finds it too."""
    return units_at([place]).get(place.code)


@dataclass(frozen=True)
class Serving:
    """An officer of a hromada, as everybody may know them: name, rank and unit, nothing else."""

    name: str
    rank: str
    unit: Unit


def officers_of(place: Territory, *, on: date, language: str) -> list[Serving]:
    """Return the hromada officers who serve where the place lies, those of the narrowest area first."""
    hromada = places.territory(place.hromada) if place.hromada else place
    found = Appointment.objects.valid(on).filter(
        role="hromada_officer",
        officer__is_active=True,
        place__level__gte=SMALLEST,
        place__pre__range=(hromada.pre, hromada.pre_end),
    )
    if not settings.DEMO:
        found = found.filter(officer__is_demo=False)
    serving = found.select_related("officer").order_by("-place__level", "officer__sort_key")
    holding = [one for one in serving if one.place.holds(place) or place.holds(one.place)]
    return [
        Serving(one.officer.name_in(language), one.officer.rank, one.unit)
        for one in {one.officer_id: one for one in holding}.values()
    ]


def waiting(reader: Reader) -> QuerySet[Waiting]:
    """Return the reports of the reader's scope that wait for a call back, the oldest first."""
    found = Waiting.objects.filter(
        state=Waiting.State.WAITING,
        place_pre__range=(reader.place_from, reader.place_to),
        unit_pre__range=(reader.unit_from, reader.unit_to),
    )
    if "*" not in reader.procedures:
        found = found.filter(procedure__in=reader.procedures)
    return found.select_related("place", "unit").order_by("made_at")


def case_of_receipt(reader: Reader, number: str) -> UUID | None:
    """Return the key of the case that a receipt's digits name, None where the reader sees none."""
    mine = cases.visible_to(reader).values("key")
    return Receipt.objects.filter(number=number, case__in=mine).values_list("case", flat=True).first()


@dataclass(frozen=True)
class Flood:
    """Reports of one day from one address: how many, the latest, and the cases that the reader may open."""

    count: int
    last_at: datetime
    cases: list[Case]


def floods(reader: Reader, *, now: datetime) -> list[Flood]:
    """Return from where many reports came in a day, most first; which address it is nobody knows."""
    since = now - timedelta(days=1)
    recent = Receipt.objects.filter(made_at__gte=since, case__in=cases.visible_to(reader).values("key"))
    many = (
        recent.exclude(origin="")
        .values("origin")
        .annotate(count=Count("number"), last_at=Max("made_at"))
        .filter(count__gte=FLOOD)
        .order_by("-count", "-last_at")[:20]
    )
    return [
        Flood(one["count"], one["last_at"], _cases(reader, recent.filter(origin=one["origin"])))
        for one in many
    ]


def _cases(reader: Reader, receipts: QuerySet[Receipt]) -> list[Case]:
    keys: Sequence[UUID] = list(receipts.values_list("case", flat=True))
    return list(
        cases.visible_to(reader).filter(key__in=keys).select_related("place").order_by("-opened_at")[:10]
    )
