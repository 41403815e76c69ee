"""Who may follow a board: the same session, account, second factor and appointment as for a page."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from varta.lib.clock import kyiv_day
from varta.people import looks
from varta.people.middleware import ACTING, admitted, idle, unfinished
from varta.people.roles import may
from varta.people.scope import Reader, reading

PAGE = "desk"
PATH = "/live/board"


class Refused(Exception):
    """Whoever asks may not follow a board; programs read the code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Pass:
    """What a connection may see, and in which language."""

    session: str
    reader: Reader
    language: str


def admit(session: str, *, at: datetime) -> Pass:
    """Return what the session of this key lets one see; raise Refused if it does not.

    Nothing is kept that would count as attendance: a board that stands open does not keep a session alive.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore(session or None)
    request = HttpRequest()
    request.session = store
    officer = get_user(request)
    if not officer.is_authenticated or not admitted(officer):
        raise Refused(401, "not-signed-in")
    if idle(store, at.timestamp()) > settings.VARTA_IDLE_MINUTES * 60:
        raise Refused(401, "locked")
    if unfinished(officer, store):
        raise Refused(403, "sign-in-unfinished")
    reader = Reader.of(officer, on=kyiv_day(at), appointment=store.get(ACTING))
    if not may(reader, PAGE):
        _note_denial(reader, at)
        raise Refused(404, "not-found")
    return Pass(session, reader, officer.language)


def _note_denial(reader: Reader, at: datetime) -> None:
    detail = {"method": "GET", "status": 404}
    with reading(reader):
        looks.note(by=reader, at=at, action="denied", subject_kind="address", subject_key=PATH, detail=detail)


def known_host(host: str) -> bool:
    """Return whether pages may be asked for under this name, as VARTA_HOSTS says."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def may_listen(origin: str, host: str) -> bool:
    """Return whether a page of this origin may read the events of this host.

    It may when it comes from the same name, whatever the port, or from an address of VARTA_ORIGINS. The
    name is compared, and not the site: a page of a neighbour under the same domain is a stranger.
    """
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        asked = urlsplit(origin)
        name = asked.hostname
    except ValueError:
        return False
    schemes = ("https",) if settings.HTTPS else ("http", "https")
    return asked.scheme in schemes and bool(name) and name == urlsplit(f"//{host}").hostname
