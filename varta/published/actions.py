"""Writes: one publication after another, each kept with the counts behind it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from varta.figures.hiding import Told
from varta.people.scope import Reader, reading
from varta.published.models import Counts, Publication

LOCK = (7270003, 1)


def wait_for_others() -> None:
    """Wait until nobody else publishes; held until the transaction ends. Call it before what was told is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)


@transaction.atomic
def keep(
    *,
    name: str,
    kind: str,
    title: Mapping[str, str],
    of: str,
    edition: int,
    shown: Mapping[str, Any],
    counts: Iterable[Told],
    loss: Mapping[str, Any],
    by: int | None,
    at: datetime,
) -> Publication:
    """Keep a publication with its counts; call it in the transaction that waited for others."""
    with reading(Reader.system()):
        made = Publication.objects.create(
            name=name,
            kind=kind,
            title=dict(title),
            of=of,
            edition=edition,
            at=at,
            by=by,
            shown=dict(shown),
            loss=dict(loss),
        )
        grouped: dict[tuple[str, str, str], dict[str, list[Any]]] = {}
        for one in counts:
            key = (one.key.quantity, one.key.first, one.key.last)
            grouped.setdefault(key, {})[one.key.row] = [one.value, one.shown, one.low]
        Counts.objects.bulk_create(
            Counts(publication=made, quantity=quantity, first=first, last=last, rows=rows)
            for (quantity, first, last), rows in grouped.items()
        )
    return made
