"""What a page asks of its reader. Who may not open it learns nothing: the answer is "not found"."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from varta.people.roles import may

View = Callable[..., HttpResponse]


def opens(page: str) -> Callable[[View], View]:
    """Let only readers whose role opens the page pass; to others it does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not may(request.reader, page):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


def reading_language() -> str:
    """Return the language of this request as our texts name it: "uk" or "en"."""
    return "en" if get_language() == "en" else "uk"
