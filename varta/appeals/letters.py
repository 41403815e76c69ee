"""What a letter says: its text from a template in words, its sheet, and the fingerprint that binds it to its entry.

Templates are plain files beside the pages, in Ukrainian, the language of the service: the heading, an empty
line, paragraphs. A word with a dollar sign stands for a value, and a value is never read again.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from babel.dates import format_date

from varta.cases.canon import canonical
from varta.procedures._appeal_records import LETTER

TEMPLATES = Path(__file__).parent / "templates" / "appeals" / "letters"
EDITION = "varta-letter-1"
TO_A_BODY = frozenset({"forward_cover"})  # letters that go to a body and not to the sender
REQUIRED = ("letterhead", "to", "body", "signatory_post", "signatory_name")
SPACES = re.compile(r"[ \t]+")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Content:
    """A letter apart from its number, its day and where the addressee lives; all in Ukrainian.

    `letterhead` is one line for each unit, the widest first; `answers` the line «На № … від …».
    """

    kind: str
    letterhead: str
    to: str
    body: str
    contacts: str = ""
    answers: str = ""
    heading: str = ""
    greeting: str = ""
    annex: str = ""
    signatory_post: str = ""
    signatory_name: str = ""
    executor: str = ""

    def lacks(self) -> Iterator[str]:
        """Yield the names of what a letter must have and this one has not."""
        yield from (name for name in REQUIRED if not getattr(self, name).strip())

    def as_json(self) -> dict[str, str]:
        """Return the plain form."""
        return asdict(self)

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Content":
        """Return the content that a plain form describes; members that a later edition added are empty."""
        return cls(**{field.name: _tidy(given.get(field.name, "")) for field in fields(cls)})


def written(kind: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return heading and body of a kind of letter; paragraphs whose values are all empty fall away."""
    heading, *paragraphs = _template(kind)
    filled = [Template(one.replace("№ ", "№\u00a0")).substitute(known) for one in paragraphs]
    return heading, "\n\n".join(one for one in filled if one.strip())


def sheet(
    content: Content, *, address: str, sent_on: date, number: str, draft: bool = False
) -> dict[str, Any]:
    """Return all that is drawn on the sheet; a draft bears a mark and no number."""
    day, digits = in_words(sent_on), "" if draft else number
    return content.as_json() | {
        "draft": draft,
        "title": f"{LETTER[content.kind]['uk']} № {digits}".strip(" №"),
        "letterhead": content.letterhead.splitlines(),
        "address": _tidy(address),
        "day": [sent_on.year, sent_on.month, sent_on.day],
        "date_line": f"{day} № {digits or '____'}",
    }


def fingerprint(content: Content, *, address_sealed: str, sent_on: date, number: str) -> str:
    """Return the SHA-256, in hex, of everything that the letter says.

    The sealed address differs each time it is sealed, so the fingerprint tells nothing of the address.
    """
    said = [EDITION, number, sent_on.isoformat(), content.as_json(), address_sealed]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def in_words(day: date) -> str:
    """Return a day as letters write it: «25 листопада 2026 року»."""
    return format_date(day, "d MMMM y 'року'", locale="uk")


def signed(name: str) -> str:
    """Return a name as it stands under a letter: «Галина КЕРІВНА» (ДСТУ 4163:2020)."""
    *given, surname = name.split() or [""]
    return " ".join([*given, surname.upper()])


@cache
def _template(kind: str) -> tuple[str, ...]:
    text = (TEMPLATES / f"{kind}.txt").read_text("utf-8")
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _tidy(text: str) -> str:
    """Return the text with plain line ends, no spaces at the ends of lines, one empty line between paragraphs.

    Signs that control a terminal or turn the direction of a line have no place on paper and fall away.
    """
    seen = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if not _unseen(sign))
    lines = [SPACES.sub(" ", line).strip() for line in seen.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unseen(sign: str) -> bool:
    return sign not in "\n\t" and (unicodedata.category(sign) in ("Cc", "Cs", "Cn") or sign in TURNS)
