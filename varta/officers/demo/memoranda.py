"""The memoranda of the demonstration: what hromadas asked for, what both sides promised, what was given."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from varta.cases.bulk import Row
from varta.lib.uuid7 import uuid7_from
from varta.officers.demo import calendar, plan
from varta.places.models import Territory

# Side, what, days after the signing by which it is due, share that is met.
DUTIES = (
    ("hromada", "premises", 60, 0.97),
    ("hromada", "furniture", 90, 0.93),
    ("hromada", "fuel", 120, 0.9),
    ("hromada", "housing", 180, 0.75),
    ("police", "car", 150, 0.95),
    ("police", "officer", 270, 0.96),
)
WITHOUT_OFFICER = 5  # further hromadas of each oblast that signed and wait
APPLYING = 2  # and that have only applied

Told = tuple[str, date, dict[str, Any]]


@cache
def hromadas() -> list[tuple[str, date, bool]]:
    """Return the hromadas with a memorandum, the day of their application, and whether it was signed."""
    drawn = plan.plan()
    found = [(code, first - timedelta(days=190), True) for code, first in sorted(drawn.first.items())]
    for digits in calendar.FIRST_SEVEN + calendar.LATER:
        if digits in calendar.NOT_SINCE_2022:
            continue
        chance = Random(f"waiting {digits}")  # noqa: S311
        free = Territory.objects.filter(
            level=Territory.HROMADA, oblast__startswith=f"UA{digits}", valid_to__isnull=True
        ).exclude(code__in=drawn.first)
        codes = sorted(free.values_list("code", flat=True))
        chosen = chance.sample(codes, min(len(codes), WITHOUT_OFFICER + APPLYING))
        for nth, code in enumerate(chosen):
            day = date(2026, 3, 2) + timedelta(days=chance.randrange(200))
            found.append((code, day, nth < WITHOUT_OFFICER))
    return found


def rows(hromada: str, applied: date, *, signed: bool, settlement: str, until: date) -> list[Row]:
    """Return the steps of the memorandum of a hromada up to a day, inclusive."""
    found: list[Row] = []
    unit = plan.units()[hromada[2:4]]
    seen: dict[str, int] = {}
    for step, day, data in sorted(_told(hromada, applied, signed, settlement), key=lambda one: one[1]):
        if day > until:
            break
        seen[step] = seen.get(step, 0) + 1
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(minutes=seen[step])
        key = uuid7_from(at, "demo-memorandum", hromada, step, seen[step])
        first = found[0].key if found else key
        found.append(Row(key, first, "hromada_memorandum", step, at, at, data, hromada, unit))
    return found


def _told(hromada: str, applied: date, is_signed: bool, settlement: str) -> Iterator[Told]:
    chance = Random(f"memorandum {hromada}")  # noqa: S311
    officers = max(1, plan.plan().wanted[hromada])
    yield "apply", applied, {
        "hromada": hromada, "on": f"{applied}", "officers": officers,
        "note": "Є приміщення для станції, забезпечимо пальним.",
    }  # fmt: skip
    if not is_signed:
        return
    signed = applied + timedelta(days=25)
    yield "sign", signed, {"on": f"{signed}", "officers": officers + chance.randrange(2)}
    for number, (side, what, days, met) in enumerate(DUTIES, start=1):
        due = signed + timedelta(days=days)
        yield "promise", signed, {"number": number, "side": side, "what": what, "due": f"{due}"}
        if chance.random() < met:
            on = due - timedelta(days=chance.randrange(-10, 40))
            yield "fulfil", on, {"number": number, "on": f"{on}"}
    opened = signed + timedelta(days=62)
    if plan.plan().wanted[hromada] and settlement:
        yield (
            "station",
            opened,
            {"number": 1, "on": f"{opened}", "settlement": settlement, "address": "вул. Миру, 1"},
        )
    given = max(
        signed + timedelta(days=40), date(2019, 12, 6)
    )  # thirty-one cars were given in Dnipro on that day
    if plan.plan().wanted[hromada]:
        yield "vehicle", given, {"side": "police", "model": "Renault Duster", "on": f"{given}"}
