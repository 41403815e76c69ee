"""Small multiples: for each place one little chart by month, all on the same scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, TOP, FOOT = 200, 78, 6, 14  # pixels


@dataclass(frozen=True, slots=True)
class Months:
    """One place: its name and its figures of each month, this period and a year before; None where unknown."""

    name: str
    now: Sequence[float | None]
    before: Sequence[float | None]


def most_of(listed: Sequence[Months]) -> float:
    """Return the largest figure of all places, by which all are drawn; 1 where there is none."""
    known = [value for one in listed for value in (*one.now, *one.before) if value is not None]
    return max(known, default=0) or 1


def months(one: Months, *, most: float, title: str, first: str, last: str, breaks: Sequence[int] = ()) -> str:
    """Return the little chart of one place: a line for this period, a dashed one for the year before.

    `most` is the figure at the top, the bottom is zero; `first` and `last` name the outer months. `breaks` are the
    places, from 0, of months in which the way of counting changed: a line stands there. Text is escaped.
    """
    count = max(len(one.now), len(one.before))
    before = _line(one.before, count, most, "chart-before-line")
    now = _line(one.now, count, most, "chart-now-line")
    bottom = HEIGHT - FOOT
    step = WIDTH / max(count - 1, 1)
    drawn = "".join(
        f'<line class="chart-break" x1="{nth * step:.1f}" x2="{nth * step:.1f}" y1="0" y2="{bottom}"/>'
        for nth in breaks
    )
    return (
        f'<svg class="chart-small" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
        f'<line class="chart-axis" x1="0" x2="{WIDTH}" y1="{bottom}" y2="{bottom}"/>{drawn}{before}{now}'
        f'<text class="chart-source" x="0" y="{HEIGHT - 2}">{escape(first)}</text>'
        f'<text class="chart-source" x="{WIDTH}" y="{HEIGHT - 2}" text-anchor="end">{escape(last)}</text></svg>'
    )


def _line(values: Sequence[float | None], count: int, most: float, look: str) -> str:
    """Return the known stretches of a line, a dot for a month that stands alone, and one at its end."""
    step, drawn = WIDTH / max(count - 1, 1), []
    stretch: list[tuple[float, float]] = []
    for nth, value in enumerate([*values, None]):
        if value is not None:
            height = HEIGHT - FOOT - TOP
            stretch.append((min(nth * step, WIDTH - 3) + 1, TOP + height * (1 - min(value / most, 1))))
            continue
        if len(stretch) > 1:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)
            drawn.append(f'<polyline class="{look}" points="{points}"/>')
        if stretch:
            drawn.append(
                f'<circle class="{look}-end" cx="{stretch[-1][0]:.1f}" cy="{stretch[-1][1]:.1f}" r="2.4"/>'
            )
        stretch = []
    return "".join(drawn)
