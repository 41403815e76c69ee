"""The doors of the API for partners: a key instead of a session, one form of refusals."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from varta.api.partners import gate
from varta.api.partners.answers import refusal
from varta.api.partners.refusals import Fault, Refused
from varta.lib.clock import now
from varta.people import looks

MOST_BYTES = 64 * 1024


class Keyed(HttpBearer):
    """Ask for a partner's key with this right; `request.partner` is who showed it, `request.entered_at` when."""

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        return self.authenticate(request, gate.key_in(request))

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the partner. Raises Refused."""
        moment = now()
        partner = gate.enter(token, right=self.right, at=moment, origin=looks.origin_of(request))
        request.partner, request.entered_at = partner, moment
        gate.body_of(request, most=MOST_BYTES)
        return partner


def register(api: NinjaAPI) -> None:
    """Let the API answer partners in their form: what is wrong, where, in both languages."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, refused: Refused) -> HttpResponse:
        return refusal(refused)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
        if not hasattr(request, "partner"):
            return api.create_response(request, {"detail": wrong.errors}, status=422)
        return _counted(request, Refused(422, *(_fault(one) for one in wrong.errors)))

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, wrong: HttpError) -> HttpResponse:
        if not hasattr(request, "partner"):
            return api.create_response(request, {"detail": str(wrong)}, status=wrong.status_code)
        fault = Fault(
            "json", "Тіло запиту не є правильним JSON.", "The body of the request is not well-formed JSON."
        )
        return _counted(request, Refused(400, fault))


def open_to_partners(patterns: Sequence[URLPattern], names: Sequence[str]) -> None:
    """Let these addresses be reached without a session: their operations ask for a key."""
    for pattern in patterns:
        if pattern.name in names:
            view: Callable[..., HttpResponse] = login_not_required(pattern.callback)
            pattern.callback = view


def _counted(request: HttpRequest, refused: Refused) -> HttpResponse:
    gate.faulty(request.partner, refused, at=request.entered_at)
    return refusal(refused)


def _fault(error: dict[str, Any]) -> Fault:
    where = "/" + "/".join(str(part) for part in error.get("loc", ())[2:])
    said = str(error.get("msg", ""))[:200]
    return Fault(
        "field-invalid", f"Поле має неправильне значення ({said}).", f"The field is wrong: {said}.", where
    )
