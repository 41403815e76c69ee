"""What was published beside what records give for the same day and place; never added together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from varta.officers import publishing
from varta.officers.series import (
    COUNTRY,
    FIGURES,
    Dispute,
    Published,
    Reproduced,
    Series,
    disputes,
    reproduced,
)
from varta.officers.statement import PRESENT, State
from varta.officers.telling import state_of
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.places.queries import in_force

STAGES = ("training", "internship", "serving")


@dataclass(frozen=True)
class Compared:
    """A published figure, and what records give for the last of its days; None where records say nothing of it."""

    row: Published
    place: str
    title: Mapping[str, str]
    sources: tuple[Mapping[str, str], ...]
    ours: float | None
    disputed: bool

    @property
    def difference(self) -> float | None:
        """Return records minus published."""
        return None if self.ours is None else round(self.ours - self.row.value, 2)


@dataclass(frozen=True)
class Beside:
    """The whole series beside the records, its derived figures derived again, and its contradictions."""

    rows: tuple[Compared, ...]
    again: tuple[Reproduced, ...]
    disputes: tuple[Dispute, ...]


def sees_all(reader: Reader) -> bool:
    """Return whether the reader's area holds the whole country, so that its counts are the country's."""
    country = Territory.objects.filter(code=COUNTRY).first()
    return country is not None and _within(reader, country)


def on(reader: Reader, day: date) -> tuple[Compared, ...]:
    """Return what was published of a day for places within the reader's area, beside the counts of that day."""
    found = publishing.in_force()
    return tuple(_compared(reader, found, [row for row in found.rows if row.holds(day)], lambda row: day))


def whole(reader: Reader, *, today: date) -> Beside:
    """Return the whole series for places within the reader's area; plans of days to come have nothing beside."""
    found = publishing.in_force()
    rows = tuple(_compared(reader, found, found.rows, lambda row: row.last if row.last <= today else None))
    return Beside(rows, reproduced(found), disputes(found))


def _compared(
    reader: Reader, found: Series, rows: Iterable[Published], day_of: Callable[[Published], date | None]
) -> Iterator[Compared]:
    rows = list(rows)
    disputed = {row for dispute in disputes(found) for row in dispute.rows}
    places = Territory.objects.in_bulk({row.place for row in rows})
    states: dict[date, State] = {}
    for row in rows:
        place = places.get(row.place)
        if place is None or not _within(reader, place):
            continue
        day = day_of(row)
        if day is not None and day not in states:
            states[day] = state_of(reader, day, today=day)
        ours = _ours(row, place, states[day]) if day is not None and row.kind != "plan" else None
        titles = tuple(found.sources[key] for key in row.sources)
        yield Compared(row, place.title, FIGURES[row.figure], titles, ours, row in disputed)


def _within(reader: Reader, place: Territory) -> bool:
    return reader.place_from <= place.pre and place.pre_end <= reader.place_to


def _ours(row: Published, place: Territory, state: State) -> float | None:
    """Return what records give for the figure; None for what they do not hold, and for raions."""
    if place.level not in (Territory.COUNTRY, Territory.OBLAST):
        return None
    held = (
        state.held
        if place.level == Territory.COUNTRY
        else [one for one in state.held if one.oblast == place.code]
    )
    here = State(state.day, tuple(held), state.names)
    covered = len(here.codes("hromada", "serving"))
    if row.figure in STAGES:
        return here.number(stage=row.figure)
    found: dict[str, Callable[[], float | None]] = {
        "pipeline": lambda: sum(here.number(stage=stage) for stage in STAGES),
        "regions": lambda: len(here.codes("oblast", *PRESENT)),
        "hromadas": lambda: covered,
        "hromadas_in_all": lambda: standing(place, state.day),
        "hromadas_percent": lambda: _ratio(covered * 100, standing(place, state.day), 1),
        "officers_per_hromada": lambda: _ratio(here.number(stage="serving"), covered, 2),
    }
    return found[row.figure]() if row.figure in found else None


def _ratio(part: float, whole: float, decimals: int) -> float | None:
    return round(part / whole, decimals) if whole else None


def standing(place: Territory, day: date) -> int:
    """Return how many hromadas there were in a place on a day, by the codifier."""
    below = Territory.objects.filter(level=Territory.HROMADA, pre__range=(place.pre, place.pre_end))
    return below.filter(in_force(day)).count()
