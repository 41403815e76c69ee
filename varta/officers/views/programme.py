"""The state of the programme on a day: tables, the statement beside them, files, and where each number comes from."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.officers import comparing, queries, statement, tables
from varta.officers.counting import asked_of, behind
from varta.officers.forms import BY, DayForm
from varta.officers.statement import Sentence, State
from varta.officers.telling import began_on, state_of
from varta.people.access import opens, reading_language
from varta.people.roles import may_export

PAGE = 100
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@require_safe
@opens("officers")
def state(request: HttpRequest) -> HttpResponse:
    """Show how many people are in each stage on a day, by oblast, hromada or university, and say it in words."""
    today = kyiv_day(now())
    form = DayForm(request.GET, today=today, reader=request.reader)
    if not form.is_valid():
        return render(request, "officers/programme.html", {"form": form, "today": today}, status=400)
    asked = form.cleaned_data
    found = state_of(request.reader, asked["on"], today=today)
    return render(
        request, "officers/programme.html", {"form": form, "today": today} | _shown(request, found, asked)
    )


def _shown(request: HttpRequest, found: State, asked: Mapping[str, Any]) -> dict[str, object]:
    day, by, oblast = asked["on"], asked["by"], asked["oblast"]
    listed = tables.table(found, by, oblast=oblast)
    query = {"on": day.isoformat(), "by": by, "oblast": oblast}
    return {
        "day": day,
        "by": by,
        "by_title": BY[by],
        "table": listed,
        "page": Paginator(listed.rows, PAGE).get_page(request.GET.get("page")),
        "query": urlencode(query),
        "divided": [(code, title, urlencode(query | {"by": code})) for code, title in BY.items()],
        "tallies": list(zip(listed.stages, listed.sums, strict=True)),
        "statement": _linked(found, reading_language()),
        "other_statement": _linked(found, "en" if reading_language() == "uk" else "uk"),
        "began": None if found.held else began_on(request.reader),
        "whole": comparing.sees_all(request.reader),
        "published": comparing.on(request.reader, day),
        "exports": [(kind.upper(), _file(kind, query)) for kind in KINDS]
        if may_export(request.reader)
        else [],
    }


def _file(kind: str, query: Mapping[str, str]) -> str:
    return f"{reverse('officers:state_file', args=[kind])}?{urlencode(query)}"


def _linked(found: State, language: str) -> list[list[dict[str, object]]]:
    """Return the sentences with, for each number, the address of what it counts."""
    return [_parts(sentence, found.day) for sentence in statement.write(found, language)]


def _parts(sentence: Sentence, day: date) -> list[dict[str, object]]:
    return [
        {"text": part} if isinstance(part, str) else {"text": str(part), "query": urlencode(part.query(day))}
        for part in sentence
    ]


@never_cache
@require_safe
@opens("officers")
def counted(request: HttpRequest) -> HttpResponse:
    """Show how one number came about: the rule, how it is made up, and its records to those who keep them."""
    today = kyiv_day(now())
    try:
        asked = asked_of(request.GET, today=today)
    except LookupError as wrong:
        raise Http404 from wrong
    found = behind(request.reader, asked)
    keeps = request.reader.role in queries.KEEPING
    return render(
        request,
        "officers/counted.html",
        {
            "asked": asked,
            "found": found,
            "keeps": keeps,
            "page": Paginator(found.stays, PAGE).get_page(request.GET.get("page")) if keeps else None,
            "query": urlencode(asked.query()),
            "back": urlencode({"on": asked.day.isoformat()}),
        },
    )


@never_cache
@require_safe
@opens("officers")
def state_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the table as a file."""
    if form not in KINDS or not may_export(request.reader):
        raise Http404
    today = kyiv_day(now())
    asked = DayForm(request.GET, today=today, reader=request.reader)
    if not asked.is_valid():
        return HttpResponse(asked.errors.as_text(), status=400, content_type="text/plain; charset=utf-8")
    told = asked.cleaned_data
    found = state_of(request.reader, told["on"], today=today)
    language = reading_language()
    rows = tables.records(tables.table(found, told["by"], oblast=told["oblast"]), language, _("In all"))
    made = (
        _csv(rows)
        if form == "csv"
        else _xlsx(rows, told["on"], statement.text(statement.write(found, language)))
    )
    response = HttpResponse(made, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="programme-{told["on"]}-{told["by"]}.{form}"'
    return response


def _csv(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: list[list[object]], day: date, told: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(f"{day:%d.%m.%Y}")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, bold if number in (0, len(rows) - 1) else None)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, len(rows[0]), 16)
        sheet.freeze_panes(1, 2)
        words = book.add_worksheet(_("Statement"))
        words.set_column(0, 0, 110)
        words.write_string(0, 0, told, book.add_format({"text_wrap": True, "valign": "top"}))
    return out.getvalue()
