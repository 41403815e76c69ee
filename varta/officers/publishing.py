"""The published series that is in force: the edition loaded last, else the one that comes with Varta."""

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from varta.officers import series
from varta.officers.models import SeriesEdition
from varta.officers.series import SHIPPED, Series, SeriesInvalid


def in_force() -> Series:
    """Return the series to show."""
    newest = SeriesEdition.objects.order_by("-pk").values_list("pk", flat=True).first()
    return series.shipped() if newest is None else _read(newest)


@lru_cache(maxsize=4)  # an edition never changes
def _read(edition: int) -> Series:
    found = SeriesEdition.objects.get(pk=edition)
    return series.read(found.figures, found.sources)


def load(*, name: str, figures: str, sources: str, at: datetime) -> Series | None:
    """Keep a new edition and return it, or None if it is the one in force; call it as the system.

    Raises SeriesInvalid for a file that cannot be taken; then nothing is kept.
    """
    read = series.read(figures, sources)
    digest = hashlib.sha256(f"{figures}\0{sources}".encode()).hexdigest()
    newest = SeriesEdition.objects.order_by("-pk").first()
    if newest is not None and newest.digest == digest:
        return None
    SeriesEdition.objects.create(name=name, loaded_at=at, digest=digest, figures=figures, sources=sources)
    return read


def text_of(file: Path | None, shipped: str) -> str:
    """Return the text of a file, or of the shipped one; raise SeriesInvalid for bytes that are no UTF-8."""
    path = file or SHIPPED / shipped
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise SeriesInvalid(f"{path.name} is not in UTF-8. Save it as CSV UTF-8.") from wrong
