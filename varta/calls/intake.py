"""A report becomes a call: registered in any case, and joined to another call where the officer said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.calls import actions
from varta.cases.canon import Written
from varta.cases.errors import StepRefused
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.people.scope import Reader


@dataclass(frozen=True, slots=True)
class Registered:
    """The call's opening entry; the entry that joined it, or why it could not be joined."""

    entry: Written
    joined: Written | None = None
    not_joined: StepRefused | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """To which call the report is joined, and why it is the same event."""

    to: UUID
    reason: str


@transaction.atomic
def register(
    *,
    key: UUID,
    by: Reader,
    at: datetime,
    received_at: datetime,
    record: Mapping[str, Any],
    place: str,
    unit: str,
    caller: Mapping[str, str],
    part: str = "caller",
    join: Join | None = None,
    parent: UUID | None = None,
) -> Registered:
    """Register a report and return what was written; sent again under its key, it returns the same.

    Joining follows in a savepoint: registration may not fail because the other call has gone meanwhile.
    """
    entry = actions.receive(
        key=key,
        by=by,
        at=at,
        received_at=received_at,
        record=record,
        place=place,
        unit=unit,
        caller=caller,
        part=part,
        parent=parent,
    )
    if join is None:
        return Registered(entry)
    try:
        joined = actions.join(
            key=uuid7_from(moment_of(key), key, "join"),
            call=entry.case_key,
            to=join.to,
            by=by,
            at=at,
            received_at=received_at,
            reason=join.reason,
        )
    except StepRefused as refused:
        return Registered(entry, not_joined=refused)
    return Registered(entry, joined)
