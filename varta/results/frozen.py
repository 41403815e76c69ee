"""Pages of frozen reports: what was published, as it was."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varta.figures import Indicator, Value
from varta.indicators import discover
from varta.people.access import opens, reading_language
from varta.results import exports
from varta.results.freezing import frozen_visible_to


@require_safe
@opens("results")
def listed(request: HttpRequest) -> HttpResponse:
    """List the frozen reports that lie in the reader's scope, the newest first."""
    found = frozen_visible_to(request.reader).defer("rows", "files")
    return render(request, "results/frozen.html", {"reports": [_about(one) for one in found]})


@require_safe
@opens("results")
def one(request: HttpRequest, name: str) -> HttpResponse:
    """Show a frozen report: its rows, and what they were counted from."""
    found = frozen_visible_to(request.reader).filter(name=name).first()
    if found is None:
        raise Http404
    language, known = reading_language(), discover()
    heads = [head for head in found.rows["indicators"] if head["code"] in known]
    page = _about(found) | {
        "heads": [{"code": head["code"], "title": head["title"][language]} for head in heads],
        "rows": [
            {
                "name": line["name"][language],
                "cells": [_cell(line, known[head["code"]], language) for head in heads],
            }
            for line in (*found.rows["rows"], found.rows["total"])
        ],
    }
    return render(request, "results/frozen_one.html", {"report": page})


def _about(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "made_at": found.made_at,
        "first": date.fromisoformat(found.asked["from"]),
        "last": date.fromisoformat(found.asked["to"]),
        "watermark": found.watermark,
        "version": found.version,
        "law": found.law,
    }


def _cell(line: dict[str, Any], indicator: Indicator, language: str) -> dict[str, str]:
    held = line["values"][indicator.code]
    return {
        "now": exports.shown(Value(held["value"], held["state"]), indicator, language),
        "before": exports.shown(Value(held["year_before"], held["year_before_state"]), indicator, language),
        "state": held["state"],
    }
