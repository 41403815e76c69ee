"""A small chart of what may come: a band that holds most of the runs, its middle, an aim, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

WIDTH, HEIGHT = 320, 168  # pixels of the drawing; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 12, 22


@dataclass(frozen=True)
class Band:
    """What is drawn, by week from `first` on: low, middle and high; `aim` a level; `found` points by day.

    Of `found` each is (first day, last day, value): a point, or a line where it speaks of many days.
    """

    first: date
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]
    aim: float | None = None
    found: Sequence[tuple[date, date, float]] = field(default_factory=tuple)


def small(band: Band, *, title: str) -> str:
    """Return an SVG; read aloud it is its title, and the numbers stand in the table beside it."""
    scale = _Scale(band)
    return (
        f'<svg class="band-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(_axes(scale, band))}"
        f'<path class="band-area" d="{scale.area(band.low, band.high)}"/>'
        f"{_aim(scale, band)}"
        f'<path class="band-line" d="{scale.line(band.middle)}"/>{"".join(_found(scale, band))}</svg>'
    )


class _Scale:
    def __init__(self, band: Band) -> None:
        self.first, self.weeks = band.first.toordinal(), max(len(band.middle) - 1, 1)
        levels = [*band.high, band.aim or 0, *(value for _, _, value in band.found)]
        self.top = _round_up(max(levels, default=1))

    def x(self, week: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * week / self.weeks

    def day(self, day: date) -> float:
        return self.x((day.toordinal() - self.first) / 7)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top

    def line(self, values: Sequence[float]) -> str:
        """Return a path through the values of the weeks."""
        return "M" + "L".join(f"{self.x(week):.1f} {self.y(value):.1f}" for week, value in enumerate(values))

    def area(self, low: Sequence[float], high: Sequence[float]) -> str:
        """Return a path around what lies between."""
        back = "L".join(
            f"{self.x(week):.1f} {self.y(value):.1f}" for week, value in reversed(list(enumerate(low)))
        )
        return f"{self.line(high)}L{back}Z"


def _round_up(value: float) -> float:
    """Return a round number not below the value: 1, 2, 4, 5 or 8 times a power of ten."""
    step = 1.0
    while step * 10 < value:
        step *= 10
    return next(step * times for times in (1, 2, 4, 5, 8, 10) if step * times >= value)


def _axes(scale: _Scale, band: Band) -> list[str]:
    marks = []
    for value in (0.0, scale.top / 2, scale.top):
        y = scale.y(value)
        marks.append(f'<line class="band-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        marks.append(
            f'<text class="band-tick" x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
        )
    last = date.fromordinal(scale.first + scale.weeks * 7)
    for year in range(band.first.year + 1, last.year + 1):
        x = scale.day(date(year, 1, 1))
        marks.append(f'<line class="band-grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        marks.append(
            f'<text class="band-tick" x="{x:.1f}" y="{HEIGHT - 7}" text-anchor="middle">{year}</text>'
        )
    return marks


def _aim(scale: _Scale, band: Band) -> str:
    if band.aim is None:
        return ""
    y = scale.y(band.aim)
    return f'<line class="band-aim" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _found(scale: _Scale, band: Band) -> list[str]:
    marks = []
    for first, last, value in band.found:
        x1, x2, y = scale.day(max(first, band.first)), scale.day(last), scale.y(value)
        if x2 <= WIDTH - RIGHT + 1:
            marks.append(f'<line class="band-found" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
            marks.append(f'<circle class="band-found" cx="{(x1 + x2) / 2:.1f}" cy="{y:.1f}" r="3.5"/>')
    return marks
