"""The statement of a report in both languages, each figure leading to its cell.

Law 2704-VIII, art. 27: the Ukrainian text is not less than any other. So there is no English text without
a Ukrainian one, and the English one tells no figure, date or law that the Ukrainian does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from varta.results.out import words
from varta.results.out.press import wording
from varta.results.out.press.digits import allowed
from varta.results.out.press.faults import Fault, TemplateRefused
from varta.results.out.press.sources import Cell, Sources, Value, nearest
from varta.results.out.press.template import Call, Passage, Template, read
from varta.results.pack import Pack

FULLER = {"uk": "Повніше українською", "en": "The fuller text is in Ukrainian"}


@dataclass(frozen=True)
class Told:
    """A part of a sentence that came from the report: its text, and the cell it leads to."""

    text: str
    cell: Cell | None


Part = str | Told
Paragraph = tuple[Part, ...]


@dataclass(frozen=True)
class Statement:
    """The text in both languages; `left_out` are passages whose figures the report does not know."""

    uk: tuple[Paragraph, ...]
    en: tuple[Paragraph, ...]
    left_out: tuple[str, ...]

    def text(self, language: str) -> str:
        """Return one language as plain text, an empty line between paragraphs."""
        return "\n\n".join(plain(paragraph) for paragraph in self.of(language))

    def of(self, language: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of one language."""
        return self.uk if language == "uk" else self.en


def plain(paragraph: Paragraph) -> str:
    """Return a paragraph as text."""
    return "".join(part if isinstance(part, str) else part.text for part in paragraph).strip()


def checked(uk: str, en: str, pack: Pack | None = None) -> tuple[Template, Template]:
    """Return both templates, read. Raises TemplateRefused with every fault of both.

    With a pack, a number typed by hand is told how to be referred to.
    """
    faults: list[Fault] = []
    found = []
    for text, language in ((uk, "uk"), (en, "en")):
        try:
            found.append(read(text, language))
        except TemplateRefused as refused:
            faults += [_helped(fault, pack) for fault in refused.faults]
    if not uk.strip():
        faults.append(Fault("no_ukrainian" if en.strip() else "empty"))
    if faults:
        raise TemplateRefused(faults)
    return found[0], found[1]


def _helped(fault: Fault, pack: Pack | None) -> Fault:
    if fault.code != "typed" or pack is None:
        return fault
    number, example = fault.given
    return Fault(fault.code, (number, nearest(pack, number) or example), fault.text, fault.line)


def write(uk: str, en: str, pack: Pack) -> Statement:
    """Return the statement that the templates give with a pack.

    Raises TemplateRefused: for what `checked` refuses, for names that the pack lacks, for figures that it does
    not know outside [[ ]], and where the English text says more than the Ukrainian.
    """
    faults: list[Fault] = []
    told, left = {}, []
    for template in checked(uk, en, pack):
        writer = _Writer(pack, template.language)
        told[template.language] = tuple(writer.paragraphs(template))
        faults += writer.faults
        left += writer.left_out
    made = Statement(told["uk"], told["en"], tuple(left))
    faults = faults or list(_says_more(made))
    if faults:
        raise TemplateRefused(faults)
    return made


class _Writer:
    def __init__(self, pack: Pack, language: str) -> None:
        self.sources, self.language = Sources(pack), language
        self.faults: list[Fault] = []
        self.left_out: list[str] = []

    def paragraphs(self, template: Template) -> Iterator[Paragraph]:
        for passages in template.paragraphs:
            parts: list[Part] = []
            for passage in passages:
                parts += self._passage(passage, parts)
            if plain(tuple(parts)):
                yield _tidy(parts)

    def _passage(self, passage: Passage, before: Sequence[Part]) -> list[Part]:
        values = [(call, self._value(call)) for call in passage.pieces if isinstance(call, Call)]
        missing = [(call, value) for call, value in values if value is not None and value.state != "known"]
        if missing and passage.optional:
            self.left_out += [call.name for call, _ in missing]
            return []
        for call, value in missing:
            given = (call.name, words.STATES[value.state])
            self.faults.append(Fault("absent", given, self.language, call.line))
        told: list[Part] = []
        held = iter(values)
        for piece in passage.pieces:
            if isinstance(piece, str):
                told.append(piece)
                continue
            _, value = next(held)
            if value is not None and value.state == "known":
                told += self._told(piece, value, plain((*before, *told)))
        return told

    def _value(self, call: Call) -> Value | None:
        try:
            value = self.sources.value(call, self.language)
            wording.check(call, value, self.language)
        except TemplateRefused as refused:
            self.faults += refused.faults
            return None
        return value

    def _told(self, call: Call, value: Value, before: str) -> list[Part]:
        try:
            return [Told(wording.written(value, call, self.language, before), value.cell)]
        except TemplateRefused as refused:
            self.faults += refused.faults
            return []


def _tidy(parts: Iterable[Part]) -> Paragraph:
    """Return the parts without double spaces where a passage was left out, and without empty ones."""
    tidy: list[Part] = []
    for part in parts:
        last = tidy[-1] if tidy else " "
        doubled = isinstance(part, str) and isinstance(last, str) and last.endswith(" ")
        kept = part.lstrip(" ") if doubled else part
        if kept:
            tidy.append(kept)
    if tidy and isinstance(tidy[-1], str):
        tidy[-1] = tidy[-1].rstrip()
    return tuple(tidy)


def _says_more(made: Statement) -> Iterator[Fault]:
    """Yield where the English text tells what the Ukrainian does not."""
    if not made.en:
        return
    known = {part.cell for part in _all(made.uk) if isinstance(part, Told)}
    for part in _all(made.en):
        if isinstance(part, Told) and part.cell not in known:
            yield Fault("says_more", (part.text,))
    told = {number for part in _all(made.uk) for number in _numbers(part)}
    for part in _all(made.en):
        for number in _numbers(part):
            if number not in told:
                yield Fault("says_more", (number,))
    counts = {"uk": "абзаців", "en": "paragraphs"}, {"uk": "знаків", "en": "signs"}
    sizes = (len(made.en), len(made.uk)), (len(made.text("en")), len(made.text("uk")))
    for name, (english, ukrainian) in zip(counts, sizes, strict=True):
        if english > ukrainian:
            yield Fault("longer", (name, str(english), str(ukrainian)))


def _all(paragraphs: Iterable[Paragraph]) -> Iterator[Part]:
    for paragraph in paragraphs:
        yield from paragraph


def _numbers(part: Part) -> list[str]:
    return allowed(part) if isinstance(part, str) else []
