"""Which unit answers for a place: the one with the narrowest area, at every place of a load."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from varta.places.models import Territory, Unit, UnitPlace

# Of units with the same area, the one that takes calls; the others are its parts or its partners.
_ORDER = (
    Unit.Kind.STATION,
    Unit.Kind.RAION_DIRECTORATE,
    Unit.Kind.MAIN_DIRECTORATE,
    Unit.Kind.HEADQUARTERS,
    Unit.Kind.DIVISION,
    Unit.Kind.SECTOR,
    Unit.Kind.DIRECTORATE,
    Unit.Kind.DEPARTMENT,
    Unit.Kind.SERVICE,
)


class Answering:
    """The units in force with their areas, asked by the preorder number of a place."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._codes: list[str] = []
        for pre, pre_end, code in _areas():
            self._starts.append(pre)
            self._ends.append(pre_end)
            self._codes.append(code)

    def unit_of(self, pre: int) -> str | None:
        """Return the code of the unit that answers for the place, None if there is none."""
        at = bisect_right(self._starts, pre) - 1
        while at >= 0 and self._ends[at] < pre:
            at -= 1
        return self._codes[at] if at >= 0 else None


def _areas() -> Iterable[tuple[int, int, str]]:
    """Return one unit for each area, in the order in which the areas begin, the wider first."""
    links = UnitPlace.objects.filter(unit__valid_to__isnull=True).exclude(unit__branch=Unit.Branch.PARTNER)
    best: dict[tuple[int, int], tuple[int, str]] = {}
    columns = ("place__pre", "place__pre_end", "unit_id", "unit__kind")
    for pre, pre_end, code, kind in links.values_list(*columns):
        one = (_ORDER.index(kind), code)
        best[pre, pre_end] = min(best.get((pre, pre_end), one), one)
    return ((pre, end, best[pre, end][1]) for pre, end in sorted(best, key=lambda area: (area[0], -area[1])))


def unit_at(place: Territory, *, on: date, within: tuple[int, int]) -> str | None:
    """Return the code of the unit that answers for one place on a day, of those in an interval of units."""
    links = UnitPlace.objects.filter(
        Q(unit__valid_from=None) | Q(unit__valid_from__lte=on),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=on),
        place__pre__lte=place.pre,
        place__pre_end__gte=place.pre_end,
        unit__pre__range=within,
    ).exclude(unit__branch=Unit.Branch.PARTNER)
    columns = ("place__pre", "place__pre_end", "unit_id", "unit__kind")
    found = [
        (end - start, _ORDER.index(kind), code) for start, end, code, kind in links.values_list(*columns)
    ]
    return min(found)[2] if found else None
