"""What a plan of placement is made on: the hromadas of a day with their officers and memoranda, and whom to reach."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from varta.figures import Count, Indicator, Period
from varta.figures.engine import Question, ask
from varta.lake.source import LakeFiles
from varta.officers import queries
from varta.officers.models import Stay
from varta.people.scope import Reader
from varta.places import snapshot
from varta.places.models import Territory
from varta.planning.placement.problem import Demand, Problem, Site

YEAR = timedelta(days=365)
WEIGHTS = {
    "calls": "true",
    "violence": "f.kind = 'domestic_violence'",
}  # of calls received in the year before


class NothingKnown(LookupError):
    """Of no settlement of the area both a point and a weight are known."""


@dataclass(frozen=True)
class Ground:
    """The data of a day. `settlements`: how many there are; `known`: of how many point and people are known."""

    sites: list[Site]
    demand: Demand
    graduates: int | None  # who finish by the day asked for; None: not asked
    oblasts: dict[str, dict[str, str]]
    settlements: int
    known: int

    @property
    def digest(self) -> str:
        """Return a hash of everything that a plan follows from."""
        text = "\n".join(
            f"{one.code} {one.oblast} {one.point} {one.present} {one.willing}" for one in self.sites
        )
        found = hashlib.sha256(f"{self.graduates}\n{text}".encode())
        found.update(np.ascontiguousarray(self.demand.points).tobytes())
        found.update(np.ascontiguousarray(self.demand.weights).tobytes())
        return found.hexdigest()


def of(reader: Reader, day: date, *, weighed_by: str = "people", ready_by: date | None = None) -> Ground:
    """Return the data of a day within the reader's area; raise NothingKnown where nobody could be reached.

    Hromadas that are occupied or front-line take no officers. Who lives in a settlement without known people
    is not counted, unless the number is known for the hromada as a whole: then all live at its centre.
    """
    found = snapshot.on(day, within=(reader.place_from, reader.place_to))
    serving, willing = queries.serving(reader, day), queries.willing(reader, day)
    usable = [nth for nth, one in enumerate(found.hromadas) if one.counts and one.point is not None]
    points, people, area = _people(found)
    if not usable or not people.sum() > 0:
        raise NothingKnown(f"On {day} no hromada or no settlement of the area has both a point and people.")
    weights = people if weighed_by == "people" else _calls(found, people, area, day, weighed_by)
    if not weights.sum() > 0:
        raise NothingKnown(f"In the year before {day} no call of this kind is known in the area.")
    sites = [
        Site(
            code=one.code,
            name={"uk": one.title("uk"), "en": one.title("en")},
            oblast=one.oblast or one.code,
            point=one.point or (np.nan, np.nan),
            present=serving.get(one.code, 0),
            willing=_limit(willing.get(one.code)),
        )
        for one in (found.hromadas[nth] for nth in usable)
    ]
    counted = weights > 0
    places = Territory.objects.in_bulk({one.oblast for one in sites})
    return Ground(
        sites=sites,
        demand=Demand(points[counted], weights[counted], weighed_by),  # type: ignore[arg-type]
        graduates=None if ready_by is None else graduates(reader, day, ready_by),
        oblasts={code: place.titles for code, place in places.items()},
        settlements=len(found.pre),
        known=int((np.isfinite(found.people) & np.isfinite(found.points).all(axis=1)).sum()),
    )


def _limit(memorandum: object) -> int | None:
    return None if memorandum is None else int(getattr(memorandum, "officers", 0) or 0)


def _people(found: snapshot.Snapshot) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return points, people and the row of the hromada of everybody whose place and number are known."""
    here = np.isfinite(found.people) & np.isfinite(found.points).all(axis=1)
    counted = set(found.area[here].tolist())
    whole = [
        nth
        for nth, one in enumerate(found.hromadas)
        if nth not in counted and one.population and one.point is not None
    ]
    posts = found.posts[whole].reshape(-1, 2)
    of_whole = np.array([found.hromadas[nth].population for nth in whole], float)
    return (
        np.concatenate([found.points[here], posts]),
        np.concatenate([found.people[here], of_whole]),
        np.concatenate([found.area[here], np.array(whole, np.int64)]),
    )


def _calls(
    found: snapshot.Snapshot, people: np.ndarray, area: np.ndarray, day: date, kind: str
) -> np.ndarray:
    """Return calls of the year before by settlement: those of a hromada in proportion to the people."""
    title = {"uk": kind, "en": kind}
    counted = Indicator(
        code=kind,
        title=title,
        definition=title,
        measure=Count("call.receive", where=WEIGHTS[kind]),
        unit=title,
        direction="neither",
        source="",
        review_on=day,
    )
    answer = ask(LakeFiles(), [counted], Question(Period(day - YEAR, day - timedelta(days=1)), "hromada"))
    row_of = found.row_of
    by_hromada = np.zeros(len(found.hromadas))
    for row in answer.rows:
        if row.code in row_of:
            by_hromada[row_of[row.code]] = row.values[kind][0].number or 0
    sums = np.bincount(area, people, len(by_hromada))
    return by_hromada[area] * people / np.maximum(sums[area], 1e-12)


def graduates(reader: Reader, day: date, by: date) -> int:
    """Return how many of those in training on the day finish their course by another day."""
    return queries.stays_on(reader, day).filter(stage=Stay.Stage.TRAINING, cohort__ends__lte=by).count()


def trainees(reader: Reader, day: date) -> int:
    """Return how many are in training on the day."""
    return queries.stays_on(reader, day).filter(stage=Stay.Stage.TRAINING).count()


def problem(ground: Ground, asked: dict) -> Problem:
    """Return the question of a plan over these data."""
    return Problem(
        sites=ground.sites,
        demand=ground.demand,
        officers=asked["officers"],
        goal=asked["goal"],
        minutes=asked["minutes"],
        each=asked["each"],
        only_willing=asked["only_willing"],
        fair=None if asked["fair"] is None else asked["fair"] / 100,
        pinned=frozenset(asked["pinned"]) & {one.code for one in ground.sites},
        forbidden=frozenset(asked["forbidden"]),
        graduates=ground.graduates,
        oblasts=ground.oblasts,
    )
