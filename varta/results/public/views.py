"""Pages and files of published reports, read by anybody; and what the public will see, for those inside."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_safe

from varta.people.access import opens, reading_language
from varta.published.models import Publication
from varta.results.freezing import frozen_visible_to
from varta.results.out import table
from varta.results.out.press.queries import told as statements_told
from varta.results.pack import Pack, from_plain, of_frozen
from varta.results.public import queries, shown
from varta.results.public.actions import preview
from varta.results.report import ReportRefused

KEPT_S = 86_400  # an edition never changes
View = Callable[..., HttpResponse]


@require_safe
@login_not_required
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """List the published reports, the newest first, with their editions."""
    language = reading_language()
    reports = [
        {"last": _about(editions[0], language), "earlier": [_about(one, language) for one in editions[1:]]}
        for editions in queries.published()
    ]
    statements = [
        {"pk": one.pk, "title": one.content["title"][language], "at": one.made_at}
        for one in statements_told()
    ]
    return render(request, "results/public/listed.html", {"reports": reports, "statements": statements})


def _about(one: Publication, language: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "edition": one.edition,
        "at": one.at,
        "title": one.title[language],
        "loss": one.loss,
    }


@require_safe
@login_not_required
@never_cache
def one(request: HttpRequest, name: str) -> HttpResponse:
    """Show a published edition: its chapters by a level, and how each indicator is counted."""
    found = queries.edition(name)
    if found is None:
        raise Http404
    publication, editions = found
    pack, language = from_plain(publication.shown), reading_language()
    page = _page(request, pack, language) | {
        "edition": _about(publication, language),
        "editions": [_about(other, language) for other in editions] if len(editions) > 1 else [],
        "newest": editions[0].name,
        "language": language,
    }
    return render(request, "results/public/one.html", page)


def _page(request: HttpRequest, pack: Pack, language: str, why: Any = None) -> dict[str, Any]:
    levels, asked = shown.levels(pack), request.GET.get("level", "")
    level = asked if asked in levels else (levels or [""])[0]
    chapters = shown.chapters(pack, language, level=level, chapter=request.GET.get("chapter", ""), why=why)
    return {
        "pack": pack,
        "title": pack.title[language],
        "place": (pack.place or pack.unit or {}).get(language, ""),
        "levels": [
            {"code": one, "title": shown.LEVELS[one][language], "here": one == level} for one in levels
        ],
        "level": level,
        "contents": shown.contents(pack, language),
        "chapters": chapters,
        "here": [one["code"] for one in chapters],
        "definitions": shown.definitions(pack, language),
    }


def file_of(view: View) -> View:
    """Serve a file of an edition to anybody, to be kept by whoever passes it on: an edition never changes."""

    def published_at(request: HttpRequest, name: str, **given: str) -> Any:
        found = queries.edition(name)
        return found[0].at if found else None

    @wraps(view)
    @require_safe
    @login_not_required
    @cache_control(public=True, max_age=KEPT_S, immutable=True)
    @condition(last_modified_func=published_at)
    def served(request: HttpRequest, name: str, **given: str) -> HttpResponse:
        found = queries.edition(name)
        if found is None:
            raise Http404
        answer = view(request, found[0], **given)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    return login_not_required(served)


@file_of
def as_json(request: HttpRequest, found: Publication) -> HttpResponse:
    """Give the edition exactly as it is shown, in both languages."""
    return JsonResponse(found.shown, json_dumps_params={"ensure_ascii": False})


@file_of
def as_csv(request: HttpRequest, found: Publication, language: str) -> HttpResponse:
    """Give the figures of the edition as CSV, in "uk" or "en"."""
    if language not in ("uk", "en"):
        raise Http404
    told = table.csv(from_plain(found.shown), language)
    answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.name}-{language}.csv"'
    answer["Content-Language"] = language
    return answer


@require_safe
@opens("results")
def previewed(request: HttpRequest, name: str) -> HttpResponse:
    """Show a frozen report with the figures that everybody will not see, and why."""
    frozen = frozen_visible_to(request.reader).filter(name=name).first()
    if frozen is None:
        raise Http404
    pack, language = of_frozen(frozen), reading_language()
    try:
        found = preview(pack, place=frozen.asked["place"], unit=frozen.asked["unit"])
    except ReportRefused as refused:
        return render(
            request,
            "results/public/preview.html",
            {"name": name, "refused": refused.texts[language]},
            status=409,
        )
    why = list(found.hidden.values())
    page = _page(request, pack, language, found.hidden) | {
        "name": name,
        "published": queries.edition(name) is not None,
        "figures": found.figures,
        "counted": {kind: why.count(kind) for kind in ("small", "guard", "change", "unfounded")},
        "hidden": len(why),
        "lost": found.protection.share * 100,
        "gap": found.protection.gap * 100,
    }
    return render(request, "results/public/preview.html", page)
