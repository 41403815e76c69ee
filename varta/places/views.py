"""Pages of places and units. Reference data: open to every officer who is signed in."""

import json
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import conditional_page, require_safe

from varta.lib import text
from varta.lib.clock import kyiv_day, now
from varta.places import exports, facts, names, queries, search
from varta.places.hromadas import SUM
from varta.places.models import PlaceShape, Territory, Unit

LONGEST_QUERY = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show the countries and their oblasts, or what a search finds."""
    asked = _asked(request)
    roots = [
        {"row": root, "children": _listed(queries.children(root, on=_today())), "edition": edition}
        for root in queries.roots()
        for edition in [queries.editions(root.code).first()]
    ]
    page = {"asked": asked, "roots": roots} if not asked else _found(asked)
    return render(request, _page_or_part(request, "places/places.html", "places/found.html"), page)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a territory: where it lies, how many people live there, what it holds, who answers for it."""
    row = get_object_or_404(Territory, code=code)
    below = queries.counts_below(row)
    page = {
        "row": row,
        "path": queries.path(row),
        "category": names.category(row.category, code=row.code),
        "population_source": row.population_source.removeprefix(SUM),
        "is_sum": row.population_source.startswith(SUM),
        "centre": queries.territory(row.centre) if row.centre else None,
        "became": queries.territory(row.became) if row.became else None,
        "below": [(names.level(level), count) for level, count in below.items()],
        "children": _listed(queries.children(row, on=_today())),
        "units": queries.units_for(row, on=_today()),
        "changes": _changes(row),
        "facts": facts.of_place(row),
    }
    return render(request, "places/place.html", page)


@conditional_page
@require_safe
def shapes(request: HttpRequest, level: int, code: str) -> HttpResponse:
    """Give the boundaries of a level within a country or an oblast as GeoJSON; 304 while they are the same."""
    features = ",".join(
        f'{{"type":"Feature","properties":{_properties(row)},"geometry":{row.geometry}}}'
        for row in queries.shapes(level, code)
    )
    body = f'{{"type":"FeatureCollection","features":[{features}]}}'
    response = HttpResponse(body, content_type="application/geo+json")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _properties(row: PlaceShape) -> str:
    titles, place = row.place.titles, row.place
    known = {
        "code": place.code,
        "uk": titles["uk"],
        "en": titles["en"],
        "pre": place.pre,
        "end": place.pre_end,
    }
    known |= {"approximate": row.source == PlaceShape.APPROXIMATE, "lat": row.lat, "lon": row.lon}
    return json.dumps(known, ensure_ascii=False)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Show the top of the tree of units, or what a search finds."""
    asked = _asked(request)
    page: dict[str, Any] = {"asked": asked}
    if asked:
        page["found"] = search.units(asked)
    else:
        page["roots"] = [
            {"row": root, "children": queries.children(root, on=_today()).order_by("pre")}
            for root in Unit.objects.filter(parent=None)
        ]
    return render(request, _page_or_part(request, "places/units.html", "places/units_found.html"), page)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit: what it belongs to, what belongs to it, and the places that it answers for."""
    row = get_object_or_404(Unit, code=code)
    page = {
        "row": row,
        "path": queries.path(row),
        "places": row.places.order_by("pre"),
        "children": queries.children(row, on=_today()).order_by("pre"),
    }
    return render(request, "places/unit.html", page)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer a picker: at most ten places that the words may mean, with the path to each."""
    found = search.suggest(_asked(request), within=request.GET.get("within") or None)
    results = [{"code": one.code, "name": one.name, "path": one.path, "level": one.level} for one in found]
    return JsonResponse({"results": results})


@require_safe
def suggest_units(request: HttpRequest) -> JsonResponse:
    """Answer a picker: at most ten units whose name or code holds the words."""
    found = search.units(_asked(request), limit=10)
    results = [
        {"code": one.code, "name": one.title, "branch": str(one.get_branch_display())} for one in found
    ]
    return JsonResponse({"results": results})


@require_safe
def export(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """Send a territory and all below it as CSV or XLSX."""
    row = get_object_or_404(Territory, code=code)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(exports.csv_pieces(row), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        answer = HttpResponse(exports.spreadsheet(row), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="places-{text.transliterate(row.name_en)}.{form}"'
    return answer


def _today() -> Any:
    return kyiv_day(now())


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").split())


def _page_or_part(request: HttpRequest, page: str, part: str) -> str:
    """Return the template: the part alone when HTMX asks for it."""
    return part if request.headers.get("HX-Request") and _asked(request) else page


def _found(asked: str) -> dict[str, Any]:
    """Return what the search page shows: places, the path to each, and the readings that were tried."""
    found = search.territories(asked, limit=50)
    above = search.names_above(found)
    return {
        "asked": asked,
        "found": _listed(found, above={code: ", ".join(path) for code, path in above.items()}),
        "readings": [variant.text for variant in text.variants(asked)[1:]],
    }


def _listed(rows: Any, *, above: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return rows ready for a table: the territory, the word for its category, and where it lies."""
    return [
        {
            "row": row,
            "category": names.category(row.category, code=row.code),
            "path": (above or {}).get(row.code, ""),
        }
        for row in rows
    ]


def _changes(row: Territory) -> list[dict[str, Any]]:
    """Return what the territory was before, with codes of parents and categories put into words."""
    changes = list(queries.changes(row))
    parents = Territory.objects.in_bulk([change.was for change in changes if change.what == "parent"])
    said = []
    for change in changes:
        was = change.was
        if change.what == "parent" and was in parents:
            was = parents[was].title
        elif change.what == "category":
            was = names.category(was)
        said.append({"what": change.get_what_display(), "was": was, "until": change.until})
    return said
