"""GeoReport v2 over HTTP: services and requests for anybody, new requests from those who hold a key."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from varta.api.models import Message, Partner
from varta.api.open311 import asking, describing, posting
from varta.api.open311.faults import STATUSES, refused
from varta.api.open311.formats import TYPES, answer
from varta.api.open311.services import CHANGED, SERVICES
from varta.api.partners import gate
from varta.api.partners.answers import acted
from varta.api.partners.refusals import Refused
from varta.cases.models import Case
from varta.lib.clock import now
from varta.people import looks
from varta.people.scope import PUBLISHED, WIDEST, Reader, reading

MOST_BYTES = 64 * 1024
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORM = "application/x-www-form-urlencoded"
PUBLIC = Reader(None, PUBLISHED, 0, WIDEST, 0, WIDEST, frozenset({"call", "appeal"}))

View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """Answer in the form of the address and the language of the client; refusals as the standard writes them."""

    @wraps(view)
    def answered(request: HttpRequest, *, form: str, **more: Any) -> HttpResponse:
        language = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "uk"
        try:
            response = view(request, form=form, language=language, **more)
        except Refused as refusal:
            response = _refusal(refusal, form, language)
        response["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        if request.method != "POST":
            response["Access-Control-Allow-Origin"] = "*"  # public, and without cookies
            response["Cache-Control"] = "public, max-age=60"  # a proxy in front answers a crowd
        return response

    return login_not_required(answered)


def _refusal(refusal: Refused, form: str, language: str) -> HttpResponse:
    status = STATUSES.get(refusal.status, refusal.status)
    texts = [fault.en if language == "en" else fault.uk for fault in refusal.faults]
    response = answer(
        form, "errors", [{"code": status, "description": text} for text in texts], status=status
    )
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@spoken
@require_safe
def discovery(request: HttpRequest, *, form: str, language: str) -> HttpResponse:
    """Say which endpoints there are, how to get a key, and whom to ask."""
    url = request.build_absolute_uri(reverse("open311:services-json")).removesuffix("/services.json")
    endpoint = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": CHANGED,
        "type": "test" if settings.DEMO else "production",
        "formats": [TYPES["xml"].split(";")[0], TYPES["json"].split(";")[0]],
    }
    contact = settings.VARTA_CONTACT
    return answer(
        form,
        "discovery",
        {"changeset": CHANGED, "contact": contact, "key_service": contact, "endpoints": [endpoint]},
    )


@spoken
@require_safe
def services(request: HttpRequest, *, form: str, language: str) -> HttpResponse:
    """List the matters that are taken."""
    asking.check_jurisdiction(request.GET.dict())
    listed = [describing.service(one, language) for one in SERVICES.values()]
    return answer(form, "services", listed)


@spoken
@require_safe
def service(request: HttpRequest, *, form: str, language: str, code: str) -> HttpResponse:
    """Say what a service asks besides place and description."""
    asking.check_jurisdiction(request.GET.dict())
    if code not in SERVICES:
        raise refused("service-unknown", "service_code", code, status=404)
    return answer(form, "service_definition", describing.definition(SERVICES[code], language))


@csrf_exempt
@spoken
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, *, form: str, language: str) -> HttpResponse:
    """List requests, or take a new one."""
    if request.method == "POST":
        return _post(request, form, language)
    asked = asking.asked(request.GET, now=now())
    with reading(PUBLIC):
        found = describing.requests(_messages(asked), language)
    return answer(form, "service_requests", found)


def _messages(asked: asking.Asked) -> list[Message]:
    found = Message.objects.filter(door="open311").order_by("-sent_at", "-key")
    if asked.keys is not None:
        return list(found.filter(case_key__in=asked.keys))
    found = found.filter(sent_at__gte=asked.since, sent_at__lte=asked.until)
    if asked.services:
        found = found.filter(service__in=asked.services)
    if len(set(asked.states)) == 1:
        cases = Case.objects.filter(key=OuterRef("case_key"), closed_at__isnull=asked.states[0] == "open")
        found = found.filter(Exists(cases))
    return list(found[: asking.MOST_REQUESTS])


@spoken
@require_safe
def one_request(request: HttpRequest, *, form: str, language: str, request_id: str) -> HttpResponse:
    """Return one request."""
    asking.check_jurisdiction(request.GET.dict())
    with reading(PUBLIC):
        found = describing.requests(_of(request_id), language)
    if not found:
        raise refused("request-unknown", "service_request_id", status=404)
    return answer(form, "service_requests", found)


@spoken
@require_safe
def token(request: HttpRequest, *, form: str, language: str, token_id: str) -> HttpResponse:
    """Return the request of a token: every service is in real time, so a request is its own token."""
    asking.check_jurisdiction(request.GET.dict())
    with reading(PUBLIC):
        found = _of(token_id)
    if not found:
        raise refused("token-unknown", "token", status=404)
    key = str(found[0].case_key)
    return answer(form, "service_requests", [{"service_request_id": key, "token": key}])


def _of(text: str) -> list[Message]:
    key = asking.key_of(text)
    return list(Message.objects.filter(door="open311", case_key=key)[:1]) if key else []


def _post(request: HttpRequest, form: str, language: str) -> HttpResponse:
    moment = now()
    body = gate.body_of(request, most=MOST_BYTES)
    if request.content_type != FORM:
        raise refused("content-type", "Content-Type")
    sent = posting.form_of(body)
    given = sent.fields.get("api_key", "").strip() or gate.key_in(request)
    origin = looks.origin_of(request)
    partner = gate.enter(given, right="open311", at=moment, origin=origin, unknown=403)

    def act(partner: Partner, by: Reader, at: datetime) -> HttpResponse:
        key, taken = posting.register(sent, partner=partner, by=by, now=at)
        looks.note(
            by=by,
            at=at,
            action="received",
            subject_kind="case",
            subject_key=key,
            detail={"door": "open311"},
            origin=origin,
        )
        gate.log(partner, "registered", door="open311")
        made = {"service_request_id": str(key), "service_notice": taken.notice[language], "account_id": None}
        return answer(form, "service_requests", [made], status=201)

    return acted(partner, right="open311", at=moment, act=act)
