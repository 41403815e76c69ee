"""A funnel plot: figures against what they rest on, with the limits within which chance alone moves them."""

from collections.abc import Callable, Mapping
from html import escape
from math import log10

from varta.figures.chance import Dot, Funnel

WIDTH, HEIGHT, LEFT, TOP, RIGHT, FOOT = 900, 430, 70, 14, 20, 44  # pixels
STEPS = 60  # points of a limit's curve
LABELS = 8  # names written; more would cover each other


def funnel(
    held: Funnel,
    names: Mapping[str, str],
    *,
    title: str,
    source: str,
    across: str,
    told: Callable[[float], str],
) -> str:
    """Return the SVG: a dot for each place, the whole's value as a line, the 95 % and the 99.8 % limits as curves.

    The axis across is logarithmic and named `across`; `told` writes a value of the upright one. Places beyond the
    outer limits are named, the farthest first. "" where there is nothing to draw. Text is escaped.
    """
    if not held.dots:
        return ""
    plane = _Plane.of(held)
    curves = "".join(_curve(held, plane, name) for name in ("95", "99.8"))
    dots = "".join(_dot(dot, names[code], plane, told) for code, dot in held.dots.items())
    middle = plane.y(held.centre)
    return (
        f'<svg class="chart chart-funnel" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{_axes(plane, across, told)}"
        f'<line class="funnel-centre" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{middle:.1f}" y2="{middle:.1f}"/>'
        f"{curves}{dots}{_labels(held, names, plane)}"
        f'<text class="chart-source" x="{LEFT}" y="{HEIGHT - 12}">{escape(source)}</text></svg>'
    )


class _Plane:
    """Where sizes and values lie on the paper."""

    def __init__(self, sizes: tuple[float, float], values: tuple[float, float]) -> None:
        self.first, self.last = log10(sizes[0]), log10(sizes[1])
        self.low, self.high = values

    @classmethod
    def of(cls, held: Funnel) -> "_Plane":
        sizes = [dot.size for dot in held.dots.values()]
        small, large = min(sizes) / 1.3, max(sizes) * 1.3
        values = [dot.value for dot in held.dots.values()] + [held.centre]
        values += list(held.limits(min(sizes) * 2)["95"])
        low, high = min(values), max(values)
        room = (high - low) * 0.08 or 1
        return cls((small, large), (max(low - room, 0), high + room))

    def x(self, size: float) -> float:
        return LEFT + (log10(size) - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return TOP + (self.high - inside) / (self.high - self.low) * (HEIGHT - TOP - FOOT)


def _curve(held: Funnel, plane: _Plane, name: str) -> str:
    drawn = []
    for side in (0, 1):
        points = []
        for nth in range(STEPS + 1):
            size = 10 ** (plane.first + (plane.last - plane.first) * nth / STEPS)
            points.append(f"{plane.x(size):.1f},{plane.y(held.limits(size)[name][side]):.1f}")
        drawn.append(f'<polyline class="funnel-limit funnel-{name[:2]}" points="{" ".join(points)}"/>')
    return "".join(drawn)


def _dot(dot: Dot, name: str, plane: _Plane, told: Callable[[float], str]) -> str:
    look = {"99.8": "funnel-far", "95": "funnel-near"}.get(dot.beyond or "", "funnel-within")
    x, y = plane.x(dot.size), plane.y(dot.value)
    title = f"<title>{escape(name)}: {escape(told(dot.value))}</title>"
    if dot.beyond == "99.8":  # another form, for those who do not tell the colours apart
        return f'<path class="{look}" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z">{title}</path>'
    return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="4.5">{title}</circle>'


def _labels(held: Funnel, names: Mapping[str, str], plane: _Plane) -> str:
    far = [(code, dot) for code, dot in held.dots.items() if dot.beyond == "99.8"]
    far.sort(key=lambda one: -abs(one[1].value - held.centre) / held.error(one[1].size))
    drawn: list[str] = []
    taken: list[tuple[float, float]] = []
    for code, dot in far[:LABELS]:
        x, y = plane.x(dot.size), plane.y(dot.value)
        if any(abs(y - other) < 13 and abs(x - beside) < 190 for beside, other in taken):
            continue
        taken.append((x, y))
        end = x > WIDTH / 2
        place = (
            f'x="{x + (-10 if end else 10):.1f}" y="{y + 4:.1f}" text-anchor="{"end" if end else "start"}"'
        )
        drawn.append(f'<text class="funnel-name" {place}>{escape(names[code])}</text>')
    return "".join(drawn)


def _axes(plane: _Plane, across: str, told: Callable[[float], str]) -> str:
    parts = []
    for nth in range(5):
        value = plane.low + (plane.high - plane.low) * nth / 4
        y = plane.y(value)
        parts.append(f'<line class="chart-axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="chart-source" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(told(value))}</text>'
        )
    power = int(plane.first) + 1
    while power <= plane.last:
        x = plane.x(10.0**power)
        text = f"{10**power:,}".replace(",", "\u00a0")
        parts.append(
            f'<text class="chart-source" x="{x:.1f}" y="{HEIGHT - FOOT + 16}" text-anchor="middle">{text}</text>'
        )
        power += 1
    parts.append(
        f'<text class="chart-source" x="{WIDTH - RIGHT}" y="{HEIGHT - FOOT + 32}" text-anchor="end">'
        f"{escape(across)}</text>"
    )
    return "".join(parts)
