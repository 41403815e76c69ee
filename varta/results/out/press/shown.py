"""A statement ready for a page: paragraphs and headings, each figure with the address of its cell."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from varta.results.out.press.sources import Cell
from varta.results.out.press.statement import Paragraph, Statement, Told, plain

HEADING = "# "  # a paragraph that begins so is a headline


def shown(made: Statement, language: str, report: str) -> list[dict[str, Any]]:
    """Return the paragraphs of one language; figures lead into the report of this name."""
    return [_paragraph(one, report) for one in made.of(language)]


def _paragraph(paragraph: Paragraph, report: str) -> dict[str, Any]:
    heading = plain(paragraph).startswith(HEADING)
    parts = [_part(part, report) for part in paragraph]
    if heading:
        parts[0]["text"] = parts[0]["text"].lstrip().removeprefix(HEADING)
    return {"heading": heading, "parts": parts}


def _part(part: str | Told, report: str) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part, "address": ""}
    return {"text": part.text, "address": address(part.cell, report) if part.cell else ""}


def address(cell: Cell, report: str) -> str:
    """Return where the report shows the cell."""
    page = f"{reverse('results:report')}reports/{report}/{cell.chapter}/{cell.indicator}/"
    return f"{page}?{urlencode({'level': cell.level, 'row': cell.row})}"


def errors(faults: Any, language: str) -> list[str]:
    """Return what is wrong, each once, as sentences."""
    return list(dict.fromkeys(fault.said(language) for fault in faults))


def text_of(content: Mapping[str, Any], language: str) -> str:
    """Return a kept statement's language as plain text."""
    return "\n\n".join(
        "".join(part if isinstance(part, str) else part["text"] for part in one).strip()
        for one in content[language]
    )
