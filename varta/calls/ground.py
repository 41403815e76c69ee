"""What the map of a board shows at first: the reader's area, and which boundaries lie in it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min

from varta.people.scope import Reader
from varta.places.models import Territory

UKRAINE = (22.1, 44.3, 40.3, 52.4)  # west, south, east, north, degrees


@dataclass(frozen=True)
class MapGround:
    """`box`: west, south, east, north in degrees; `tiles`: address template of raster tiles, "" for none."""

    box: tuple[float, float, float, float]
    oblasts: tuple[str, ...]
    tiles: str
    has_pmtiles: bool


def of(reader: Reader) -> MapGround:
    """Return the ground of a reader's map."""
    mine = Territory.objects.filter(pre__range=(reader.place_from, reader.place_to), valid_to=None)
    edges = mine.filter(lat__isnull=False).aggregate(
        west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat")
    )
    box = tuple(edges[name] for name in ("west", "south", "east", "north"))
    top = Territory.objects.filter(pre__lte=reader.place_from, pre_end__gte=reader.place_from, level=1)
    oblasts = mine.filter(level=Territory.OBLAST) | top
    return MapGround(
        box=UKRAINE if None in box else box,  # type: ignore[arg-type]  # four numbers
        oblasts=tuple(oblasts.order_by("pre").values_list("code", flat=True)),
        tiles=settings.VARTA_TILES,
        has_pmtiles=bool(settings.VARTA_PMTILES),
    )
