"""Who has become free nearer to a call than the crew that still drives there: proposals to swap them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from varta.calls import queries
from varta.calls.advice import everyone, proof_of
from varta.calls.callrow import CallRow, call_rows
from varta.calls.telling import crew, travel
from varta.people.access import reading_language
from varta.people.scope import Reader
from varta.planning import reliefs

MOST = 5  # proposals that the board shows at once


@dataclass(frozen=True)
class Swap:
    """A crew that could take over a call from another; `proof` is what the form sends back of the reason."""

    row: CallRow
    crew: UUID
    call_sign: str
    instead: UUID
    instead_sign: str
    why: str
    proof: str


def swaps(reader: Reader, *, now: datetime, call: UUID | None = None) -> list[Swap]:
    """Return the swaps that would save enough, the greatest saving first; of one call, if it is named."""
    crews = everyone(reader, now=now)
    driving = {one.sending.call for one in crews if one.sending and one.state in ("sent", "on_the_way")}
    cases = queries.open_calls(reader).filter(key__in=driving)
    rows = {row.key: row for row in call_rows(list(cases), now=now)}
    goals = {key: row.exact_point or row.middle for key, row in rows.items()}
    told = [crew(one, now=now, goal=goals.get(one.sending.call) if one.sending else None) for one in crews]
    found = [one for one in reliefs(told, travel=travel()) if one.call in rows and call in (None, one.call)]
    shown = []
    for one in found[:MOST]:
        key, new, old = UUID(str(one.call)), UUID(str(one.crew.key)), UUID(str(one.instead.key))
        why, proof = one.why[reading_language()], proof_of(one.why["uk"], call=key, crew=new)
        shown.append(Swap(rows[key], new, one.crew.call_sign, old, one.instead.call_sign, why, proof))
    return shown
