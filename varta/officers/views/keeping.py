"""What pages about the people of the programme ask of their reader, and the day that they are about."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from varta.lib.clock import kyiv_day, now
from varta.officers import queries

View = Callable[..., HttpResponse]


def keeps(view: View) -> View:
    """Let only readers pass who may see the people of the programme; to others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.reader.role not in queries.KEEPING:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def asked_day(request: HttpRequest) -> date:
    """Return the day in the address, today where there is none or it cannot be read."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return kyiv_day(now())
