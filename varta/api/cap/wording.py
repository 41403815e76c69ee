"""The words of an alert as an officer reads them in the record of a call."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from varta.api.cap.message import Alert, Info
from varta.api.intake.texts import plain, shortened
from varta.lib.clock import KYIV

MOST_ABOUT, MOST_LINE = 10_000, 200  # characters of the fields of a call


def ordered(infos: Sequence[Info]) -> list[Info]:
    """Return the blocks with those in Ukrainian first; the rest in the order of the sender."""
    return sorted(infos, key=lambda info: not info.language.lower().startswith("uk"))


def about(alert: Alert) -> str:
    """Return what was reported: in Ukrainian first, the other languages below with their codes."""
    blocks = ordered(alert.infos)
    texts = []
    for info in blocks:
        marked = f"[{info.language}] " if len(blocks) > 1 else ""
        texts.append(marked + "\n".join(_lines(info)))
    return shortened(plain("\n\n".join(dict.fromkeys(texts)), lines=True), MOST_ABOUT)


def address(alert: Alert) -> str:
    """Return the words of the first area, in one line."""
    areas = [area.description for info in ordered(alert.infos) for area in info.areas]
    return shortened(plain(areas[0]), MOST_LINE) if areas else ""


def added(earlier: str, what: str, text: str, *, at: datetime) -> str:
    """Return the earlier words with later ones below; where both are too long, the earlier give way."""
    heading = f"{what} {at.astimezone(KYIV):%d.%m.%Y %H:%M}:"
    later = shortened(f"{heading}\n{plain(text, lines=True)}".strip(), MOST_ABOUT // 2)
    return f"{shortened(earlier, MOST_ABOUT - len(later) - 2)}\n\n{later}".strip()


def _lines(info: Info) -> Iterator[str]:
    for text in (info.headline or info.event, info.description, info.instruction):
        if text:
            yield text
    if info.contact:
        yield f"Контакт: {info.contact}"
    if info.sender_name:
        yield f"Від: {info.sender_name}"
    for resource in info.resources:
        yield f"Файл: {resource.description} {resource.uri}".strip()
