"""Writes of the programme: steps of people and of memoranda go through `cases.actions.take`; cohorts are a table."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from varta.cases import actions, bulk
from varta.cases.canon import Involved, Written
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.law import discover
from varta.lib.clock import KYIV
from varta.lib.uuid7 import moment_of, uuid7_from
from varta.officers import errors, ground
from varta.officers.errors import said
from varta.officers.models import Cohort, Stay
from varta.officers.projection import CANDIDATE, enrolled
from varta.people.errors import NotAllowed
from varta.people.roles import may
from varta.people.scope import SYSTEM, Reader
from varta.places.models import Territory, Unit

TRAINING, MEMORANDUM = "officer_training", "hromada_memorandum"
SERVICE = ("appoint", "transfer")


def open_case(
    *,
    procedure: str,
    key: UUID,
    data: Mapping[str, Any],
    by: Reader,
    at: datetime,
    person: UUID | None = None,
) -> Written:
    """Open the case of a candidate or of a hromada's application and return its entry; `at` is now.

    The case stands in the hromada and with the main directorate of its oblast. Raises an error of the
    StepRefused family, as all steps here.
    """
    hromada = _hromada(data, "on")
    return actions.take(
        key=key,
        procedure=procedure,
        step="apply",
        data=data,
        by=by,
        at=moment(data, now=at),
        received_at=at,
        place=hromada.code,
        unit=ground.directorate_of(hromada),
        people=(Involved(person, CANDIDATE),) if person else (),
    )


def take_step(
    *,
    case: Case,
    entries: Sequence[Written],
    step: str,
    key: UUID,
    data: Mapping[str, Any],
    by: Reader,
    at: datetime,
    corrects: Written | None = None,
) -> Written:
    """Take a step in a case of the programme, or put one right, and return its entry; `at` is now.

    A step that names a hromada moves the case there: an officer's to the unit in which officers of it serve.
    """
    place = unit = None
    if data.get("hromada") and not data.get("undone"):
        hromada = _hromada(data, "since" if data.get("since") else "on")
        place = hromada.code
        unit = ground.sector_of(hromada) if step in SERVICE else ground.directorate_of(hromada)
    return actions.take(
        key=key,
        procedure=case.procedure,
        step=step,
        data=data,
        by=by,
        at=corrects.at if corrects else moment(data, now=at, after=_first(case, entries, step)),
        received_at=at,
        case=case.key,
        place=place,
        unit=unit,
        people=tuple(corrects.people) if corrects else (),
        corrects=corrects.key if corrects else None,
    )


def take_for_group(
    *, step: str, key: UUID, records: Mapping[UUID, Mapping[str, Any]], by: Reader, at: datetime
) -> tuple[int, dict[UUID, StepRefused]]:
    """Take the same step for many candidates; return how many entries stand, and who was left out and why.

    `records`: key of the case -> record; `key` is the key of the whole form: a second send writes nothing more.
    """
    found = {one.key: one for one in Case.objects.filter(key__in=list(records), procedure=TRAINING)}
    cases = [found[one] for one in records if one in found]
    made = moment_of(key)
    rows = [
        bulk.Row(
            key=uuid7_from(made, key, case.key),
            case=case.key,
            procedure=TRAINING,
            step=step,
            at=max(moment(records[case.key], now=at), case.opened_at),
            received_at=at,
            data=records[case.key],
            place=case.place_id,
            unit=case.unit_id,
        )
        for case in cases
    ]
    outcome = bulk.take_many(rows, by=by)
    return outcome.written + outcome.repeated, {cases[one.index].key: one.error for one in outcome.refused}


# What both sides usually promise, and within how many days after the signing: practice, not law.
USUAL_DUTIES = (
    ("hromada", "premises", 60),
    ("hromada", "furniture", 90),
    ("hromada", "office", 90),
    ("hromada", "fuel", 120),
    ("police", "car", 150),
    ("police", "officer", 270),
)


def promise_usual(*, case: Case, key: UUID, signed: date, by: Reader, at: datetime) -> None:
    """Enter the usual duties of both sides in a memorandum that was just signed; `key` is that of the signing."""
    made = moment_of(key)
    for number, (side, what, days) in enumerate(USUAL_DUTIES, start=1):
        actions.take(
            key=uuid7_from(made, key, number),
            procedure=MEMORANDUM,
            step="promise",
            data={"number": number, "side": side, "what": what, "due": f"{signed + timedelta(days=days)}"},
            by=by,
            at=at,
            received_at=at,
            case=case.key,
        )


def moment(data: Mapping[str, Any], *, now: datetime, after: datetime | None = None) -> datetime:
    """Return when the step happened: noon of the day in its record, not in the future, not before `after`."""
    given = data.get("on") or data.get("since")
    day = given if isinstance(given, date) else _day(given)
    happened = datetime.combine(day, time(12), KYIV) if day else now
    return max(min(happened, now), after or happened) if happened < now else now


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def _first(case: Case, entries: Sequence[Written], step: str) -> datetime:
    """Return when the step was opened: the first moment of any that opens it."""
    opened_by = discover()[case.procedure].step(step).opened_by
    return min((one.at for one in effective(entries) if one.step in opened_by), default=case.opened_at)


def _hromada(data: Mapping[str, Any], day: str) -> Territory:
    """Return the hromada of a record; refuse a code that is none, and one that does not exist on the record's day."""
    code = str(data.get("hromada", ""))
    hromada = ground.hromadas([code])[code]
    on = _day(data.get(day))
    return ground.existing(hromada, on=on) if on else hromada


@transaction.atomic
def open_cohort(
    *,
    by: Reader,
    at: datetime,
    code: str,
    university: Unit,
    course_uk: str,
    course_en: str,
    begins: date,
    ends: date,
    capacity: int,
    curriculum: Sequence[Mapping[str, Any]],
) -> Cohort:
    """Write a cohort and return it; raise CohortDates or CohortCodeTaken."""
    _check_coordinator(by)
    _check_days(begins, ends)
    cohort = Cohort(
        code=code.strip(),
        university=university,
        course_uk=course_uk,
        course_en=course_en,
        begins=begins,
        ends=ends,
        capacity=capacity,
        curriculum=list(curriculum),
        made_by_id=by.officer_id,
        created_at=at,
    )
    try:
        with transaction.atomic():
            cohort.save(force_insert=True)
    except IntegrityError as broken:
        raise errors.CohortCodeTaken(cohort=cohort.code) from broken
    return cohort


@transaction.atomic
def change_cohort(
    *,
    by: Reader,
    cohort: Cohort,
    course_uk: str,
    course_en: str,
    begins: date,
    ends: date,
    capacity: int,
    curriculum: Sequence[Mapping[str, Any]],
) -> Cohort:
    """Change a cohort and return it; refuse a capacity below those enrolled, and days that leave somebody out.

    Nobody is enrolled while this goes on.
    """
    _check_coordinator(by)
    _check_days(begins, ends)
    taken = enrolled(cohort.code)
    if capacity < taken:
        raise errors.CapacityBelowEnrolled(cohort=cohort.code, enrolled=taken, capacity=capacity)
    days = Stay.objects.filter(cohort=cohort, stage=Stay.Stage.TRAINING).aggregate(
        first=Min("began"), last=Max("began")
    )
    if days["first"] and not (begins <= days["first"] and days["last"] <= ends):
        raise errors.CohortMoved(cohort=cohort.code, first=said(days["first"]), last=said(days["last"]))
    cohort.course_uk, cohort.course_en = course_uk, course_en
    cohort.begins, cohort.ends, cohort.capacity = begins, ends, capacity
    cohort.curriculum = list(curriculum)
    cohort.save()
    return cohort


def _check_coordinator(by: Reader) -> None:
    if by.role != SYSTEM and not (by.role == "coordinator" and may(by, "officers")):
        raise NotAllowed


def _check_days(begins: date, ends: date) -> None:
    if ends < begins:
        raise errors.CohortDates(begins=said(begins), ends=said(ends))
