"""What all pages of residents share: their frame, that nobody keeps a copy, and how much may be sent."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from varta.people import looks
from varta.residents import numbers

LARGEST = 32_000  # bytes of a form

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Let strangers in, keep no copy of the page anywhere, and refuse what is too large to be a form."""

    @never_cache
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return refused(request, "large", status=413)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, template: str, page: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the page in the frame of residents."""
    frame = {"exit": settings.VARTA_EXIT_URL, "emergency": numbers.EMERGENCY, "lines": numbers.HELP}
    return render(request, f"residents/{template}.html", {**frame, **(page or {})}, status=status)


def refused(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """Say that this cannot be done here now, and whom to call: "limit", "full", "large" or "sent"."""
    return show(request, "refused", {"why": why}, status=status)


def origin(request: HttpRequest) -> str:
    """Return a keyed hash of the address a request came from."""
    return looks.origin_of(request)
