"""What surrounds every request: its line in the log, its language, and what a page may load."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from varta.shell import choices, metrics, requestlog

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


class ContentSecurity:
    """Let pages load nothing from elsewhere and run nothing that stands in the page itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), payment=()")
        return response
