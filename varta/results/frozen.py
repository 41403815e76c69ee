"""Pages of frozen reports: what was published, as it was."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varta.figures import Value
from varta.people.access import opens, reading_language
from varta.results import exports
from varta.results.freezing import frozen_visible_to
from varta.results.pack import Figure, Head, Pack, Table, of_frozen


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
    language = reading_language()
    page = _about(found) | {"tables": [_table(table, language) for table in _tables(of_frozen(found))]}
    return render(request, "results/frozen_one.html", {"report": page})


def _tables(pack: Pack) -> list[Table]:
    return [table for chapter in pack.chapters for table in chapter.tables]


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "heads": [{"code": head.code, "title": head.title[language]} for head in table.heads],
        "rows": [
            {
                "name": line.name[language],
                "cells": [_cell(line.figures[head.code], head, language) for head in table.heads],
            }
            for line in (*table.lines, table.total)
        ],
    }


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


def _cell(figure: Figure, head: Head, language: str) -> dict[str, str]:
    return {
        "now": exports.shown(Value(figure.now, figure.state), head, language),
        "before": exports.shown(Value(figure.before, figure.before_state), head, language),
        "state": figure.state,
    }
