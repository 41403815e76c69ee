"""A letter as a DOCX file, for those who must finish it in a word processor; the same bytes from the same letter."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
WIDTH = Mm(170)  # of the text: a page of 210 mm, 30 at the left, 10 at the right
STAMP = (1980, 1, 1, 0, 0, 0)  # of the files in the archive, so that equal letters are equal bytes


def docx(sheet: Mapping[str, Any]) -> bytes:
    """Return the sheet as DOCX; `sheet` is what `letters.sheet` returns, without signs that XML forbids."""
    paper = Document()
    _prepare(paper, sheet)
    _head(paper, sheet)
    _addressee(paper, sheet)
    _text(paper, sheet)
    _signature(paper, sheet)
    content = io.BytesIO()
    paper.save(content)
    return _same_bytes(content.getvalue())


def _prepare(paper: Opened, sheet: Mapping[str, Any]) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(10)
    page.top_margin = page.bottom_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "uk-UA")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    about = paper.core_properties
    about.title, about.author, about.language = sheet["title"], sheet["letterhead"][-1], "uk-UA"
    about.comments, about.last_modified_by = "", ""
    about.created = about.modified = datetime(*sheet["day"], tzinfo=UTC)


def _head(paper: Opened, sheet: Mapping[str, Any]) -> None:
    for line in sheet["letterhead"]:
        last = line is sheet["letterhead"][-1]
        _line(paper, line.upper(), size=13 if last else 12, bold=last, align=WD_ALIGN_PARAGRAPH.CENTER)
    under = _line(paper, sheet["contacts"], size=9, align=WD_ALIGN_PARAGRAPH.CENTER)
    under.paragraph_format.space_after = Pt(8)
    _rule_below(under)


def _addressee(paper: Opened, sheet: Mapping[str, Any]) -> None:
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(84), Mm(86)
    left.paragraphs[0].add_run("\n".join(one for one in (sheet["date_line"], sheet["answers"]) if one))
    left.paragraphs[0].runs[0].font.size = Pt(12)
    right.paragraphs[0].add_run(sheet["to"]).bold = True
    if sheet["address"]:
        right.add_paragraph(sheet["address"])


def _text(paper: Opened, sheet: Mapping[str, Any]) -> None:
    if sheet["heading"]:
        heading = _line(paper, sheet["heading"], size=12)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(14)
        heading.paragraph_format.right_indent = Mm(80)
    if sheet["greeting"]:
        greeting = _line(paper, sheet["greeting"], align=WD_ALIGN_PARAGRAPH.CENTER)
        greeting.paragraph_format.space_after = Pt(10)
    for paragraph in sheet["body"].split("\n\n"):
        written = _line(paper, paragraph, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        written.paragraph_format.first_line_indent = Mm(12.5)
        written.paragraph_format.space_after = Pt(4)
    if sheet["annex"]:
        _line(paper, f"Додаток: {sheet['annex']}").paragraph_format.space_before = Pt(8)


def _signature(paper: Opened, sheet: Mapping[str, Any]) -> None:
    *before, last = sheet["signatory_post"].split("\n")
    signature = _line(paper, "\n".join([*before, f"{last}\t{sheet['signatory_name']}"]), bold=True)
    signature.paragraph_format.space_before = Pt(30)
    signature.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    if sheet["executor"]:
        executor = _line(paper, sheet["executor"], size=10)
        executor.paragraph_format.space_before = Pt(30)


def _line(
    paper: Opened, text: str, *, size: int = 14, bold: bool = False, align: WD_ALIGN_PARAGRAPH | None = None
) -> Paragraph:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    paragraph.alignment = align
    return paragraph


def _rule_below(paragraph: Paragraph) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _same_bytes(archive: bytes) -> bytes:
    """Return the archive with one moment on all its files."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(content, "w") as write:
        for name in sorted(read.namelist()):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, read.read(name))
    return content.getvalue()
