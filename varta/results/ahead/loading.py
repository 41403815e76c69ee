"""Targets and figures from before Varta out of CSV files: good lines are kept, others told with their reason."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from varta.figures import Indicator
from varta.indicators import discover
from varta.people.scope import Reader
from varta.places import rejects, tables
from varta.places.errors import BadValue, LoadRefused, RejectsNotWritable
from varta.places.models import Territory
from varta.results.ahead import targets
from varta.results.ahead.models import EarlierMonth, Target
from varta.results.ahead.months import number_of
from varta.results.ahead.targets import TargetRefused, Wanted

TARGET_COLUMNS = ("indicator", "place", "unit", "span", "first", "value", "method", "basis")
MONTH_COLUMNS = ("indicator", "place", "month", "value", "source")
YES = ("1", "yes", "так", "true")
TRIGGERS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class LineRefused(LoadRefused):
    uk = "Рядок {line}: {uk}"
    en = "Line {line}: {en}"


def load_targets(
    file: Path, *, reject: Path, by: Reader, at: datetime, encoding: str = "utf-8"
) -> rejects.Outcome:
    """Load targets; a line with another value than that in force is another edition. Values of shares are 0..1.

    Columns: indicator, place, unit, span, first, value, method, basis; sense and reason if they are there.
    Raises LoadRefused where the file as a whole cannot be read.
    """
    lines = _lines(file, reject, encoding, TARGET_COLUMNS)
    outcome = rejects.Outcome(read=len(lines))
    for number, row in lines:
        try:
            with transaction.atomic():
                _target(number, row, outcome, by, at)
        except TargetRefused as refused:
            why = LineRefused(line=number, **refused.texts)
            outcome.rejected.append(rejects.Rejected(number, tuple(row.values()), why))
        except LoadRefused as refused:
            outcome.rejected.append(rejects.Rejected(number, tuple(row.values()), refused))
    rejects.write(reject, list(lines[0][1]) if lines else [], outcome.rejected)
    return outcome


def _target(number: int, row: Mapping[str, str], outcome: rejects.Outcome, by: Reader, at: datetime) -> None:
    wanted = _wanted(number, row)
    period = targets.period_of(wanted.span, wanted.first)
    held = targets.in_force(by).filter(
        indicator=wanted.indicator,
        place=wanted.place or None,
        unit=wanted.unit or None,
        first=period.first,
        last=period.last,
    )
    one = held.first()
    if one is None:
        targets.set_target(wanted, by=by, at=at)
        outcome.added += 1
    elif (one.value, one.basis, one.method) == (wanted.value, wanted.basis, wanted.method):
        outcome.there += 1
    else:
        why = row.get("reason", "") or f"Завантажено з файлу, рядок {number}."
        targets.correct(
            one, value=wanted.value, method=wanted.method, basis=wanted.basis, reason=why, by=by, at=at
        )
        outcome.changed += 1


def _wanted(number: int, row: Mapping[str, str]) -> Wanted:
    first, value = (
        tables.day_in(number, "first", row["first"]),
        tables.number_in(float, number, "value", row["value"]),
    )
    if first is None or value is None:
        column = "first" if first is None else "value"
        raise _bad(number, column, "", "порожньо", "empty")
    return Wanted(
        row["indicator"],
        row["span"],
        first,
        value,
        row["method"],
        row["basis"],
        row["place"],
        row["unit"],
        row.get("sense", ""),
    )


def load_months(file: Path, *, reject: Path, at: datetime, encoding: str = "utf-8") -> rejects.Outcome:
    """Load monthly figures of an earlier system; a line about the same month changes what was said.

    Columns: indicator, place, month (2018-10), value, source; base and invented if they are there. They are used
    where no entries tell the month, and shown as what they are. Call it as the system.
    """
    lines = _lines(file, reject, encoding, MONTH_COLUMNS)
    outcome = rejects.Outcome(read=len(lines))
    known, places = discover(), set(Territory.objects.filter(level__lte=1).values_list("code", flat=True))
    for number, row in lines:
        try:
            held, made = EarlierMonth.objects.get_or_create(**_month(number, row, known, places, at))
        except LoadRefused as refused:
            outcome.rejected.append(rejects.Rejected(number, tuple(row.values()), refused))
            continue
        told = _month(number, row, known, places, at)["defaults"]
        same = all(getattr(held, name) == told[name] for name in ("value", "base", "source", "is_invented"))
        if made:
            outcome.added += 1
        elif same:
            outcome.there += 1
        else:
            EarlierMonth.objects.filter(pk=held.pk).update(**told)
            outcome.changed += 1
    rejects.write(reject, list(lines[0][1]) if lines else [], outcome.rejected)
    return outcome


def _month(
    number: int, row: Mapping[str, str], known: Mapping[str, Indicator], places: set[str], at: datetime
) -> dict[str, object]:
    if row["indicator"] not in known:
        raise _bad(
            number, "indicator", row["indicator"], "такого показника немає", "there is no such indicator"
        )
    if row["place"] not in places:
        raise _bad(
            number,
            "place",
            row["place"],
            "потрібен код країни або області",
            "a code of a country or oblast is needed",
        )
    month = tables.day_in(number, "month", f"{row['month']}-01" if len(row["month"]) == 7 else row["month"])
    value = tables.number_in(float, number, "value", row["value"], least=0)
    if month is None or value is None or not row["source"]:
        column = "month" if month is None else "value" if value is None else "source"
        raise _bad(number, column, "", "порожньо", "empty")
    if known[row["indicator"]].percent and value > 1:
        raise _bad(number, "value", row["value"], "частка від 0 до 1", "a share between 0 and 1")
    return {
        "indicator": row["indicator"],
        "place_id": row["place"],
        "month": number_of(month),
        "defaults": {
            "value": value,
            "base": tables.number_in(float, number, "base", row.get("base", ""), least=0),
            "source": row["source"],
            "is_invented": row.get("invented", "").casefold() in YES,
            "loaded_at": at,
        },
    }


def _lines(
    file: Path, reject: Path, encoding: str, needed: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    if reject.resolve() == file.resolve():
        raise RejectsNotWritable(file=reject, reason="the file itself")
    return list(tables.table(file, tables.lines(file, encoding=encoding), needed))


def _bad(line: int, column: str, value: str, uk: str, en: str) -> BadValue:
    return BadValue(line=line, column=column, value=value, expected_uk=uk, expected_en=en)


def as_csv(found: Iterable[Target]) -> str:
    """Return targets, all editions in their order, as CSV in the columns that loading takes and some more."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*TARGET_COLUMNS, "sense", "reason", "set_at", "in_force", "withdrawn"))
    for one in sorted(found, key=lambda one: (one.indicator, one.first, one.place_id or "", one.set_at)):
        in_force = not Target.objects.filter(replaces=one).exists()
        cells = (one.indicator, one.place_id or "", one.unit_id or "", one.span, one.first,
                 "" if one.value is None else one.value, one.method, one.basis, one.sense, one.reason,
                 one.set_at.isoformat(), in_force, one.value is None)  # fmt: skip
        writer.writerow(["'" + c if isinstance(c, str) and c.startswith(TRIGGERS) else c for c in cells])
    return "\ufeff" + out.getvalue()
