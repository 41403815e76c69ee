"""Whom Varta would send to a call: what the desk knows, told to `planning`, and the answer in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db import connection

from varta.calls import practice, queries
from varta.calls.callrow import CallRow, call_rows
from varta.calls.crewrow import CrewRow, crew_rows
from varta.calls.models import Sending
from varta.calls.telling import crew, incident, travel
from varta.people.access import reading_language
from varta.people.scope import Reader
from varta.planning import Demand, Option, Recommendation, recommend

LEARNT_FOR_S = 3600  # where calls come from changes slowly
SAMPLE = 2000  # calls from which it is learnt
WAITING = 100  # other calls that a recommendation weighs


@dataclass(frozen=True)
class Choice:
    """A crew that may be sent; `why` is the sentence to show, `proof` what the form sends back of it."""

    crew: UUID
    call_sign: str
    why: str
    proof: str
    in_norm: bool | None


@dataclass(frozen=True)
class Advice:
    """What the page says about whom to send. `choice` None: forces are short, `why` says how."""

    choice: Choice | None
    others: tuple[Choice, ...]
    also: Choice | None
    diversion: Choice | None
    why: str
    estimated_by: str
    trouble: str


def advise(reader: Reader, row: CallRow, crews: Sequence[CrewRow], *, now: datetime) -> Advice:
    """Return whom to send to a call, of the crews that the reader sees."""
    there = {one.crew for one in row.followed.present}
    found = recommend(
        incident(row),
        [crew(one, now=now) for one in crews if one.key not in there],
        travel=travel(),
        demand=demand(reader, now=now),
        waiting=[incident(one) for one in _waiting(reader, now=now) if one.key != row.key],
    )
    return _said(found, row.key)


def sentence(proof: str, *, call: UUID, crew: UUID) -> str:
    """Return the reason that the page showed for this crew and call; "" where the proof is none."""
    try:
        return _signer(call, crew).unsign(proof)
    except BadSignature:
        return ""


def proof_of(why: str, *, call: UUID, crew: UUID) -> str:
    """Return a reason in such a form that it comes back from the page as it went out, or not at all."""
    return _signer(call, crew).sign(why)


def demand(reader: Reader, *, now: datetime) -> Demand:
    """Return where the reader's calls usually come from; kept for an hour."""
    scope = (reader.place_from, reader.place_to, reader.unit_from, reader.unit_to)
    name = f"calls.demand.{'.'.join(map(str, scope))}"
    kept = cache.get(name)
    if kept is None:
        points, hours = _past_calls(reader, now=now)
        kept = Demand.learnt(points, hours=hours)
        cache.set(name, kept, LEARNT_FOR_S)
    return kept


def everyone(reader: Reader, *, now: datetime) -> list[CrewRow]:
    """Return the crews on duty that the reader may send, free ones first."""
    return crew_rows(list(queries.on_duty(reader)[: practice.MOST]), now=now)


def _waiting(reader: Reader, *, now: datetime) -> list[CallRow]:
    """Return the rows of recent calls to which nobody is sent, the oldest first."""
    served = Sending.objects.filter(left_at=None).values("call")
    found = queries.open_calls(reader).filter(opened_at__gte=now - practice.BOARD).exclude(key__in=served)
    rows = call_rows(list(found[:WAITING]), now=now)
    return [row for row in rows if row.state == "waiting" and row.category != "delta"]


# The newest calls of the scope with their points, and when the oldest and the newest of them came.
PAST = """
WITH recent AS (
    SELECT key, opened_at FROM cases_case
    WHERE procedure = 'call' AND opened_at <= %s
      AND place_pre BETWEEN %s AND %s AND unit_pre BETWEEN %s AND %s
    ORDER BY opened_at DESC LIMIT %s
)
SELECT (e.data->>'lat')::float, (e.data->>'lon')::float, r.opened_at
FROM recent r JOIN cases_entry e ON e.key = r.key
"""


def _past_calls(reader: Reader, *, now: datetime) -> tuple[np.ndarray, float]:
    scope = (reader.place_from, reader.place_to, reader.unit_from, reader.unit_to)
    with connection.cursor() as cursor:
        cursor.execute(PAST, (now, *scope, SAMPLE))
        found = cursor.fetchall()
    moments = [row[2] for row in found]
    hours = (max(moments) - min(moments)) / timedelta(hours=1) if len(moments) > 1 else 0.0
    known = [(lat, lon) for lat, lon, _ in found if lat is not None and lon is not None]
    return np.array(known, float).reshape(-1, 2), hours


def _said(found: Recommendation, call: UUID) -> Advice:
    language = reading_language()
    return Advice(
        choice=_choice(found.choice, call) if found.choice else None,
        others=tuple(_choice(option, call) for option in found.others),
        also=_choice(found.also, call) if found.also else None,
        diversion=_choice(found.diversion, call) if found.diversion else None,
        why=found.why[language],
        estimated_by=found.estimated_by,
        trouble=_words(found.trouble, language),
    )


def _choice(option: Option, call: UUID) -> Choice:
    crew = UUID(str(option.crew.key))
    proof = proof_of(option.why["uk"], call=call, crew=crew)
    return Choice(crew, option.crew.call_sign, option.why[reading_language()], proof, option.in_norm)


def _words(text: Mapping[str, str], language: str) -> str:
    return text[language] if text else ""


def _signer(call: UUID, crew: UUID) -> Signer:
    return Signer(salt=f"varta.calls.advice.{call}.{crew}")
