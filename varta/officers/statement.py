"""The statement of the programme's state on a day, in Ukrainian and English, written from counts. No framework.

A sentence is a row of words and figures; a figure knows which rows it was counted from, so that a page can
lead to them. Both languages say the same sentences in the same order: neither says more than the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from varta.lib.text.declension import in_case, oblique, plural, preposition
from varta.officers.wordings import FORMS, LANGUAGES, Language

PRESENT = ("candidate", "training", "internship", "serving", "leave")  # who is in the programme
Name = Mapping[str, str]  # {"uk": ..., "en": ...}


@dataclass(frozen=True)
class Held:
    """How many people are in a stage, of one oblast, hromada and university ("" where there is none)."""

    stage: str
    oblast: str
    hromada: str
    university: str
    number: int


@dataclass(frozen=True)
class State:
    """The programme on a day: what was counted, and names of oblasts and universities by their codes."""

    day: date
    held: tuple[Held, ...]
    names: Mapping[str, Name]

    def number(self, **asks: str) -> int:
        """Return how many people are counted with these values: number(stage="serving", oblast=code)."""
        return sum(one.number for one in self.held if _meets(one, asks))

    def codes(self, what: str, *stages: str) -> tuple[str, ...]:
        """Return the codes of an attribute that anybody in these stages has, the most people first."""
        found: dict[str, int] = {}
        for one in self.held:
            code = getattr(one, what)
            if code and one.stage in stages:
                found[code] = found.get(code, 0) + one.number
        return tuple(sorted(found, key=lambda code: (-found[code], self.names.get(code, {}).get("uk", code))))


def _meets(one: Held, asks: Mapping[str, str]) -> bool:
    return all(getattr(one, name) == value for name, value in asks.items())


@dataclass(frozen=True)
class Figure:
    """A number and what it counts: of people, or of the different values of `distinct`."""

    number: int
    asks: Mapping[str, str] = field(default_factory=dict)
    distinct: str = ""

    def __str__(self) -> str:
        return f"{self.number:,}".replace(",", "\u00a0")

    def query(self, day: date) -> dict[str, str]:
        """Return what the page of a count is asked for to show where the number comes from."""
        counted = {"distinct": self.distinct} if self.distinct else {}
        return {"on": day.isoformat(), **self.asks, **counted}


Part = str | Figure
Sentence = tuple[Part, ...]


def text(sentences: Iterable[Sentence]) -> str:
    """Return the sentences as plain text, one paragraph."""
    return " ".join("".join(map(str, sentence)) for sentence in sentences)


def write(state: State, language: Language) -> tuple[Sentence, ...]:
    """Return the sentences of the statement."""
    return _Writer(state, language).sentences()


class _Writer:
    def __init__(self, state: State, language: Language) -> None:
        self.state, self.uk = state, language == "uk"
        self.language = language
        self.words = LANGUAGES[language]

    def sentences(self) -> tuple[Sentence, ...]:
        regions = self.state.codes("oblast", *PRESENT)
        if not regions:
            return self._nobody()
        told = (
            self._where(regions),
            *self._serving(),
            *self._training(),
            *self._leave(),
            *self._candidates(),
        )
        return tuple(told)

    def _day(self) -> str:
        return format_date(self.state.day, self.words["day"], locale=self.language)

    def _counted(self, noun: str, figure: Figure) -> str:
        """Return the words beside a number that stands in the nominative."""
        return plural(figure.number, self.language, **FORMS[self.language][noun])

    def _nobody(self) -> tuple[Sentence, ...]:
        return ((self.words["nobody"].format(day=self._day()),),)

    def _where(self, regions: Sequence[str]) -> Sentence:
        figure = Figure(len(regions), {}, "oblast")
        began = self.words["where"].format(day=self._day())
        if self.uk:
            noun = oblique(figure.number, one="регіоні", more="регіонах")
            return (f"{began} {preposition(began, str(figure))} ", figure, f" {noun} України.")
        return (f"{began} in ", figure, f" {self._counted('region', figure)} of Ukraine.")

    def _serving(self) -> Iterable[Sentence]:
        serving, interns = self._stage("serving"), self._stage("internship")
        at = self.state.codes("oblast", "serving")
        if len(at) == 1 and self.state.codes("oblast", "internship") == at:
            yield self._of_one_oblast(at[0])
            return
        if serving.number:
            yield self._in_hromadas(serving, at)
        if interns.number:
            yield (
                *self._said("interning", interns),
                *self._by(self.state.codes("oblast", "internship"), interns),
            )

    def _stage(self, stage: str, **more: str) -> Figure:
        asks = {"stage": stage} | more
        return Figure(self.state.number(**asks), asks)

    def _said(self, what: str, figure: Figure) -> Sentence:
        """Return a number with its noun and its verb: «173 особи проходять…», "173 people are…"."""
        return (figure, f" {self._counted(what, figure)}")

    def _of_one_oblast(self, code: str) -> Sentence:
        serving, interns = self._stage("serving", oblast=code), self._stage("internship", oblast=code)
        name = self.state.names[code][self.language]
        if self.uk:
            began = f"У громадах {in_case(name, 'gent')} "
            verb = "служить" if self._is_one(serving) else "служать"
            return (began + verb + " ", serving, f" {self._counted('officer', serving)}, ще ", interns,
                    f" {self._counted('interning', interns)}.")  # fmt: skip
        return (f"In the hromadas of {name} ", serving, f" {self._counted('serving', serving)} and ", interns,
                f" {self._counted('interning', interns)}.")  # fmt: skip

    def _is_one(self, figure: Figure) -> bool:
        return plural(figure.number, "uk", one="1", few="", many="") == "1"

    def _in_hromadas(self, serving: Figure, at: Sequence[str]) -> Sentence:
        hromadas = Figure(len(self.state.codes("hromada", "serving")), {"stage": "serving"}, "hromada")
        said = self._said("serving", serving)
        if self.uk:
            noun = oblique(hromadas.number, one="громаді", more="громадах")
            place = (f" {preposition('служать', str(hromadas))} ", hromadas, f" {noun}")
        else:
            place = (" in ", hromadas, f" {self._counted('hromada', hromadas)}")
        return (*said, *place, *self._by(at, serving))

    def _by(self, oblasts: Sequence[str], figure: Figure) -> Sentence:
        """Return how a number is made up: «: у Дніпропетровській області – 33, …», with a full stop."""
        if len(oblasts) == 1:
            return (f" {self._in(oblasts[0], 'oblast', 'стажування')}.",)
        return self._listed(oblasts, "oblast", figure)

    def _in(self, code: str, what: str, before: str = "") -> str:
        name = self.state.names[code][self.language]
        if self.uk:
            declined = in_case(name, "loct")
            return f"{preposition(before, declined)} {declined}"
        return f"at the {name}" if what == "university" else f"in {name}"

    def _listed(self, codes: Sequence[str], what: str, figure: Figure) -> Sentence:
        parts: list[Part] = [": "]
        for code in codes:
            of_it = {**figure.asks, what: code}
            parts += [f"{self._in(code, what)} – ", Figure(self.state.number(**of_it), of_it), ", "]
        return (*parts[:-1], ".")

    def _training(self) -> Iterable[Sentence]:
        training = self._stage("training")
        if not training.number:
            return
        said = self._said("training", training)
        at = self.state.codes("university", "training")
        shared = self._shared(at)
        if shared:
            yield (*said, shared, *self._each(at, training))
        elif len(at) == 1 and self.state.number(stage="training", university=at[0]) == training.number:
            yield (*said, f" {self._in(at[0], 'university', 'навчання')}.")
        elif at:
            yield (*said, *self._listed(at, "university", training))
        else:
            yield (*said, ".")

    def _shared(self, universities: Sequence[str]) -> str:
        """Return two universities whose names differ in the first word alone, told together; else ""."""
        if len(universities) != 2:
            return ""
        first, second = (self.state.names[code][self.language].split() for code in universities)
        if first[1:] != second[1:]:
            return ""
        kind = " ".join(first[1:])
        if not self.uk:
            return f" at the {first[0]} and the {second[0]} {kind}"
        one, other = (self._adjective(name) for name in (first, second))
        return f" {preposition('навчання', one)} {one} та {other} {in_case(kind, 'loct', many=True)}"

    def _adjective(self, name: Sequence[str]) -> str:
        return in_case(" ".join(name), "loct").split()[0]

    def _each(self, universities: Sequence[str], figure: Figure) -> Sentence:
        one, other = (self._stage("training", university=code) for code in universities)
        if one.number + other.number != figure.number:
            return (".",)
        return (self.words["each"], one, self.words["and"], other, ").")

    def _leave(self) -> Iterable[Sentence]:
        yield from self._if_any("leave")

    def _candidates(self) -> Iterable[Sentence]:
        yield from self._if_any("candidate")

    def _if_any(self, stage: str) -> Iterable[Sentence]:
        figure = self._stage(stage)
        if figure.number:
            yield (*self._said(stage, figure), ".")
