"""Pages of the press: templates edition by edition, and the statement of a report."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varta.lib.clock import now
from varta.people.access import opens, reading_language
from varta.people.roles import may
from varta.results.freezing import frozen_visible_to
from varta.results.models import FrozenReport
from varta.results.out import words
from varta.results.out.press import actions, queries, shown
from varta.results.out.press.faults import TemplateRefused
from varta.results.out.press.forms import TemplateForm
from varta.results.out.press.models import Published, Template
from varta.results.out.press.reference import named
from varta.results.out.press.statement import FULLER, write
from varta.results.pack import from_plain, of_frozen
from varta.results.public.queries import edition

LANGUAGES = ("uk", "en")


@require_safe
@opens("results")
def listed(request: HttpRequest) -> HttpResponse:
    """List the statements that were published, and for editors the templates."""
    language = reading_language()
    page = {
        "published": [_told(one, language) for one in queries.published(request.reader)],
        "templates": [_about(one) for one in queries.templates(request.reader)] if _edits(request) else [],
        "edits": _edits(request),
    }
    return render(request, "results/press/listed.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("press")
def new(request: HttpRequest) -> HttpResponse:
    """Write the first edition of a template."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("press")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write another edition of a template; those before stay."""
    found = queries.editions(request.reader, code)
    if not found:
        raise Http404
    return _edit(request, found[0], found)


def _edit(request: HttpRequest, last: Template | None, before: list[Template] | None = None) -> HttpResponse:
    reports = _reports(request)
    choices = [(one.name, f"{one.name} ({one.made_at:%d.%m.%Y})") for one in reports]
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(last, reports),
        reports=choices,
        is_new=last is None,
    )
    page: dict[str, Any] = {"form": form, "last": last, "before": before or []}
    report = next((one for one in reports if one.name == form["report"].value()), None)
    pack = of_frozen(report) if report else None
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        try:
            if request.POST.get("do") == "save":
                done = actions.save(
                    code=last.code if last else kept["code"],
                    title={"uk": kept["title_uk"], "en": kept["title_en"]},
                    uk=kept["uk"],
                    en=kept["en"],
                    after=kept["after"],
                    pack=pack,
                    by=request.reader,
                    at=now(),
                )
                return redirect("results:statement_template", done.code)
            if pack is None:
                form.add_error("report", _("Choose the report to try it with."))
            else:
                page["preview"] = _preview(kept["uk"], kept["en"], pack)
        except TemplateRefused as refused:
            page["faults"] = shown.errors(refused.faults, reading_language())
        except actions.PressRefused as refused:
            page["faults"] = [refused.texts[reading_language()]]
    if pack is not None:
        page["names"] = named(pack, reading_language())
    wrong = bool(page.get("faults")) or (request.method == "POST" and bool(form.errors))
    return render(request, "results/press/edit.html", page, status=400 if wrong else 200)


def _initial(last: Template | None, reports: list[FrozenReport]) -> dict[str, Any]:
    first = {"report": reports[0].name} if reports else {}
    if last is None:
        return first | {"after": 0}
    titles = {"title_uk": last.title["uk"], "title_en": last.title["en"]}
    return first | titles | {"code": last.code, "uk": last.uk, "en": last.en, "after": last.edition}


def _preview(uk: str, en: str, pack: Any) -> dict[str, Any]:
    made = write(uk, en, pack)
    return {
        "texts": [
            (one, shown.shown(made, one, pack.name, shown.inside)) for one in LANGUAGES if made.of(one)
        ],
        "left_out": made.left_out,
        "fuller": FULLER["en"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@opens("press")
def of_report(request: HttpRequest, name: str) -> HttpResponse:
    """Show the statement that a template gives with a report, and publish it when asked to."""
    report = frozen_visible_to(request.reader).filter(name=name).first()
    if report is None:
        raise Http404
    templates = queries.templates(request.reader)
    wanted = request.POST.get("template") or request.GET.get("template", "")
    chosen = next((one for one in templates if one.code == wanted), templates[0] if templates else None)
    publication = edition(name)
    pack = from_plain(publication[0].shown) if publication else of_frozen(report)
    page: dict[str, Any] = {
        "name": name,
        "published": publication is not None,
        "title": words.text(pack.title, reading_language()),
        "templates": [_about(one) | {"here": one is chosen} for one in templates],
        "chosen": _about(chosen) if chosen else None,
    }
    if chosen is not None:
        try:
            if request.method == "POST":
                done = actions.publish(report=report, template=chosen, by=request.reader, at=now())
                return redirect("results:statement", done.pk)
            page["preview"] = _preview(chosen.uk, chosen.en, pack)
        except TemplateRefused as refused:
            page["faults"] = shown.errors(refused.faults, reading_language())
        except actions.PressRefused as refused:
            page["faults"] = [refused.texts[reading_language()]]
    return render(request, "results/press/of_report.html", page, status=400 if page.get("faults") else 200)


@require_safe
@opens("results")
def statement(request: HttpRequest, key: int) -> HttpResponse:
    """Show a statement as it was published."""
    found = queries.published(request.reader).filter(pk=key).first()
    if found is None:
        raise Http404
    return render(request, "results/press/statement.html", _page(found, shown.inside))


@require_safe
@login_not_required
def everybody(request: HttpRequest, key: int) -> HttpResponse:
    """Show a published statement to anybody; its figures lead into the published report."""
    found = queries.told().filter(pk=key).first()
    if found is None:
        raise Http404
    return render(request, "results/press/public.html", _page(found, shown.outside))


def _page(found: Published, address: shown.Address) -> dict[str, Any]:
    made, language = actions.statement_of(found.content), reading_language()
    here = language if made.of(language) else "uk"
    return _told(found, language) | {
        "edition": found.content["edition"],
        "digest": found.digest,
        "language": language,
        "texts": [(one, shown.shown(made, one, found.report_id, address)) for one in _order(here, made)],
        "fuller": FULLER["en"],
    }


def _told(one: Published, language: str) -> dict[str, Any]:
    return {"pk": one.pk, "title": one.content["title"][language], "report": one.report_id, "at": one.made_at}


def _order(first: str, made: Any) -> list[str]:
    """Return the languages of a statement, that of the page first."""
    return [first, *(one for one in LANGUAGES if one != first and made.of(one))]


def _about(one: Template) -> dict[str, Any]:
    return {
        "code": one.code,
        "edition": one.edition,
        "title": one.title[reading_language()],
        "at": one.made_at,
    }


def _reports(request: HttpRequest) -> list[FrozenReport]:
    """Return the frozen reports of the reader's area, the newest first."""
    return list(frozen_visible_to(request.reader))


def _edits(request: HttpRequest) -> bool:
    return may(request.reader, "press")
