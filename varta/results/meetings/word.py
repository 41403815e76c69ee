"""The minutes as a DOCX file, to be finished in a word processor; the same bytes from the same minutes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
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
WIDTH = Mm(165)  # of the text
STAMP = (1980, 1, 1, 0, 0, 0)  # of the files in the archive, so that equal minutes are equal bytes
TAGS = {"uk": "uk-UA", "en": "en-GB"}
CENTER = WD_ALIGN_PARAGRAPH.CENTER


def docx(sheet: Mapping[str, Any]) -> bytes:
    """Return what `paper.sheet` gave as DOCX."""
    paper = Document()
    _prepare(paper, sheet)
    _head(paper, sheet)
    _people(paper, sheet)
    _agenda(paper, sheet)
    for item in sheet["items"]:
        _item(paper, item, sheet["words"])
    if sheet["decided"]:
        _title(paper, sheet["words"]["decided"])
        _decided(paper, sheet["decided"], sheet["words"])
    for note in (sheet["report"], sheet["note"]):
        if note:
            _line(paper, note, size=10)
    _signatures(paper, sheet["signed"])
    content = io.BytesIO()
    paper.save(content)
    return _same_bytes(content.getvalue())


def _prepare(paper: Opened, sheet: Mapping[str, Any]) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.top_margin = page.bottom_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), TAGS[sheet["language"]])
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(4)
    about = paper.core_properties
    about.title = f"{sheet['words']['title']} {sheet['number']}"
    about.author, about.language = sheet["unit"], TAGS[sheet["language"]]
    about.comments, about.last_modified_by = "", ""
    about.created = about.modified = datetime(*sheet["day"], tzinfo=UTC)


def _head(paper: Opened, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    _line(paper, sheet["unit"].upper(), bold=True, align=CENTER)
    named = f"{words['title']} {words['of']}"
    paper.add_heading("", level=1).add_run(f"{sheet['draft']} {named}".strip())
    _black(paper.paragraphs[-1], size=15, align=CENTER)
    _line(paper, sheet["title"], align=CENTER)
    line = _line(paper, f"{sheet['date']}\t{sheet['where']}\t{sheet['number']}")
    line.paragraph_format.tab_stops.add_tab_stop(Mm(82), WD_TAB_ALIGNMENT.CENTER)
    line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _people(paper: Opened, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    for name in ("chair", "secretary"):
        if sheet[name]:
            _line(paper, f"{words[name]}: {sheet[name]}")
    for name in ("present", "absent", "invited"):
        if sheet[name]:
            _line(paper, f"{words[name]} ({len(sheet[name])}):")
            for one in sheet[name]:
                paper.add_paragraph(one, style="List Bullet").runs[0].font.size = Pt(12)


def _agenda(paper: Opened, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    _title(paper, words["agenda"])
    for item in sheet["items"]:
        speaker = f" ({item['speaker']})" if item["speaker"] else ""
        _line(paper, f"{item['number']}. {item['title']}{speaker}", left=6)
    if sheet["former"]:
        _title(paper, words["former"])
        heads = ["№", words["decision"], words["owner"], words["due"], words["state"]]
        _table(paper, heads, sheet["former"])


def _table(paper: Opened, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = paper.add_table(rows=0, cols=len(heads))
    table.style = "Table Grid"
    for row in (heads, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(10), row is heads


def _item(paper: Opened, item: Mapping[str, Any], words: Mapping[str, str]) -> None:
    if not item["heard"] and not item["decided"]:
        return
    _title(paper, f"{item['number']}. {item['title']}")
    for name in ("heard", "spoke"):
        if item[name]:
            _line(paper, f"{words[name]}:", bold=True)
            for paragraph in item[name].split("\n\n"):
                _line(paper, paragraph, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        if name == "heard":
            for figure in item["figures"]:
                paper.add_paragraph(figure, style="List Bullet").runs[0].font.size = Pt(12)
    if item["decided"]:
        _line(paper, f"{words['decided']}:", bold=True)
        _decided(paper, item["decided"], words)


def _decided(paper: Opened, listed: Sequence[Mapping[str, str]], words: Mapping[str, str]) -> None:
    for one in listed:
        _line(paper, f"{one['number']}. {one['text']}", left=6, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        _line(paper, f"{words['owner']}: {one['owner']}. {words['due']}: {one['due']}.", size=12, left=6)


def _signatures(paper: Opened, signed: Sequence[Sequence[str]]) -> None:
    for part, name in signed:
        if name:
            line = _line(paper, f"{part}\t{name}")
            line.paragraph_format.space_before = Pt(24)
            line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _title(paper: Opened, text: str) -> None:
    _black(paper.add_heading(text, level=2), size=13)


def _black(heading: Paragraph, *, size: int, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    heading.alignment = align
    for run in heading.runs:
        run.font.name, run.font.size, run.bold = FONT, Pt(size), True
        run.font.color.rgb = None


def _line(
    paper: Opened,
    text: str,
    *,
    size: int = 13,
    bold: bool = False,
    left: int = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = Mm(left)
    return paragraph


def _same_bytes(archive: bytes) -> bytes:
    """Return the archive with one moment on all its files."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(content, "w") as write:
        for name in sorted(read.namelist()):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, read.read(name))
    return content.getvalue()
