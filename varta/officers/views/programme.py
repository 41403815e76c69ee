"""The state of the programme on a day: how many people are in each stage, by oblast."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.officers import queries, tables
from varta.people.access import opens


@never_cache
@require_safe
@opens("officers")
def state(request: HttpRequest) -> HttpResponse:
    """Show how many people are in each stage on the day that the address asks for, today at first."""
    day = asked_day(request)
    found = queries.counts(request.reader, day, by=("oblast", "stage"))
    return render(request, "officers/programme.html", {"day": day, "table": tables.by_oblast(found)})


def asked_day(request: HttpRequest) -> date:
    """Return the day in the address, today where there is none or it cannot be read."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return kyiv_day(now())
