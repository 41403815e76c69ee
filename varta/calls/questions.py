"""The short questions of the duty desk, and the category that the answers propose. The questions are data.

An edition is one file in `questions/`; the newest whose first day has come counts. `Tree.asked` and
`Tree.propose` have twins in `static/calls/questions.js`, since the desk asks without the server, too.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from varta.people.access import reading_language
from varta.procedures.call import CATEGORY, KIND, URGENCY

FOLDER = Path(__file__).with_name("questions")
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "yes": {"uk": "так", "en": "yes"},
    "no": {"uk": "ні", "en": "no"},
    "unknown": {"uk": "невідомо", "en": "not known"},
}
FEWEST, MOST = 3, 5  # questions of a kind: more than five nobody answers at the telephone
LONGEST = 80  # signs of a question

Text = Mapping[str, str]


class TreeFault(ValueError):
    """An edition of the questions cannot be used: which file, where in it, and what to mend."""


@dataclass(frozen=True)
class Question:
    """A question, which answers call for at least which category, and when it is asked at all."""

    code: str
    text: Text
    raises: Mapping[str, str]  # answer -> category
    because: Text | None
    after: Mapping[str, str]  # question -> the answer it must have had


@dataclass(frozen=True)
class Branch:
    """What is asked about a kind of event."""

    begins: str  # category before any answer
    asks: tuple[str, ...]
    crime_signs: bool


@dataclass(frozen=True)
class Proposal:
    """A category and the sentence that says why, in both languages."""

    category: str
    why: Text


@dataclass(frozen=True)
class Tree:
    """An edition of the questions."""

    edition: str
    valid_from: date
    verified_by: str  # "" as long as nobody has looked through it
    verified_on: date | None
    questions: Mapping[str, Question]
    branches: Mapping[str, Branch]

    def asked(self, kind: str, answers: Mapping[str, str]) -> list[Question]:
        """Return what is asked about this kind after these answers, in order."""
        branch = self.branches.get(kind)
        found = [self.questions[code] for code in branch.asks] if branch else []
        return [one for one in found if all(answers.get(code) == want for code, want in one.after.items())]

    def propose(self, kind: str, answers: Mapping[str, str]) -> Proposal | None:
        """Return the most urgent category that the kind or one of the answers calls for; None for no kind."""
        branch = self.branches.get(kind)
        if branch is None:
            return None
        calls = [(one.raises.get(answers.get(one.code, "")), one) for one in self.asked(kind, answers)]
        raised = [(category, one) for category, one in calls if category]
        top = max([branch.begins, *(category for category, _ in raised)], key=URGENCY.index)
        reasons = [one.because for category, one in raised if category == top and one.because]
        return Proposal(top, {language: _why(top, kind, reasons, language) for language in ("uk", "en")})

    def written(self, kind: str, answers: Mapping[str, str]) -> str:
        """Return the answers as a call keeps them: "2026-1 danger=yes weapon=no"."""
        given = [
            f"{one.code}={answers[one.code]}" for one in self.asked(kind, answers) if one.code in answers
        ]
        return " ".join([self.edition, *given]) if given else ""

    def as_json(self) -> dict[str, Any]:
        """Return what a browser needs to ask by itself."""
        return {
            "edition": self.edition,
            "verified": bool(self.verified_by),
            "questions": {code: asdict(one) for code, one in self.questions.items()},
            "branches": {kind: asdict(one) for kind, one in self.branches.items()},
        }


def _why(category: str, kind: str, reasons: list[Text], language: str) -> str:
    name = CATEGORY[category][language].split(":")[0]
    if reasons:
        because, also = {"uk": (", бо ", ", "), "en": (", because ", ", ")}[language]
        return f"{name}{because}{also.join(reason[language] for reason in reasons)}."
    event = KIND[kind][language]
    rest = {"uk": "звичайна категорія для виду", "en": "the usual category for"}[language]
    return f"{name}: {rest} “{event}”." if language == "en" else f"{name}: {rest} «{event}»."


@cache
def editions() -> tuple[Tree, ...]:
    """Return all editions that Varta brings, the earliest first."""
    found = sorted((read(file) for file in FOLDER.glob("*.toml")), key=lambda tree: tree.valid_from)
    for earlier, later in pairwise(found):
        if earlier.valid_from == later.valid_from or earlier.edition == later.edition:
            raise TreeFault(
                f"The editions {earlier.edition} and {later.edition} of the questions have one name or one first "
                "day: give each its own."
            )
    return tuple(found)


def tree_on(day: date) -> Tree:
    """Return the edition in force on a Kyiv day; before the first one, the first."""
    found = [tree for tree in editions() if tree.valid_from <= day]
    return found[-1] if found else editions()[0]


def told(written: str) -> list[tuple[Text, Text]]:
    """Return the questions and answers that a call keeps, in words; what no edition knows stays out."""
    edition, *given = written.split() or [""]
    tree = next((one for one in editions() if one.edition == edition), None)
    pairs = [one.partition("=")[::2] for one in given]
    return [
        (tree.questions[code].text, ANSWERS[answer])
        for code, answer in pairs
        if tree and code in tree.questions and answer in ANSWERS
    ]


def said(written: str) -> str:
    """Return the questions and answers that a call keeps, one in a line, in the reader's language."""
    return "\n".join(
        f"{text[reading_language()]} — {answer[reading_language()]}" for text, answer in told(written)
    )


def read(file: Path) -> Tree:
    """Return the edition that a file describes. Raises TreeFault."""
    try:
        return _tree(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise TreeFault(f"{file.name} is not TOML: {error}.") from error
    except TreeFault as fault:
        raise TreeFault(f"{file.name}: {fault}") from fault


def _tree(given: Mapping[str, Any]) -> Tree:
    _only(given, {"edition", "valid_from", "verified", "questions", "kinds"}, "the file")
    edition, valid_from = given.get("edition"), given.get("valid_from")
    if not isinstance(edition, str) or not edition or " " in edition:
        raise TreeFault("it needs `edition`, a name without spaces.")
    if not isinstance(valid_from, date):
        raise TreeFault("it needs `valid_from`, the first day on which it counts, as 2026-01-31.")
    verified = given.get("verified") or {}
    if verified and not (verified.get("by") and isinstance(verified.get("on"), date)):
        raise TreeFault("`verified` needs `by`, a name, and `on`, a day.")
    questions = {code: _question(code, one) for code, one in given.get("questions", {}).items()}
    branches = _branches(given.get("kinds", []), questions)
    _after_what_is_asked(questions, branches)
    return Tree(edition, valid_from, verified.get("by", ""), verified.get("on"), questions, branches)


def _question(code: str, given: Mapping[str, Any]) -> Question:
    where = f"the question “{code}”"
    _only(given, {"uk", "en", "because", "after", *ANSWERS}, where)
    text = _both(given, where)
    if longest := max(text.values(), key=len)[LONGEST:]:
        raise TreeFault(f"{where} is longer than {LONGEST} signs by “{longest}”: nobody reads it out.")
    raises = {answer: given[answer] for answer in ANSWERS if answer in given}
    for category in raises.values():
        _category(category, where)
    because = _both(given["because"], f"`because` of {where}") if "because" in given else None
    if bool(raises) != bool(because):
        raise TreeFault(
            f"{where} needs both: an answer that calls for a category, and `because`; or neither."
        )
    return Question(code, text, raises, because, given.get("after", {}))


def _branches(given: Iterable[Mapping[str, Any]], questions: Mapping[str, Question]) -> dict[str, Branch]:
    found: dict[str, Branch] = {}
    for one in given:
        where = f"the kinds {', '.join(one.get('codes', [])) or '(no codes)'}"
        _only(one, {"codes", "begins", "asks", "crime_signs"}, where)
        _category(one.get("begins"), where)
        asks = tuple(one.get("asks", ()))
        if not FEWEST <= len(asks) <= MOST or len(set(asks)) < len(asks):
            raise TreeFault(f"{where} must ask {FEWEST} to {MOST} different questions, not {len(asks)}.")
        if unknown := [code for code in asks if code not in questions]:
            raise TreeFault(f"{where} ask what is no question: {', '.join(unknown)}.")
        for code in one.get("codes", ()):
            if code not in KIND or code in found:
                raise TreeFault(f"{where}: “{code}” is no kind of event, or stands here twice.")
            found[code] = Branch(one["begins"], asks, bool(one.get("crime_signs", False)))
    if missing := [code for code in KIND if code not in found]:
        raise TreeFault(f"nothing is asked about these kinds of event: {', '.join(missing)}.")
    return found


def _after_what_is_asked(questions: Mapping[str, Question], branches: Mapping[str, Branch]) -> None:
    """Refuse a question that waits for one which is not asked before it."""
    for kind, branch in branches.items():
        for nth, code in enumerate(branch.asks):
            for awaited, answer in questions[code].after.items():
                if awaited not in branch.asks[:nth] or answer not in ANSWERS:
                    raise TreeFault(
                        f"the kind “{kind}” asks “{code}” after “{awaited}” = “{answer}”: "
                        "that question must stand before it, and the answer be yes, no or unknown."
                    )


def _both(given: Any, where: str) -> Text:
    if not isinstance(given, Mapping) or not (given.get("uk") and given.get("en")):
        raise TreeFault(f"{where} needs its words in both languages, `uk` and `en`.")
    return {"uk": given["uk"], "en": given["en"]}


def _category(given: Any, where: str) -> None:
    if given not in URGENCY:
        raise TreeFault(f"{where}: “{given}” is no category; there are {', '.join(reversed(URGENCY))}.")


def _only(given: Mapping[str, Any], known: set[str], where: str) -> None:
    if strange := sorted(set(given) - known):
        raise TreeFault(f"{where} has what nobody knows: {', '.join(strange)}.")
