"""Freezing a report, and counting a frozen one again by the second path."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from math import isclose
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Model, QuerySet

from varta.figures import Period
from varta.figures.engine import Level
from varta.lake.source import LakeFiles
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.results.models import FrozenReport
from varta.results.pack import Table, Text, as_plain, of_frozen, of_report
from varta.results.recount import COUNTED, TOTAL, Counted, Scope, expected, recount
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


def freeze(
    asked: Asked,
    *,
    name: str,
    by: Reader,
    at: datetime,
    levels: Sequence[Level] = (),
    chapters: Sequence[str] = (),
    title: Text | None = None,
    case: UUID | None = None,
) -> FrozenReport:
    """Keep the report as it stands now, a table for each level, the asked one first.

    Raises ReportRefused, also when the name is taken.
    """
    lake = LakeFiles()
    wanted = tuple(dict.fromkeys((asked.level, *levels)))
    made = [make(replace(asked, level=level), reader=by, lake=lake) for level in wanted]
    places, units = _interval(Territory, asked.place), _interval(Unit, asked.unit)
    counted = {
        "watermark": lake.manifest.watermark,
        "version": version("varta"),
        "law": law_edition(),
        "files": lake.manifest.hashes(),
    }
    pack = of_report(
        *made,
        name=name,
        at=at,
        title=title,
        edition=1,
        place=_names(Territory, asked.place),
        unit=_names(Unit, asked.unit),
        chapters=chapters,
        **counted,
    )
    frozen = FrozenReport(
        name=name,
        of=name,
        edition=1,
        case=case,
        made_at=at,
        made_by=by.officer_id,
        asked={
            "from": asked.period.first.isoformat(),
            "to": asked.period.last.isoformat(),
            "by": asked.level,
            "levels": list(wanted),
            "place": asked.place,
            "unit": asked.unit,
        },
        rows=as_plain(pack),
        place_from=places[0],
        place_to=places[1],
        unit_from=units[0],
        unit_to=units[1],
        **counted,
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
    pack = of_frozen(frozen)
    period = Period(pack.first, pack.last)
    for span, days in (("now", period), ("before", period.year_before())):
        again: dict[str, Counted] = {}
        for chapter in pack.chapters:
            for table in chapter.tables:
                if table.level not in again:
                    again[table.level] = recount(_scope(frozen, days, table.level))
                yield from _of_table(table, span, again[table.level])


def _scope(frozen: FrozenReport, days: Period, level: str) -> Scope:
    return Scope(
        days.start,
        days.end,
        level,
        frozen.watermark,
        _within(frozen.place_from, frozen.place_to, frozen.asked["place"]),
        _within(frozen.unit_from, frozen.unit_to, frozen.asked["unit"]),
    )


def _of_table(table: Table, span: str, again: Counted) -> Iterator[str]:
    for line in (*table.lines, table.total):
        for code in COUNTED & line.figures.keys():
            held = getattr(line.figures[code], span)
            found = expected(again, code, line.code, line.population)
            if not _same(held, found):
                place = line.name["uk"] if line.code != TOTAL else TOTAL
                yield f"{table.level}, {place}, {code}, {span}: frozen {held}, recounted {found}"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, float(other), rel_tol=PRECISION)


def _interval(tree: type[Model], code: str | None) -> tuple[int, int]:
    """Return the preorder interval of a place or unit, or of the whole tree."""
    found = tree.objects.filter(code=code) if code else tree.objects.all()
    ends = found.aggregate(low=Min("pre"), high=Max("pre_end"))
    return ends["low"] or 0, ends["high"] or 0


def _names(tree: type[Territory] | type[Unit], code: str | None) -> Text | None:
    found = tree.objects.filter(code=code).first() if code else None
    return found.titles if found else None


def _within(low: int, high: int, code: str | None) -> tuple[int, int]:
    """Return the interval to count in; without a place or unit, everything, as the report did."""
    return (low, high) if code else (0, 2**31 - 1)
