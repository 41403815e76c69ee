"""The lake as the engine of figures sees it: files of one manifest, and so one consistent set."""

from collections.abc import Mapping
from typing import Literal

from varta.lake import damage, dimensions, manifest
from varta.lake.manifest import Manifest
from varta.lake.schema import duck_types


class LakeFiles:
    """The files that a manifest names."""

    def __init__(self, held: Manifest | None = None) -> None:
        self.manifest = held or manifest.read()

    def files(self, folder: str, first: str = "", last: str = "9999-12") -> list[str]:
        """Return the files of a folder from one month to another, both inclusive.

        Raises LakeDamaged, which names them, where some are missing or of another size than was written.
        """
        months = self.manifest.folders.get(folder, {})
        damages = [
            damage.Damage(folder, month, part.file, why)
            for month in sorted(months)
            if first <= month <= last
            for part in months[month]
            if (why := damage.damage_of(folder, part))
        ]
        if damages:
            raise damage.LakeDamaged(damages)
        return [str(path) for path in self.manifest.paths(folder, first, last)]

    def columns(self, folder: str) -> Mapping[str, str]:
        """Return the columns of a folder with their types in DuckDB's words."""
        return duck_types(folder)

    def dimension(self, name: Literal["places", "units", "beats"]) -> str:
        """Return the file of places, of units or of beats; all are written if it is missing or lacks a column."""
        path = manifest.root() / f"{name}.parquet"
        if not dimensions.complete(path, name):
            dimensions.write()
        return str(path)
