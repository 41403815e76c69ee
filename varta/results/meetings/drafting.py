"""The agenda that a frozen report proposes: its chapters, the largest notable changes first. Knows no framework."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from varta.results.meetings import wording
from varta.results.pack import Chapter, Figure, Head, Pack

LONG, SHORT = 15, 10  # minutes: with a notable change, without
IN_A_TITLE = 1  # figures that the title itself names
IN_NOTES = 6
FORMER = {
    "uk": "Стан виконання рішень попередніх нарад",
    "en": "What became of the decisions of earlier meetings",
}
LAST = {"uk": "Рішення і завдання на наступний період", "en": "Decisions and tasks for the period ahead"}


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of a chapter's total, with its column."""

    head: Head
    figure: Figure

    @property
    def size(self) -> float:
        """Return how large the change is: a share of the year before, or points."""
        figure = self.figure
        if figure.change is None or figure.state != "known":
            return 0.0
        return abs(figure.change if self.head.percent else figure.change_share or 0.0)

    @property
    def notable(self) -> bool:
        """Return whether chance does not explain the change."""
        return self.figure.notable is not None


def draft(pack: Pack, *, former: bool) -> list[dict[str, Any]]:
    """Return the records of an agenda without numbers: former decisions, the chapters, what is to be decided."""
    items = [_plain(FORMER, SHORT, "former")] if former else []
    for chapter in ranked(pack):
        figures = key_figures(chapter)
        minutes = LONG if any(one.notable for one in figures) else SHORT
        items.append(
            _plain(_title(chapter, figures), minutes, chapter.code) | {"notes": _notes(figures[:IN_NOTES])}
        )
    return [*items, _plain(LAST, LONG, "decisions")]


def ranked(pack: Pack) -> list[Chapter]:
    """Return the chapters: those with the largest notable change first, then the rest as the report has them."""
    return sorted(pack.chapters, key=lambda chapter: -_weight(key_figures(chapter)))


def _weight(figures: Iterable[Told]) -> float:
    return max((one.size for one in figures if one.notable), default=0.0)


def key_figures(chapter: Chapter) -> list[Told]:
    """Return the chapter's totals: notable changes first, the largest first; each indicator once."""
    found: dict[str, Told] = {}
    for table in chapter.tables:
        for head in table.heads:
            figure = table.total.figures.get(head.code)
            if figure is not None:
                found.setdefault(head.code, Told(head, figure))
    return sorted(found.values(), key=lambda one: (not one.notable, -one.size if one.notable else 0.0))


def _title(chapter: Chapter, figures: list[Told]) -> dict[str, str]:
    named = [one for one in figures if one.notable][:IN_A_TITLE]
    return {
        language: ": ".join([chapter.title[language], *(said(one, language) for one in named)])[:300]
        for language in ("uk", "en")
    }


def said(one: Told, language: str) -> str:
    """Return a figure in a line: its name, this period, the change and the year before."""
    now = wording.now(one.figure, one.head, language)
    change = wording.change(one.figure, one.head, language)
    before = wording.before(one.figure, one.head, language)
    beside = {"uk": f"{change}, торік {before}", "en": f"{change}, year before {before}"}[language]
    return f"{one.head.title[language]} {now}" + (f" ({beside})" if change else "")


def _notes(figures: Iterable[Told]) -> str:
    return "\n".join(f"{one.head.code}. {said(one, 'uk')}" for one in figures)


def _plain(title: Mapping[str, str], minutes: int, chapter: str) -> dict[str, Any]:
    return {"title": title["uk"], "title_en": title["en"], "minutes": minutes, "chapter": chapter}


def extremes(chapter: Chapter, code: str, *, most: int) -> Iterator[tuple[str, Figure, Mapping[str, str]]]:
    """Yield (code, figure, name) of the lines with a known figure, the largest first, at most so many."""
    for table in chapter.tables:
        if any(head.code == code for head in table.heads) and len(table.lines) > 1:
            known = [line for line in table.lines if line.figures[code].state == "known"]
            known.sort(key=lambda line: -(line.figures[code].now or 0.0))
            yield from ((line.code, line.figures[code], line.name) for line in known[:most])
            return
