"""Pages of targets: which are set and how, setting one, correcting one, and all its editions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from varta.figures import Indicator
from varta.indicators import discover
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may_export
from varta.places.models import Territory
from varta.results.ahead import loading, making, shown, targets
from varta.results.ahead.forms import CorrectionForm, TargetForm
from varta.results.ahead.models import Target
from varta.results.ahead.targets import TargetRefused


@never_cache
@require_safe
@opens("results")
def listed(request: HttpRequest) -> HttpResponse:
    """List the targets in force of the reader's area by year, and how each fares by the newest forecast."""
    found = list(targets.in_force(request.reader).order_by("indicator", "place_from", "first"))
    years = sorted({one.last.year for one in found}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years or [0])[0]
    here = [one for one in found if one.last.year == year]
    page = {
        "years": years,
        "year": year,
        "rows": _rows(request, here),
        "may_set": targets.may_set(request.reader),
        "may_export": may_export(request.reader) and bool(found),
    }
    return render(request, "results/ahead/targets.html", page)


def _rows(request: HttpRequest, here: list[Target]) -> list[dict[str, Any]]:
    language, known = reading_language(), discover()
    outlooks = _newest(request, here, known)
    return [_row(one, known, language, outlooks.get(one.pk)) for one in here if one.indicator in known]


def _newest(request: HttpRequest, here: list[Target], known: dict[str, Indicator]) -> dict[int, Any]:
    """Return the newest outlook of each target of a whole year, by the target."""
    found: dict[int, Any] = {}
    for held in making.ready(request.reader).order_by("as_of", "asked_at"):
        if any(one.span == Target.Span.YEAR and one.first <= held.as_of <= one.last for one in here):
            rows = making.rows_of(request.reader, held)
            for outlook in shown.with_targets(rows, known, here, held.as_of):
                if outlook.target:
                    found[outlook.target.pk] = outlook
    return found


def _row(one: Target, known: dict[str, Indicator], language: str, outlook: Any) -> dict[str, Any]:
    indicator = known[one.indicator]
    return {
        "target": one,
        "code": one.indicator,
        "title": indicator.title[language],
        "unit": indicator.unit[language],
        "whose": (one.place or one.unit).titles[language],
        "value": shown.written(one.value, indicator, language),
        "outlook": shown.line(outlook, language) if outlook else None,
        "as_of": outlook.row.prospect.as_of if outlook else None,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opens("results")
def new(request: HttpRequest) -> HttpResponse:
    """Set a target."""
    if not targets.may_set(request.reader):
        raise Http404
    known = discover()
    form = TargetForm(
        *([request.POST] if request.method == "POST" else []),
        places=_places(request),
        indicators=known.values(),
        initial={"first": date(kyiv_day(now()).year, 1, 1), "span": Target.Span.YEAR},
    )
    if request.method == "POST" and form.is_valid():
        made = _done(form, lambda: targets.set_target(form.wanted(known), by=request.reader, at=now()))
        if made is not None:
            messages.success(request, _("The target is set."))
            return redirect("results:target", made.pk)
    status = 400 if form.errors else 200
    return render(request, "results/ahead/target_new.html", {"form": form}, status=status)


def _places(request: HttpRequest) -> list[Territory]:
    """Return the places that targets can be set for on the page: down to raions, or the reader's hromadas."""
    within = Territory.objects.filter(
        pre__gte=request.reader.place_from, pre_end__lte=request.reader.place_to, valid_to=None
    )
    found = list(within.filter(level__lte=Territory.RAION).order_by("level", "sort_key"))
    return found or list(within.filter(level=Territory.HROMADA).order_by("sort_key")[:200])


def _done(form: Form, write: Callable[[], Target]) -> Target | None:
    try:
        return write()
    except TargetRefused as refused:
        form.add_error(
            refused.field if refused.field in form.fields else None, refused.texts[reading_language()]
        )
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opens("results")
def target(request: HttpRequest, number: int) -> HttpResponse:
    """Show a target with all its editions; correct or withdraw it."""
    found = targets.visible_to(request.reader).filter(pk=number).first()
    known = discover()
    if found is None or found.indicator not in known:
        raise Http404
    language, indicator = reading_language(), known[found.indicator]
    editions = list(targets.editions(found))
    last = editions[-1]
    may_correct = targets.may_set(request.reader) and last.last >= kyiv_day(now())
    if request.method == "POST" and not may_correct:
        raise Http404
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, initial=_initial(last, indicator)
    )
    if request.method == "POST" and form.is_valid():
        made = _done(form, lambda: _corrected(form, last, indicator, request))
        if made is not None:
            messages.success(request, _("The target is changed; the earlier one stays in the list."))
            return redirect("results:target", made.pk)
    page = {
        "target": last,
        "title": indicator.title[language],
        "unit": indicator.unit[language],
        "whose": (last.place or last.unit).titles[language],
        "value": shown.written(last.value, indicator, language),
        "editions": [
            {"one": one, "value": shown.written(one.value, indicator, language), "nth": nth}
            for nth, one in enumerate(editions, start=1)
        ],
        "form": form if may_correct else None,
    }
    return render(request, "results/ahead/target.html", page, status=400 if form.errors else 200)


def _corrected(form: CorrectionForm, last: Target, indicator: Indicator, request: HttpRequest) -> Target:
    clean = form.cleaned_data
    return targets.correct(
        last,
        value=form.amount(indicator) if clean["value"] is not None else None,
        method=clean["method"],
        basis=clean["basis"],
        reason=clean["reason"],
        by=request.reader,
        at=now(),
    )


def _initial(last: Target, indicator: Indicator) -> dict[str, Any]:
    value = last.value
    usual = None if value is None else round(value * (100 if indicator.percent else 1), 6)
    return {"value": usual, "method": last.method, "basis": last.basis}


@require_safe
@opens("results")
def export(request: HttpRequest) -> HttpResponse:
    """Send all editions of the reader's targets as CSV, in the columns that loading takes."""
    if not may_export(request.reader):
        raise Http404
    looks.note_request(request, "export", subject_kind="report", detail={"form": "csv", "of": "targets"})
    answer = HttpResponse(
        loading.as_csv(targets.visible_to(request.reader)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="varta-targets.csv"'
    return answer
