"""Pages of the shell."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from varta.lib.clock import now
from varta.people.access import opens
from varta.people.actions import prefer
from varta.shell import choices
from varta.shell.today import figures, today


@require_safe
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits today; to a stranger, the way in."""
    if not request.user.is_authenticated:
        return render(request, "shell/landing.html")
    return render(request, "shell/start.html", today(request.reader, now=now()))


@require_safe
@opens("results")
def first_figures(request: HttpRequest) -> HttpResponse:
    """Show the first figures alone: counting takes longer than a start page may."""
    return render(request, "shell/figures.html", figures(request.reader, now=now()))


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Explain what a page shows and which keys work."""
    return render(request, "shell/help.html")


@require_POST
@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a language or a theme on this device and, for an officer, with the account."""
    response = redirect(_next(request))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in choices.LANGUAGES:
        choices.remember(response, cookie=settings.LANGUAGE_COOKIE_NAME, value=language)
    if theme in choices.THEMES:
        choices.remember(response, cookie=choices.THEME_COOKIE, value=theme)
    if request.user.is_authenticated:
        prefer(
            officer=request.user,
            language=language if language in choices.LANGUAGES else request.user.language,
            theme=theme if theme in choices.THEMES else request.user.theme,
        )
    return response


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe and asked.startswith("/") else "/"
