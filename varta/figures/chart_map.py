"""A map of places in five classes, told apart by colour, by hatching and by the number written on each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

WIDTH, MARGIN, LEGEND = 900, 12, 34  # pixels; LEGEND is the height of one row of the legend
CLASSES = 5
Point = tuple[float, float]  # longitude, latitude, degrees
Ring = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Area:
    """A place: its name, its outlines, the point where its number stands, and its figure as number and as text."""

    name: str
    rings: Sequence[Ring]
    centre: Point
    value: float | None
    shown: str


def places(
    areas: Sequence[Area], *, title: str, source: str, unknown: str, told: Callable[[float], str], key: str
) -> str:
    """Return an SVG map, "" where no area has an outline; the stronger and the denser hatched, the larger.

    `told` writes a number of the legend; `key` keeps the names of patterns apart on a page. Text is escaped.
    """
    if not any(area.rings for area in areas):
        return ""
    limits = classes([area.value for area in areas if area.value is not None])
    frame = _Frame.of(areas)
    shapes = "".join(_shape(area, frame, limits, key) for area in areas)
    numbers = "".join(_number(area, frame) for area in areas)
    height = frame.height + LEGEND + 26
    return (
        f'<svg class="chart chart-map" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{_patterns(key)}{shapes}{numbers}"
        f"{_legend(limits, frame.height + 8, unknown, told, key)}"
        f'<text class="chart-source" x="0" y="{height - 6:.0f}">{escape(source)}</text></svg>'
    )


def classes(values: Sequence[float]) -> list[float]:
    """Return the upper limits of at most five classes with about as many values in each, the last the largest."""
    ordered = sorted(values)
    if not ordered:
        return []
    ends = [ordered[max(len(ordered) * nth // CLASSES - 1, 0)] for nth in range(1, CLASSES)] + [ordered[-1]]
    return sorted(set(ends))


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, from 1; the last where it is larger than all limits."""
    nth = next((nth for nth, limit in enumerate(limits, start=1) if value <= limit), len(limits))
    return nth + CLASSES - len(limits)  # few classes take the darker end, so that the largest is always dark


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    stretch: float  # how much shorter a degree of longitude is
    scale: float  # pixels to a degree of latitude
    height: float

    @classmethod
    def of(cls, areas: Sequence[Area]) -> "_Frame":
        points = [point for area in areas for ring in area.rings for point in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        stretch = cos(radians((south + north) / 2))
        scale = (WIDTH - 2 * MARGIN) / max((east - west) * stretch, 1e-6)
        scale = min(scale, 640 / max(north - south, 1e-6))
        return cls(west, north, stretch, scale, (north - south) * scale + 2 * MARGIN)

    def at(self, point: Point) -> tuple[float, float]:
        x, y = point
        return (
            round(MARGIN + (x - self.west) * self.stretch * self.scale, 1),
            round(MARGIN + (self.north - y) * self.scale, 1),
        )


def _shape(area: Area, frame: _Frame, limits: Sequence[float], key: str) -> str:
    path = "".join(_ring(ring, frame) for ring in area.rings)
    told = f"<title>{escape(area.name)}: {escape(area.shown)}</title>"
    if area.value is None:
        return f'<path class="map-area map-0" d="{path}">{told}</path>'
    nth = class_of(area.value, limits)
    return (
        f'<path class="map-area map-{nth}" d="{path}">{told}</path>'
        f'<path class="map-hatch" d="{path}" fill="url(#{key}-{nth})"/>'
    )


def _ring(ring: Ring, frame: _Frame) -> str:
    steps, last = [], None
    for point in ring:
        here = frame.at(point)
        if here != last:
            steps.append(f"{here[0]:g} {here[1]:g}")
            last = here
    return f"M{'L'.join(steps)}Z" if len(steps) > 2 else ""


def _number(area: Area, frame: _Frame) -> str:
    x, y = frame.at(area.centre)
    return (
        f'<text class="map-number" x="{x:g}" y="{y + 4:g}" text-anchor="middle">{escape(area.shown)}</text>'
    )


def _patterns(key: str) -> str:
    """Return hatchings for the classes, the lowest without lines, the highest with the densest."""
    found = []
    for nth in range(1, CLASSES + 1):
        gap = 14 - 2 * nth
        line = f'<path class="map-line" d="M0 0V{gap}"/>' if nth > 1 else ""
        found.append(
            f'<pattern id="{key}-{nth}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate({45 if nth % 2 else 135})">{line}</pattern>'
        )
    return f"<defs>{''.join(found)}</defs>"


def _legend(limits: Sequence[float], top: float, unknown: str, told: Callable[[float], str], key: str) -> str:
    texts = [f"≤ {told(limit)}" for limit in limits] + [unknown]
    first = CLASSES - len(limits) + 1
    numbers = [*range(first, CLASSES + 1), 0]
    parts, width = [], WIDTH / (CLASSES + 1)
    for place, (nth, text) in enumerate(zip(numbers, texts, strict=True)):
        x = place * width
        box = f'x="{x:.0f}" y="{top:.0f}" width="26" height="16"'
        hatch = f'<rect class="map-hatch" {box} fill="url(#{key}-{nth})"/>' if nth else ""
        parts.append(
            f'<rect class="map-area map-{nth}" {box}/>{hatch}'
            f'<text x="{x + 32:.0f}" y="{top + 13:.0f}">{escape(text)}</text>'
        )
    return "".join(parts)
