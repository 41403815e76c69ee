"""Pages of prospects: what is expected by the year's end, and how good such expectations were."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from varta.figures import Indicator
from varta.indicators import discover
from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may_export
from varta.results.ahead import chapter, making, months, shown, targets
from varta.results.ahead.forms import OutlookForm
from varta.results.ahead.making import ProspectRefused
from varta.results.ahead.models import Prospect
from varta.results.ahead.places import seen_whole
from varta.results.ahead.shown import Outlook
from varta.results.freezing import frozen_visible_to

STORY = date(2019, 9, 30)  # the demonstration's report ends then
OFFERED = 18  # months that forecasts can be asked for


@never_cache
@require_safe
@opens("results")
def prospects(request: HttpRequest) -> HttpResponse:
    """Show what each indicator may come to by the end of the year, and one of them closely."""
    language, reader = reading_language(), request.reader
    known, places = discover(), seen_whole(reader)
    ready = list(making.ready(reader).only("key", "as_of", "made_at", "counted_at", "version", "watermark"))
    days = list(dict.fromkeys(one.as_of for one in ready))
    if settings.DEMO and STORY in days:
        days.sort(key=lambda day: day != STORY)
    form = OutlookForm(request.GET, places=places, indicators=known.values(), days=days)
    page: dict[str, Any] = {
        "form": form,
        "places": places,
        "may_ask": making.may_ask(reader),
        "offered": _offered(),
        "waiting": Prospect.objects.filter(state__in=(Prospect.State.WAITING, Prospect.State.MAKING)).first(),
        "failed": Prospect.objects.filter(state=Prospect.State.FAILED).first(),
    }
    if not places or not days:
        return render(request, "results/ahead/prospects.html", page)
    if not form.is_valid():
        raise Http404
    as_of = date.fromisoformat(form.cleaned_data["as_of"])
    held = _of_report(request) or next(one for one in ready if one.as_of == as_of)
    return render(
        request, "results/ahead/prospects.html", page | _shown(request, form, held, known, language)
    )


def _of_report(request: HttpRequest) -> Prospect | None:
    """Return the forecasts that were kept with the frozen report that the address names, if it names one."""
    name = request.GET.get("report", "")
    report = frozen_visible_to(request.reader).filter(name=name).first() if name else None
    kept = chapter.kept_for(report.name) if report else None
    return kept.prospect if kept else None


def _shown(
    request: HttpRequest, form: OutlookForm, held: Prospect, known: dict[str, Indicator], language: str
) -> dict[str, Any]:
    outlooks = _outlooks(request, held, known)
    place = form.cleaned_data["place"]
    here = [one for one in outlooks if one.row.place_id == place]
    told = [one for one in here if one.expected]
    asked = request.GET.get("indicator")
    focus = next((one for one in here if one.indicator.code == asked), (told or here or [None])[0])
    page = {
        "held": held,
        "counted_at": held.counted_at[:16].replace("T", " "),
        "year": (months.number_of(held.as_of) + 1) // 12,
        "rows": [shown.line(one, language) | {"query": _with(request, one)} for one in told],
        "untold": [
            shown.line(one, language) | {"query": _with(request, one)} for one in here if not one.expected
        ],
        "query": urlencode(dict(request.GET.items())),
        "may_export": may_export(request.reader),
        "may_set": targets.may_set(request.reader),
        "any_came": any(one.came is not None for one in told),
    }
    if focus is None:
        return page
    form.data["indicator"] = focus.indicator.code
    same = [one for one in outlooks if one.indicator.code == focus.indicator.code and one is not focus]
    return page | {
        "focus": shown.line(focus, language) | {"definition": focus.indicator.definition[language]},
        "has_forecast": focus.expected is not None,
        "charts": [mark_safe(draw(focus, language)) for draw in (shown.of_year, shown.by_month)],  # noqa: S308
        "months": shown.months_of(focus, language),
        "scores": shown.scores(focus),
        "tried": focus.made,
        "widened": round((focus.made.get("wider", 1) - 1) * 100),
        "others": [shown.line(one, language) | {"query": _with(request, one)} for one in same],
    }


def _outlooks(request: HttpRequest, held: Prospect, known: dict[str, Indicator]) -> list[Outlook]:
    rows = making.rows_of(request.reader, held)
    return shown.with_targets(rows, known, targets.in_force(request.reader), held.as_of)


def _with(request: HttpRequest, one: Outlook) -> str:
    asked = {name: value for name, value in request.GET.items() if name in ("as_of", "report")}
    return urlencode({**asked, "place": one.row.place_id, "indicator": one.indicator.code})


def _offered() -> list[dict[str, str]]:
    """Return the months that forecasts can be asked for, the last one that is over first."""
    last = months.number_of(kyiv_day(now())) - 1
    numbers = [last - nth for nth in range(OFFERED)]
    if settings.DEMO:
        numbers.insert(0, months.number_of(STORY))
    ends = [months.period_of(number).last for number in numbers]
    return [{"value": f"{day:%Y-%m-%d}", "title": f"{day:%d.%m.%Y}"} for day in ends]


@require_POST
@opens("results")
def ask(request: HttpRequest) -> HttpResponse:
    """Let the worker make forecasts."""
    if not making.may_ask(request.reader):
        raise Http404
    try:
        as_of = date.fromisoformat(request.POST.get("as_of", ""))
        made = making.ask(as_of=as_of, by=request.reader, at=now())
    except ProspectRefused as refused:
        messages.error(request, refused.texts[reading_language()])
    except ValueError:
        messages.error(request, _("Choose a month from the list."))
    else:
        messages.success(
            request,
            _("Forecasts as of %(day)s are being made; it takes a few minutes.")
            % {"day": f"{made.as_of:%d.%m.%Y}"},
        )
    return redirect("results:prospects")


@never_cache
@require_safe
@opens("results")
def progress(request: HttpRequest) -> HttpResponse:
    """Send how far the making of forecasts is; once it is done, let the page load anew."""
    waiting = Prospect.objects.filter(state__in=(Prospect.State.WAITING, Prospect.State.MAKING)).first()
    answer = render(request, "results/ahead/progress.html", {"waiting": waiting})
    if waiting is None:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@opens("results")
def export(request: HttpRequest) -> HttpResponse:
    """Send the forecasts of all places and indicators of the reader as CSV; who took it is written down."""
    if not may_export(request.reader):
        raise Http404
    asked = request.GET.get("as_of", "")
    ready = making.ready(request.reader)
    held = (ready.filter(as_of=asked) if asked[:4].isdecimal() and len(asked) == 10 else ready).first()
    if held is None:
        raise Http404
    looks.note_request(request, "export", subject_kind="report", detail={"form": "csv", "of": "prospects"})
    content = shown.as_csv(_outlooks(request, held, discover()), held.as_of, reading_language())
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="varta-prospects-{held.as_of}.csv"'
    return answer
