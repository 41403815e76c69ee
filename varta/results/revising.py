"""Pages of what has changed since a report was frozen: the list, the entries behind it, another edition."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.cases import wording
from varta.cases.errors import StepRefused
from varta.figures import Indicator
from varta.indicators import discover
from varta.law import discover as procedures
from varta.lib.clock import now
from varta.people.access import opens
from varta.people.roles import may
from varta.places.models import Territory
from varta.results import actions, queries
from varta.results.comparing import compared
from varta.results.composeforms import ReviseForm
from varta.results.freezing import asked_of, frozen_visible_to
from varta.results.pack import of_frozen
from varta.results.reader import Book, book, change_row, frame, may_revise, since

MOST = 500  # differences shown on one page


@never_cache
@require_safe
@opens("results")
def changed(request: HttpRequest, name: str) -> HttpResponse:
    """List what this edition gives otherwise than the one before, and the journal of now otherwise than this one."""
    found = _frozen(request, name)
    previous = next((one for one in reversed(found.editions) if one.edition < found.frozen.edition), None)
    before = []
    if previous is not None:
        held = frozen_visible_to(request.reader).get(name=previous.name)
        before = compared(of_frozen(held), found.pack)
    after = since(request, found)
    opens_cases = may(request.reader, "cases")
    page = frame(found) | {
        "previous": previous,
        "reason": found.frozen.reason,
        "before": [_row(one, previous, opens_cases) for one in before[:MOST]] if previous else [],
        "after": [_row(one, found.frozen, opens_cases) for one in after[:MOST]],
        "counts": {"before": len(before), "after": len(after)},
        "with_entries": opens_cases,
        "may_revise": bool(after) and may_revise(request.reader, found),
    }
    return render(request, "results/changed.html", page)


def _frozen(request: HttpRequest, name: str) -> Book:
    found = book(request, name)
    if found.frozen is None:
        raise Http404
    return found


def _row(change: Any, held: Any, opens_cases: bool) -> dict[str, Any]:
    """Return a difference with the address of the entries behind it, for those who may see cases."""
    row = change_row(change)
    query = {key: row[key] for key in ("indicator", "level", "row", "span")}
    return row | {"entries": urlencode({**query, "since": held.name}) if opens_cases else ""}


@require_safe
@opens("results")
def entries(request: HttpRequest, name: str) -> HttpResponse:
    """List the entries that came after freezing and lie behind one difference, to those who may see cases."""
    found = _frozen(request, name)
    held = next((one for one in found.editions if one.name == request.GET.get("since", name)), None)
    indicator = discover().get(request.GET.get("indicator", ""))
    level, row = request.GET.get("level", ""), request.GET.get("row", "")
    if held is None or indicator is None or not may(request.reader, "cases"):
        raise Http404
    period = asked_of(held).period
    period = period.year_before() if request.GET.get("span") == "before" else period
    places, units = queries.interval_of(level, row)
    late = queries.late(
        request.reader,
        watermark=held.watermark,
        period=period,
        procedures=procedures_of(indicator),
        places=places,
        units=units,
    )
    names = Territory.objects.in_bulk({one.place for one in late})
    page = frame(found) | {
        "indicator": {"code": indicator.code, "title": wording.said(indicator.title)},
        "since_name": held.name,
        "since_at": held.made_at,
        "rows": [
            {
                "entry": one,
                "step": wording.step_title(one.procedure, one.step),
                "procedure": wording.all_titles().get(one.procedure, one.procedure),
                "place": names[one.place].title if one.place in names else one.place,
            }
            for one in late
        ],
        "is_full": len(late) == queries.MOST_LATE,
    }
    return render(request, "results/changed_entries.html", page)


def procedures_of(indicator: Indicator) -> set[str]:
    """Return the procedures whose steps the indicator counts."""
    known = procedures()
    return {text.split(".")[0] for text in _texts(indicator.measure) if text.split(".")[0] in known}


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif is_dataclass(held):
        for field in fields(held):
            yield from _texts(getattr(held, field.name))
    elif isinstance(held, tuple):
        for one in held:
            yield from _texts(one)


@never_cache
@require_http_methods(["GET", "POST"])
@opens("results")
def revise(request: HttpRequest, name: str) -> HttpResponse:
    """Count the report anew and keep it as another edition, with the reason; the earlier one stays."""
    found = _newest(request, name)
    form = ReviseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = _revised(request, found, form)
        if kept:
            return redirect("results:changed", name=kept)
    after = since(request, found)
    page = frame(found) | {
        "form": form,
        "after": [change_row(one) for one in after[:MOST]],
        "count": len(after),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "results/revise.html", page, status=status)


def _newest(request: HttpRequest, name: str) -> Book:
    """Return the newest edition of a report whose way is the reader's to go on with."""
    found = _frozen(request, name)
    if found.newest is not None and found.newest.name != name:
        found = _frozen(request, found.newest.name)
    if not may_revise(request.reader, found):
        raise Http404
    return found


def _revised(request: HttpRequest, found: Book, form: ReviseForm) -> str:
    clean = form.cleaned_data
    try:
        with transaction.atomic():
            kept, changes = actions.revise(
                draft=found.draft,
                frozen=found.frozen,
                reason=clean["reason"],
                key=clean["key"],
                by=request.reader,
                at=now(),
            )
    except StepRefused as refused:
        form.refuse(refused)
        return ""
    told = ngettext("%(n)d figure has changed.", "%(n)d figures have changed.", len(changes))
    messages.success(request, _("A new edition is kept.") + " " + told % {"n": len(changes)})
    return kept.name
