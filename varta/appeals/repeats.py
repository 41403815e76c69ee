"""Whether an appeal repeats an earlier one of the same sender: by its words. It offers; a person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from varta.appeals import queries
from varta.appeals.grammar import plain
from varta.cases import wording
from varta.cases.models import Case
from varta.lib.text.declension import dictionary
from varta.people.scope import Reader

ALIKE = 0.35  # of shared words, from which two appeals seem to be about one matter
ALIKE_IN_SUBJECT = 0.2  # where the subject is the same as well
MOST = 8  # earlier appeals offered
LOOKED_AT = 50  # the latest of the sender
EMPTY = {"PREP", "CONJ", "PRCL", "NPRO", "INTJ"}  # parts of speech that tell nothing of the matter
# Words that every appeal has; the rest is what it is about.
USUAL = frozenset(
    {"просити", "прошу", "звернення", "заява", "скарга", "поліція", "бути", "це", "весь", "цей"}
)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@dataclass(frozen=True)
class Earlier:
    """An earlier appeal of the sender: how much of its words this one shares, 0..1, and whether it is decided."""

    case: Case
    about: str
    likeness: float
    same_subject: bool
    decided: bool

    @property
    def number(self) -> str:
        """Return the number of the earlier appeal."""
        return f"{self.case.number}/{self.case.year}"

    @property
    def result(self) -> str:
        """Return in words how the earlier appeal was decided."""
        return wording.value(wording.listed_fields(queries.APPEAL)["result"], self.case.facts.get("result"))

    @property
    def seems_same(self) -> bool:
        """Return whether both seem to be about one matter."""
        return self.likeness >= (ALIKE_IN_SUBJECT if self.same_subject else ALIKE)


def earlier_of(
    persons: Sequence[UUID], *, about: str, subject: str, reader: Reader, without: UUID | None = None
) -> list[Earlier]:
    """Return earlier appeals of these people, those about the same matter first, then the latest."""
    if not persons:
        return []
    mine = queries.visible_to(reader).filter(involvements__person__in=persons).exclude(key=without)
    cases = list(mine.distinct().select_related("unit").order_by("-opened_at")[:LOOKED_AT])
    texts = queries.substance([case.key for case in cases])
    found = [_compared(case, texts.get(case.key, ""), about, subject) for case in cases]
    found.sort(key=lambda one: (not one.seems_same, -one.likeness))
    return found[:MOST]


def _compared(case: Case, text: str, about: str, subject: str) -> Earlier:
    same_subject = bool(subject) and case.facts.get("subject") == subject
    return Earlier(case, text, likeness(text, about), same_subject, queries.decided(case))


def likeness(a: str, b: str) -> float:
    """Return the share of words that two texts have in common (Dice), 0..1, whatever their endings."""
    first, second = _words(a), _words(b)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    lemmas = {_lemma(plain(word)) for word in WORD.findall(text)}
    return frozenset(lemmas - USUAL - {""})


@lru_cache(maxsize=16384)
def _lemma(word: str) -> str:
    """Return the dictionary form of a word; "" for one that tells nothing."""
    if len(word) < 3:
        return ""
    reading = dictionary().parse(word)[0]
    return "" if EMPTY & reading.tag.grammemes else reading.normal_form
