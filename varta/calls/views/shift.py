"""The hand-over sheet of a turn of duty, and of a day: a page to print, and a table to keep."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.calls import practice, queries
from varta.calls.sheet import sheet
from varta.cases import asking, exports, wording
from varta.cases.listing import file_of, note_export
from varta.cases.models import Case, Deadline
from varta.lib.clock import KYIV, day_end, day_start, kyiv_day, now
from varta.people import roles
from varta.people.access import opens
from varta.people.models import Appointment
from varta.procedures.call import CATEGORY, KIND, OUTCOME

LONGEST = timedelta(days=7)
MOST = 10_000


@never_cache
@require_safe
@opens("desk")
def page(request: HttpRequest) -> HttpResponse:
    """Show the sheet of a period; without one, of the turn that runs."""
    moment = now()
    since, until = _period(request, moment)
    shown = {
        "sheet": sheet(request.reader, since=since, until=until, now=moment),
        "made_at": moment,
        "periods": list(_periods(moment, since, until)),
        "from_field": asking.local(since),
        "to_field": asking.local(until),
        "may_export": roles.may_export(request.reader),
        "query": f"from={asking.local(since)}&to={asking.local(until)}",
        "list_query": _list_query(since, until),
        "scope": Appointment.objects.select_related("place", "unit")
        .filter(pk=request.reader.appointment_id)
        .first(),
    }
    return render(request, "calls/shift.html", shown)


@never_cache
@require_safe
@opens("desk")
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the calls of the period as a file, and write down who took it."""
    if form not in ("csv", "xlsx") or not roles.may_export(request.reader):
        raise Http404
    moment = now()
    since, until = _period(request, moment)
    note_export(request, form)
    calls = queries.calls(request.reader).filter(opened_at__gte=since, opened_at__lt=until)
    rows = _rows(list(calls.select_related("place", "unit").order_by("opened_at")[:MOST]))
    return file_of(form, "calls", _("Calls of the turn"), _header(), rows, now=moment)


def _header() -> list[str]:
    return [
        _("Number"),
        _("Opened"),
        _("Category"),
        _("Kind of event"),
        _("Place"),
        _("Unit"),
        _("Arrival due"),
        _("Arrived at"),
        _("Closed"),
        _("Outcome"),
    ]


def _rows(calls: list[Case]) -> Iterator[list[Any]]:
    arrivals = Deadline.objects.filter(case__in=[case.key for case in calls], step="arrive")
    dues = {due.case_id: due for due in arrivals}
    for case in calls:
        due, facts = dues.get(case.key), case.facts
        yield [
            f"{case.number}/{case.year}",
            exports.local(case.opened_at),
            _said(CATEGORY, facts.get("category")),
            _said(KIND, facts.get("kind")),
            case.place.title,
            case.unit.title,
            exports.local(due.due_at if due else None),
            exports.local(due.met_at if due else None),
            exports.local(case.closed_at),
            _said(OUTCOME, facts.get("outcome")),
        ]


def _said(choices: Any, code: str | None) -> str:
    return wording.said(choices[code]) if code in choices else ""


def _period(request: HttpRequest, moment: datetime) -> tuple[datetime, datetime]:
    """Return the period that the address names, else the turn that runs; never longer than a week."""
    since = asking.kyiv_moment(request.GET.get("from", ""))
    until = asking.kyiv_moment(request.GET.get("to", ""))
    if since is None or until is None or not since < until:
        return practice.turn_of(moment)
    return since, min(until, since + LONGEST)


def _periods(moment: datetime, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
    """Yield the periods that are one press away."""
    begun, ends = practice.turn_of(moment)
    before = practice.turn_of(begun - timedelta(minutes=1))
    today = kyiv_day(moment)
    for title, (first, last) in (
        (_("This turn"), (begun, ends)),
        (_("The turn before"), before),
        (_("Today"), (day_start(today), day_end(today))),
        (_("Yesterday"), (day_start(today - timedelta(days=1)), day_start(today))),
    ):
        query = f"from={asking.local(first)}&to={asking.local(last)}"
        here = (first, last) == (since, until)
        yield {"title": title, "address": f"{reverse('calls:shift')}?{query}", "here": here}


def _list_query(since: datetime, until: datetime) -> str:
    """Return the days of the period as the list of cases takes them."""
    last = (until - timedelta(microseconds=1)).astimezone(KYIV).date()
    return f"procedure=call&state=all&since={since.astimezone(KYIV).date()}&until={last}"
