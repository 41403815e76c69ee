"""Writes of reports and meetings. Figures are written by the system alone, in the name of nobody."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.cases import queries as cases
from varta.cases.actions import take
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.figures import Period
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7_from
from varta.officers.hromada import counting, errors, queries
from varta.officers.hromada.wording import said
from varta.officers.models import ReportDraft
from varta.people.models import Appointment
from varta.people.scope import Reader, reading
from varta.places.models import Territory

LONGEST = timedelta(days=366)


def open_report(
    *, appointment: Appointment, at: datetime, received_at: datetime, parent: UUID | None = None
) -> Written:
    """Begin the term of an officer's next report to the hromada; a second call for the same moment changes nothing."""
    login, hromada = appointment.officer.login, appointment.place
    with reading(Reader.system()) as system:
        return take(
            key=uuid7_from(at, queries.REPORT, login, hromada.code),
            procedure=queries.REPORT,
            step="begin",
            data={"officer": login},
            by=system,
            at=at,
            received_at=received_at,
            place=hromada.code,
            unit=appointment.unit_id,
            parent=parent,
        )


def open_meetings(*, hromada: Territory, unit: str, at: datetime, received_at: datetime) -> Written:
    """Begin the duty to meet the authorities of a hromada; a second call for the same moment changes nothing."""
    with reading(Reader.system()) as system:
        return take(
            key=uuid7_from(at, queries.MEETING, hromada.code),
            procedure=queries.MEETING,
            step="begin",
            data={"level": "hromada"},
            by=system,
            at=at,
            received_at=received_at,
            place=hromada.code,
            unit=unit,
        )


def count(*, key: UUID, case: Case, first: date, last: date, by: Reader, at: datetime) -> Written:
    """Count the figures of a period into the case of a report; the draft is written beside them.

    Raises PeriodReversed, PeriodTooLong, PeriodAhead, BeforeService, AfterService, NotCountedYet, NothingToPublish.
    """
    _refuse_period(case, first, last, today=kyiv_day(at))
    _refuse_stranger(case, by)
    with reading(Reader.system()) as system:
        figures = counting.counted(case.place, Period(first, last))
        data = {"first": first, "last": last, "figures": counting.written(figures)}
        return take(
            key=key,
            case=case.key,
            procedure=queries.REPORT,
            step="count",
            data=data | {"for_officer": case.facts.get("officer", "")},
            by=system,
            at=at,
            received_at=at,
        )


def _refuse_period(case: Case, first: date, last: date, *, today: date) -> None:
    if last < first:
        raise errors.PeriodReversed(first=said(first), last=said(last))
    if last - first >= LONGEST:
        raise errors.PeriodTooLong()
    if last >= today:
        raise errors.PeriodAhead(last=said(last), until=said(today - timedelta(days=1)))
    service = queries.service_of(case.facts.get("officer", ""), case.place, on=last)
    if service is None or first < service.since:
        since = service.since if service else today
        raise errors.BeforeService(since=said(since))
    if service.until is not None and service.until < last:
        raise errors.AfterService(until=said(service.until))


def _refuse_stranger(case: Case, by: Reader) -> None:
    officer = queries.officer_of(case)
    if by.role == queries.OFFICER and (officer is None or officer.pk != by.officer_id):
        raise errors.ReportOfAnother(officer=case.facts.get("officer", ""))


def save_draft(*, case: Case, content: Mapping[str, Any], by: Reader, at: datetime) -> ReportDraft:
    """Keep the words of a report that is being written, in place of those kept before."""
    _refuse_stranger(case, by)
    found, _made = ReportDraft.objects.update_or_create(
        case=case.key, defaults={"content": dict(content), "officer_id": by.officer_id, "saved_at": at}
    )
    return found


@transaction.atomic
def publish(*, key: UUID, case: Case, counted: str, seen_at: str, by: Reader, at: datetime) -> Written:
    """Publish the saved draft with the figures that the officer saw, or a revision; the next term begins.

    `counted` is the key of the entry of figures and `seen_at` the saving of the draft that the preview showed.
    The same key twice publishes once.
    """
    entries = cases.journal(cases.visible_to(by).get(key=case.key))  # as it stands now
    earlier = next((entry for entry in entries if entry.key == key), None)
    if earlier is not None:
        return earlier
    draft = ReportDraft.objects.select_for_update().filter(case=case.key).first()
    published = [entry for entry in entries if entry.step == "publish"]
    if draft is None and not published:
        raise errors.DraftEmpty()
    if draft is None or draft.saved_at.isoformat() != seen_at:
        raise errors.DraftChanged()
    officer = queries.officer_of(case)
    words = {name: value for name, value in draft.content.items() if name != "why" or published}
    entry = take(
        key=key,
        case=case.key,
        procedure=queries.REPORT,
        step="revise" if published else "publish",
        data=words | {"counted": counted, "signed": queries.signature(officer)},
        by=by,
        at=at,
        received_at=at,
    )
    if not published:
        _begin_next(case, entry, at=at)
    return entry


def _begin_next(case: Case, entry: Written, *, at: datetime) -> None:
    """Begin the term of the next report, if the officer still serves the hromada."""
    login = case.facts.get("officer", "")
    with reading(Reader.system()):
        service = queries.service_of(login, case.place, on=kyiv_day(at))
        if service is None or (service.until is not None and service.until < kyiv_day(at)):
            return
        open_report(
            appointment=Appointment.objects.select_related("officer", "place", "unit").get(pk=service.pk),
            at=entry.at,
            received_at=at,
            parent=case.key,
        )
