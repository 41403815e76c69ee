"""Files of the lake that are missing or no longer what was written: found, named, and made anew from entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from varta.lake import export, manifest
from varta.lake.manifest import Manifest, Part
from varta.lake.schema import folders
from varta.lib.clock import day_start

Why = Literal["missing", "size", "sha256"]
WORDS: dict[Why, dict[str, str]] = {
    "missing": {"uk": "файлу немає", "en": "the file is missing"},
    "size": {"uk": "розмір файлу не той, що записано", "en": "the file's size is not what was written"},
    "sha256": {"uk": "вміст файлу не той, що записано", "en": "the file's content is not what was written"},
}


@dataclass(frozen=True, slots=True)
class Damage:
    """One file of the lake that cannot be counted from."""

    folder: str
    month: str
    file: str
    why: Why

    @property
    def spot(self) -> str:
        """Return what `varta refresh --rebuild` asks for."""
        return f"{self.folder}/{self.month}"


class LakeDamaged(RuntimeError):
    """Figures cannot be counted: files of the lake are missing or corrupted. `texts` names them and the cure."""

    def __init__(self, damages: list[Damage]) -> None:
        self.damages = damages
        self.texts = {language: _said(damages, language) for language in ("uk", "en")}
        super().__init__(self.texts["en"])


def _said(damages: list[Damage], language: str) -> str:
    files = "; ".join(f"{one.folder}/{one.file}: {WORDS[one.why][language]}" for one in damages)
    cures = ", ".join(f"varta refresh --rebuild {spot}" for spot in sorted({one.spot for one in damages}))
    if language == "uk":
        return (
            f"Порахувати не вдалося: у сховищі показників пошкоджено файл ({files}). Записи журналу цілі; файл "
            f"відновиться з них сам протягом хвилини. Адміністратор може зробити це відразу: {cures}."
        )
    return (
        f"The figures could not be counted: a file of the lake is damaged ({files}). The entries of the journal are "
        f"whole; the file is made anew from them within a minute. An administrator can do it at once: {cures}."
    )


def found(held: Manifest, *, deep: bool = False) -> list[Damage]:
    """Return the files that are missing or of another size; `deep` also compares each SHA-256, which reads them all."""
    return [
        Damage(folder, month, part.file, why)
        for folder, month, part in _parts(held)
        if (why := damage_of(folder, part, deep=deep))
    ]


def damage_of(folder: str, part: Part, *, deep: bool = False) -> Why | None:
    """Return what is wrong with a file, None if nothing is."""
    path = manifest.root() / folder / part.file
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return "missing"
    if part.size and size != part.size:
        return "size"
    return "sha256" if deep and manifest.digest(path) != part.sha256 else None


def _parts(held: Manifest) -> Iterator[tuple[str, str, Part]]:
    for folder, months in held.folders.items():
        for month, parts in months.items():
            for part in parts:
                yield folder, month, part


def rows_anew(folder: str, month: str, held: Manifest):
    """Return the rows of a folder's month from the entries of the transactions that the lake holds.

    Call it inside `reading(Reader.system())`. Raises KeyError for a folder that no procedure has.
    """
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    return export.rows_between(
        folders()[folder], day_start(first), day_start(following), until=held.watermark
    )


def month_of(words: str) -> tuple[str, str]:
    """Return folder and month of "call.arrive/2019-03". Raises ValueError, in words, for what is neither."""
    folder, _, month = words.partition("/")
    if folder not in folders():
        raise ValueError(f"The lake has no folder {folder}. There are: {', '.join(folders())}.")
    try:
        datetime.strptime(month, "%Y-%m")  # noqa: DTZ007  a month, not a moment
    except ValueError as wrong:
        raise ValueError(f"“{month}” is no month. Write it as 2019-03.") from wrong
    return folder, month
