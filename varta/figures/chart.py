"""Charts drawn on the server: plain SVG whose look comes from the page's style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, BAR, LABEL, WIDTH, ROOM = (
    30,
    14,
    236,
    760,
    86,
)  # pixels: row, bar, names at the left, whole, numbers at the right


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: its name, this period and the year before (None where unknown), and the number as text."""

    name: str
    now: float | None
    before: float | None
    shown: str


def bars(listed: Sequence[Bar], *, title: str, source: str) -> str:
    """Return an SVG of horizontal bars, one for each row; a thin mark shows the year before.

    Read aloud it is its title; the numbers stand in the table beside it. Text is escaped.
    """
    height = ROW * len(listed) + 34
    most = (
        max([value for bar in listed for value in (bar.now, bar.before) if value is not None], default=0) or 1
    )
    scale = (WIDTH - LABEL - ROOM) / most
    rows = "".join(_row(bar, nth * ROW, scale) for nth, bar in enumerate(listed))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{rows}"
        f'<text class="chart-source" x="0" y="{height - 8}">{escape(source)}</text></svg>'
    )


def _row(bar: Bar, top: int, scale: float) -> str:
    middle = top + ROW / 2 + 4
    parts = [
        f'<text class="chart-name" x="{LABEL - 10}" y="{middle}" text-anchor="end">{escape(_short(bar.name))}</text>'
    ]
    end = float(LABEL)
    if bar.now is not None:
        width = max(bar.now * scale, 0)
        end += width
        parts.append(
            f'<rect class="chart-now" x="{LABEL}" y="{top + 8}" width="{width:.1f}" height="{BAR}" rx="2"/>'
        )
    if bar.before is not None:
        x = LABEL + bar.before * scale
        end = max(end, x)
        parts.append(
            f'<line class="chart-before" x1="{x:.1f}" x2="{x:.1f}" y1="{top + 5}" y2="{top + 8 + BAR + 3}"/>'
        )
    parts.append(f'<text class="chart-number" x="{end + 8:.1f}" y="{middle}">{escape(bar.shown)}</text>')
    return "".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27] + "…"
