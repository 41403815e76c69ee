"""The register of appeals, as a page, as files and as the printed journal; what is due for whom; outgoing letters."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.appeals import due, queries, register
from varta.appeals.register import RegisterForm
from varta.cases import listing, lists, wording
from varta.cases.lists import Asked
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.people import looks, roles
from varta.people.access import opens

ON_PAPER = 500  # rows of a printed journal: about forty sheets
LETTERS = 200  # rows of the journal of outgoing letters


@never_cache
@require_safe
@opens("appeals")
def appeals(request: HttpRequest) -> HttpResponse:
    """List appeals with who sent them: what is late first, narrowed by what the address asks for."""
    form, asked, cases = _asked(request)
    moment = now()
    page = listing.list_page(request, form, asked, cases, now=moment)
    words = form.cleaned_data.get("q")
    detail = {"asked": listing.in_words(request)}
    looks.note_request(request, "search" if words else "open", subject_kind="cases", detail=detail)
    page |= {
        "rows": register.rows(page["rows"], request.reader),
        "narrowed": page["narrowed"] or bool(words) or bool(form.marks()),
        "openable": _may_register(request),
        "may_keep_office": queries.keeps_office(request.reader),
        "tallies": list(due.tallies(request.reader, now=moment)),
    }
    return render(request, "appeals/register.html", page)


@never_cache
@require_safe
@opens("appeals")
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the register as a file, and write down who took it."""
    if form not in ("csv", "xlsx") or not roles.may_export(request.reader):
        raise Http404
    _form, asked, cases = _asked(request)
    moment = now()
    here = lists.sorted_by(lists.in_state(cases, asked.state, now=moment), asked.order)
    listing.note_export(request, form)
    rows = register.file_rows(here, request.reader, now=moment)
    return listing.file_of(form, "appeals", _("Appeals"), register.header(), rows, now=moment)


@never_cache
@require_safe
@opens("appeals")
def journal(request: HttpRequest) -> HttpResponse:
    """Show the register as the journal of registration that is printed: by unit, in the order of numbers."""
    _form, asked, cases = _asked(request)
    moment = now()
    here = lists.in_state(cases, request.GET.get("state") or "all", now=moment)
    found = list(here.order_by("unit_pre", "year", "number").select_related("place", "unit")[: ON_PAPER + 1])
    shown = register.rows([lists.row(one, now=moment) for one in found[:ON_PAPER]], request.reader)
    listing.note_export(request, "print")
    page = {
        "rows": register.with_letters(shown),
        "asked": asked,
        "more": len(found) > ON_PAPER,
        "most": ON_PAPER,
        "address": listing.address_of(request),
        "day": kyiv_day(moment),
    }
    return render(request, "appeals/journal.html", page)


@never_cache
@require_safe
@opens("appeals")
def mine(request: HttpRequest) -> HttpResponse:
    """Show what is due for the officer who asks; to a head also what waits for a decision."""
    looks.note_request(request, "open", subject_kind="cases", detail={"asked": "mine"})
    page = due.of_officer(request.reader, request.user.login, now=now())
    return render(request, "appeals/mine.html", page)


@never_cache
@require_safe
@opens("appeals")
def outgoing(request: HttpRequest) -> HttpResponse:
    """Show the journal of outgoing letters of a year."""
    this_year = kyiv_day(now()).year
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else this_year
    looks.note_request(request, "open", subject_kind="cases", detail={"asked": f"letters {year}"})
    found = queries.outgoing(request.reader, year=year)
    page = {
        "letters": queries.letter_rows(found[:LETTERS]),
        "year": year,
        "may_keep_office": queries.keeps_office(request.reader),
        "years": range(this_year, this_year - 5, -1),
        "most": LETTERS,
    }
    return render(request, "appeals/outgoing.html", page)


def _asked(request: HttpRequest) -> tuple[RegisterForm, Asked, QuerySet[Case]]:
    form = RegisterForm(
        request.GET,
        executors=register.executors(request.reader),
        procedures=wording.procedures_of(request.reader),
        states=lists.STATES,
        sorts=lists.SORTS,
        within=listing.widest_place(request),
    )
    listing.read(form)
    asked = register.asked_of(form)
    return form, asked, register.narrowed(request.reader, form, asked)


def _may_register(request: HttpRequest) -> bool:
    law: Any = wording.procedures_of(request.reader).get(queries.APPEAL)
    return law is not None and request.reader.role in law.step("receive").roles
