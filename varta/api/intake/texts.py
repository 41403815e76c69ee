"""Texts of partners: in one form, and without characters that a record may not hold."""

import unicodedata

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str, *, lines: bool = False) -> str:
    """Return the text in composed form without control characters; line breaks stay only where `lines`.

    What breaks or tabs a line becomes a space in one that may have one line only.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(_kept(character, lines) for character in text)
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def _kept(character: str, lines: bool) -> str:
    if character == "\n":
        return "\n" if lines else " "
    if character == "\t":
        return " "
    harmful = unicodedata.category(character) in ("Cc", "Cs") or character in _TURNS
    return "" if harmful else character


def shortened(text: str, most: int) -> str:
    """Return the text in at most so many characters; an ellipsis says that there was more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
