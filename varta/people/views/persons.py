"""Pages of residents: search, the gate of purpose, the file, and who looked at it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from varta.lib.clock import now
from varta.people import looks, purposes, queries, roles
from varta.people import search as searching
from varta.people.access import opens, reading_language
from varta.people.forms import PurposeForm, SearchForm
from varta.people.models import Look, Person


@never_cache
@require_http_methods(["GET", "POST"])
@opens("people")
def search(request: HttpRequest) -> HttpResponse:
    """Search residents. Words are posted, so that no name stands in an address."""
    form = SearchForm(request.POST or None)
    found = None
    if form.is_valid():
        asked = form.cleaned_data["q"]
        looks.note_request(request, "search", subject_kind="person", detail={"asked": asked})
        found = searching.search(asked, request.reader)
    page = {"form": form, "found": found, "cut": found is not None and len(found) == searching.SHOWN}
    return render(request, "people/search.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("people")
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a resident's file to whoever stated a purpose in the last fifteen minutes."""
    person = _visible(request, key)
    if request.method == "POST":
        return _state_purpose(request, person)
    purpose = purposes.given(request.session, str(key), at=now())
    if purpose is None:
        return _ask_purpose(request, person, PurposeForm(initial=_last_purpose(request)))
    _note(request, person, "open", purpose)
    return render(request, "people/file.html", _file(request, person, purpose))


@never_cache
@require_POST
@opens("people")
def reveal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show where the person lives, once, with a line of its own in the log."""
    person = _visible(request, key)
    purpose = purposes.given(request.session, str(key), at=now())
    if purpose is None:
        return redirect("people:file", key=key)
    _note(request, person, "reveal", purpose)
    return render(request, "people/file.html", _file(request, person, purpose) | {"revealed": True})


@never_cache
@require_http_methods(["GET"])
@opens("looks_of_unit")
def looks_at(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show who of the unit looked at this file, when and for what."""
    person = _visible(request, key)
    rows = queries.looks_visible_to(request.reader).filter(subject_kind="person", subject_key=str(key))
    context = {"person": person, "looks": list(told(rows[:200])), "tab": "looks", "may_see_looks": True}
    return render(request, "people/looks_at.html", context)


def told(rows: Iterable[Look], language: str | None = None) -> Iterator[dict[str, object]]:
    """Yield looks in words of the reader's language, ready for a template or a table."""
    language = language or reading_language()
    for look in rows:
        yield {
            "look": look,
            "officer": look.officer.name_in(language) if look.officer else "",
            "role": roles.title(look.role, language),
            "action": looks.title(look.action, language),
            "purpose": purposes.title(look.purpose, language),
            "subject": looks.subject(look.subject_kind, language),
            "asked": look.detail.get("asked", ""),
        }


def _visible(request: HttpRequest, key: UUID) -> Person:
    person = queries.visible_to(request.reader).filter(key=key).first()
    if person is None:
        raise Http404
    return person


def _state_purpose(request: HttpRequest, person: Person) -> HttpResponse:
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _ask_purpose(request, person, form)
    purposes.remember(request.session, str(person.key), form.purpose(), at=now())
    return redirect("people:file", key=person.key)


def _ask_purpose(request: HttpRequest, person: Person, form: PurposeForm) -> HttpResponse:
    """Show the gate: whose file it is stays unsaid until the purpose is stated."""
    return render(request, "people/purpose.html", {"form": form, "key": person.key})


def _last_purpose(request: HttpRequest) -> dict[str, str]:
    last = purposes.latest(request.session, at=now())
    if last is None:
        return {}
    return {"code": last.code, "reason": last.reason, "case_number": last.case_number}


def _note(request: HttpRequest, person: Person, action: str, purpose: purposes.Purpose) -> None:
    looks.note_request(request, action, subject_kind="person", subject_key=person.key, **purpose.as_look())


def _file(request: HttpRequest, person: Person, purpose: purposes.Purpose) -> dict[str, object]:
    return {
        "person": person,
        "purpose": purpose,
        "purpose_title": purposes.title(purpose.code, reading_language()),
        "involvements": [_part(one) for one in queries.involvements_of(person, request.reader)[:100]],
        "tab": "file",
        "may_see_looks": roles.may(request.reader, "looks_of_unit"),
    }


def _part(involvement) -> dict[str, object]:
    case = involvement.case
    return {
        "number": f"{case.number}/{case.year}",
        "address": reverse("cases:case", args=[case.key]),
        "opened_at": case.opened_at,
        "part": gettext(involvement.part),  # the words for parts are those of cases
        "place": case.place.titles[reading_language()],
    }
