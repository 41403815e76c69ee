"""The auditor's page: the log of looks, filtered and exported. Nobody edits it."""

import csv
from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.lib.clock import day_end, day_start
from varta.people import looks, queries
from varta.people.access import opens, reading_language
from varta.people.forms import LogForm
from varta.people.models import Look
from varta.people.views.persons import told

PAGE = 100
AT_MOST = 50_000  # rows in one file; more is asked for by shorter periods
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # ASVS 5.0, 1.2.10


@never_cache
@require_http_methods(["GET"])
@opens("log")
def log(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first."""
    form = LogForm(request.GET or None)
    page = Paginator(_asked(request, form), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "people/log.html",
        {
            "form": form,
            "page": page,
            "looks": list(told(page)),
            "query": query.urlencode(),
            "asked": query.dict(),
        },
    )


@never_cache
@require_POST
@opens("log")
def export(request: HttpRequest) -> HttpResponse:
    """Send the filtered log as CSV; the export is a look, too."""
    form = LogForm(request.POST)
    if not form.is_valid():
        return redirect("people:log")
    rows = _asked(request, form)[:AT_MOST]
    asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
    looks.note_request(request, "export", subject_kind="log", detail=asked)
    heading = [
        _("Time"),
        _("Officer"),
        _("Role"),
        _("What"),
        _("Subject"),
        _("Purpose"),
        _("Reason"),
        _("Case number"),
    ]
    lines = _csv(heading, told(rows.iterator(chunk_size=2000), reading_language()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="varta-log.csv"'
    return response


def _asked(request: HttpRequest, form: LogForm) -> QuerySet[Look]:
    rows = queries.looks_visible_to(request.reader)
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if words := asked["officer"]:
        rows = rows.filter(Q(officer__name__icontains=words) | Q(officer__login__icontains=words))
    if asked["action"]:
        rows = rows.filter(action=asked["action"])
    if asked["subject"]:
        rows = rows.filter(Q(subject_key=asked["subject"]) | Q(case_number=asked["subject"]))
    if asked["since"]:
        rows = rows.filter(at__gte=day_start(asked["since"]))
    if asked["until"]:
        rows = rows.filter(at__lt=day_end(asked["until"]))
    return rows


def _csv(heading: list[str], rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Yield lines of CSV with a byte order mark, so that spreadsheets read Ukrainian."""
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield writer.writerow(heading)
    for row in rows:
        look = row["look"]
        subject = f"{row['subject']} {look.subject_key}".strip()
        cells = [look.at.isoformat(timespec="seconds"), row["officer"], row["role"], row["action"], subject]
        yield writer.writerow(
            [harmless(cell) for cell in (*cells, row["purpose"], look.reason, look.case_number)]
        )


def harmless(cell: object) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line
