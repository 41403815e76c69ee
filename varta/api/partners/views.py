"""What the desk is told of partners: that one of them floods it. A part of the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varta.api.partners import limits
from varta.lib.clock import now
from varta.people.access import opens


@require_safe
@opens("desk")
def floods(request: HttpRequest) -> HttpResponse:
    """Show the partners that flood the area of a duty officer or a head; nothing to others, nothing when calm."""
    found = limits.floods(request.reader, now=now())
    return render(request, "api/floods.html", {"floods": found})
