"""The board, its rows for those without the live process, and one call beside it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.calls import board, queries
from varta.calls.callrow import call_rows
from varta.lib.clock import now
from varta.people import looks
from varta.people.access import opens


@never_cache
@require_safe
@opens("desk")
def page(request: HttpRequest) -> HttpResponse:
    """Show open calls and crews."""
    return render(request, "calls/board.html", {"board": board.rows(request.reader, now=now())})


@never_cache
@require_safe
@opens("desk")
def call(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one call: what is known and what may be done next. The look is written down."""
    found = queries.calls(request.reader).filter(key=key).select_related("place", "unit").first()
    if found is None:
        raise Http404
    number = f"{found.number}/{found.year}"
    looks.note_request(request, "open", subject_kind="case", subject_key=found.key, case_number=number)
    [row] = call_rows([found], now=now())
    return render(request, "calls/call.html", {"row": row})
