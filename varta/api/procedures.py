"""Procedures as a phone needs them: steps, fields, terms and articles."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from varta.law import discover

router = Router(tags=["procedures"])


@router.get("", summary="List the procedures")
def procedures(request: HttpRequest) -> list[dict[str, Any]]:
    """List codes and titles of all procedures. They are law, so every officer may read them."""
    return [{"code": one.code, "title": dict(one.title)} for one in discover().values()]


@router.get("/{code}", summary="One procedure")
def procedure(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one procedure whole: enough to draw its forms and to show its terms without network."""
    found = discover().get(code)
    if found is None:
        raise Http404
    return found.as_json()
