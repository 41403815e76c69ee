"""Freezing a report, and counting a frozen one again by the second path."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version
from math import isclose
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Model, QuerySet

from varta.figures import Period
from varta.lake.source import LakeFiles
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.results.exports import as_json
from varta.results.models import FrozenReport
from varta.results.recount import COUNTS, QUERIES, TOTAL, Scope, recount
from varta.results.report import Asked, ReportRefused, make

CODE = Path(__file__).resolve().parents[1]
PRECISION = 1e-9  # relative: both paths count in double precision, in another order


def frozen_visible_to(reader: Reader) -> QuerySet[FrozenReport]:
    """Return the frozen reports that lie wholly in the reader's places and units."""
    return FrozenReport.objects.filter(
        place_from__gte=reader.place_from,
        place_to__lte=reader.place_to,
        unit_from__gte=reader.unit_from,
        unit_to__lte=reader.unit_to,
    )


def freeze(asked: Asked, *, name: str, by: Reader, at: datetime) -> FrozenReport:
    """Keep the report as it stands now. Raises ReportRefused, also when the name is taken."""
    lake = LakeFiles()
    report = make(asked, reader=by, lake=lake)
    places, units = _interval(Territory, asked.place), _interval(Unit, asked.unit)
    frozen = FrozenReport(
        name=name,
        made_at=at,
        made_by=by.officer_id,
        asked={
            "from": asked.period.first.isoformat(),
            "to": asked.period.last.isoformat(),
            "by": asked.level,
            "place": asked.place,
            "unit": asked.unit,
        },
        rows=as_json(report),
        files=lake.manifest.hashes(),
        watermark=lake.manifest.watermark,
        version=version("varta"),
        law=law_edition(),
        place_from=places[0],
        place_to=places[1],
        unit_from=units[0],
        unit_to=units[1],
    )
    try:
        with transaction.atomic():
            frozen.save(force_insert=True)
    except IntegrityError as taken:
        raise ReportRefused(
            f"Звіт «{name}» уже зафіксовано. Оберіть іншу назву.",
            f"The report “{name}” is frozen already. Choose another name.",
        ) from taken
    return frozen


def law_edition() -> str:
    """Return the SHA-256 of the sources of procedures and indicators, in the order of their names."""
    digest = hashlib.sha256()
    for folder in ("procedures", "indicators"):
        for file in sorted((CODE / folder).glob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def differences(frozen: FrozenReport) -> Iterator[str]:
    """Yield each figure that the entries of the frozen moment do not give: row, indicator, both numbers.

    Call it inside `reading(Reader.system())`.
    """
    period = Period(date.fromisoformat(frozen.asked["from"]), date.fromisoformat(frozen.asked["to"]))
    for span, days in (("value", period), ("year_before", period.year_before())):
        again = recount(
            Scope(
                days.start,
                days.end,
                frozen.asked["by"],
                frozen.watermark,
                _within(frozen.place_from, frozen.place_to, frozen.asked["place"]),
                _within(frozen.unit_from, frozen.unit_to, frozen.asked["unit"]),
            )
        )
        for line in (*frozen.rows["rows"], frozen.rows["total"]):
            yield from _of_line(line, span, again)


def _of_line(line: dict[str, Any], span: str, again: dict[str, dict[str, float | None]]) -> Iterator[str]:
    for code in QUERIES.keys() & line["values"].keys():
        held = line["values"][code][span]
        found = again[code].get(line["code"], 0 if code in COUNTS else None)
        if not _same(held, found):
            place = line["name"]["uk"] if line["code"] != TOTAL else TOTAL
            yield f"{place}, {code}, {span}: frozen {held}, recounted {found}"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, float(other), rel_tol=PRECISION)


def _interval(tree: type[Model], code: str | None) -> tuple[int, int]:
    """Return the preorder interval of a place or unit, or of the whole tree."""
    found = tree.objects.filter(code=code) if code else tree.objects.all()
    ends = found.aggregate(low=Min("pre"), high=Max("pre_end"))
    return ends["low"] or 0, ends["high"] or 0


def _within(low: int, high: int, code: str | None) -> tuple[int, int]:
    """Return the interval to count in; without a place or unit, everything, as the report did."""
    return (low, high) if code else (0, 2**31 - 1)
