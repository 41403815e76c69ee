"""Cover as people read it: words and numbers of a line, classes of the map with their legend, order, file."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varta.officers.covering import Line, Sums
from varta.planning import coverage
from varta.planning.coverage import People

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for a formula
BOUNDS: Mapping[str, tuple[float, ...]] = {
    "officers": (0, 1, 2, 4),
    "each": (4_000, 6_000, 7_000, 10_000),  # the norms are 6,000 and 7,000
    "minutes": (10, 20, 30, 45),
}
STATES = {
    "covered": gettext_lazy("with an officer"),
    "empty": gettext_lazy("without an officer"),
    "front_line": gettext_lazy("front-line"),
    "occupied": gettext_lazy("occupied"),
}
BESIDE = {
    coverage.ABOVE: gettext_lazy("above the norm"),
    coverage.WITHIN: gettext_lazy("within the norm"),
    coverage.UNKNOWN: gettext_lazy("unknown"),
    coverage.NONE: "—",
}

Key = Callable[[Line], Any]
COLUMNS: Mapping[str, tuple[Any, Key]] = {
    "name": (gettext_lazy("Hromada"), lambda line: line.hromada.sort_key),
    "state": (gettext_lazy("State"), lambda line: line.state),
    "officers": (gettext_lazy("Officers"), lambda line: line.officers),
    "people": (gettext_lazy("Population"), lambda line: line.people.at_least),
    "each": (gettext_lazy("People of one officer"), lambda line: line.each),
    "median": (gettext_lazy("Minutes, half of settlements"), lambda line: line.median),
    "farthest": (gettext_lazy("Minutes, the farthest"), lambda line: line.farthest),
    "within": (
        gettext_lazy("Settlements near"),
        lambda line: line.within / line.timed if line.timed else None,
    ),
    "beats": (gettext_lazy("Beats above the norm"), lambda line: line.beats_above if line.beats else None),
}


def in_order(lines: Sequence[Line], sort: str) -> list[Line]:
    """Return the lines by a column ("-each": the most first); what is unknown goes last either way."""
    down, name = sort.startswith("-"), sort.lstrip("-")
    key = COLUMNS.get(name, COLUMNS["name"])[1]
    known = sorted((line for line in lines if key(line) is not None), key=lambda line: line.hromada.sort_key)
    known.sort(key=key, reverse=down)
    return known + [line for line in lines if key(line) is None]


def only(lines: Sequence[Line], which: str) -> list[Line]:
    """Return the lines of a state, or those above the norm; all for ""."""
    if which == coverage.ABOVE:
        return [line for line in lines if line.hromada.counts and line.beside == coverage.ABOVE]
    return [line for line in lines if not which or line.state == which]


def how_many(lines: Sequence[Line]) -> dict[str, int]:
    """Return how many lines `only` leaves, by what it is asked for."""
    found = Counter(line.state for line in lines)
    return {**found, "": len(lines), coverage.ABOVE: len(only(lines, coverage.ABOVE))}


def class_of(line: Line, measure: str) -> str:
    """Return the class of the map: "c0" to "c4", "none" (no officer), "unknown", "front_line" or "occupied"."""
    if line.hromada.mark:
        return line.hromada.mark
    if measure == "covered":
        return line.state
    if measure == "each":
        if not line.officers:
            return "none"
        sure = line.people.whole or line.beside == coverage.ABOVE
        return _class(line.each if sure else None, measure)
    return _class(line.officers if measure == "officers" else line.median, measure)


def _class(value: float | None, measure: str) -> str:
    if value is None:
        return "unknown"
    return f"c{sum(value > bound for bound in BOUNDS[measure])}"


def legend(lines: Sequence[Line], measure: str) -> list[dict[str, Any]]:
    """Return the classes of a measure with their words and how many hromadas each has."""
    many = Counter(class_of(line, measure) for line in lines)
    words = _class_words(measure)
    return [
        {"key": key, "word": word, "many": many[key]}
        for key, word in words.items()
        if many[key] or key not in ("unknown", "front_line", "occupied")
    ]


def _class_words(measure: str) -> dict[str, str]:
    apart = {"unknown": _("unknown"), "front_line": _("front-line"), "occupied": _("occupied")}
    if measure == "covered":
        return {"covered": _("with an officer"), "empty": _("without an officer")} | apart
    bounds = [number(bound) for bound in BOUNDS[measure]]
    if measure == "officers":
        steps = ["0", "1", "2", "3–4", "5+"]
    else:
        steps = [_("to %(most)s") % {"most": bounds[0]}]
        steps += [f"{low} – {high}" for low, high in pairwise(bounds)]
        steps += [_("over %(least)s") % {"least": bounds[-1]}]
    none = {"none": _("no officer")} if measure == "each" else {}
    return {f"c{nth}": step for nth, step in enumerate(steps)} | none | apart


def number(value: float | None, *, digits: int = 0) -> str:
    """Return a number as people read it, "12 345", or the word for unknown."""
    if value is None:
        return _("unknown")
    text = f"{value:,.{digits}f}".replace(",", "\u00a0")
    return text.replace(".", pgettext("decimal separator", ".")) if digits else text


def people(found: People, value: float | None) -> str:
    """Return people, or people of one officer, with "at least" where only a part is known."""
    if value is None:
        return _("unknown")
    return number(value) if found.whole else _("at least %(number)s") % {"number": number(value)}


def percent(value: float | None) -> str:
    """Return a share as percent, a dash without one."""
    return "—" if value is None else number(100 * value, digits=1) + "\u00a0%"


def row(line: Line, language: str) -> dict[str, Any]:
    """Return a line ready for the table."""
    return {
        "code": line.hromada.code,
        "name": line.hromada.title(language),
        "state": line.state,
        "state_word": STATES[line.state],
        "partly": line.hromada.partly,
        "officers": line.officers,
        "people": people(line.people, line.people.at_least),
        "each": people(line.people, line.each) if line.officers else "—",
        "beside": line.beside,
        "beside_word": BESIDE[line.beside],
        "median": number(line.median),
        "farthest": number(line.farthest),
        "within": f"{line.within} / {line.timed}" if line.timed else _("unknown"),
        "untimed": line.settlements - line.timed,
        "beats": f"{line.beats_above} / {line.beats}" if line.beats else _("unknown"),
        "signed": line.signed,
    }


def total(found: Sums) -> dict[str, Any]:
    """Return sums ready for the page."""
    return {
        "base": number(found.base),
        "covered": number(found.covered),
        "empty": number(found.base - found.covered),
        "share": percent(found.share),
        "officers": number(found.officers),
        "each": people(found.people, found.each) if found.officers else "—",
        "above": number(found.above),
        "front_line": number(found.front_line),
        "occupied": number(found.occupied),
        "officers_apart": found.officers_apart,
        "beats": number(found.beats),
        "beats_above": number(found.beats_above),
        "has_beats": bool(found.beats),
        "within": number(found.within),
        "timed": number(found.timed),
        "settlements": number(found.settlements),
        "people_within": number(found.people_within),
        "people_beyond": number(found.people_beyond),
    }


def head(language: str) -> list[str]:
    """Return the column names of a file."""
    names = {
        "uk": "код,громада,область,стан,частково,офіцерів,населення,населення повне,на одного офіцера,щодо норми,"
        "хвилин (половина),хвилин (найдалі),населених пунктів,із часом,поблизу,дільниць,дільниць понад норму,"
        "меморандум",
        "en": "code,hromada,oblast,state,partly,officers,people,people whole,people of one officer,beside norm,"
        "minutes (half),minutes (farthest),settlements,with minutes,near,beats,beats above norm,memorandum",
    }
    return names[language].split(",")


def records(lines: Sequence[Line], oblasts: Mapping[str, str], language: str) -> list[list[Any]]:
    """Return a row for each line in the order of `head`; None where unknown."""
    return [
        [
            line.hromada.code,
            line.hromada.title(language),
            oblasts.get(line.hromada.oblast, ""),
            str(STATES[line.state]),
            int(line.hromada.partly),
            line.officers,
            line.people.at_least,
            int(line.people.whole) if line.people.at_least is not None else None,
            round(line.each) if line.each is not None else None,
            str(BESIDE[line.beside]),
            round(line.median, 1) if line.median is not None else None,
            round(line.farthest, 1) if line.farthest is not None else None,
            line.settlements,
            line.timed,
            line.within,
            line.beats or None,
            line.beats_above if line.beats else None,
            int(line.signed),
        ]
        for line in lines
    ]


def as_csv(rows: Sequence[Sequence[Any]], language: str) -> str:
    """Return the rows as CSV: UTF-8 with a mark, decimal points, empty where unknown."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head(language))
    for one in rows:
        writer.writerow(["" if value is None else _plain(value) for value in one])
    return "\ufeff" + out.getvalue()


def _plain(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(TRIGGERS) else value


def as_xlsx(rows: Sequence[Sequence[Any]], language: str, title: str) -> bytes:
    """Return the rows as a workbook of one sheet, its title above."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet({"uk": "Охоплення", "en": "Cover"}[language])
        sheet.write_string(0, 0, title)
        sheet.write_row(2, 0, head(language), book.add_format({"bold": True, "text_wrap": True, "bottom": 1}))
        for place, one in enumerate(rows, start=3):
            sheet.write_row(place, 0, ["" if value is None else value for value in one])
        sheet.set_column(0, 2, 24)
        sheet.freeze_panes(3, 2)
    return out.getvalue()
