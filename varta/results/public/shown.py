"""Tables of a pack as pages show them: words ready, hidden, unknown and zero told apart."""

from collections.abc import Mapping
from typing import Any

from varta.results.out import words
from varta.results.pack import Figure, Head, Line, Pack, Table
from varta.results.public.counts import Name

MANY = 60  # a table with more rows stands alone on its page
LEVELS = {
    "country": {"uk": "Країна", "en": "Country"},
    "oblast": {"uk": "Області", "en": "Oblasts"},
    "raion": {"uk": "Райони", "en": "Raions"},
    "hromada": {"uk": "Громади", "en": "Hromadas"},
    "directorate": {"uk": "Управління", "en": "Directorates"},
    "unit": {"uk": "Підрозділи", "en": "Units"},
}


def levels(pack: Pack) -> list[str]:
    """Return the levels by which the pack has tables, in its order."""
    return list(dict.fromkeys(table.level for chapter in pack.chapters for table in chapter.tables))


def chapters(
    pack: Pack, language: str, *, level: str, chapter: str, why: Mapping[Name, str] | None = None
) -> list[dict[str, Any]]:
    """Return the chapters with their tables of a level; of long tables only those of the named chapter.

    `why`: figure -> why it will be hidden, for those who see it all the same.
    """
    held = [(one, table) for one in pack.chapters for table in one.tables if table.level == level]
    if any(len(table.lines) > MANY for _, table in held):
        named = [pair for pair in held if pair[0].code == chapter]
        held = named or held[:1]
    return [
        {"code": one.code, "title": one.title[language], "table": _table(table, language, why or {})}
        for one, table in held
    ]


def contents(pack: Pack, language: str) -> list[dict[str, str]]:
    """Return code and title of each chapter."""
    return [{"code": one.code, "title": one.title[language]} for one in pack.chapters]


def definitions(pack: Pack, language: str) -> list[dict[str, Any]]:
    """Return how each indicator was counted when the report was made, each once."""
    heads = {head.code: head for one in pack.chapters for table in one.tables for head in table.heads}
    return [
        {
            "code": head.code,
            "title": head.title[language],
            "unit": head.unit[language],
            "definition": head.definition[language],
            "breaks": [text[language] for text in head.breaks],
        }
        for head in heads.values()
    ]


def _table(table: Table, language: str, why: Mapping[Name, str]) -> dict[str, Any]:
    return {
        "heads": [
            {"code": head.code, "title": head.title[language], "unit": head.unit[language]}
            for head in table.heads
        ],
        "rows": [
            {
                "name": line.name[language],
                "cells": [_cell(table.level, line, head, language, why) for head in table.heads],
            }
            for line in (*table.lines, table.total)
        ],
    }


def _cell(level: str, line: Line, head: Head, language: str, why: Mapping[Name, str]) -> dict[str, str]:
    figure = line.figures[head.code]
    return {
        "now": word(figure, head, language),
        "state": figure.state,
        "why": why.get((level, line.code, head.code, "now"), ""),
        "before": word(figure, head, language, before=True),
        "before_state": figure.before_state,
        "before_why": why.get((level, line.code, head.code, "before"), ""),
    }


def word(figure: Figure, head: Head, language: str, *, before: bool = False) -> str:
    """Return a number as people read it, or the word for its absence."""
    number, state = (figure.before, figure.before_state) if before else (figure.now, figure.state)
    return words.shown(number, state, head, language)
