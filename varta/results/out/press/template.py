"""The language of templates: plain text, figures by their names in {{ }}, passages in [[ ]] that may be left out.

    За {{ period }} зареєстровано {{ C01.country.now | plural "виклик" "виклики" "викликів" }}.
    [[ У норматив прибули в {{ C05.country.now }} випадків. ]]

A passage in [[ ]] is left out where the report does not know one of its figures. There are no loops, no
conditions and no sums, and nothing of a template is run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from varta.results.out.press.digits import typed
from varta.results.out.press.faults import Fault, TemplateRefused

TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]")
CALL = re.compile(r'\s*(?P<name>[\w+.-]+)\s*(?:\|\s*(?P<form>\w+)(?P<words>(?:\s*"[^"]*")*)\s*)?')
WORD = re.compile(r'"([^"]*)"')
CLOSING = {"{{": "}}", "[[": "]]"}
EXAMPLE = "{{ C01.country.now }}"


@dataclass(frozen=True)
class Call:
    """A figure or a name that the report gives: its name, the form it takes, and the words of the form."""

    name: str
    form: str
    words: tuple[str, ...]
    line: int
    written: str


Piece = str | Call


@dataclass(frozen=True)
class Passage:
    """Pieces that go together; an optional passage is left out whole where one of its figures is not known."""

    pieces: tuple[Piece, ...]
    optional: bool


@dataclass(frozen=True)
class Template:
    """A text that was read: its paragraphs, each a row of passages."""

    language: str
    paragraphs: tuple[tuple[Passage, ...], ...]

    def calls(self) -> Iterator[Call]:
        """Yield every figure that the text names."""
        for paragraph in self.paragraphs:
            for passage in paragraph:
                yield from (piece for piece in passage.pieces if isinstance(piece, Call))


def read(text: str, language: str) -> Template:
    """Return the template. Raises TemplateRefused with every fault: brackets, forms, numbers typed by hand."""
    reading = _Reading(text.replace("\r\n", "\n"), language)
    paragraphs = tuple(reading.paragraphs())
    if reading.faults:
        raise TemplateRefused(reading.faults)
    return Template(language, paragraphs)


class _Reading:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.faults: list[Fault] = []

    def paragraphs(self) -> Iterator[tuple[Passage, ...]]:
        """Yield the paragraphs: parts between empty lines."""
        at = 0
        for part in re.split(r"(\n[ \t]*\n\s*)", self.text):
            if part.strip():
                yield tuple(self._passages(part, at))
            at += len(part)

    def _passages(self, part: str, at: int) -> Iterator[Passage]:
        pieces: list[Piece] = []
        optional, done = False, 0
        tokens = list(TOKEN.finditer(part))
        nth = 0
        while nth < len(tokens):
            token = tokens[nth]
            pieces += self._plain(part[done : token.start()], at + done)
            done = token.end()
            if token[0] == "{{":
                nth += 1
                if nth == len(tokens) or tokens[nth][0] != "}}":
                    self._unclosed("{{", part[token.start() :], at + token.start())
                    return
                pieces.append(self._call(part[done : tokens[nth].start()], at + done))
                done = tokens[nth].end()
            elif token[0] == "}}":
                self._fault("open", at + token.start(), "}}", "", "{{")
            elif (token[0] == "[[") == optional:
                self._fault("nested", at + token.start())
            else:
                yield Passage(tuple(pieces), optional)
                pieces, optional = [], not optional
            nth += 1
        if optional:
            self._unclosed("[[", part, at)
        yield Passage((*pieces, *self._plain(part[done:], at + done)), optional=False)

    def _plain(self, text: str, at: int) -> list[Piece]:
        for place, number in typed(text):
            self._fault("typed", at + place, number, EXAMPLE)
        shown = re.sub(r"[ \t]*\n[ \t]*", " ", text)
        return [shown] if shown else []

    def _call(self, inside: str, at: int) -> Call:
        found = CALL.fullmatch(inside)
        if found is None:
            self._fault("shape", at, inside.strip(), "period, before, day, year")
            return Call("", "", (), self._line(at), inside)
        words = tuple(WORD.findall(found["words"] or ""))
        for word in words:
            if any(sign.isnumeric() for sign in word):
                self._fault("quoted", at, word)
        return Call(found["name"], found["form"] or "", words, self._line(at), inside.strip())

    def _unclosed(self, opening: str, text: str, at: int) -> None:
        self._fault("open", at, opening, text[:30].strip(), CLOSING[opening])

    def _fault(self, code: str, at: int, *given: str) -> None:
        self.faults.append(Fault(code, given, self.language, self._line(at)))

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1
