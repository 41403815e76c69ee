"""From scores to a recommendation: who is the choice, who comes next, and the sentence for each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varta.planning import sentences
from varta.planning.forces import State
from varta.planning.matching import Numbers
from varta.planning.needs import SPECIAL
from varta.planning.recommendation import Option, Recommendation, Way, Words
from varta.planning.scoring import Scores
from varta.planning.settings import Settings
from varta.planning.travel import Floats, TravelTimes, points

OTHERS = 2


@dataclass(frozen=True, slots=True)
class _Context:
    """What the sentences of one recommendation share."""

    table: Scores
    settings: Settings
    parts: Sequence[str]
    nearest: int | None  # the free crew that may be sent and would arrive first
    promised: frozenset[int]  # columns of crews that other waiting calls get


def recommendation(
    table: Scores, order: Sequence[int], chosen: Numbers, *, travel: TravelTimes, settings: Settings
) -> Recommendation:
    """Return the recommendation for the first incident.

    `order` has the columns of the crews that may go there, the best first; `chosen` the column of the crew
    that each waiting incident gets, -1 for none.
    """
    context = _context(table, chosen, settings)
    sendable = [column for column in order if _sendable(table, column, settings)]
    choice = _option(context, sendable[0]) if sendable and chosen[0] >= 0 else None
    rest = sendable[1:] if choice else sendable
    others = tuple(_option(context, column) for column in rest[:OTHERS])
    soonest = None if choice else _soonest(context)
    diversion = _diversion(context, choice or soonest, travel)
    return Recommendation(
        incident=table.incidents[0].key,
        choice=choice,
        others=others,
        also=_also(context, choice),
        diversion=diversion,
        shortage=choice is None,
        soonest=soonest,
        why=choice.why if choice else _why_nobody(soonest, needed=bool(sendable)),
        estimated_by=table.times.estimated_by,
        trouble=table.times.trouble,
    )


def _context(table: Scores, chosen: Numbers, settings: Settings) -> _Context:
    on_duty = np.array([crew.state is not State.OFF for crew in table.crews], bool)
    where = points([(crew.lat, crew.lon) for crew in table.crews])
    known = where[on_duty & np.isfinite(where).all(axis=1)]
    centre = known.mean(axis=0) if len(known) else np.full(2, np.nan)
    may = table.free & np.isfinite(table.cost[0]) & np.isfinite(table.arrival_s[0])
    arrival = np.where(may, table.arrival_s[0], np.inf)
    nearest = int(arrival.argmin()) if len(arrival) and np.isfinite(arrival.min()) else None
    promised = frozenset(chosen[1:].tolist())
    return _Context(table, settings, sentences.parts_of(where, centre), nearest, promised)


def _sendable(table: Scores, column: int, settings: Settings) -> bool:
    """Say whether a crew may be offered: it is free, or the call may wait while others are free."""
    patient = table.incidents[0].category in settings.may_wait
    return bool(table.free[column]) or (patient and bool(table.free.any()))


def _option(context: _Context, column: int) -> Option:
    table = context.table
    free = bool(table.free[column])
    arrival = _known(table.arrival_s[0, column])
    starts_in = 0.0 if free else context.settings.doubt * (table.crews[column].free_in_s or 0.0)
    return Option(
        crew=table.crews[column],
        way=Way.NOW if free else Way.WHEN_FREE,
        arrival_s=arrival,
        starts_in_s=starts_in,
        fits=bool(table.fits[0, column]),
        in_norm=_in_norm(context, arrival),
        cover_lost_s=float(table.lost_s[column]),
        why=_why(context, column, arrival, starts_in),
    )


def _known(seconds: float) -> float | None:
    return float(seconds) if np.isfinite(seconds) else None


def _in_norm(context: _Context, arrival: float | None) -> bool | None:
    incident = context.table.incidents[0]
    if incident.norm_s is None or arrival is None:
        return None
    return incident.waited_s + arrival <= incident.norm_s


def _why(context: _Context, column: int, arrival: float | None, starts_in: float) -> Words:
    """Return the sentence about one crew: arrival, norm, skill, who is nearer, and what stays behind."""
    parts = [
        sentences.arrives(arrival, starts_in),
        sentences.norm(_in_norm(context, arrival)),
        _skill(context, column),
        _compared(context, column, arrival),
    ]
    left = _left_behind(context, column) if context.table.free[column] else None
    return sentences.joined(context.table.crews[column].call_sign, [one for one in parts if one], left)


def _skill(context: _Context, column: int) -> Words | None:
    need = context.settings.needs.get(context.table.incidents[0].kind)
    return sentences.skill(bool(context.table.fits[0, column]), need.skill) if need else None


def _compared(context: _Context, column: int, arrival: float | None) -> Words | None:
    """Return how much sooner or later it comes than the nearest free crew, if that is a minute or more."""
    nearest = context.nearest
    if nearest is None or nearest == column or arrival is None:
        return None
    return sentences.compared(
        arrival - float(context.table.arrival_s[0, nearest]),
        context.table.crews[nearest].call_sign,
        _kept_for(context, column, nearest),
    )


def _kept_for(context: _Context, column: int, nearest: int) -> str:
    """Return why the nearest free crew is not the one: "call", "cover", or "" where the skill says it."""
    if nearest in context.promised:
        return "call"
    lost = context.table.lost_s
    return "cover" if lost[nearest] > lost[column] else ""


def _left_behind(context: _Context, column: int) -> Words | None:
    part = context.parts[column]
    if not part:
        return None
    free = context.table.free
    stay = sum(
        1
        for other, crew in enumerate(context.table.crews)
        if free[other] and other != column and context.parts[other] == part and crew.force not in SPECIAL
    )
    return sentences.free_crews_left(stay, part)


def _soonest(context: _Context) -> Option | None:
    """Return the busy crew that would arrive first."""
    arrival = np.where(np.isnan(context.table.arrival_s[0]), np.inf, context.table.arrival_s[0])
    arrival = np.where(context.table.free, np.inf, arrival)
    if not len(arrival) or not np.isfinite(arrival.min()):
        return None
    return _option(context, int(arrival.argmin()))


def _also(context: _Context, choice: Option | None) -> Option | None:
    """Return who has the wanted skill and would come first, where the choice has it not."""
    if choice is None or choice.fits:
        return None
    able = context.table.fits[0] & np.isfinite(context.table.arrival_s[0])
    if not able.any():
        return None
    return _option(context, int(np.where(able, context.table.arrival_s[0], np.inf).argmin()))


def _diversion(context: _Context, best: Option | None, travel: TravelTimes) -> Option | None:
    """Return the crew that would come much sooner if it left a less urgent call, None without one."""
    table, settings = context.table, context.settings
    if table.incidents[0].category not in settings.divert_to:
        return None
    columns = [
        column
        for column, crew in enumerate(table.crews)
        if crew.state is State.ON_THE_WAY and crew.serving in settings.divert_from and crew.lat is not None
    ]
    if not columns:
        return None
    seconds = _from_here(context, columns, travel)
    first = int(np.where(np.isnan(seconds), np.inf, seconds).argmin())
    if np.isnan(seconds[first]):
        return None
    arrival = float(seconds[first])
    now = best.arrival_s if best and best.arrival_s is not None else None
    if now is not None and now - arrival < settings.divert_saves_s:
        return None
    return _diverted(context, columns[first], arrival, now)


def _from_here(context: _Context, columns: Sequence[int], travel: TravelTimes) -> Floats:
    crews, incident = context.table.crews, context.table.incidents[0]
    here = points([(crews[column].lat, crews[column].lon) for column in columns])
    return travel.matrix(here, points([(incident.lat, incident.lon)])).seconds[:, 0]


def _diverted(context: _Context, column: int, arrival: float, instead: float | None) -> Option:
    crew = context.table.crews[column]
    saves = None if instead is None else instead - arrival
    return Option(
        crew=crew,
        way=Way.DIVERTED,
        arrival_s=arrival,
        starts_in_s=0.0,
        fits=bool(context.table.fits[0, column]),
        in_norm=_in_norm(context, arrival),
        cover_lost_s=0.0,
        why=sentences.diverted(crew.call_sign, crew.serving, arrival, saves),
    )


def _why_nobody(soonest: Option | None, *, needed: bool) -> Words:
    if soonest is None:
        return sentences.shortage(None, None, 0.0, needed=needed)
    return sentences.shortage(soonest.crew.call_sign, soonest.arrival_s, soonest.starts_in_s, needed=needed)
