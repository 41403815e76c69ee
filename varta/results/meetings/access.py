"""Who opens the pages of meetings; to others they do not exist."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from varta.people.access import opens
from varta.results.meetings import queries
from varta.results.meetings.models import Meeting

View = Callable[..., HttpResponse]


def meets(view: View) -> View:
    """Let only readers pass whose role reads meetings."""
    return _reading(view, "meeting")


def decides(view: View) -> View:
    """Let only readers pass whose role reads meetings or joint tasks."""
    return _reading(view, "meeting", "joint_task")


def _reading(view: View, *procedures: str) -> View:
    @opens("results")
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not any(request.reader.may_read(one) for one in procedures):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def seen(request: HttpRequest, key: UUID) -> Meeting:
    """Return a meeting that the reader holds or is invited to."""
    found = queries.visible_to(request.reader).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def held(request: HttpRequest, key: UUID) -> Meeting:
    """Return a meeting that the reader holds."""
    found = seen(request, key)
    if not queries.holds(request.reader, found):
        raise Http404
    return found
