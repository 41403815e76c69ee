"""The board, its rows for those without the live process, and one call beside it."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.calls import board
from varta.calls.narrowing import narrowing
from varta.calls.swaps import swaps
from varta.calls.views import showing
from varta.calls.views.steps import visible
from varta.cases import changes
from varta.lib.clock import now
from varta.people.access import opens, reading_language


@never_cache
@require_safe
@opens("desk")
def page(request: HttpRequest) -> HttpResponse:
    """Show open calls and crews."""
    return render(request, "calls/board.html", showing.board_page(request, moment=now()))


@require_safe
@opens("desk")
def rows(request: HttpRequest) -> HttpResponse:
    """Give the rows alone, for a board whose live process is away; 304 while they say the same."""
    moment, seen = now(), changes.snapshot()
    shown = board.rows(request.reader, now=moment, asked=narrowing(request, moment=moment).asked)
    tag = f'"{hashlib.sha256(repr((reading_language(), *board.state(shown))).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "calls/rows.html", {"board": shown})
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    response["X-Varta-Seen"] = seen
    return response


@never_cache
@require_safe
@opens("desk")
def call(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one call: what is known and what may be done next. The look is written down."""
    return showing.page(request, visible(request, key))


@never_cache
@require_safe
@opens("desk")
def swapping(request: HttpRequest) -> HttpResponse:
    """Give the proposals to let a free crew take over from one that still drives."""
    return render(request, "calls/swaps.html", {"swaps": swaps(request.reader, now=now())})
