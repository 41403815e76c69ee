"""What people see when something is refused, missing or broken: both languages, and nothing they typed is lost."""

import sys
from collections.abc import Iterator
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from psycopg.errors import DiskFull

from varta.shell import choices, health, probes

SECRET = ("password", "token", "secret", "credential")  # parts of names that are never shown back

_log = structlog.get_logger("varta.error")


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that could not be read."""
    return _simple(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer a refusal; a form of our own whose page was open too long is shown back to be sent again."""
    if reason and request.method == "POST" and _is_own(request) and not request.path.startswith("/api/"):
        return _again(request, "stale", 403)
    return _simple(request, 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer that there is no such page, or none that the reader may see: the two look the same."""
    return _simple(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a failure of our own, or of the database: the page asks the database nothing."""
    error = sys.exc_info()[1]
    why, status = _why(error)
    _log.error(
        "failed", request=getattr(request, "key", ""), why=why, exc_info=error if why == "bug" else None
    )
    if request.path == "/health":
        return health.answer()
    if request.path.startswith("/api/"):
        return JsonResponse({"code": why, "request": getattr(request, "key", "")}, status=status)
    if request.path == "/metrics" and probes.may_read_metrics(request):
        return probes.numbers_page()
    response = _again(request, why, status)
    if status == 503:
        response["Retry-After"] = "10"
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after the session had ended: sign in beside it, then send it again."""
    return _again(request, "signed-out", 401)


def _again(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """Show what was typed, with a button that sends it again; asks the database nothing."""
    page = {
        "why": why,
        "kept": list(_kept(request)),
        "again": request.get_full_path() if request.method == "POST" else "",
        "token": get_token(request),
        "theme": choices.THEMES[0],
        "request_key": getattr(request, "key", ""),
    }
    return HttpResponse(render_to_string("shell/broken.html", page), status=status)


def _is_own(request: HttpRequest) -> bool:
    """Return whether the form stood on a page of ours: only then may a click send it again."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _simple(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": {400: "bad", 403: "forbidden", 404: "missing"}[status]}, status=status)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    translation.activate(choices.language_of(request))  # no view was found, so none has set it
    page = {"status": status, "frame": "shell/base.html" if signed_in else "shell/door.html"}
    return render(request, "shell/refused.html", page, status=status)


def _why(error: BaseException | None) -> tuple[str, int]:
    """Return "disk-full", "database-away" or "bug", and the status that goes with it."""
    seen = error
    while seen is not None:
        if isinstance(seen, DiskFull) or (isinstance(seen, OSError) and seen.errno == 28):
            return "disk-full", 503
        if isinstance(seen, OperationalError | InterfaceError):
            full = isinstance(seen.__cause__, DiskFull)
            return ("disk-full" if full else "database-away"), 503
        seen = seen.__cause__ or seen.__context__
    return "bug", 500


def _kept(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield what was typed, except secrets, so that it can be sent again."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return
    for name, values in request.POST.lists():
        if not any(secret in name.lower() for secret in SECRET):
            for value in values:
                yield {"name": name, "value": value, "shown": bool(value) and name not in ("key", "parent")}
