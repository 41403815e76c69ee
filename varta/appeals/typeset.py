"""A letter as a PDF sheet: drawn by Typst with the fonts of its package, the same bytes from the same letter.

PDF/A-2a keeps for the archive, PDF/UA-1 for readers of screens. The text of people goes in as JSON and
never as markup.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

SHEET = Path(__file__).parent / "templates" / "appeals" / "letters" / "letter.typ"
STANDARDS = ["a-2a", "ua-1"]
UNPRINTABLE = re.compile(r"the text `\"(.*?)\"` could not be displayed")


class Unprintable(ValueError):
    """The letter holds a sign that the fonts do not have; `sign` is it."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        super().__init__(f"The sign {sign!r} cannot be printed: remove it from the letter.")


def pdf(sheet: Mapping[str, Any]) -> bytes:
    """Return the sheet as PDF; `sheet` has the members that letter.typ reads. Raises Unprintable."""
    given = {"letter": json.dumps(sheet, ensure_ascii=False)}
    try:
        # A compiler serves one thread at a time; the fonts, which take long to find, serve all.
        compiler = typst.Compiler(SHEET.read_bytes(), font_paths=_fonts(), sys_inputs=given)
        return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError as error:
        unknown = UNPRINTABLE.search(str(error))
        if unknown is None:
            raise
        raise Unprintable(unknown[1]) from error


def edition() -> str:
    """Return what the bytes depend on beside the letter: the typesetter's version."""
    return f"typst {version('typst')}"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
