"""What surrounds every request: its line in the log, its language, and what a page may load."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation

from varta.shell import choices, errors, live, metrics, requestlog

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def policy(request: HttpRequest) -> str:
    """Return what the page may load and connect to; the live process may stand at another port."""
    tiles = _origin(settings.VARTA_TILES)
    reached = " ".join(filter(None, ("'self'", live.origin(request), tiles)))
    pages = POLICY.replace("data:", f"data: {tiles}") if tiles else POLICY
    return f"{pages}; connect-src {reached}"


def _origin(address: str) -> str:
    """Return the scheme and host of an address that may have parts in braces; "" of none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


class RequestLog:
    """Count and time the request, and write one line about it; never its query string or body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        metrics.forget_ended()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with requestlog.watching(request) as watch:
            response = self.get_response(request)
            watch.answered(response)
        return response


class Language:
    """Speak Ukrainian unless the officer, or this device, chose English."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._speak(request, choices.language_of(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        translation.deactivate()
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Once it is known who asks, their own choice counts."""
        self._speak(request, choices.language_of(request))

    def _speak(self, request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = language


class NothingLost:
    """Show back what was sent after the session had ended, instead of an empty sign-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        led_out = response.status_code == 302 and response["Location"].startswith(f"{door}?next=")
        if led_out and request.method == "POST" and not request.path.startswith(settings.DOORS):
            return errors.signed_out(request)
        return response


class ContentSecurity:
    """Let pages load nothing from elsewhere and run nothing that stands in the page itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy(request))
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), payment=(), geolocation=(self)"
        )
        return response
