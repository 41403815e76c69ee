"""Cover on a day: which hromadas of the base have an officer, how many people one has, how far officers are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np

from varta.officers import queries
from varta.officers.models import Station
from varta.people.scope import Reader
from varta.places import snapshot
from varta.places.models import Territory
from varta.places.snapshot import BeatPeople, Floats, Hromada, Snapshot
from varta.planning import coverage, norms
from varta.planning.coverage import Nearest, People
from varta.planning.travel import GreatCircle

LIMIT = 20  # minutes, unless the reader asks for others
COVERED, EMPTY = "covered", "empty"


@dataclass(frozen=True, slots=True)
class Line:
    """One hromada: its officers, people, minutes and beats.

    `state`: "covered" or "empty" in the base; "front_line" or "occupied" apart. `median`, `farthest`: minutes to
    the nearest officer over its settlements, None where unknown. `timed` of `settlements` have minutes, `within`
    of them are reached in time; `people_within`, `people_beyond` as in `coverage.Reach`. `beats`: how many are
    known, `beats_above` of them above the norm, `beats_unknown` with too little known to say. `signed`: whether
    a memorandum is in force.
    """

    hromada: Hromada
    officers: int
    people: People
    norm: int | None
    median: float | None
    farthest: float | None
    settlements: int
    timed: int
    within: int
    people_within: int
    people_beyond: int
    beats: int
    beats_above: int
    beats_unknown: int
    signed: bool

    @property
    def state(self) -> str:
        """Return what the hromada is on the map."""
        return self.hromada.mark or (COVERED if self.officers else EMPTY)

    @property
    def each(self) -> float | None:
        """Return people of one officer, at least so many unless `people.whole`."""
        return self.people.of_each(self.officers)

    @property
    def beside(self) -> str:
        """Return "above", "within", "unknown" or "none", people of one officer beside the norm."""
        return self.people.beside(self.norm, self.officers)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Officers who serve a place that is no hromada on that day: it ceased, or it is a city with special status."""

    place: Territory
    officers: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of an area on a day; `posts` is where officers stand, `post_of` the code of each post's hromada."""

    day: date
    limit: float
    snapshot: Snapshot
    lines: Sequence[Line]
    nearest: Nearest
    elsewhere: Sequence[Elsewhere]
    posts: Floats
    post_of: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines of an area come to. `people`: of hromadas of the base that have an officer."""

    base: int
    covered: int
    officers: int
    people: People
    above: int
    front_line: int
    occupied: int
    officers_apart: int
    beats: int
    beats_above: int
    people_within: int
    people_beyond: int
    settlements: int
    timed: int
    within: int

    @property
    def share(self) -> float | None:
        """Return the share of the base that has an officer; None without a base."""
        return self.covered / self.base if self.base else None

    @property
    def each(self) -> float | None:
        """Return people of covered hromadas for each of their officers, at least unless `people.whole`."""
        return self.people.of_each(self.officers)


def cover(reader: Reader, day: date, *, limit: float = LIMIT) -> Cover:
    """Return the cover of the reader's area on a Kyiv day; `limit` in minutes, driven over straight lines.

    Only officers whom the reader may count are seen: at the edge of an area the nearest may stand beyond it.
    """
    within = (reader.place_from, reader.place_to)
    found = snapshot.on(day, within=within)
    serving = queries.serving(reader, day)
    elsewhere = _elsewhere(found, serving)
    where, post_of = posts(reader, day, found, serving, elsewhere)
    near = coverage.nearest(found.points, where, GreatCircle())
    beats: dict[str, list[BeatPeople]] = {}
    for beat in snapshot.beats(day, within=within):
        beats.setdefault(beat.hromada, []).append(beat)
    lines = _lines(found, serving, near, beats, queries.signed(reader, day), limit)
    return Cover(day, limit, found, lines, near, elsewhere, where, post_of)


def posts(
    reader: Reader,
    day: date,
    found: Snapshot,
    serving: Mapping[str, int],
    elsewhere: Sequence[Elsewhere],
) -> tuple[Floats, list[str]]:
    """Return where officers stand, and the code of each post's hromada: its open stations, else its centre.

    A hromada whose point nobody knows has no post: its officers are near nobody.
    """
    row_of, stations = found.row_of, _stations(reader, day)
    where: list[tuple[str, tuple[float, float]]] = []
    for code in serving:
        if code in stations:
            where += [(code, point) for point in stations[code]]
        elif code in row_of and (point := found.hromadas[row_of[code]].point):
            where.append((code, point))
    for one in elsewhere:
        if one.place.code not in stations and one.place.lat is not None:
            where.append((one.place.code, (one.place.lat, one.place.lon)))
    return np.array([point for _, point in where], float).reshape(-1, 2), [code for code, _ in where]


def _stations(reader: Reader, day: date) -> dict[str, list[tuple[float, float]]]:
    """Return the points of the stations that are open on the day, by the code of their hromada."""
    visible = queries.memoranda_of(reader).values("key")
    lasting = Station.objects.filter(memorandum__in=visible, opened_on__lte=day).exclude(closed_on__lte=day)
    found: dict[str, list[tuple[float, float]]] = {}
    for code, lat, lon in lasting.values_list("memorandum__hromada", "settlement__lat", "settlement__lon"):
        if lat is not None and lon is not None:
            found.setdefault(code, []).append((lat, lon))
    return found


def _elsewhere(found: Snapshot, serving: Mapping[str, int]) -> list[Elsewhere]:
    places = Territory.objects.in_bulk(serving.keys() - found.row_of.keys())
    return sorted(
        (Elsewhere(place, serving[code]) for code, place in places.items()),
        key=lambda one: one.place.sort_key,
    )


def _lines(
    found: Snapshot,
    serving: Mapping[str, int],
    near: Nearest,
    beats: Mapping[str, Sequence[BeatPeople]],
    signed: set[str],
    limit: float,
) -> list[Line]:
    norm = norms.norm_on(found.day)
    reach = coverage.reach(near.minutes, found.people, found.area, len(found.hromadas), limit=limit)
    columns = zip(
        found.hromadas,
        *_known_people(found),
        *(_numbers(column) for column in (reach.median, reach.farthest)),
        *(column.tolist() for column in (reach.settlements, reach.timed, reach.within)),
        *(column.round().astype(int).tolist() for column in (reach.people_within, reach.people_beyond)),
        strict=True,
    )
    lines = []
    for one, parts, any_part, *reached in columns:
        kind = norms.kind_of(one.kind, has_city=one.has_city)
        lines.append(
            Line(
                one,
                serving.get(one.code, 0),
                coverage.people(one.population, parts, any_part),
                norm.people[kind] if norm else None,
                *reached,
                *_beside_norm(beats.get(one.code, ()), norm),
                one.code in signed,
            )
        )
    return lines


def _known_people(found: Snapshot) -> tuple[list[float], list[bool]]:
    """Return the sum of people of each hromada's settlements, and whether of any of them people are known."""
    known = np.isfinite(found.people)
    size = len(found.hromadas)
    sums = np.bincount(found.area[known], found.people[known], minlength=size)
    return sums.tolist(), (np.bincount(found.area[known], minlength=size) > 0).tolist()


def _numbers(column: Floats) -> list[float | None]:
    return [value if isfinite(value) else None for value in column.tolist()]


def _beside_norm(beats: Sequence[BeatPeople], norm: norms.Norm | None) -> tuple[int, int, int]:
    """Return how many beats are known, above the norm, and of how many that cannot be said."""
    said = [beside_norm(beat.kind, People(beat.people, beat.whole), norm) for beat in beats]
    return len(said), said.count(coverage.ABOVE), said.count(coverage.UNKNOWN)


def beside_norm(kind: str, people: People, norm: norms.Norm | None) -> str:
    """Return whether a beat of this kind, which one officer serves, has more people than the norm."""
    return people.beside(norm.people[kind] if norm else None, 1)


def sums(lines: Sequence[Line]) -> Sums:
    """Return what the lines come to; people are those of covered hromadas of the base."""
    base = [line for line in lines if line.hromada.counts]
    covered = [line for line in base if line.officers]
    known = [line.people for line in covered if line.people.at_least is not None]
    whole = len(known) == len(covered) and all(one.whole for one in known)
    marks = [line.hromada.mark for line in lines]
    return Sums(
        base=len(base),
        covered=len(covered),
        officers=sum(line.officers for line in covered),
        people=People(sum(one.at_least or 0 for one in known) if known else None, whole),
        above=sum(line.beside == coverage.ABOVE for line in covered),
        front_line=marks.count("front_line"),
        occupied=marks.count("occupied"),
        officers_apart=sum(line.officers for line in lines if not line.hromada.counts),
        beats=sum(line.beats for line in base),
        beats_above=sum(line.beats_above for line in base),
        people_within=sum(line.people_within for line in base),
        people_beyond=sum(line.people_beyond for line in base),
        settlements=sum(line.settlements for line in base),
        timed=sum(line.timed for line in base),
        within=sum(line.within for line in base),
    )


def by_oblast(lines: Sequence[Line]) -> dict[str, Sums]:
    """Return the sums of each oblast by its code, in the order of the lines."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.hromada.oblast, []).append(line)
    return {code: sums(found) for code, found in groups.items()}
