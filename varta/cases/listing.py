"""Pages that list cases: what waits, what a search finds, and the same as files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import exports, finding, lists, pages, rooms, wording
from varta.cases.forms import ListForm
from varta.cases.lists import Asked
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.people import looks, roles
from varta.people.access import opens
from varta.places import search as places
from varta.places.models import Territory

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_QUERY = 100


@never_cache
@require_safe
@opens("cases")
def cases(request: HttpRequest) -> HttpResponse:
    """List cases: what is late first, narrowed by what the address asks for."""
    form = _form(request)
    asked, moment = asked_of(form), now()
    page = list_page(request, form, asked, lists.narrowed(request.reader, asked), now=moment) | {
        "procedures": _procedures(request, asked),
        "openable": pages.openable(request.reader),
    }
    return render(request, "cases/cases.html", page)


def list_page(
    request: HttpRequest, form: ListForm, asked: Asked, narrowed: QuerySet[Case], *, now: datetime
) -> dict[str, Any]:
    """Return what a page of a list shows: its rows, how many there are in each state, what narrows it."""
    here = lists.in_state(narrowed, asked.state, now=now)
    number = _page(request)
    first = (number - 1) * lists.PER_PAGE
    found = list(lists.sorted_by(here, asked.order)[first : first + lists.PER_PAGE + 1])
    return {
        "form": form,
        "asked": asked,
        "rows": [lists.row(one, now=now) for one in found[: lists.PER_PAGE]],
        "first": first + 1,
        "last": first + min(len(found), lists.PER_PAGE),
        "number": number,
        "has_next": len(found) > lists.PER_PAGE and number < lists.LAST_PAGE,
        "states": _states(request, narrowed, asked, now),
        "address": address_of(request),
        "narrowed": any(request.GET.get(name) for name in ("place", "unit", "since", "until"))
        or bool(asked.facts),
        "may_export": roles.may_export(request.reader),
    }


@never_cache
@require_safe
@opens("cases")
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the list as a file, and write down who took it."""
    if form not in ("csv", "xlsx") or not roles.may_export(request.reader):
        raise Http404
    asked, moment = asked_of(_form(request)), now()
    here = lists.in_state(lists.narrowed(request.reader, asked), asked.state, now=moment)
    note_export(request, form)
    header = exports.header(asked.procedure)
    rows = exports.rows(lists.sorted_by(here, asked.order), asked.procedure, now=moment)
    return file_of(form, "cases", _("Cases"), header, rows, now=moment)


def note_export(request: HttpRequest, form: str) -> None:
    """Write down that the reader takes this list out as a file."""
    detail = {"asked": in_words(request), "form": form}
    looks.note_request(request, "export", subject_kind="case", detail=detail)


def in_words(request: HttpRequest) -> str:
    """Return what the address asks for as the log of looks keeps it; the database takes no NUL."""
    return unquote_plus(address_of(request)).replace("\x00", "")


def file_of(
    form: str, name: str, title: str, header: list[str], rows: Iterable[list[Any]], *, now: datetime
) -> HttpResponseBase:
    """Return a list as a file to be kept, "csv" or "xlsx"."""
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(
            exports.csv_pieces(header, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(exports.spreadsheet(title, header, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{kyiv_day(now)}.{form}"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
@opens("cases")
def search(request: HttpRequest) -> HttpResponse:
    """Find cases by number, person, telephone or place, and say why each was found."""
    given = request.POST if request.method == "POST" else request.GET
    asked = " ".join(given.get("q", "")[:LONGEST_QUERY].replace("\x00", "").split())
    page: dict[str, Any] = {"q": asked, "found": None}
    if asked:
        looks.note_request(request, "search", subject_kind="case", detail={"asked": asked})
        moment = now()
        found = finding.find(asked, request.reader, at=moment)
        if len(found) == 1 and found[0].certain:
            return redirect(rooms.case_address(found[0].case.procedure, found[0].case.key))
        page["found"] = [lists.row(one.case, now=moment) | {"why": one.why} for one in found]
    return render(request, "cases/search.html", page)


@require_safe
@opens("cases")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the procedure of a new case; where only one is open, go there."""
    openable = pages.openable(request.reader)
    if len(openable) == 1:
        return redirect(rooms.new_address(openable[0].code))
    choices = [
        {"law": law, "title": wording.said(law.title), "address": rooms.new_address(law.code)}
        for law in openable
    ]
    return render(request, "cases/choose.html", {"choices": choices})


def _form(request: HttpRequest) -> ListForm:
    procedures = wording.procedures_of(request.reader)
    form = ListForm(
        request.GET,
        procedures=procedures,
        states=lists.STATES,
        sorts=lists.SORTS,
        within=widest_place(request),
    )
    return read(form)


def read(form: ListForm) -> ListForm:
    """Read what the address asks for, and show the order that follows from the state where none was asked."""
    form.is_valid()
    if not form.cleaned_data.get("sort"):
        form.data = form.data.copy()
        form.data["sort"] = Asked(state=form.cleaned_data.get("state") or "pending").order
    return form


def asked_of(form: ListForm) -> Asked:
    """Return what the address asks for; what cannot be read in it narrows nothing and is marked in the form."""
    said = form.cleaned_data
    return Asked(
        state=said.get("state") or "pending",
        procedure=said.get("procedure") or "",
        place=(said.get("place") and _code(said, "place", form)) or "",
        unit=(said.get("unit") and _code(said, "unit", form)) or "",
        since=said.get("since"),
        until=said.get("until"),
        sort=said.get("sort") or "",
        facts=tuple(
            (field.name, said[f"f-{field.name}"]) for field in form.facts if said.get(f"f-{field.name}")
        ),
    )


def _code(said: dict[str, Any], name: str, form: ListForm) -> str:
    """Return the code of what was chosen or typed; the likeliest where several answer."""
    if said.get(f"{name}_code"):
        return str(said[f"{name}_code"])
    found: list[Any] = (
        places.suggest(said[name], within=form.within or None, limit=1)
        if name == "place"
        else places.units(said[name], limit=1)
    )
    if not found:
        form.add_error(name, _("Nothing answers to this name. Check it, or give the code."))
        return "-"
    form.data = form.data.copy()
    form.data[name], form.data[f"{name}_code"] = found[0].name, found[0].code
    return str(found[0].code)


def widest_place(request: HttpRequest) -> str:
    """Return the code of the widest place of the reader: what suggestions stay within."""
    top = Territory.objects.filter(pre=request.reader.place_from).values_list("code", flat=True).first()
    return top or ""


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return (
        min(max(int(given), 1), lists.LAST_PAGE)
        if given.isascii() and given.isdigit() and len(given) < 6
        else 1
    )


def _states(request: HttpRequest, cases: Any, asked: Asked, moment: Any) -> list[dict[str, Any]]:
    """Return the states as links, with counts where counting is cheap."""
    return [
        {
            "code": state,
            "title": _(title),
            "here": state == asked.state,
            "address": address_of(request, state=state),
            "count": lists.shown(lists.count(lists.in_state(cases, state, now=moment))),
        }
        for state, title in lists.STATES.items()
    ]


def _procedures(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    mine = wording.procedures_of(request.reader)
    links = [
        {
            "title": _("All procedures"),
            "address": address_of(request, procedure=""),
            "here": not asked.procedure,
        }
    ]
    for code, law in mine.items():
        address = address_of(request, procedure=code)
        links.append({"title": wording.said(law.title), "address": address, "here": code == asked.procedure})
    return links if len(mine) > 1 else []


def address_of(request: HttpRequest, **change: str) -> str:
    """Return the query of this list with some values changed and the page forgotten."""
    query = request.GET.copy()
    for name in ("page", *change):
        query.pop(name, None)
    for name in [name for name in query if not query[name]]:
        query.pop(name)
    for name, value in change.items():
        if value:
            query[name] = value
    return query.urlencode()
