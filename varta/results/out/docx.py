"""The report as a DOCX file, for those who go on writing in a word processor; the same bytes from the same report.

Headings are Word's own, so that contents and navigation work; heads of tables repeat on each page; charts
are pictures with a text for readers of screens.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC
from html import escape
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from varta.results.out.drawing import picture
from varta.results.out.layout import laid_out
from varta.results.out.office import same_bytes
from varta.results.pack import Pack

FONT = "Times New Roman"
WIDTH = 174  # millimetres of text on the page
TWIPS = 56.6929  # twentieths of a point in a millimetre
LANGUAGE = {"uk": "uk-UA", "en": "en-GB"}
CHANGE, VALUE = 17.4, 14.4  # millimetres: columns of a table of places


def docx(pack: Pack, language: str) -> bytes:
    """Return the report as DOCX."""
    sheet = laid_out(pack, language)
    paper = Document()
    _prepare(paper, pack, sheet)
    _title_page(paper, sheet)
    _contents(paper, sheet)
    for chapter in sheet["chapters"]:
        _chapter(paper, chapter, sheet["words"])
    _definitions(paper, sheet)
    _proof(paper, sheet)
    content = io.BytesIO()
    paper.save(content)
    return same_bytes(content.getvalue())


def _prepare(paper: Opened, pack: Pack, sheet: Mapping[str, Any]) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(14)
    page.top_margin = page.bottom_margin = Mm(20)
    page.different_first_page_header_footer = True
    _styles(paper, LANGUAGE[sheet["language"]])
    about = paper.core_properties
    about.title, about.author = sheet["title"], sheet["whose"]
    about.language, about.comments, about.last_modified_by = LANGUAGE[sheet["language"]], "", ""
    about.created = about.modified = pack.made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    head = page.header.paragraphs[0]
    head.text = f"{sheet['title']} · {sheet['edition']}" + (f" · {sheet['draft']}" if sheet["draft"] else "")
    head.runs[0].font.size = Pt(9)
    _page_number(page.footer.paragraphs[0], sheet["words"])


def _styles(paper: Opened, language: str) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    normal.element.rPr.append(spoken)
    for level, size in ((1, 16), (2, 13)):
        style = paper.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        style.paragraph_format.page_break_before = level == 1


def _page_number(paragraph: Paragraph, said: Mapping[str, str]) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in ((f"{said['page']} ", "PAGE"), (f" {said['of']} ", "NUMPAGES")):
        paragraph.add_run(text).font.size = Pt(9)
        _field(paragraph, field)


def _field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """Add a field that the word processor fills in; `shown` stands there until it does."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9) if code != CONTENTS else None
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "begin" and code == CONTENTS:
            mark.set(
                qn("w:dirty"), "true"
            )  # asks the word processor to number the pages when it opens the file
        run._r.append(mark)
        if kind == "begin":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)
        if kind == "separate":
            run.add_text(shown)


CONTENTS = ' TOC \\o "1-2" \\h \\z '


def _title_page(paper: Opened, sheet: Mapping[str, Any]) -> None:
    lines = (
        (sheet["whose"].upper(), 13, False, 30),
        (sheet["title"], 24, True, 180),
        (sheet["period"], 14, False, 14),
        (sheet["beside"], 12, False, 2),
        (sheet["draft"], 20, True, 20),
        (sheet["edition"], 12, False, 220),
        (sheet["made"], 12, False, 2),
    )
    for text, size, bold, before in lines:
        if text:
            _line(paper, text, size=size, bold=bold, before=before, align=WD_ALIGN_PARAGRAPH.CENTER)
    paper.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _contents(paper: Opened, sheet: Mapping[str, Any]) -> None:
    said = sheet["words"]
    _line(paper, said["contents"], size=16, bold=True)
    titles = [chapter["title"] for chapter in sheet["chapters"]] + [said["definitions"], said["proof"]]
    _field(paper.add_paragraph(), CONTENTS, "\n".join(titles))
    if sheet["missing"]:
        _line(paper, sheet["missing"], italic=True)
    _line(paper, said["marks"], size=13, bold=True, before=14)
    _table(paper, [], sheet["marks"], [18, WIDTH - 18], numbers=False)


def _line(
    paper: Opened,
    text: str,
    *,
    size: int = 11,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _chapter(paper: Opened, chapter: Mapping[str, Any], said: Mapping[str, str]) -> None:
    paper.add_heading(chapter["title"], 1)
    if chapter["totals"]:
        paper.add_heading(said["totals"], 2)
        columns = len(chapter["totals"]["heads"]) - 1
        widths = [WIDTH - 21 * columns] + [21] * columns
        _table(paper, [chapter["totals"]["heads"]], chapter["totals"]["rows"], widths)
    for part in chapter["tables"]:
        _places(paper, part, said)
    if chapter["remarks"]:
        paper.add_heading(said["remarks"], 2)
    for remark in chapter["remarks"]:
        about = _line(paper, remark["about"], bold=True)
        about.add_run(f"  {remark['by']}").font.size = Pt(9)
        paper.add_paragraph(remark["text"])


def _places(paper: Opened, part: Mapping[str, Any], said: Mapping[str, str]) -> None:
    if part["title"]:
        paper.add_heading(part["title"], 2)
    if part["note"]:
        _line(paper, part["note"], italic=True)
    if "svg" in part:
        drawn = paper.add_picture(io.BytesIO(picture(part["svg"])), width=Mm(170))
        drawn._inline.docPr.set("descr", part["alt"])
    if part["rows"]:
        many = len(part["groups"])
        widths = [WIDTH - (2 * VALUE + CHANGE) * many] + [VALUE, VALUE, CHANGE] * many
        heads = [[said["name"], *part["groups"]], ["", *[said["now"], said["before"], said["change"]] * many]]
        _table(paper, heads, part["rows"], widths, size=8, total=True)
        paper.add_paragraph()
    for note in part["notes"]:
        _line(paper, note, size=9)


def _definitions(paper: Opened, sheet: Mapping[str, Any]) -> None:
    paper.add_heading(sheet["words"]["definitions"], 1)
    for one in sheet["definitions"]:
        _line(paper, one["name"], bold=True).paragraph_format.keep_with_next = True
        paper.add_paragraph(f"{one['text']} {sheet['words']['unit']}: {one['unit']}.")
        for broken in one["breaks"]:
            _line(paper, broken, italic=True)


def _proof(paper: Opened, sheet: Mapping[str, Any]) -> None:
    paper.add_heading(sheet["words"]["proof"], 1)
    _table(paper, [], sheet["proof"], [52, WIDTH - 52], numbers=False)


def _table(
    paper: Opened,
    heads: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    size: float = 9.5,
    numbers: bool = True,
    total: bool = False,
) -> None:
    """Add a table whose heads repeat on each page and whose rows do not break.

    Written as XML in one piece: the library's own way asks for each cell anew and takes seconds. A head
    row with fewer cells than columns has groups of three columns after the first.
    """
    look = _Look(widths, size, numbers)
    drawn = "".join(look.row(head, head=True) for head in heads)
    last = len(rows) - 1 if total else -1
    drawn += "".join(look.row(row, bold=nth == last) for nth, row in enumerate(rows))
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{round(sum(widths) * TWIPS)}" w:type="dxa"/>'
        '<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="808080"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="A0A0A0"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>'
    )
    paper.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


class _Look:
    """How the cells of one table look."""

    def __init__(self, widths: Sequence[float], size: float, numbers: bool) -> None:
        self.widths, self.size, self.numbers = widths, size, numbers

    def row(self, cells: Sequence[str], *, head: bool = False, bold: bool = False) -> str:
        """Return a row as XML."""
        wide = 1 if len(cells) == len(self.widths) else 3
        drawn, column = [], 0
        for nth, text in enumerate(cells):
            span = wide if nth else 1
            width = sum(self.widths[column : column + span])
            right = self.numbers and nth > 0 and span == 1
            drawn.append(self._cell(text, width, span=span, right=right, bold=bold or head))
            column += span
        repeats = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(drawn)}</w:tr>"

    def _cell(self, text: str, width: float, *, span: int, right: bool, bold: bool) -> str:
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        side = '<w:jc w:val="right"/>' if right else ""
        weight = "<w:b/>" if bold else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{spans}</w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{side}</w:pPr>'
            f'<w:r><w:rPr>{weight}<w:sz w:val="{round(self.size * 2)}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )
