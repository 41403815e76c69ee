"""The report as PDF: set by Typst with the fonts of its package, the same bytes from the same report.

PDF/A-2a keeps for the archive, PDF/UA-1 for readers of screens. Texts go in as JSON, never as markup.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

from varta.results.out.drawing import fonts
from varta.results.out.layout import laid_out
from varta.results.pack import Pack

SHEET = Path(__file__).parents[1] / "templates" / "results" / "out" / "report.typ"
STANDARDS = ["a-2a", "ua-1"]
UNPRINTABLE = re.compile(r"the text `\"(.*?)\"` could not be displayed")
LOST = "?"  # printed for a sign that the fonts lack, as that of another script in somebody's remark
MOST_LOST = 50  # kinds of such signs


def pdf(pack: Pack, language: str) -> bytes:
    """Return the report as PDF."""
    given = json.dumps(laid_out(pack, language), ensure_ascii=False)
    for _attempt in range(MOST_LOST):
        try:
            return compiled(given, "pdf", pdf_standards=STANDARDS, timestamp=0)
        except typst.TypstError as error:
            unknown = UNPRINTABLE.search(str(error))
            if unknown is None:
                raise
            given = given.replace(unknown[1], LOST)
    raise ValueError(f"The report holds more than {MOST_LOST} kinds of signs that cannot be printed.")


def compiled(sheet: str, form: str, **more: Any) -> Any:
    """Return a layout, as JSON, set by the typesetter: as "pdf", or page by page as "png"."""
    compiler = typst.Compiler(SHEET.read_bytes(), font_paths=fonts(), sys_inputs={"report": sheet})
    return compiler.compile(format=form, **more)
