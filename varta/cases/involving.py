"""The person whom somebody names while taking a step: registered once for the step's key."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from varta.cases.canon import Involved
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.people.actions import register_person
from varta.people.scope import Reader


def involve(
    known: Mapping[str, str], *, part: str, key: UUID, by: Reader, at: datetime
) -> tuple[Involved, ...]:
    """Register the person and return the part for `take`; nothing known, nobody involved.

    `key` is the key of the step: a second send of the step means the same person.
    """
    if not any(known.values()):
        return ()
    person = uuid7_from(moment_of(key), key, "person")
    try:
        with transaction.atomic():
            register_person(by=by, at=at, key=person, **known)
    except IntegrityError:
        pass  # registered by the first send: the key says so
    return (Involved(person, part),)
