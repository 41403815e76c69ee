"""Places, units and beats as the lake needs them: one small Parquet file each."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from varta.lake import manifest
from varta.lake.schema import BEATS, PLACES, UNITS
from varta.places.models import Beat, Territory, Unit
from varta.planning.norms import NORMS

SCHEMAS = {"places": PLACES, "units": UNITS, "beats": BEATS}


def write() -> None:
    """Write all files anew, each put in its place as a whole."""
    _put("places", pa.Table.from_pylist(list(_places()), PLACES))
    _put("units", pa.Table.from_pylist(list(_units()), UNITS))
    _put("beats", pa.Table.from_pylist(list(_beats()), BEATS))


def complete(path: Path, name: str) -> bool:
    """Return whether the file is there with all columns; an earlier version of Varta wrote fewer."""
    wanted = SCHEMAS[name]
    return path.exists() and set(wanted.names) <= set(pq.read_schema(path).names)


def _places():
    """Yield the places; what ended and became another counts in the oblast, raion and hromada of the other."""
    country = None
    today = _successors()
    for place in Territory.objects.order_by("pre"):
        if place.level == Territory.COUNTRY:
            country = place.code
        titles = place.titles
        yield {
            "pre": place.pre,
            "pre_end": place.pre_end,
            "code": place.code,
            "level": place.level,
            "country": country,
            "oblast": today.get(place.code, place).oblast,
            "raion": today.get(place.code, place).raion,
            "hromada": today.get(place.code, place).hromada,
            "population": place.population,
            "valid_from": place.valid_from,
            "valid_to": place.valid_to,
            "uk": titles["uk"],
            "en": titles["en"],
            "sort_key": place.sort_key,
        }


def _successors() -> dict[str, Territory]:
    """Return code of an ended place -> the place that it is today, through as many changes as there were."""
    ended = dict(
        Territory.objects.filter(became__isnull=False, valid_to__isnull=False).values_list("code", "became")
    )
    found = {}
    for code in ended:
        last, seen = code, {code}
        while last in ended and ended[last] not in seen:
            last = ended[last]
            seen.add(last)
        found[code] = last
    places = Territory.objects.in_bulk(set(found.values()))
    return {code: places[last] for code, last in found.items() if last in places and last != code}


def _units():
    directorate, until = None, -1
    roots = {unit.code for unit in Unit.objects.filter(parent=None)}
    for unit in Unit.objects.order_by("pre"):
        if unit.parent_id in roots and unit.pre > until:
            directorate, until = unit.code, unit.pre_end
        titles = unit.titles
        yield {
            "pre": unit.pre,
            "pre_end": unit.pre_end,
            "code": unit.code,
            "directorate": directorate if unit.code not in roots else None,
            "branch": unit.branch,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "uk": titles["uk"],
            "en": titles["en"],
            "sort_key": unit.sort_key,
        }


def _beats():
    """Yield each beat once for each norm that was in force while it stood."""
    ends = [norm.first_day for norm in NORMS[1:]] + [None]
    for beat in Beat.objects.select_related("hromada").order_by("code", "since"):
        for norm, end in zip(NORMS, ends, strict=True):
            since = max(beat.since, norm.first_day)
            until = min((day for day in (beat.until, end) if day is not None), default=None)
            if until is None or since < until:
                yield {
                    "code": beat.code,
                    "place_pre": beat.hromada.pre,
                    "people": beat.population,
                    "norm": norm.people[beat.kind],
                    "since": since,
                    "until": until,
                }


def _put(name: str, table: pa.Table) -> None:
    path = manifest.root() / f"{name}.new"
    duckdb.from_arrow(table).write_parquet(str(path))
    path.replace(manifest.root() / f"{name}.parquet")
