"""Crews by their call signs as people type them: «явір 1», «Явір-1», "yavir1"."""

from uuid import UUID

from varta.calls import queries
from varta.lib.text import transliterate, variants
from varta.people.scope import Reader


def find(reader: Reader, typed: str) -> UUID | None:
    """Return the only crew on duty that the words can mean, None if there is none or several."""
    wanted = {_bare(form.text) for form in variants(typed)} | {_bare(typed)}
    wanted.discard("")
    found = [
        key
        for key, sign in queries.on_duty(reader).values_list("key", "call_sign")
        if wanted & {_bare(sign), _bare(transliterate(sign))}
    ]
    return found[0] if len(found) == 1 else None


def _bare(text: str) -> str:
    """Return letters and digits alone, in lower case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
