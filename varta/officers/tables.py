"""Counts as rows of a table."""

from collections.abc import Mapping
from typing import Any

from varta.officers.models import Stay
from varta.places.models import Territory

SHOWN = (
    Stay.Stage.CANDIDATE,
    Stay.Stage.TRAINING,
    Stay.Stage.INTERNSHIP,
    Stay.Stage.SERVING,
    Stay.Stage.LEAVE,
)


def by_oblast(found: Mapping[tuple[str | None, ...], int]) -> dict[str, Any]:
    """Return the stages shown, a row for each oblast with its counts in their order, and the sums.

    `found`: (code of the oblast, stage) -> people.
    """
    codes = sorted({code for code, stage in found if code and stage in SHOWN})
    places = Territory.objects.in_bulk(codes)
    rows = [
        {"place": places[code], "counts": [found.get((code, stage), 0) for stage in SHOWN]} for code in codes
    ]
    rows.sort(key=lambda row: row["place"].sort_key)
    sums = [sum(column) for column in zip(*(row["counts"] for row in rows), strict=True)] if rows else []
    return {"stages": [stage.label for stage in SHOWN], "rows": rows, "sums": sums}
