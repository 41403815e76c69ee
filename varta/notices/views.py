"""Pages of notices: how the ways out do, what the local provider wrote, and how to have silence."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from varta.lib.clock import now
from varta.notices import actions, letters, providers, queries
from varta.notices.providers import local
from varta.people.access import opens


@never_cache
@require_safe
@opens("accounts")
def state(request: HttpRequest) -> HttpResponse:
    """Show an administrator how each channel does: counts and errors, no addresses and no contents."""
    moment, offered = now(), providers.offered()
    rows = [{"state": one, "offered": one.channel in offered} for one in queries.states(now=moment)]
    page = {
        "rows": rows,
        "errors": queries.errors(now=moment),
        "local": settings.VARTA_NOTICES == "local",
        "shows_letters": _shows_letters(),
        "quiet": settings.VARTA_QUIET_HOURS,
    }
    return render(request, "notices/state.html", page)


@never_cache
@require_safe
@opens("accounts")
def local_letters(request: HttpRequest) -> HttpResponse:
    """Show what the local provider wrote, in demonstration only."""
    if not _shows_letters():
        raise Http404
    found = [one | {"to": masked(one["to"])} for one in local.letters()]
    return render(request, "notices/local.html", {"letters": found})


@never_cache
@login_not_required
@csrf_exempt  # the signed token is the right to it, and programs of mail post here (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether notices shall stop; by POST, stop them. The page says nothing of what they were about."""
    key = letters.key_of(token)
    if key is None:
        raise Http404
    page: dict[str, Any] = {"done": False}
    if request.method == "POST":
        if not actions.silence(key=key, at=now()):
            raise Http404
        page["done"] = True
    response = render(request, "notices/stop.html", page)
    response["Referrer-Policy"] = "no-referrer"
    return response


def masked(to: str) -> str:
    """Return an address with its middle hidden."""
    name, at, host = to.partition("@")
    return f"{name[:1]}…{at}{host}" if at else f"…{to[-2:]}"


def _shows_letters() -> bool:
    return settings.DEMO and settings.VARTA_NOTICES == "local"
