"""What the screen of intake keeps for times without the server, and how it learns that the server is there."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta import __version__
from varta.calls import boxes, deskwords, guessing, questions
from varta.calls.answering import Answering
from varta.calls.forms import IntakeForm
from varta.calls.views.intake import asker_of, page
from varta.calls.zones import zone_of
from varta.lib.clock import kyiv_day, now
from varta.people.access import opens, reading_language
from varta.people.scope import Reader
from varta.places.models import Territory, TerritoryChange, Unit
from varta.procedures.call import KIND

# What the shell loads; the browser's worker keeps them all.
SCRIPTS = (
    "intake",
    "asking",
    "beside",
    "box",
    "drafts",
    "guessing",
    "keeper",
    "kindfield",
    "placefield",
    "questions",
    "queue",
    "status",
    "store",
    "text",
    "where",
)
STYLES = ("shell/varta.css", "shell/parts.css", "shell/figures.css", "calls/intake.css", "shell/varta.svg")
FILES = (*(f"calls/{name}.js" for name in SCRIPTS), *STYLES)
WORKER = "calls/worker.js"


@never_cache
@require_safe
@login_not_required
def pulse(request: HttpRequest) -> JsonResponse:
    """Answer that server and database are there. Asked without cookies, so that it keeps no session awake."""
    return JsonResponse({"now": now().isoformat()})


@never_cache
@require_safe
@opens("desk")
def keys(request: HttpRequest) -> JsonResponse:
    """Release to the signed-in officer what opens the boxes that they closed, and a token for sending."""
    own = boxes.keys_of(request.user.pk)
    known = {
        "owner": boxes.owner_of(request.user.pk),
        "name": request.user.get_short_name(),
        "token": get_token(request),
    }
    return JsonResponse(known | own | {"now": now().isoformat()})


@never_cache
@require_safe
@opens("desk")
def shell(request: HttpRequest) -> HttpResponse:
    """Show the screen of intake as a browser keeps it: nothing about whoever opened it, and no token."""
    form = IntakeForm(asker=asker_of(request), moment=now())
    return render(request, "calls/intake_shell.html", page(form, kept=True))


@require_safe
@opens("desk")
def knows(request: HttpRequest) -> HttpResponse:
    """Send what the scripts ask, guess and say by: questions, words of kinds, texts in the reader's language."""
    tree = questions.tree_on(kyiv_day(now()))
    known = {
        "language": reading_language(),
        "tree": tree.as_json(),
        "words": guessing.as_json(),
        "kinds": {code: dict(text) for code, text in KIND.items()},
        "texts": deskwords.words(),
    }
    return _unless_held(request, known)


@require_safe
@opens("desk")
def places(request: HttpRequest) -> HttpResponse:
    """Send the places of the reader's area, so that they are found without the server."""
    return _unless_held(request, _slice(request.reader))


def _unless_held(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    """Send JSON, or 304 where the browser holds the same."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponseNotModified() if same else HttpResponse(body, content_type="application/json")
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def _slice(reader: Reader) -> dict[str, Any]:
    """Return settlements and hromadas of the area in short rows; units and paths by their number in a list."""
    inside = Territory.objects.filter(pre__range=(reader.place_from, reader.place_to), valid_to__isnull=True)
    rows = list(inside.filter(level__gte=Territory.HROMADA).order_by("pre"))
    above = {code for row in rows for code in (row.oblast, row.raion, row.hromada) if code}
    names = {row.code: row.titles for row in Territory.objects.filter(code__in=above)}
    answering = Answering()
    units = Unit.objects.in_bulk({code for row in rows if (code := answering.unit_of(row.pre))})
    former: dict[str, list[str]] = {}
    for change in TerritoryChange.objects.filter(territory__in=[row.code for row in rows]).exclude(folded=""):
        former.setdefault(change.territory_id, []).append(change.folded)
    return {
        "version": 1,
        "places": [
            {
                "code": row.code,
                "name": row.titles,
                "above": [code for code in (row.hromada, row.raion, row.oblast) if code and code != row.code],
                "keys": list(dict.fromkeys([row.folded, row.folded_en, *former.get(row.code, ())])),
                "people": row.population or 0,
                "point": [row.lat, row.lon] if row.lat is not None else None,
                "zone": zone_of(row.category, row.population),
                "unit": answering.unit_of(row.pre),
            }
            for row in rows
        ],
        "names": names,
        "units": {code: unit.titles for code, unit in units.items() if reader.covers_unit(unit.pre)},
    }


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Send the browser's worker, which keeps the screen; it changes when one of the kept files does."""
    kept = json.dumps({"version": _version(), "files": [static(name) for name in FILES]})
    answer = HttpResponse(
        f"const KEPT = {kept};\n{_text(WORKER)}", content_type="text/javascript; charset=utf-8"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _version() -> str:
    """Return a mark of what the kept files hold; a server that was updated has been started anew."""
    seen = hashlib.sha256(__version__.encode())
    for name in (*FILES, WORKER):
        seen.update(_text(name).encode())
    return seen.hexdigest()[:16]


@cache
def _text(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(
            f"The worker of the desk keeps {name}, which is no static file: see calls/views/offline.py."
        )
    return Path(found).read_text(encoding="utf-8")
