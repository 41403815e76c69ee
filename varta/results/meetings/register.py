"""The register of decisions: whose, by when, how they stand; on a page and as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.cases.listing import file_of
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import reading_language
from varta.people.roles import may_export
from varta.people.scope import Reader
from varta.results.meetings import queries, shown
from varta.results.meetings.access import decides
from varta.results.meetings.forms import DecisionsForm

GROUPS = {"open": ("open", "sent_back"), "overdue": ("overdue",), "done": ("done", "done_late")}
MOST = 2000


@never_cache
@require_safe
@decides
def register(request: HttpRequest) -> HttpResponse:
    """List decisions, what is overdue first."""
    form, rows = _asked(request, today=kyiv_day(now()))
    page = {
        "form": form,
        "rows": rows,
        "query": request.GET.urlencode(),
        "may_export": may_export(request.reader),
        "meets": request.reader.may_read("meeting"),
    }
    return render(request, "meetings/decisions.html", page)


@never_cache
@require_safe
@decides
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the register as a file, "csv" or "xlsx"; who took it is written down."""
    if form not in ("csv", "xlsx") or not may_export(request.reader):
        raise Http404
    moment = now()
    _form, rows = _asked(request, today=kyiv_day(moment))
    looks.note_request(request, "export", subject_kind="decisions", detail={"form": form})
    return file_of(form, "decisions", _("Decisions"), _header(), _cells(rows), now=moment)


def _asked(request: HttpRequest, *, today: date) -> tuple[DecisionsForm, list[dict[str, Any]]]:
    reader = request.reader
    owners = {one.unit_id: one.unit.title for one in queries.decisions(reader).order_by("unit_pre")}
    form = DecisionsForm(request.GET, owners=list(owners.items()))
    return form, rows_of(reader, today=today, **form.asked())


def rows_of(
    reader: Reader, *, today: date, state: str = "", owner: str = "", since: date | None = None
) -> list[dict[str, Any]]:
    """Return the decisions that answer to this, overdue ones first, then by term."""
    found = queries.decisions(reader)
    found = found.filter(unit_id=owner) if owner else found
    found = found.filter(decided_on__gte=since) if since else found
    listed = list(found.order_by("due", "decided_on", "number")[:MOST])
    said, language = shown.texts(listed, reader), reading_language()
    rows = [
        {
            "row": one,
            "text": said[one.key][language],
            "meeting": said[one.key]["meeting"],
            "owner": one.unit.title,
        }
        | shown.decision_state(one, today=today, reader=reader)
        for one in listed
    ]
    wanted = GROUPS.get(state)
    return sorted(
        (one for one in rows if wanted is None or one["code"] in wanted),
        key=lambda one: (one["code"] != "overdue", one["row"].due),
    )


def _header() -> list[str]:
    return [
        _("Meeting"),
        _("Number"),
        _("Decided on"),
        _("Decision"),
        _("Owner"),
        _("Code of the unit"),
        _("Term"),
        _("Put off"),
        _("State"),
        _("Days left to the term"),
        _("Reported on"),
        _("Appraised"),
    ]


def _cells(rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
    for one in rows:
        row = one["row"]
        yield [
            one["meeting"],
            str(row.number),
            row.decided_on.isoformat(),
            one["text"],
            one["owner"],
            row.unit_id,
            row.due.isoformat(),
            str(row.put_off),
            one["state"],
            str(one["days"]),
            row.reported_on.isoformat() if row.reported_on else "",
            one["mark"],
        ]
