"""Each request reads as somebody: the transaction, the scope, and what a refusal leaves in the log."""

from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url

from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading

ACTING = "varta.appointment"  # session key: the appointment under which the officer acts
SEEN = "varta.seen"  # session key: when the officer last did something, seconds since 1970
LOCKED = "varta_locked"  # session key of a stranger: the last session ended by itself
ENROLLED = "varta.second_factor"  # session key: a second factor was found
SEEN_EVERY = 60  # seconds between two writes of SEEN
AUTOMATIC = "X-Varta-Automatic"  # header of a request that a page made by itself: nobody attended

Answer = Callable[[HttpRequest], HttpResponse]


class Attended:
    """Sign out a session that nobody attended: idle too long, locked, or a demo account in earnest."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            idle_s = _idle(request)
            if not admitted(request.user):
                logout(request)
            elif idle_s > settings.VARTA_IDLE_MINUTES * 60:
                logout(request)
                request.session[LOCKED] = True
        return self.get_response(request)


def _idle(request: HttpRequest) -> float:
    """Return for how many seconds the session did nothing, and keep that it did something now.

    What a page asks for by itself, such as the rows of a board, is no sign of the officer: a board left
    open on an empty desk locks like any other page.
    """
    moment = now().timestamp()
    idle_s = idle(request.session, moment)
    if idle_s == 0 or (idle_s > SEEN_EVERY and AUTOMATIC not in request.headers):
        request.session[SEEN] = moment
    return idle_s


def idle(session: SessionBase, moment: float) -> float:
    """Return for how many seconds nobody attended the session; 0 when it has just begun."""
    return max(0.0, moment - (session.get(SEEN) or moment))


def admitted(officer) -> bool:
    """Return whether the account is in use; demo accounts are so in demonstration only."""
    return officer.is_active and (settings.DEMO or not officer.is_demo)


class SignedIn(LoginRequiredMiddleware):
    """Every page asks for sign-in unless it says otherwise; programs get 401 instead of a form."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:
        if _for_programs(request):
            return JsonResponse({"code": "not-signed-in"}, status=401)
        if "HX-Request" in request.headers:  # a part of a page must not become the form of sign-in
            return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return super().handle_no_permission(request, view_func)


class Reading:
    """Run the request in one transaction that knows the reader.

    The view itself runs in a savepoint of it (ATOMIC_REQUESTS): what it wrote goes when it raises, and
    the error page can still read. An answer that failed later, while it was rendered, writes nothing.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.appointment = _acting(request)
        request.reader = reader_of(request)
        with reading(request.reader):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if response.streaming:
            response.streaming_content = _scoped(response.streaming_content, request.reader)
        if response.status_code in (403, 404) and request.user.is_authenticated:
            _note_denial(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Send an officer first to what sign-in still lacks."""
        return _unready(request)


def _acting(request: HttpRequest) -> Appointment | None:
    """Return the appointment, chosen in this session, under which the officer acts."""
    if not request.user.is_authenticated:
        return None
    return request.user.acting(on=kyiv_day(now()), appointment=request.session.get(ACTING))


def reader_of(request: HttpRequest) -> Reader:
    """Return who asks: the officer under the request's appointment, or nobody."""
    if request.appointment is not None:
        return Reader.appointed(request.appointment)
    return Reader.nobody(request.user.pk if request.user.is_authenticated else None)


def _unready(request: HttpRequest) -> HttpResponse | None:
    """Send an officer to what sign-in still lacks: an own password, then a second factor."""
    if not request.user.is_authenticated or request.path.startswith(settings.DOORS):
        return None
    missing = unfinished(request.user, request.session)
    if missing is None:
        return None
    if _for_programs(request):
        return JsonResponse({"code": "sign-in-unfinished", "see": resolve_url(missing)}, status=403)
    return redirect(missing)


def unfinished(officer: Officer, session: SessionBase) -> str | None:
    """Return the name of the page that sign-in still waits for, or None."""
    if officer.must_change_password:
        return "account_change_password"
    if not settings.DEMO and not _has_second_factor(officer, session):
        return "mfa_index"
    return None


def _has_second_factor(officer: Officer, session: SessionBase) -> bool:
    if session.get(ENROLLED):
        return True
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found = Authenticator.objects.filter(user=officer, type__in=kinds).exists()
    if found:
        session[ENROLLED] = True
    return found


def _for_programs(request: HttpRequest) -> bool:
    """Return whether a program asks: at the API, or a script of a page that reads nothing but JSON."""
    return request.path.startswith("/api/") or request.headers.get("Accept") == "application/json"


def _note_denial(request: HttpRequest, response: HttpResponse) -> None:
    with reading(request.reader):
        detail = {"method": request.method, "status": response.status_code}
        looks.note_request(request, "denied", subject_kind="address", subject_key=request.path, detail=detail)


def _scoped(chunks: Iterator[bytes], reader: Reader) -> Iterator[bytes]:
    """Keep the scope while a long answer is still being read from the database."""
    with reading(reader):
        yield from chunks
