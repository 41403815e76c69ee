"""Where the demonstration happens: controlled territory, in proportion to who lives there."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from varta.calls.answering import Answering
from varta.calls.zones import zone_of
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.places.models import Territory

# Thousands of people on 1 January 2019 (State Statistics Service), by the digits of the oblast's code.
# Of Donetsk and Luhansk oblasts the part that was under control then, roughly.
THOUSANDS = {
    "05": 1561, "07": 1035, "12": 3207, "14": 1900, "18": 1221, "21": 1256, "23": 1706, "26": 1373,
    "80": 2934, "32": 1768, "35": 946, "44": 700, "46": 2522, "48": 1131, "51": 2380, "53": 1401,
    "56": 1157, "59": 1081, "61": 1045, "63": 2675, "65": 1038, "68": 1264, "71": 1206, "73": 904,
    "74": 1006,
}  # fmt: skip
OCCUPIED_2014 = ("UA1406", "UA1408", "UA1410", "UA4402", "UA4404", "UA4406", "UA4408")  # raions, roughly
OCCUPIED_2022 = (
    *OCCUPIED_2014,
    "UA44", "UA1402", "UA1404", "UA1414", "UA2302", "UA2304", "UA2308", "UA2314", "UA6504", "UA6506", "UA6508",
)  # fmt: skip
OF_A_VILLAGE = 350  # people, where no source counted them


@dataclass(frozen=True, slots=True)
class Spot:
    """A settlement or a city district where things happen."""

    code: str
    oblast: str  # two digits
    hromada: str
    zone: str
    unit: str
    lat: float | None
    lon: float | None


class Ground:
    """Spots that are drawn by weight."""

    def __init__(self, spots: Sequence[Spot], weights: Sequence[float]) -> None:
        self.spots = spots
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> Spot:
        """Return a spot, likelier where more people live."""
        return self.spots[bisect(self._sums, chance.random() * self._sums[-1])]


@cache
def country(*, wartime: bool) -> Ground:
    """Return the controlled territory of 2018 and 2019, or that of today."""
    closed = OCCUPIED_2022 if wartime else OCCUPIED_2014
    spots = [(spot, people) for spot, people in _all() if not spot.code.startswith(closed)]
    known: dict[str, float] = {}
    for spot, people in spots:
        known[spot.oblast] = known.get(spot.oblast, 0) + people
    weights = [people * THOUSANDS[spot.oblast] / known[spot.oblast] for spot, people in spots]
    return Ground([spot for spot, _ in spots], weights)


@cache
def around_the_accounts(hromada: str | None) -> Ground:
    """Return the raion of the demo accounts, or one hromada in it."""
    raion = demo.RAION[:6]
    spots = [(s, p) for s, p in _all() if s.code.startswith(raion) and hromada in (None, s.hromada)]
    return Ground([spot for spot, _ in spots], [people for _, people in spots])


@cache
def _all() -> tuple[tuple[Spot, float], ...]:
    """Return the spots with the people who live there."""
    with reading(Reader.system()):
        answering = Answering()
        rows = Territory.objects.filter(valid_to__isnull=True, level__gte=Territory.SETTLEMENT)
        columns = ("code", "parent_id", "hromada", "category", "population", "lat", "lon", "pre", "level")
        found = list(rows.order_by("pre").values_list(*columns))
        parted = {row[1] for row in found if row[8] == Territory.DISTRICT}
    spots = []
    for code, _, hromada, category, population, lat, lon, pre, level in found:
        unit = answering.unit_of(pre)
        if code[2:4] not in THOUSANDS or unit is None or (code in parted and level != Territory.DISTRICT):
            continue
        zone = zone_of(category, population)
        people = float(population or (_of_a_district(code) if category == "B" else OF_A_VILLAGE))
        spots.append((Spot(code, code[2:4], hromada or "", zone, unit, lat, lon), people))
    return tuple(spots)


def _of_a_district(code: str) -> int:
    """Return a guess of the people in a city district: the source counts whole cities."""
    return 290_000 if code.startswith("UA80") else 90_000
