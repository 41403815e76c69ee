"""The report as slides for the meeting: one indicator a slide, large type, charts that can be edited.

Each slide says one thing: the figure for the whole, its change, and the ten rows with the largest values.
What it means and what cannot be seen stands in the notes.
"""

import io
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from varta.results.out import words
from varta.results.out.office import same_bytes
from varta.results.out.xlsx import number_format
from varta.results.pack import Chapter, Figure, Head, Line, Pack, Table

WIDE, HIGH = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
MOST = 10  # bars on a slide: more cannot be read from the last row
FONT = "Calibri"
NOW, BEFORE, INK, QUIET = (
    RGBColor(0x1F, 0x4E, 0x8C),
    RGBColor(0xC9, 0x8A, 0x5B),
    RGBColor(0x1A, 0x1A, 0x1A),
    RGBColor(0x5A, 0x5A, 0x5A),
)
SAID = {
    "now": {"uk": "Період", "en": "Period"},
    "before": {"uk": "Рік тому", "en": "Year before"},
    "was": {"uk": "рік тому", "en": "a year before"},
    "largest": {"uk": "Найбільші значення: {} з {}", "en": "Largest values: {} of {}"},
    "all": {"uk": "Усі рядки: {}", "en": "All rows: {}"},
    "beyond": {"uk": "зміна більша за випадкову", "en": "more than chance explains"},
    "within": {"uk": "95 % інтервал", "en": "95% interval"},
    "unknown": {"uk": "Невідомо", "en": "Unknown"},
    "hidden": {"uk": "Приховано", "en": "Hidden"},
    "target": {"uk": "Ціль", "en": "Target"},
    "unit": {"uk": "Одиниця", "en": "Unit"},
    "chapters": {"uk": "Про що цей звіт", "en": "What this report tells"},
    "about": {"uk": "Про цей звіт", "en": "About this report"},
}


def pptx(pack: Pack, language: str) -> bytes:
    """Return the slides; the same bytes from the same pack."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    about = deck.core_properties
    about.title, about.author, about.language = (
        words.text(pack.title, language),
        words.whose(pack, language),
        language,
    )
    about.created = about.modified = pack.made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    made = _Slides(deck, pack, language)
    made.title()
    made.listed(SAID["chapters"][language], [words.text(one.title, language) for one in pack.chapters])
    for chapter in pack.chapters:
        made.chapter(chapter)
    made.proof()
    content = io.BytesIO()
    deck.save(content)
    return same_bytes(content.getvalue())


class _Slides:
    def __init__(self, deck: Any, pack: Pack, language: str) -> None:
        self.deck, self.pack, self.language = deck, pack, language

    def _slide(self, title: str, *, size: int = 32) -> Any:
        """Add a slide with a title that screen readers and the outline know as such."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        held = slide.shapes.title
        held.left, held.top, held.width, held.height = MARGIN, Inches(0.35), WIDE - 2 * MARGIN, Inches(1.15)
        held.text_frame.word_wrap = True
        held.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        _written(held.text_frame, [(title, size, True, INK)])
        self._foot(slide)
        return slide

    def _foot(self, slide: Any) -> None:
        number = len(self.deck.slides)
        text = f"{words.text(self.pack.title, self.language)} · {words.edition(self.pack, self.language)} · {number}"
        box = slide.shapes.add_textbox(MARGIN, HIGH - Inches(0.5), WIDE - 2 * MARGIN, Inches(0.35))
        _written(box.text_frame, [(text, 12, False, QUIET)])

    def title(self) -> None:
        """Add the first slide."""
        slide = self._slide(words.text(self.pack.title, self.language), size=44)
        slide.shapes.title.top, slide.shapes.title.height = Inches(2.2), Inches(1.6)
        days = [
            words.period(first, last, self.language)
            for first, last in (
                (self.pack.first, self.pack.last),
                (self.pack.before_first, self.pack.before_last),
            )
        ]
        beside = {"uk": "поруч", "en": "beside"}[self.language]
        box = slide.shapes.add_textbox(MARGIN, Inches(4), WIDE - 2 * MARGIN, Inches(2))
        _written(
            box.text_frame,
            [
                (words.whose(self.pack, self.language), 24, False, INK),
                (f"{days[0]}, {beside} {days[1]}", 24, False, QUIET),
            ],
        )

    def listed(self, title: str, lines: Sequence[str]) -> None:
        """Add a slide of a few lines."""
        slide = self._slide(title)
        box = slide.shapes.add_textbox(MARGIN, Inches(1.6), WIDE - 2 * MARGIN, Inches(5))
        _written(box.text_frame, [(line, 26, False, INK) for line in lines])

    def chapter(self, chapter: Chapter) -> None:
        """Add the slides of a chapter: an indicator of its first table each."""
        if not chapter.tables:
            return
        table = max(chapter.tables, key=lambda one: one.level == "oblast")
        for head in table.heads:
            self._indicator(chapter, table, head)

    def _indicator(self, chapter: Chapter, table: Table, head: Head) -> None:
        figure = table.total.figures[head.code]
        slide = self._slide(words.titled(head, self.language))
        box = slide.shapes.add_textbox(MARGIN, Inches(1.7), Inches(4.1), Inches(4.8))
        box.text_frame.word_wrap = True
        _written(box.text_frame, self._told(head, figure))
        lines = _largest(table, head)
        if lines:
            self._chart(slide, table, head, lines)
        self._notes(slide, chapter, table, head)

    def _told(self, head: Head, figure: Figure) -> list[tuple[str, int, bool, RGBColor]]:
        """Return the large number and the few lines below it."""
        language = self.language
        before = words.shown(figure.before, figure.before_state, head, language)
        told = [
            (words.shown(figure.now, figure.state, head, language), 54, True, NOW),
            (f"{SAID['was'][language]}: {before}", 22, False, INK),
        ]
        if figure.now is not None and figure.before is not None:
            moved = words.difference(figure.change, head, language)
            if figure.change_share is not None and not head.percent:
                moved += f" ({words.percent(figure.change_share, language, signed=True)})"
            told.append((moved, 26, True, INK))
            if figure.notable:
                told.append((f"{words.NOTABLE[figure.notable]} {SAID['beyond'][language]}", 18, False, QUIET))
        if words.interval(figure, head, language):
            told.append(
                (f"{SAID['within'][language]}: {words.interval(figure, head, language)}", 18, False, QUIET)
            )
        if figure.target is not None:
            told.append(
                (f"{SAID['target'][language]}: {words.amount(figure.target, head, language)}", 22, False, INK)
            )
        return told

    def _chart(self, slide: Any, table: Table, head: Head, lines: Sequence[Line]) -> None:
        # A bar chart counts from below, so the largest goes in last.
        shown = list(reversed(lines))
        data = CategoryChartData(number_format=number_format(head))
        data.categories = [words.text(line.name, self.language) for line in shown]
        data.add_series(SAID["before"][self.language], [line.figures[head.code].before for line in shown])
        data.add_series(SAID["now"][self.language], [line.figures[head.code].now for line in shown])
        left = Inches(4.9)
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_CLUSTERED, left, Inches(1.95), Emu(WIDE - left - MARGIN), Inches(4.95), data
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", words.titled(head, self.language))
        _dress(frame.chart)
        known = sum(line.figures[head.code].now is not None for line in table.lines)
        cut = "largest" if known > len(lines) else "all"
        box = slide.shapes.add_textbox(left, Inches(1.5), Emu(WIDE - left - MARGIN), Inches(0.45))
        _written(box.text_frame, [(SAID[cut][self.language].format(len(lines), known), 16, False, QUIET)])

    def _notes(self, slide: Any, chapter: Chapter, table: Table, head: Head) -> None:
        language = self.language
        told = [
            f"{head.code}. {words.text(head.definition, language)}",
            f"{SAID['unit'][language]}: {words.text(head.unit, language)}.",
            *(words.text(one, language) for one in head.breaks),
        ]
        for state in ("unknown", "hidden"):
            names = [
                words.text(line.name, language)
                for line in table.lines
                if line.figures[head.code].state == state
            ]
            if names:
                told.append(f"{SAID[state][language]}: {', '.join(names)}.")
        told += [
            f"{words.text(one.unit, language)}: {words.text(one.text, language)}"
            for one in chapter.remarks
            if one.indicator == head.code
        ]
        slide.notes_slide.notes_text_frame.text = "\n".join(told)

    def proof(self) -> None:
        """Add the last slide: which report it is, and how to count it again."""
        slide = self._slide(SAID["about"][self.language])
        box = slide.shapes.add_textbox(MARGIN, Inches(1.5), WIDE - 2 * MARGIN, Inches(5.3))
        box.text_frame.word_wrap = True
        told = [(f"{name}: {value}", 16, False, INK) for name, value in words.proof(self.pack, self.language)]
        _written(box.text_frame, told)


def _largest(table: Table, head: Head) -> list[Line]:
    known = [line for line in table.lines if line.figures[head.code].now is not None]
    return sorted(known, key=lambda line: -(line.figures[head.code].now or 0))[:MOST]


def _written(frame: Any, lines: Sequence[tuple[str, int, bool, RGBColor]]) -> None:
    """Write lines into a text frame: text, size in points, bold, colour."""
    for nth, (text, size, bold, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not nth else frame.add_paragraph()
        paragraph.text = ""
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = colour
        paragraph.space_after = Pt(6)


def _dress(chart: Any) -> None:
    """Give a chart large letters, numbers at its bars, and the colours of the report."""
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    for series, colour in zip(plot.series, (BEFORE, NOW), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
    labels = plot.series[1].data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(14)
