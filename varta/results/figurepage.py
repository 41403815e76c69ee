"""The page of one figure of a report: its table, map, months, funnel, and what may be said of its changes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from varta.figures import Period, Value, chance
from varta.figures.breaks import breaks
from varta.figures.chart import Bar, bars
from varta.figures.chart_funnel import funnel
from varta.figures.chart_map import Area, places
from varta.figures.chart_months import Months, months, most_of
from varta.figures.engine import PLACE_LEVELS, TOTAL
from varta.indicators import discover
from varta.people.access import opens, reading_language
from varta.places.models import PlaceShape
from varta.results.monthly import by_month
from varta.results.out import words
from varta.results.pack import Chapter, Figure, Head, Line, Table
from varta.results.reader import (
    Book,
    book,
    cell,
    frame,
    in_order,
    levels,
    may_ask,
    opens_records,
    records_query,
    remark_row,
    table_of,
)

MOST_SHAPES = 160  # on one map
MOST_BARS = 40
COLUMNS = ("name", "now", "before", "change", "change_share", "share", "rank")


@require_safe
@opens("results")
def figure(request: HttpRequest, name: str, code: str, indicator: str) -> HttpResponse:
    """Show one indicator of a chapter by place or unit, beside the year before, with charts and explanations."""
    found = book(request, name)
    part = next((one for one in found.pack.chapters if one.code == code), None)
    table = table_of(part, request.GET.get("level", "")) if part else None
    head = next((one for one in table.heads if one.code == indicator), None) if table else None
    if part is None or table is None or head is None:
        raise Http404
    sort = request.GET.get("sort", "name")
    sort = sort if sort.lstrip("-") in COLUMNS else "name"
    lines = in_order(table.lines, head.code, sort)
    language = reading_language()
    page = frame(found) | {
        "chapter": {"code": part.code, "title": part.title[language]},
        "levels": levels(part, table),
        "level": table.level,
        "head": {
            "code": head.code,
            "title": head.title[language],
            "unit": head.unit[language],
            "definition": head.definition[language],
            "breaks": [text[language] for text in head.breaks],
            "additive": head.additive,
            "known": head.code in discover(),
        },
        "columns": _columns(sort, table.level, head),
        "rows": [_row(request, found, line, table, head) for line in lines],
        "total": _row(request, found, table.total, table, head),
        "words": _words(table, head),
        "remarks": [remark_row(one, part) for one in part.remarks if one.indicator == head.code],
        "around": _around(part, head),
        "may_ask": may_ask(request.reader, found),
    }
    return render(request, "results/figure.html", page | _charts(request, found, lines, table, head))


def _columns(sort: str, level: str, head: Head) -> list[dict[str, Any]]:
    titles = [
        ("name", _("Name")),
        ("now", _("Period")),
        ("before", _("Year before")),
        ("change", _("Change")),
        ("change_share", _("Change, %")),
        ("share", _("Share")),
        ("rank", _("Position")),
    ]
    listed = []
    for name, title in titles:
        if name == "share" and not head.additive:
            continue
        first = name if name in ("name", "rank") else f"-{name}"
        other = name if first.startswith("-") else f"-{name}"
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
        query = urlencode({"level": level, "sort": other if sort == first else first})
        listed.append({"name": name, "title": title, "query": query, "order": order})
    return listed


def _row(request: HttpRequest, found: Book, line: Line, table: Table, head: Head) -> dict[str, Any]:
    held = line.figures[head.code]
    linked = opens_records(request.reader, held, head)
    asked = {"indicator": head.code, "level": table.level, "row": line.code}
    return cell(held, head) | {
        "code": line.code,
        "name": line.name[reading_language()],
        "records": records_query(found, head, table, line.code) if linked else "",
        "ask": urlencode(asked) if line.code not in (TOTAL, "") else "",
    }


def _words(table: Table, head: Head) -> list[str]:
    """Return in sentences what may be said of the changes: of the whole, and of the rows beyond chance."""
    language = reading_language()
    whole = cell(table.total.figures[head.code], head)
    said = [
        _("Over all: %(now)s, a year before %(before)s (%(change)s).")
        % {"now": whole["now"], "before": whole["before"], "change": whole["change"]}
    ]
    for way, pattern in (("up", _("Up, more than chance explains: %(names)s.")),
                         ("down", _("Down, more than chance explains: %(names)s."))):  # fmt: skip
        found = [line for line in table.lines if line.figures[head.code].notable == way]
        found.sort(key=lambda line: -abs(line.figures[head.code].change or 0))
        names = [f"{line.name[language]} ({cell(line.figures[head.code], head)['change']})" for line in found]
        if names:
            said.append(pattern % {"names": "; ".join(names[:10]) + _and_more(len(names) - 10)})
    if not any(line.figures[head.code].notable for line in table.lines) and len(table.lines) > 1:
        said.append(_("No row has changed by more than chance explains."))
    return said


def _and_more(count: int) -> str:
    return "; " + ngettext("and %(n)d more", "and %(n)d more", count) % {"n": count} if count > 0 else ""


def _around(part: Chapter, head: Head) -> dict[str, Any]:
    """Return the indicators before and after one in its chapter."""
    heads, language = part.tables[0].heads, reading_language()
    nth = next(nth for nth, one in enumerate(heads) if one.code == head.code)
    around = {"previous": heads[nth - 1] if nth else None}
    around["next"] = heads[nth + 1] if nth + 1 < len(heads) else None
    return {way: {"code": one.code, "title": one.title[language]} for way, one in around.items() if one}


def _told(head: Head, *, finer: bool = False) -> Callable[[float], str]:
    """Return how numbers are written; `finer` by a digit, so that the classes of a legend do not look alike."""
    language = reading_language()
    form = replace(head, decimals=head.decimals + 1) if finer and not head.additive else head
    return lambda number: words.number_shown(number, form, language)


def _charts(
    request: HttpRequest, found: Book, lines: Sequence[Line], table: Table, head: Head
) -> dict[str, Any]:
    by_month = _by_month(request, found, table, head)
    return {
        "bars": _bars(lines, head) if len(lines) <= MOST_BARS else "",
        "map": place_map(table, head),
        **_funnel(table, head),
        **by_month,
    }


def _bars(lines: Sequence[Line], head: Head) -> str:
    language = reading_language()
    listed = [
        Bar(
            line.name[language],
            line.figures[head.code].now,
            line.figures[head.code].before,
            cell(line.figures[head.code], head)["now"],
        )
        for line in lines
    ]
    source = _("Bars: the period. Marks: the same days a year before. Source: entries of Varta.")
    return mark_safe(bars(listed, title=f"{head.code}. {head.title[language]}", source=source))  # noqa: S308  escaped there


def place_map(table: Table, head: Head, *, key: str = "map") -> str:
    """Return the map of the table's places, "" where there are too many, or none with a shape.

    `key` tells several maps of one page apart.
    """
    if table.level not in PLACE_LEVELS or not 1 < len(table.lines) <= MOST_SHAPES:
        return ""
    shapes = PlaceShape.objects.in_bulk([line.code for line in table.lines])
    language, told = reading_language(), _told(head)
    areas = [
        _area(line, line.figures[head.code], shapes[line.code], language, told)
        for line in table.lines
        if line.code in shapes
    ]
    source = _("The stronger the colour and the denser the hatching, the larger. Boundaries: %(source)s.") % {
        "source": _("approximate, from points of settlements")
        if any(shape.source == PlaceShape.APPROXIMATE for shape in shapes.values())
        else ", ".join(sorted({shape.source for shape in shapes.values()}))
    }
    title = _("Map: %(title)s") % {"title": head.title[language]}
    drawn = places(
        areas, title=title, source=source, unknown=_("unknown"), told=_told(head, finer=True), key=key
    )
    return mark_safe(drawn)  # noqa: S308  escaped there


def _area(line: Line, held: Figure, shape: PlaceShape, language: str, told: Callable[[float], str]) -> Area:
    shown = told(held.now) if held.now is not None else words.STATES[held.state][language]
    return Area(line.name[language], _rings(shape), (shape.lon, shape.lat), held.now, shown)


def _rings(shape: PlaceShape) -> list[list[tuple[float, float]]]:
    geometry = json.loads(shape.geometry)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def _funnel(table: Table, head: Head) -> dict[str, str]:
    """Return the funnel plot of shares and rates and what it means; {} for other kinds, and for less than five rows."""
    indicator, language = discover().get(head.code), reading_language()
    if indicator is None or len(table.lines) < 5:
        return {}
    rows = {line.code: _value(line.figures[head.code]) for line in table.lines}
    people = {line.code: line.population for line in table.lines}
    held = chance.funnel(indicator, rows, people, _value(table.total.figures[head.code]))
    if held is None:
        return {}
    title = _("Funnel: %(title)s") % {"title": head.title[language]}
    told = _(
        "Line: the whole. Curves: chance alone keeps 95 of 100 rows within the dashed, 998 of 1000 within the outer."
    )
    if held.is_wider:
        told += " " + _("They are widened, for rows differ more than by chance.")
    drawn = funnel(
        held,
        {line.code: line.name[language] for line in table.lines},
        title=title,
        source=_("Source: entries of Varta."),
        across=_("number of people") if held.kind == "rate" else _("cases that the share rests on"),
        told=_told(head),
    )
    return {"funnel": mark_safe(drawn), "funnel_told": told}  # noqa: S308  escaped there


def _value(held: Figure) -> Value:
    return Value(held.now, held.state, int(held.base) if held.base is not None else None)


def _by_month(request: HttpRequest, found: Book, table: Table, head: Head) -> dict[str, Any]:
    """Return the little charts by month and the table beside them; of a frozen report from what was kept."""
    if found.frozen is not None:
        kept = found.frozen.months
    elif found.draft is not None and found.draft.asked.level == table.level:
        kept = by_month(found.draft.asked, by=request.reader, codes=(head.code,))
    else:
        kept = {}
    if not kept or kept["level"] != table.level:
        return {"months": []}
    language, told = reading_language(), _told(head)
    names = [_month(first) for first in kept["months"]]
    listed = [
        (line, _months(line.name[language], kept["rows"].get(line.code, {}).get(head.code, [])))
        for line in table.lines
    ]
    most = most_of([one for _line, one in listed])
    turns = _turns(head, found, kept["months"])
    return {
        "month_names": names,
        "month_most": told(most),
        "months": [
            {"name": one.name, "chart": _small(one, most, names, turns), "values": _values(one, told)}
            for _line, one in listed
        ],
    }


def _months(name: str, values: Sequence[Sequence[float | None]]) -> Months:
    return Months(name, [now for now, _before in values], [before for _now, before in values])


def _turns(head: Head, found: Book, firsts: Sequence[str]) -> list[int]:
    """Return the places of the months in which the way of counting changed."""
    indicator, period = discover().get(head.code), Period(found.pack.first, found.pack.last)
    days = [one.day.isoformat()[:7] for one in breaks(indicator, period)] if indicator and head.breaks else []
    return [nth for nth, first in enumerate(firsts) if first[:7] in days]


def _small(one: Months, most: float, names: Sequence[str], turns: Sequence[int]) -> str:
    drawn = months(one, most=most, title=one.name, first=names[0], last=names[-1], breaks=turns)
    return mark_safe(drawn)  # noqa: S308  escaped there


def _values(one: Months, told: Callable[[float], str]) -> list[tuple[str, str]]:
    pairs = zip(one.now, one.before, strict=True)
    return [tuple("—" if value is None else told(value) for value in pair) for pair in pairs]


def _month(first: str) -> str:
    return date_format(date.fromisoformat(first), "M Y")
