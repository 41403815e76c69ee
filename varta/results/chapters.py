"""The chapters of a report: lines of prevention work, told apart by the letters of indicators' codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from varta.procedures.period_report import CHAPTER

Text = Mapping[str, str]  # {"uk", "en"}

APPEALS = ("C09", "C10", "C11", "C12-RECEPTIONS")  # of the letter C, these are letters of residents


@dataclass(frozen=True, slots=True)
class LineOfWork:
    """One chapter: its code, the letter its indicators begin with, and its names."""

    code: str
    letter: str
    title: Text


LETTERS = {"calls": "C", "appeals": "C", "violence": "D", "prevention": "P", "children": "J", "events": "M",
           "interaction": "I", "programme": "G"}  # fmt: skip
LINES = tuple(LineOfWork(code, letter, CHAPTER[code]) for code, letter in LETTERS.items())
TITLES: Mapping[str, Text] = MappingProxyType({line.code: line.title for line in LINES})


def chapter_of(code: str) -> str | None:
    """Return the chapter that an indicator belongs to, None where its letter has none."""
    if code.startswith(APPEALS):
        return "appeals"
    return next((line.code for line in LINES if line.letter == code[:1]), None)


def by_chapter(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the indicators of each chapter that has any, chapters and codes in their order."""
    listed = list(codes)
    found = {line.code: tuple(code for code in listed if chapter_of(code) == line.code) for line in LINES}
    return {chapter: held for chapter, held in found.items() if held}


def without_procedure(codes: Iterable[str]) -> tuple[LineOfWork, ...]:
    """Return the lines of work of which nothing is counted yet, since they have no procedure."""
    present = by_chapter(codes)
    return tuple(line for line in LINES if line.code not in present)
