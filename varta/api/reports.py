"""Frozen reports for programs: the pack as JSON, and as SDMX-JSON for statistical offices."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from varta.api.doors import Opens
from varta.api.schemas import FrozenOut
from varta.people.access import reading_language
from varta.people.roles import may_export
from varta.results.freezing import frozen_visible_to
from varta.results.models import FrozenReport
from varta.results.out import views as out
from varta.results.out.making import FORMS
from varta.results.out.sdmx import MEDIA_TYPE
from varta.results.pack import as_plain, of_frozen

router = Router(tags=["figures"], auth=Opens("results"))
# What ninja cannot know: the answer's own media type.
AS_SDMX = {
    "responses": {
        200: {
            "description": "An SDMX-JSON 2.0 data message",
            "content": {MEDIA_TYPE: {"schema": {"type": "object", "required": ["meta", "data"]}}},
        }
    }
}


@router.get("", response=list[FrozenOut], summary="Frozen reports of the reader's area")
def reports(request: HttpRequest) -> list[FrozenReport]:
    """List frozen reports that lie wholly in the reader's places and units, the newest first."""
    if not may_export(request.reader):
        raise Http404
    return list(frozen_visible_to(request.reader).defer("rows", "files"))


@router.get("/{slug:name}", response=dict[str, Any], summary="A frozen report")
def report(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return the whole report, both languages: chapters, tables by level, figures, remarks, and its sources.

    A figure without a value says whether it is unknown or hidden; zero is a value. Written to the access log.
    """
    found = out.exported(request, name)
    out.note(request, found, "json", reading_language())
    return as_plain(of_frozen(found))


@router.get("/{slug:name}/sdmx", openapi_extra=AS_SDMX, summary="A frozen report as SDMX-JSON")
def as_sdmx(request: HttpRequest, name: str) -> HttpResponse:
    """Return the report as an SDMX-JSON 2.0 data message; both languages are in it. Written to the access log."""
    found, language = out.exported(request, name), reading_language()
    out.note(request, found, "sdmx", language)
    return HttpResponse(FORMS["sdmx"].make(of_frozen(found), language), content_type=MEDIA_TYPE)
