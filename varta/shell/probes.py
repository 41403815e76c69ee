"""What machines ask: /health and /metrics."""

import hmac
import os

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from varta.shell import health as wellbeing
from varta.shell import metrics as numbers

LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Say whether all is well, in JSON."""
    return wellbeing.answer()


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to a program on this machine, or to one that knows VARTA_METRICS_TOKEN."""
    if not may_read_metrics(request):
        raise Http404
    return numbers_page()


def may_read_metrics(request: HttpRequest) -> bool:
    """Return whether the numbers may go to whoever asks."""
    return _is_local(request) or _has_token(request)


def numbers_page() -> HttpResponse:
    """Return the numbers as Prometheus reads them."""
    return HttpResponse(numbers.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_local(request: HttpRequest) -> bool:
    """Return whether it comes from this machine and not through a proxy that stands on it."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK and not forwarded


def _has_token(request: HttpRequest) -> bool:
    token = os.environ.get("VARTA_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
