"""Where a caller means: «Обухівка Шевченка 12», coordinates, or a name that several places bear.

Nothing is chosen silently. One place of the reader's own area is taken before those elsewhere, and this is said;
where several of the own area bear the name, none is taken. `static/calls/where.js` does the same without the server.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, product

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from varta.calls import zones
from varta.calls.answering import units_at
from varta.lib import text
from varta.people.access import reading_language
from varta.people.models import Appointment
from varta.people.scope import Reader
from varta.places import coordinates, queries, search
from varta.places.coordinates import Point
from varta.places.models import Territory, TerritoryChange, Unit
from varta.places.points import distance_km

MOST = 8  # candidates that are shown
NEAREST_KM = 25.0  # further from every known point, no settlement is named by coordinates
LONGEST = 200

_TOKEN = re.compile(r"[^\s,;]+")
_STREET = re.compile(
    r"^(вул|вулиц|ул|улиц|пров|провул|пер|просп|пр|бульв|бул|пл|площ|шосе|узв|тупик|набер)", re.I
)
_STREET_WORDS = frozenset(
    [
        "вул",
        "вулиця",
        "ул",
        "улица",
        "пров",
        "провулок",
        "просп",
        "проспект",
        "пр",
        "бульв",
        "бульвар",
        "пл",
        "площа",
    ]
)
_SETTLEMENT_WORDS = frozenset(
    ["с", "село", "м", "місто", "смт", "с-ще", "селище", "х", "хутір", "сел", "город", "поселок", "деревня"]
)
_HROMADA_WORDS = frozenset(["громада", "громади", "тг", "отг", "hromada"])
STREET_LIKE = -1  # how a name is marked that a number follows
_PREFIX, _SUFFIX = 4, 3  # words of a name that are tried at the beginning and at the end


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be meant, and who answers there."""

    place: Territory
    path: str
    address: str
    point: Point | None  # of the event, not of the settlement
    own: bool  # within the reader's area
    zone: str
    unit: Unit | None
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the words may mean: candidates, the likeliest first, and the one that is taken without a choice."""

    spots: tuple[Spot, ...]
    chosen: Spot | None
    note: str  # in the reader's language: why this one, or what to do
    exact: bool = True  # the words name these places, or are coordinates; else they only resemble them


@dataclass(frozen=True, slots=True)
class _Split:
    """A reading of the words: a name of a place and what is left as the address."""

    name: str
    address: str
    rank: tuple[int, ...]  # higher is likelier

    @property
    def is_doubtful(self) -> bool:
        """Return whether the name may as well be that of a street."""
        return self.rank[0] == STREET_LIKE


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks where something is: the reader, the appointment under which they act, and the Kyiv day.

    `shows`: whether paths and officers are wanted, to be shown; a call is registered without them.
    """

    reader: Reader
    home: Appointment | None
    on: date
    shows: bool = True


def find(words: str, *, asker: Asker) -> Found:
    """Return what the words mean to this officer."""
    asked = " ".join(words[:LONGEST].replace("\x00", "").split())
    if not asked:
        return Found((), None, "")
    point = coordinates.read(asked)
    if point is not None:
        return at_point(point, asker=asker)
    return _named(asked, asker) or _resembling(asked, asker)


def at_point(point: Point, *, asker: Asker, address: str = "") -> Found:
    """Return the settlement nearest to a point; none where every known one is far, as outside the country."""
    place = queries.nearest(*point, max_km=NEAREST_KM)
    if place is None:
        swapped = queries.nearest(point[1], point[0], max_km=NEAREST_KM)
        hint = " " + _("Perhaps latitude and longitude are swapped.") if swapped else ""
        return Found((), None, _("No settlement is near this point: it may lie outside the country.") + hint)
    spot = spot_of(place, asker=asker, address=address, point=point)
    if not spot.own:
        return Found((spot,), None, _elsewhere(spot))
    away = formats.number_format(distance_km(point, (place.lat, place.lon)), 1)
    note = _("The nearest settlement whose point is known, %(km)s km away. Choose another if it is wrong.")
    return Found((spot,), spot, note % {"km": away})


def spot_of(place: Territory, *, asker: Asker, address: str = "", point: Point | None = None) -> Spot:
    """Return a place that was chosen, with who answers there."""
    [spot] = _spots([(place, address)], asker, point=point)
    return spot


def address_beside(words: str, place: Territory) -> str:
    """Return what the words say besides the name of a place that was chosen; "" where they do not name it."""
    for split in sorted(_splits(" ".join(words[:LONGEST].split())), key=lambda one: one.rank, reverse=True):
        if {form.text for form in text.variants(split.name)} & {place.folded, place.folded_en}:
            return split.address
    return ""


def _named(asked: str, asker: Asker) -> Found | None:
    """Return the places that bear exactly a name which the words begin or end with; None if there is none."""
    splits = list(_splits(asked))
    forms = {split.name: [form.text for form in text.variants(split.name)] for split in splits}
    bearing = _bearing({form for one in forms.values() for form in one})
    met: list[tuple[tuple[int, ...], Territory, _Split]] = []
    for split in splits:
        for place in dict.fromkeys(chain.from_iterable(bearing.get(form, ()) for form in forms[split.name])):
            own = asker.reader.covers_place(place.pre)
            if split.is_doubtful and not own:
                continue  # a street of the own area is likelier than a village elsewhere
            met.append(
                ((not split.is_doubtful, own, *split.rank, place.population or 0, -place.pre), place, split)
            )
    if not met:
        return None
    met.sort(key=lambda one: one[0], reverse=True)
    first: dict[str, tuple[Territory, _Split]] = {}
    for _rank, place, split in met:
        first.setdefault(place.code, (place, split))
    shown = list(first.values())[:MOST]
    spots = _spots([(place, split.address) for place, split in shown], asker)
    name = shown[0][1].name
    if shown[0][1].is_doubtful:
        note = _(
            "A settlement is called so, or a street. Choose the settlement, or leave it: the words are kept as a "
            "landmark of your area."
        )
        return Found(tuple(spots), None, note, exact=False)
    return _decided(
        [spot for spot, (_place, split) in zip(spots, shown, strict=True) if split.name == name], spots
    )


def _decided(same: Sequence[Spot], spots: Sequence[Spot]) -> Found:
    """Take the only place of the own area that bears the name; say that others bear it, too."""
    own = [spot for spot in same if spot.own]
    if not own:
        return Found(tuple(spots), None, _elsewhere(spots[0]))
    if len(own) > 1:
        return Found(tuple(spots), None, _("Several places of your area bear this name. Choose one."))
    note = _("Taken in your own area. Places elsewhere bear this name, too: choose if another is meant.")
    return Found(tuple(spots), own[0], note if len(same) > 1 else "")


def _elsewhere(spot: Spot) -> str:
    unit = spot.unit.title if spot.unit else "—"
    return _(
        "%(place)s lies outside your area; %(unit)s answers there. Tell them, or register it here with the "
        "place in words."
    ) % {"place": spot.place.title, "unit": unit}


def _splits(asked: str) -> Iterable[_Split]:
    """Yield the readings of the words that can hold a name of a place."""
    tokens = _TOKEN.findall(asked)
    yield from _splits_of(tokens)
    if len(asked.split()) < len(tokens):  # in another layout «б» is a comma: "j,e[sdrf"
        yield from _splits_of(asked.split())


def _splits_of(tokens: list[str]) -> Iterable[_Split]:
    plain = [token.strip('.()«»"').lower() for token in tokens]
    last = len(tokens)
    for length in range(min(_PREFIX + 1, last), 0, -1):
        yield from _split(tokens, plain, 0, length)
    for length in range(min(_SUFFIX + 1, last - 1), 0, -1):
        yield from _split(tokens, plain, last - length, last)


def _split(tokens: list[str], plain: list[str], first: int, after: int) -> Iterable[_Split]:
    name, marked = plain[first:after], 0
    if name[0] in _SETTLEMENT_WORDS:
        name, marked = name[1:], 1
    if name and name[-1] in _HROMADA_WORDS:
        name, marked = name[:-1], 2
    if not name or any(_has_digit(word) for word in name) or any(word in _STREET_WORDS for word in name):
        return
    follows, stands_before = plain[after : after + 1], plain[first - 1 : first] if first else []
    if not marked and stands_before and _STREET.match(stands_before[0]):
        return  # «вул. Садова» is a street
    if not marked and follows and _has_digit(follows[0]):
        marked = STREET_LIKE  # «Садова 12» may be a street, or a village without street names
    address = " ".join([*tokens[:first], *tokens[after:]])
    yield _Split(" ".join(name), address, (marked, len(name), int(first == 0)))


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _bearing(forms: set[str]) -> dict[str, list[Territory]]:
    """Return the hromadas and settlements in force that bear one of these folded names, today or before."""
    inhabited = Q(level__gte=Territory.HROMADA) | Q(category="K")
    now = Territory.objects.filter(
        Q(folded__in=forms) | Q(folded_en__in=forms), inhabited, valid_to__isnull=True
    )
    found: dict[str, list[Territory]] = {}
    for place in now:
        for form in {place.folded, place.folded_en} & forms:
            found.setdefault(form, []).append(place)
    former = TerritoryChange.objects.filter(folded__in=forms, territory__valid_to__isnull=True)
    for change in former.filter(territory__level__gte=Territory.HROMADA).select_related("territory"):
        found.setdefault(change.folded, []).append(change.territory)
    return found


def _resembling(asked: str, asker: Asker) -> Found:
    """Return places whose names begin with or resemble the first words: offered, none of them taken."""
    tokens = _TOKEN.findall(asked)
    words = [token for token in tokens[:2] if not _has_digit(token)]
    within = asker.home.place.code if asker.home else None
    found: dict[str, tuple[Territory, str]] = {}
    for length, area in product(range(len(words), 0, -1), (within, None)):
        if len(found) < MOST:
            for place in search.territories(" ".join(words[:length]), within=area, limit=MOST):
                if place.level >= Territory.HROMADA:
                    found.setdefault(place.code, (place, " ".join(tokens[length:])))
    spots = _spots(list(found.values())[:MOST], asker)
    note = _(
        "No place is called exactly so. Choose one, or leave it: the words are kept as a landmark of your area."
    )
    return Found(tuple(spots), None, note, exact=False)


def _spots(found: Sequence[tuple[Territory, str]], asker: Asker, *, point: Point | None = None) -> list[Spot]:
    """Return the places with their paths, zones, units and officers, asking the database once for each."""
    places = [place for place, _address in found]
    units = units_at(places)
    above = search.names_above(places) if asker.shows else {}
    officers = officers_at(places, on=asker.on) if asker.shows else {}
    return [
        Spot(
            place,
            ", ".join(above.get(place.code, ())),
            address,
            point,
            asker.reader.covers_place(place.pre),
            zones.zone_of(place.category, place.population),
            units.get(place.code),
            officers.get(place.code, ()),
        )
        for place, address in found
    ]


def officers_at(places: Iterable[Territory], *, on: date) -> dict[str, tuple[str, ...]]:
    """Return who serves these places as hromada officers on a day, by code: name, and e-mail where it is known."""
    wanted = list(places)
    areas = {code for place in wanted for code in (place.code, place.parent_id, place.hromada) if code}
    serving = Appointment.objects.valid(on).filter(role="hromada_officer", place__in=areas)
    known = list(serving.select_related("officer", "place").filter(officer__is_active=True))
    return {place.code: tuple(_called(one) for one in known if one.place.holds(place)) for place in wanted}


def _called(appointment: Appointment) -> str:
    officer = appointment.officer
    name = officer.name_in(reading_language())
    return f"{name}, {officer.email}" if officer.email else name
