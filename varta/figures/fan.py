"""A chart of months that are known and of those that may come: lines, bands, a target. Its look is a style sheet's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 260  # pixels of the drawing; the page scales it
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 14, 26

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Fan:
    """What is drawn. Places on the x axis count months from 0 to `months`; `ticks` name some of them.

    `known` and `came` may break: each is a list of stretches. `bands` are (place, low95, low80, middle, high80,
    high95); the first one may be a known point of no width. `before` is last year's line.
    """

    months: int
    ticks: Sequence[tuple[float, str]]
    known: Sequence[Points]
    bands: Sequence[tuple[float, float, float, float, float, float]] = ()
    before: Sequence[Points] = ()
    came: Sequence[Points] = ()
    target: float | None = None
    from_zero: bool = True


def fan(drawn: Fan, *, title: str, written: Callable[[float], str]) -> str:
    """Return an SVG; read aloud it is its title, and the numbers stand in the table beside it."""
    scale = _Scale(drawn)
    parts = [*_axes(scale, drawn, written)]
    if drawn.bands:
        parts.append(f'<path class="fan-95" d="{scale.area([(b[0], b[1], b[5]) for b in drawn.bands])}"/>')
        parts.append(f'<path class="fan-80" d="{scale.area([(b[0], b[2], b[4]) for b in drawn.bands])}"/>')
    parts += [f'<path class="fan-before" d="{scale.line(one)}"/>' for one in drawn.before if len(one) > 1]
    if drawn.target is not None:
        y = scale.y(drawn.target)
        parts.append(f'<line class="fan-target" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
    if drawn.bands:
        parts.append(f'<path class="fan-middle" d="{scale.line([(b[0], b[3]) for b in drawn.bands])}"/>')
    parts += [f'<path class="fan-known" d="{scale.line(one)}"/>' for one in drawn.known if one]
    for one in drawn.came:
        parts += [
            f'<circle class="fan-came" cx="{scale.x(x):.1f}" cy="{scale.y(y):.1f}" r="4"/>' for x, y in one
        ]
    return (
        f'<svg class="fan" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


class _Scale:
    def __init__(self, drawn: Fan) -> None:
        self.months = max(drawn.months, 1)
        lines = (*drawn.known, *drawn.before, *drawn.came)
        levels = [y for one in lines for _, y in one] + [value for one in drawn.bands for value in one[1:]]
        levels += [drawn.target] if drawn.target is not None else []
        high, low = max(levels, default=1.0), min(levels, default=0.0)
        self.low = 0.0 if drawn.from_zero or low >= high else max(low - (high - low) * 0.15, 0.0)
        self.step = _step((high - self.low) or 1.0)
        self.low = self.step * int(self.low / self.step)
        self.top = self.low + self.step * max(1, -int(-(high - self.low) // self.step))

    def x(self, month: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * month / self.months

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.low) / (self.top - self.low)

    def line(self, points: Points) -> str:
        """Return a path through the points; a single one is a short stroke."""
        path = "M" + "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in points)
        return path if len(points) > 1 else path + "h0.1"

    def area(self, edges: Sequence[tuple[float, float, float]]) -> str:
        """Return a path around what lies between the lower and the upper edge."""
        back = "L".join(f"{self.x(x):.1f} {self.y(low):.1f}" for x, low, _ in reversed(edges))
        return f"{self.line([(x, high) for x, _, high in edges])}L{back}Z"


def _step(room: float) -> float:
    """Return a round distance of grid lines, so that there are three to six of them."""
    step = 10.0 ** _power(room)
    return next((step * times for times in (0.5, 1, 2, 2.5, 5) if room / (step * times) <= 5), step * 10)


def _power(room: float) -> int:
    power = 0
    while 10.0**power > room:
        power -= 1
    while 10.0 ** (power + 1) <= room:
        power += 1
    return power


def _axes(scale: _Scale, drawn: Fan, written: Callable[[float], str]) -> list[str]:
    marks = []
    value = scale.low
    while value <= scale.top + scale.step / 2:
        y = scale.y(value)
        marks.append(f'<line class="fan-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        text = escape(written(value))
        marks.append(f'<text class="fan-tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
        value += scale.step
    for month, name in drawn.ticks:
        x = scale.x(month)
        marks.append(
            f'<line class="fan-grid" x1="{x:.1f}" x2="{x:.1f}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM + 4}"/>'
        )
        marks.append(
            f'<text class="fan-tick" x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(name)}</text>'
        )
    return marks
