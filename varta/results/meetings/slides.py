"""The slides of a meeting: one thought each, all figures from the frozen rows, nothing of people.

Order: the meeting, the decisions of earlier meetings, then for each item of the agenda its key figures and its
chart, and what is decided.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from varta.figures.chart import Bar, bars
from varta.lib.text import transliterate
from varta.procedures.meeting import STANDING
from varta.results.meetings import drafting, wording
from varta.results.pack import Chapter, Head, Pack, Table

Maps = Callable[[Table, Head], str]

TILES, BARS, LISTED = 4, 10, 3  # on one slide
SHADES = {"done": "ok", "done_late": "soon", "open": "calm", "overdue": "late", "sent_back": "soon"}
SAID = {
    "chart": {"uk": "Перші за значенням. Риска — торік.", "en": "The largest. The mark is the year before."},
    "source": {"uk": "Звіт «{name}»: зафіксовані рядки.", "en": "Report “{name}”: frozen rows."},
    "period": {"uk": "Звіт за {first} – {last}", "en": "Report for {first} – {last}"},
    "notable": {"uk": "більше, ніж пояснює випадок", "en": "more than chance explains"},
    "before": {"uk": "торік", "en": "year before"},
    "former": {"uk": "Рішення попередніх нарад", "en": "Decisions of earlier meetings"},
    "decided": {"uk": "Вирішили", "en": "Decided"},
    "none": {"uk": "Рішень ще не записано.", "en": "No decision has been entered yet."},
    "none_before": {"uk": "Попередніх рішень немає.", "en": "There are no earlier decisions."},
    "open": {"uk": "до строку {days}", "en": "{days} left"},
    "overdue": {"uk": "на {days}", "en": "by {days}"},
    "done_late": {"uk": "на {days}", "en": "by {days}"},
}


@dataclass(frozen=True)
class Row:
    """A decision on a slide: its text, who answers, by when, how it stands."""

    number: str
    text: str
    owner: str
    due: str
    state: str = ""
    shade: str = ""
    days: str = ""


@dataclass(frozen=True)
class Slide:
    """One thought: `kind` says how it is drawn; `item` is the agenda's number it belongs to, 0 for none."""

    kind: str  # title, rows, figures, chart, item
    title: str
    above: str = ""
    lines: tuple[str, ...] = ()
    tiles: tuple[Mapping[str, Any], ...] = ()
    rows: tuple[Row, ...] = ()
    chart: str = ""
    source: str = ""
    item: int = 0
    empty: str = ""


def made(
    told: Mapping[str, Any],
    pack: Pack | None,
    *,
    former: Sequence[Row],
    decided: Sequence[Row],
    language: str,
    maps: Maps,
) -> list[Slide]:
    """Return the slides of a meeting; without a report those of its agenda and decisions.

    `maps` draws a table's map of one indicator, "" where there is none.
    """
    items = told["items"]
    slides = [_title(told, pack, language)]
    if former and not any(item["chapter"] == "former" for item in items):
        slides += _of_rows(former, SAID["former"][language], SAID["none_before"][language], 0)
    for item in items:
        slides += _of_item(item, pack, former, decided, language, maps)
    if not any(item["chapter"] == "decisions" for item in items):
        slides += _of_rows(decided, SAID["decided"][language], SAID["none"][language], 0)
    return slides


def in_language(record: Mapping[str, Any], name: str, language: str) -> str:
    """Return a text of a record in English where it has one, else as it was written."""
    return str((language == "en" and record.get(f"{name}_en")) or record[name])


def _title(told: Mapping[str, Any], pack: Pack | None, language: str) -> Slide:
    where = told["where"] if language == "uk" else transliterate(told["where"])
    lines = [f"{wording.day(date.fromisoformat(told['on']), language)}, {told['hour']}", where]
    if pack is not None:
        lines.append(
            SAID["period"][language].format(first=f"{pack.first:%d.%m.%Y}", last=f"{pack.last:%d.%m.%Y}")
        )
    return Slide(
        "title",
        in_language(told, "title", language),
        above=in_language(told, "chair", language),
        lines=tuple(line for line in lines if line),
    )


def _of_item(
    item: Mapping[str, Any],
    pack: Pack | None,
    former: Sequence[Row],
    decided: Sequence[Row],
    language: str,
    maps: Maps,
) -> Iterator[Slide]:
    title, number = in_language(item, "title", language), int(item["number"])
    if item["chapter"] in ("former", "decisions"):
        rows = former if item["chapter"] == "former" else decided
        empty = SAID["none_before" if item["chapter"] == "former" else "none"][language]
        yield from _of_rows(rows, title, empty, number)
        return
    chapter = next((one for one in pack.chapters if one.code == item["chapter"]), None) if pack else None
    if chapter is None or pack is None:
        yield Slide("item", title, above=f"{number}", lines=(item["speaker"],), item=number)
        return
    yield from _of_chapter(chapter, pack, number, language, maps)


def _of_chapter(chapter: Chapter, pack: Pack, number: int, language: str, maps: Maps) -> Iterator[Slide]:
    figures = drafting.key_figures(chapter)
    source = SAID["source"][language].format(name=pack.name)
    tiles = tuple(_tile(one, language) for one in figures[:TILES])
    title = chapter.title[language]
    yield Slide("figures", title, above=f"{number}", tiles=tiles, source=source, item=number)
    for one in figures[:1]:
        listed = [
            Bar(name[language], _scaled(figure.now, one), _scaled(figure.before, one),
                wording.now(figure, one.head, language))
            for _, figure, name in drafting.extremes(chapter, one.head.code, most=BARS)
        ]  # fmt: skip
        named = f"{one.head.title[language]}, {one.head.unit[language]}"
        if listed:
            drawn = bars(listed, title=named, source=f"{SAID['chart'][language]} {source}")
            yield Slide("chart", named, above=title, chart=drawn, item=number)
        drawn = next((found for table in chapter.tables if (found := _map(table, one.head, maps))), "")
        if drawn:
            yield Slide("map", named, above=title, chart=drawn, source=source, item=number)


def _map(table: Table, head: Head, maps: Maps) -> str:
    return maps(table, head) if any(one.code == head.code for one in table.heads) else ""


def _scaled(value: float | None, one: drafting.Told) -> float | None:
    return value * 100 if value is not None and one.head.percent else value


def _tile(one: drafting.Told, language: str) -> dict[str, Any]:
    good = wording.is_good(one.figure, one.head) if one.notable else None
    return {
        "title": one.head.title[language],
        "unit": "" if one.head.percent else one.head.unit[language],
        "now": wording.now(one.figure, one.head, language),
        "before": f"{SAID['before'][language]} {wording.before(one.figure, one.head, language)}",
        "change": wording.change(one.figure, one.head, language),
        "notable": SAID["notable"][language] if one.notable else "",
        "state": one.figure.state,
        "shade": {True: "better", False: "worse", None: ""}[good],
    }


def _of_rows(rows: Sequence[Row], title: str, empty: str, number: int) -> Iterator[Slide]:
    if not rows:
        yield Slide("rows", title, empty=empty, item=number)
    for some in _evenly(rows):
        yield Slide("rows", title, rows=tuple(some), item=number)


def _evenly(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Yield the rows in as few parts as fit on slides, all about as long: five rows as three and two."""
    parts = -(-len(rows) // LISTED)
    ends = [-(-len(rows) * nth // parts) for nth in range(parts + 1)] if parts else []
    yield from (rows[first:last] for first, last in pairwise(ends))


def standing_row(
    *, number: str, text: str, owner: str, due: date, standing: str, days: int, language: str
) -> Row:
    """Return a former decision as a slide shows it."""
    said = SAID[standing][language].format(days=wording.days(abs(days), language)) if standing in SAID else ""
    return Row(
        number, text, owner, f"{due:%d.%m.%Y}", STANDING[standing][language], SHADES.get(standing, ""), said
    )
