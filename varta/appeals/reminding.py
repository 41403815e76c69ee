"""Reminders: of what is due soon or late, to the executor and, when it is late, to the head; once a day each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from varta.appeals import due, queries
from varta.appeals.models import Reminder
from varta.cases.models import Case
from varta.lib.clock import day_end, kyiv_day
from varta.notices import actions as notices
from varta.notices.models import Channel
from varta.people.models import Officer
from varta.people.scope import Reader, reading

BEFORE = (7, 3, 1, 0)  # days left on which an executor is reminded; when it is late, every day
CHUNK = 500


@dataclass(frozen=True)
class Told:
    """That an officer is to be reminded of an appeal."""

    officer: Officer
    case: Case
    days_left: int
    as_head: bool


def remind(now: datetime) -> int:
    """Write the reminders of this Kyiv day that are not written yet, send them, and return how many they are.

    An officer gets one notice with all numbers. Run again on the same day it adds nothing.
    """
    by_officer: dict[int, list[Told]] = {}
    with reading(Reader.system()):
        for told in _wanted(now):
            by_officer.setdefault(told.officer.pk, []).append(told)
    return sum(_write(reminders, now) for reminders in by_officer.values())


def _wanted(now: datetime) -> Iterator[Told]:
    today = kyiv_day(now)
    everybody = Reader.system()
    horizon = day_end(today + timedelta(days=max(BEFORE) + 45))  # the head's own day may come 45 days before
    near = queries.visible_to(everybody).filter(closed_at=None, late_from__lte=horizon)
    heads: dict[tuple[str, str], Officer | None] = {}
    for case in near.select_related("place", "unit").order_by("late_from", "key").iterator(CHUNK):
        left = due.left_of(case, on=today)
        if left is None or (left.days not in BEFORE and not left.late):
            continue
        spot = (case.place_id, case.unit_id)
        if spot not in heads:
            heads[spot] = queries.head_of(case.place, case.unit, on=today)
        yield from _told(case, left, heads[spot])


def _told(case: Case, left: due.Left, head: Officer | None) -> Iterator[Told]:
    """Yield the executor, and the head where the appeal is late or nobody works on it."""
    login = case.facts.get("executor")
    executor = Officer.objects.filter(login=login, is_active=True).first() if login else None
    if executor is not None:
        yield Told(executor, case, left.days, as_head=False)
    if head is not None and (left.late or executor is None) and head != executor:
        yield Told(head, case, left.days, as_head=True)


@transaction.atomic
def _write(reminders: Sequence[Told], now: datetime) -> int:
    """Write what one officer is reminded of, with the notice that tells of it: both or neither."""
    officer, today = reminders[0].officer, kyiv_day(now)
    with reading(Reader.system()) as by:
        with connection.cursor() as cursor:  # two workers at one moment: the second sees what the first wrote
            cursor.execute("SELECT pg_advisory_xact_lock(7270002, %s)", [officer.pk])
        keys = [told.case.key for told in reminders]
        there = Reminder.objects.filter(officer=officer, on=today, case_key__in=keys)
        known = set(there.values_list("case_key", flat=True))
        fresh = [told for told in reminders if told.case.key not in known]
        Reminder.objects.bulk_create(
            [
                Reminder(
                    case_key=told.case.key,
                    officer=officer,
                    on=today,
                    days_left=told.days_left,
                    as_head=told.as_head,
                    at=now,
                )
                for told in fresh
            ]
        )
        if fresh and officer.email:
            _send(officer, fresh, by=by, at=now)
        return len(fresh)


def _send(officer: Officer, fresh: Sequence[Told], *, by: Reader, at: datetime) -> None:
    today = kyiv_day(at)
    notices.send(
        to=officer.email,
        channel=Channel.EMAIL,
        template="appeals_due",
        language=officer.language,
        dedupe=f"appeals-due:{officer.pk}:{today}:{fresh[0].case.key}",
        by=by,
        at=at,
        context={"count": len(fresh), "lines": "\n".join(_lines(fresh, officer.language, today))},
        useless_after=day_end(today),
    )


SAID: Mapping[str, Mapping[str, str]] = {
    "uk": {
        "late": "прострочено",
        "today": "сьогодні останній день",
        "left": "до {day}",
    },
    "en": {"late": "late", "today": "today is the last day", "left": "by {day}"},
}


def _lines(fresh: Sequence[Told], language: str, today: date) -> Iterator[str]:
    """Yield a line for each appeal, the most urgent first: its number and its day, nothing about people."""
    words = SAID[language]
    for told in sorted(fresh, key=lambda one: one.days_left):
        day = f"{today + timedelta(days=told.days_left):%d.%m.%Y}"
        if told.days_left < 0:
            state = f"{words['late']} ({day})"
        elif told.days_left == 0:
            state = words["today"]
        else:
            state = words["left"].format(day=day)
        yield f"{told.case.number}/{told.case.year}: {state}"
