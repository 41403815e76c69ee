"""The doors of CAP: alerts come by POST, and what a partner is told of goes out as a feed and message by message."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from varta.api.cap import feed, inbound, outbound
from varta.api.cap.reading import read
from varta.api.cap.writing import CONTENT_TYPE, write
from varta.api.models import Partner
from varta.api.partners import gate
from varta.api.partners.answers import served
from varta.api.partners.refusals import Fault, Refused
from varta.people import looks
from varta.people.scope import Reader

MOST_BYTES = 512 * 1024
TYPES = ("application/cap+xml", "application/xml", "text/xml")
STATUS = {"registered": 201}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """Take an alert in, or list those that the partner is told of."""
    return _receive(request) if request.method == "POST" else _list(request)


def _receive(request: HttpRequest) -> HttpResponse:
    def act(partner: Partner, by: Reader, at: datetime) -> HttpResponse:
        if request.content_type not in TYPES:
            raise Refused(415, _other_type())
        alert = read(gate.body_of(request, most=MOST_BYTES))
        outcome = inbound.take_in(alert, partner=partner, by=by, now=at)
        if outcome.case is not None and outcome.result != "duplicate":
            looks.note(
                by=by,
                at=at,
                action="received",
                subject_kind="case",
                subject_key=outcome.case.key,
                detail={"door": "cap", "result": outcome.result},
                origin=looks.origin_of(request),
            )
        gate.log(partner, outcome.result, door="cap")
        return JsonResponse(
            outcome.as_json(),
            status=STATUS.get(outcome.result, 200),
            json_dumps_params={"ensure_ascii": False},
        )

    return served(request, right="cap_in", act=act)


def _list(request: HttpRequest) -> HttpResponse:
    def act(partner: Partner, by: Reader, at: datetime) -> HttpResponse:
        cases = outbound.shared(by)
        _told(request, by, at, subject_kind="cases", detail={"door": "cap", "count": len(cases)})
        gate.log(partner, "told", door="cap", count=len(cases))
        listed = [(case.key, outbound.alert_of(case)) for case in cases]
        document = feed.write(
            listed,
            at=at,
            here=request.build_absolute_uri(request.path),
            address=lambda key: request.build_absolute_uri(reverse("exchange:cap-alert", args=[key])),
        )
        return HttpResponse(document, content_type=feed.CONTENT_TYPE)

    return served(request, right="cap_out", act=act)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD"])
def alert(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return one call as a CAP message."""

    def act(partner: Partner, by: Reader, at: datetime) -> HttpResponse:
        case = outbound.shared_case(by, key)
        if case is None:
            raise Refused(404, _not_told())
        _told(request, by, at, subject_kind="case", subject_key=case.key, detail={"door": "cap"})
        gate.log(partner, "told", door="cap", count=1)
        return HttpResponse(write(outbound.alert_of(case)), content_type=CONTENT_TYPE)

    return served(request, right="cap_out", act=act)


def _told(request: HttpRequest, by: Reader, at: datetime, **more: object) -> None:
    looks.note(by=by, at=at, action="export", purpose="call", origin=looks.origin_of(request), **more)


def _other_type() -> Fault:
    return Fault(
        "content-type",
        "Очікуємо Content-Type: application/cap+xml або application/xml.",
        "The Content-Type application/cap+xml or application/xml is expected.",
    )


def _not_told() -> Fault:
    return Fault(
        "not-found",
        "Такого відкритого термінового виклику серед доступних Вашій системі немає.",
        "There is no such open urgent call among those that your system may see.",
    )
