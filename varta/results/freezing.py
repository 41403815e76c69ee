"""Freezing a report, and counting a frozen one again by the second path."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, Model, QuerySet

from varta.figures import Period
from varta.figures.engine import Level
from varta.indicators import discover
from varta.lake.source import LakeFiles
from varta.lib.clock import KYIV
from varta.people.models import Officer
from varta.people.roles import SYSTEM_TITLE
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.results.ahead import chapter as prospects
from varta.results.comparing import Change, compared, same
from varta.results.models import FrozenReport
from varta.results.monthly import by_month
from varta.results.pack import Pack, Remark, Table, Text, as_plain, of_frozen, of_report
from varta.results.recount import COUNTED, TOTAL, Counted, Scope, expected, recount
from varta.results.report import Asked, ReportRefused, make

CODE = Path(__file__).resolve().parents[1]


def frozen_visible_to(reader: Reader) -> QuerySet[FrozenReport]:
    """Return the frozen reports that lie wholly in the reader's places and units."""
    return FrozenReport.objects.filter(
        place_from__gte=reader.place_from,
        place_to__lte=reader.place_to,
        unit_from__gte=reader.unit_from,
        unit_to__lte=reader.unit_to,
    )


@dataclass(frozen=True)
class Keeping:
    """How a report is kept: name, title, tables by more levels, chapters, the case in which it was agreed."""

    name: str
    levels: tuple[Level, ...] = ()
    chapters: tuple[str, ...] = ()
    title: Text | None = None
    case: UUID | None = None
    remarks: tuple[Remark, ...] = ()
    of: str = ""
    edition: int = 1
    reason: str = ""


def count(asked: Asked, keeping: Keeping, *, by: Reader, at: datetime, lake: LakeFiles | None = None) -> Pack:
    """Return the report as it stands now, a table for each level, the asked one first. Raises ReportRefused."""
    lake = lake or LakeFiles()
    levels = dict.fromkeys((asked.level, *keeping.levels))
    made = [make(replace(asked, level=level), reader=by, lake=lake) for level in levels]
    pack = of_report(
        *made,
        name=keeping.name,
        at=at,
        title=keeping.title,
        edition=keeping.edition,
        place=_names(Territory, asked.place),
        unit=_names(Unit, asked.unit),
        chapters=keeping.chapters,
        remarks=keeping.remarks,
        watermark=lake.manifest.watermark,
        version=version("varta"),
        law=law_edition(),
        files=lake.manifest.hashes(),
    )
    return prospects.with_targets(pack, asked, reader=by)


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
    remarks: Sequence[Remark] = (),
) -> FrozenReport:
    """Keep the report as it stands now, a table for each level, the asked one first.

    Raises ReportRefused, also when the name is taken: then it says by whom and when.
    """
    keeping = Keeping(name, tuple(levels), tuple(chapters), title, case, tuple(remarks))
    return _kept(asked, keeping, by=by, at=at)


def revise(
    frozen: FrozenReport, *, reason: str, by: Reader, at: datetime, remarks: Sequence[Remark] = ()
) -> tuple[FrozenReport, list[Change]]:
    """Keep the next edition of a report, counted from what the journal says now; return it and what has changed.

    Earlier editions stay as they are. Raises ReportRefused where another was quicker.
    """
    last = editions(by, frozen)[-1]
    held = of_frozen(last)
    keeping = Keeping(
        name=f"{last.of}-{last.edition + 1}",
        levels=tuple(last.asked.get("levels", ())),
        chapters=tuple(chapter.code for chapter in held.chapters),
        title=held.title,
        case=last.case,
        remarks=tuple(remarks or (remark for chapter in held.chapters for remark in chapter.remarks)),
        of=last.of,
        edition=last.edition + 1,
        reason=reason,
    )
    kept = _kept(asked_of(last), keeping, by=by, at=at)
    return kept, compared(held, of_frozen(kept))


def since(frozen: FrozenReport, *, by: Reader, at: datetime) -> list[Change]:
    """Return the figures that the journal gives otherwise than when the report was frozen."""
    lake = LakeFiles()
    if frozen.files == lake.manifest.hashes():
        return []
    held = of_frozen(frozen)
    keeping = Keeping(
        name=frozen.name,
        levels=tuple(frozen.asked.get("levels", ())),
        chapters=tuple(chapter.code for chapter in held.chapters),
    )
    return compared(held, count(asked_of(frozen), keeping, by=by, at=at, lake=lake))


def editions(reader: Reader, frozen: FrozenReport) -> list[FrozenReport]:
    """Return all editions of a report, the first one first."""
    return list(frozen_visible_to(reader).filter(of=frozen.of).order_by("edition"))


def asked_of(frozen: FrozenReport) -> Asked:
    """Return what the frozen report was made from: the same period, places, units and indicators that still exist."""
    asked, known = frozen.asked, discover()
    codes = [head.code for chapter in of_frozen(frozen).chapters for head in chapter.tables[0].heads]
    period = Period(date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"]))
    return Asked(
        period,
        asked["by"],
        asked["place"],
        asked["unit"],
        tuple(sorted(code for code in codes if code in known)),
    )


def _kept(asked: Asked, keeping: Keeping, *, by: Reader, at: datetime) -> FrozenReport:
    lake = LakeFiles()
    pack = count(asked, keeping, by=by, at=at, lake=lake)
    places, units = _interval(Territory, asked.place), _interval(Unit, asked.unit)
    frozen = FrozenReport(
        name=keeping.name,
        of=keeping.of or keeping.name,
        edition=keeping.edition,
        reason=keeping.reason,
        case=keeping.case,
        made_at=at,
        made_by=by.officer_id,
        asked={
            "from": asked.period.first.isoformat(),
            "to": asked.period.last.isoformat(),
            "by": asked.level,
            "levels": list(dict.fromkeys((asked.level, *keeping.levels))),
            "place": asked.place,
            "unit": asked.unit,
        },
        rows=as_plain(pack),
        months=by_month(asked, by=by, lake=lake, codes=asked.codes),
        files=dict(pack.files),
        watermark=pack.watermark,
        version=pack.version,
        law=pack.law,
        place_from=places[0],
        place_to=places[1],
        unit_from=units[0],
        unit_to=units[1],
    )
    try:
        with transaction.atomic():
            frozen.save(force_insert=True)
    except IntegrityError as taken:
        raise _taken(keeping.name) from taken
    prospects.keep_for(frozen, at=at)
    return frozen


def _taken(name: str) -> ReportRefused:
    """Return the refusal that says who froze the report of this name, and when."""
    first = FrozenReport.objects.filter(name=name).first()
    officer = Officer.objects.filter(pk=first.made_by).first() if first and first.made_by else None
    when = f"{first.made_at.astimezone(KYIV):%d.%m.%Y %H:%M}" if first else "—"
    who = {one: officer.name_in(one) if officer else SYSTEM_TITLE[one] for one in ("uk", "en")}
    return ReportRefused(
        f"Звіт «{name}» уже зафіксовано: {who['uk']}, {when}. Відкрийте його або оберіть іншу назву.",
        f"The report “{name}” is frozen already: {who['en']}, {when}. Open it, or choose another name.",
    )


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
        within(frozen.place_from, frozen.place_to, frozen.asked["place"]),
        within(frozen.unit_from, frozen.unit_to, frozen.asked["unit"]),
    )


def _of_table(table: Table, span: str, again: Counted) -> Iterator[str]:
    for line in (*table.lines, table.total):
        for code in COUNTED & line.figures.keys():
            held = getattr(line.figures[code], span)
            found = expected(again, code, line.code, line.population)
            if not same(held, found):
                place = line.name["uk"] if line.code != TOTAL else TOTAL
                yield f"{table.level}, {place}, {code}, {span}: frozen {held}, recounted {found}"


def _interval(tree: type[Model], code: str | None) -> tuple[int, int]:
    """Return the preorder interval of a place or unit, or of the whole tree."""
    found = tree.objects.filter(code=code) if code else tree.objects.all()
    ends = found.aggregate(low=Min("pre"), high=Max("pre_end"))
    return ends["low"] or 0, ends["high"] or 0


def _names(tree: type[Territory] | type[Unit], code: str | None) -> Text | None:
    found = tree.objects.filter(code=code).first() if code else None
    return found.titles if found else None


def within(low: int, high: int, code: str | None) -> tuple[int, int]:
    """Return the interval to count in; without a place or unit, everything, as the report did."""
    return (low, high) if code else (0, 2**31 - 1)
