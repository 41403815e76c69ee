"""`varta messages`: the Ukrainian catalogues of all rooms, with Babel and no system tools."""

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

CODE = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale", "uk", "LC_MESSAGES", "django.po")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a text is not translated.")
@click.option("--update", is_flag=True, help="Bring the catalogues to the texts of the code.")
@click.option("--quiet", is_flag=True, help="Say nothing when all is well.")
def command(check: bool, update: bool, quiet: bool) -> None:
    """Compile the Ukrainian texts; also find what is not translated.

    Texts are English in the code; each room keeps its Ukrainian in locale/uk/LC_MESSAGES/django.po.
    """
    if update:
        for room in rooms():
            update_catalogue(room)
    if check:
        complaints = [complaint for room in rooms() for complaint in complaints_of(room)]
        complaints += contradictions()
        if complaints:
            raise click.ClickException("The translations are not whole:\n  " + "\n  ".join(complaints))
    compiled = sum(compile_catalogue(room / CATALOGUE) for room in rooms() if (room / CATALOGUE).exists())
    if not quiet:
        click.echo(f"{compiled} texts in Ukrainian.")


def rooms() -> list[Path]:
    """Return the folders of the rooms in the order of the alphabet."""
    return sorted(folder for folder in CODE.iterdir() if (folder / "__init__.py").exists())


def compile_catalogue(file: Path) -> int:
    """Compile one catalogue and return how many texts it has."""
    catalogue = read_catalogue(file)
    draft = file.with_suffix(f".{os.getpid()}.mo")
    with draft.open("wb") as out:
        write_mo(out, catalogue)
    draft.replace(file.with_suffix(".mo"))
    return len(catalogue)


def read_catalogue(file: Path) -> Catalog:
    """Return a room's catalogue; an empty one if the room has none."""
    if not file.exists():
        return Catalog(locale="uk", project="Varta", creation_date=datetime(2019, 10, 31, tzinfo=UTC))
    with file.open("rb") as source:
        return read_po(source, locale="uk")


def texts_of(room: Path) -> Catalog:
    """Return the texts that a room's code and templates ask to be translated."""
    found = Catalog()
    for file in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if {"tests", "migrations"} & set(file.relative_to(room).parts):
            continue
        for _, message, _, context in _texts_in(file):
            found.add(message, context=context)
    return found


def _texts_in(file: Path) -> Iterator[tuple]:
    from django.utils.translation.template import templatize

    source = file.read_text()
    if file.suffix != ".py":
        source = templatize(source, origin=str(file))
    code = io.BytesIO(source.encode())
    yield from extract("python", code, keywords=KEYWORDS, options={"encoding": "utf-8"})


def update_catalogue(room: Path) -> None:
    """Add the texts that a room's catalogue lacks and drop those that the code no longer has."""
    file, texts = room / CATALOGUE, texts_of(room)
    if not len(texts):
        return
    catalogue = read_catalogue(file)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue, width=110, sort_output=True, no_location=True, omit_header=False)


def complaints_of(room: Path) -> list[str]:
    """Return what is wrong with a room's catalogue: missing, left over, empty, fuzzy or malformed texts."""
    texts, catalogue = texts_of(room), read_catalogue(room / CATALOGUE)
    wanted = {_name(message) for message in texts if message.id}
    known = {_name(message): message for message in catalogue if message.id}
    complaints = [f"{room.name}: not in the catalogue: {name}" for name in sorted(wanted - known.keys())]
    complaints += [f"{room.name}: no longer in the code: {name}" for name in sorted(known.keys() - wanted)]
    for name, message in sorted(known.items()):
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy or not all(strings):
            complaints.append(f"{room.name}: not translated: {name}")
        complaints += [f"{room.name}: {error}: {name}" for error in message.check(catalogue)]
    return complaints


def contradictions() -> list[str]:
    """Return texts that two rooms translate in two ways: Django would show one of them in both rooms."""
    seen: dict[str, tuple[str, object]] = {}
    complaints = []
    for room in rooms():
        for message in read_catalogue(room / CATALOGUE):
            if not message.id:
                continue
            other, string = seen.setdefault(_name(message), (room.name, message.string))
            if string != message.string:
                complaints.append(f"{other} and {room.name} translate differently: {_name(message)}")
    return complaints


def _name(message: object) -> str:
    """Return how a text is called in a complaint: its first form, with its context if it has one."""
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f"{message.context} | {text!r}" if message.context else repr(text)
