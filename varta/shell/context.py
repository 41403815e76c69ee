"""What every page knows: who reads it, in which role, where they may go, in which colours."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop

from varta import __version__
from varta.people import roles
from varta.people.access import reading_language
from varta.shell import choices, live

# (page that the role must open, or "" for everyone; address; title; icon; key of the shortcut "g" + key)
PLACES_TO_GO = (
    ("", "shell:start", gettext_noop("Today"), "today", "h"),
    ("desk", "calls:board", gettext_noop("Duty desk"), "desk", "b"),
    ("appeals", "appeals:register", gettext_noop("Appeals"), "appeals", "z"),
    ("officers", "officers:programme", gettext_noop("Hromada officers"), "officers", "o"),
    ("cases", "cases:cases", gettext_noop("Cases"), "cases", "c"),
    ("people", "people:search", gettext_noop("Residents"), "people", "p"),
    ("results", "results:report", gettext_noop("Results"), "results", "r"),
    ("log", "people:log", gettext_noop("Access log"), "log", "l"),
    ("accounts", "notices:state", gettext_noop("Notices"), "notices", "n"),
    ("accounts", "people:accounts", gettext_noop("Accounts"), "accounts", "a"),
    ("", "places:places", gettext_noop("Places"), "places", "m"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's variables; asks the database nothing that the request did not ask before."""
    language = reading_language()
    officer = getattr(request, "user", None)
    reader = getattr(request, "reader", None)
    signed_in = officer is not None and officer.is_authenticated
    known = signed_in and reader is not None
    return {
        "language": language,
        "other_language": "en" if language == "uk" else "uk",
        "theme": choices.theme_of(request),
        "places_to_go": list(_open_to(reader, request)) if known else [],
        "reader_role": roles.title(reader.role, language) if known and reader.role else "",
        "officer_name": officer.name_in(language) if signed_in else "",
        "may_search_cases": known and roles.may(reader, "cases"),
        "demo": settings.DEMO,
        "live_address": live.address(request) if known else "",
        "version": __version__,
        "request_key": getattr(request, "key", ""),
    }


def _open_to(reader: Any, request: HttpRequest) -> Iterator[dict[str, Any]]:
    own = reverse("people:me")
    found = []
    for page, name, title, icon, key in PLACES_TO_GO:
        if page and not roles.may(reader, page):
            continue
        try:
            found.append({"address": reverse(name), "title": title, "icon": icon, "key": key})
        except NoReverseMatch:
            continue
    above = [one["address"] for one in found if request.path.startswith(one["address"])]
    here = "" if request.path.startswith(own) else max(above, key=len, default="")
    for one in found:
        at_start = one["address"] == "/" and request.path != "/"
        yield one | {"here": one["address"] == here and not at_start}
