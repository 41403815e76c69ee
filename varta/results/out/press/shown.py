"""A statement ready for a page: paragraphs and headings, each figure with the address of its cell."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from varta.results.out.press.faults import Fault
from varta.results.out.press.sources import Cell
from varta.results.out.press.statement import Paragraph, Statement, Told, plain

HEADING = "# "  # a paragraph that begins so is a headline


Address = Callable[[Cell, str], str]  # of a cell, in the report of this name


def shown(made: Statement, language: str, report: str, address: Address) -> list[dict[str, Any]]:
    """Return the paragraphs of one language; figures lead into the report of this name."""
    return [_paragraph(one, report, address) for one in made.of(language)]


def _paragraph(paragraph: Paragraph, report: str, address: Address) -> dict[str, Any]:
    heading = plain(paragraph).startswith(HEADING)
    parts = [_part(part, report, address) for part in paragraph]
    if heading:
        parts[0]["text"] = parts[0]["text"].lstrip().removeprefix(HEADING)
    return {"heading": heading, "parts": parts}


def _part(part: str | Told, report: str, address: Address) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part, "address": ""}
    return {"text": part.text, "address": address(part.cell, report) if part.cell else ""}


def inside(cell: Cell, report: str) -> str:
    """Return where the reader of reports shows a cell, and leads to its records."""
    page = reverse("results:figure", args=[report, cell.chapter, cell.indicator])
    return f"{page}?{urlencode({'level': cell.level})}#{row(cell.row)}"


def outside(cell: Cell, report: str) -> str:
    """Return where everybody sees a cell."""
    page = reverse("public_results:one", args=[report])
    return f"{page}?{urlencode({'level': cell.level, 'chapter': cell.chapter})}"


def row(code: str) -> str:
    """Return the name of a row within its page."""
    return "row-total" if code == "*" else f"row-{code}"


def errors(faults: Iterable[Fault], language: str) -> list[str]:
    """Return what is wrong, each once, as sentences."""
    return list(dict.fromkeys(fault.said(language) for fault in faults))
