"""Charts for paper: small multiples of bars as plain SVG with its own colours, in vector, and as a picture for DOCX."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

import typst

WIDTH, NAMES, GAP, ROW, TOP, BOTTOM = 680, 178, 14, 15, 34, 22  # points of the drawing
NUMBER = 52  # room for the number right of the longest bar
INK, QUIET, NOW, BEFORE = "#1a1a1a", "#5a5a5a", "#1f4e8c", "#b3541e"
PICTURE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 170mm)"""
FONT = "Libertinus Serif"


@dataclass(frozen=True)
class Bar:
    """A value of this period and of the year before, None where there is none, and the text beside it."""

    now: float | None
    before: float | None
    shown: str


@dataclass(frozen=True)
class Panel:
    """The bars of one indicator, a bar for each name."""

    title: str
    bars: tuple[Bar, ...]


def multiples(names: Sequence[str], panels: Sequence[Panel], *, source: str) -> str:
    """Return an SVG of one row of bars for each name, a panel for each indicator; a mark shows the year before."""
    height = TOP + ROW * len(names) + BOTTOM
    width = (WIDTH - NAMES - GAP * len(panels)) / len(panels)
    parts = [_text(NAMES - 6, _middle(nth), _short(name, 34), anchor="end") for nth, name in enumerate(names)]
    for nth, panel in enumerate(panels):
        parts += _panel(panel, NAMES + GAP + nth * (width + GAP), width)
    parts.append(_text(0, height - 6, source, colour=QUIET, size=8.5))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _panel(panel: Panel, left: float, width: float) -> list[str]:
    values = [value for bar in panel.bars for value in (bar.now, bar.before) if value is not None]
    most = max(values, default=0) or 1
    scale = (width - NUMBER) / most
    letters = int(width / 4.9)
    lines = _wrapped(panel.title, letters)[:2]
    parts = [_text(left, 11 + 11 * nth, line, weight="bold", size=9.5) for nth, line in enumerate(lines)]
    bottom = TOP + ROW * len(panel.bars)
    parts.append(
        f'<line x1="{left:.1f}" x2="{left:.1f}" y1="{TOP - 3}" y2="{bottom}" stroke="{QUIET}" stroke-width="0.6"/>'
    )
    for nth, bar in enumerate(panel.bars):
        parts += _bar(bar, left, TOP + nth * ROW, scale)
    return parts


def _bar(bar: Bar, left: float, top: float, scale: float) -> list[str]:
    parts, end = [], left
    if bar.now is not None:
        length = max(bar.now * scale, 0)
        end += length
        parts.append(f'<rect x="{left:.1f}" y="{top + 2.5}" width="{length:.1f}" height="9" fill="{NOW}"/>')
    if bar.before is not None:
        x = left + max(bar.before * scale, 0)
        end = max(end, x)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 1}" y2="{top + 13}" stroke="{BEFORE}" stroke-width="2"/>'
        )
    parts.append(_text(end + 4, top + 10.5, bar.shown, colour=INK if bar.now is not None else QUIET))
    return parts


def _middle(nth: int) -> float:
    return TOP + nth * ROW + 10.5


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK, size: float = 9.5,
    weight: str = "normal",
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text: str, most: int) -> list[str]:
    """Return the text in lines of up to so many letters, the last one cut where two do not do."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) < 3 else [lines[0], _short(" ".join(lines[1:]), most)]


def picture(svg: str) -> bytes:
    """Return a drawing as PNG, 200 dots an inch, for files that hold no vector."""
    compiler = typst.Compiler(PICTURE.encode(), font_paths=fonts(), sys_inputs={"svg": svg})
    return compiler.compile(format="png", ppi=200)


@cache
def fonts() -> typst.Fonts:
    """Return the typesetter's own fonts; they take long to find and serve all."""
    return typst.Fonts(include_system_fonts=False)
