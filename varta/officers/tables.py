"""Counts as rows of a table: the stages of each oblast, hromada or university."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from varta.officers.models import Stay
from varta.officers.statement import Figure, Held, State
from varta.places.models import Territory, Unit

SHOWN = (
    Stay.Stage.CANDIDATE,
    Stay.Stage.TRAINING,
    Stay.Stage.INTERNSHIP,
    Stay.Stage.SERVING,
    Stay.Stage.LEAVE,
)


@dataclass(frozen=True)
class Row:
    """A place or a university with the number of people in each stage shown, and in all."""

    code: str
    names: Mapping[str, str]
    sort_key: str
    oblast: str
    figures: tuple[Figure, ...]

    @property
    def people(self) -> int:
        """Return how many people there are in all."""
        return sum(one.number for one in self.figures)


@dataclass(frozen=True)
class Table:
    """The rows in the order of the alphabet, and the sums of all."""

    stages: tuple[Stay.Stage, ...]
    rows: tuple[Row, ...]
    sums: tuple[Figure, ...]

    @property
    def people(self) -> int:
        """Return how many people there are in all."""
        return sum(one.number for one in self.sums)


def table(state: State, by: str, *, oblast: str = "") -> Table:
    """Return the state by "oblast", "hromada" or "university", within an oblast if one is given.

    Who has no university yet stands in no row of universities, but in the sums.
    """
    within = {"oblast": oblast} if oblast else {}
    narrowed = State(state.day, tuple(one for one in state.held if _in(one, oblast)), state.names)
    codes = {getattr(one, by) for one in narrowed.held if one.stage in SHOWN} - {""}
    named = _named(by, codes)
    rows = [
        Row(code, names, key, within_oblast, _figures(narrowed, {**within, by: code}))
        for code, (names, key, within_oblast) in named.items()
    ]
    rows = [row for row in rows if row.people]
    return Table(SHOWN, tuple(sorted(rows, key=lambda row: row.sort_key)), _figures(narrowed, within))


def _in(held: Held, oblast: str) -> bool:
    return not oblast or held.oblast == oblast


def _figures(state: State, asks: Mapping[str, str]) -> tuple[Figure, ...]:
    found = [{"stage": str(stage), **asks} for stage in SHOWN]
    return tuple(Figure(state.number(**one), one) for one in found)


def _named(by: str, codes: Iterable[str]) -> dict[str, tuple[Mapping[str, str], str, str]]:
    """Return names, sort key and oblast of each place, or names and sort key of each university."""
    if by == "university":
        return {code: (one.titles, one.sort_key, "") for code, one in Unit.objects.in_bulk(codes).items()}
    places = Territory.objects.in_bulk(codes)
    return {code: (one.titles, one.sort_key, one.oblast or "") for code, one in places.items()}


HEAD = {
    "uk": ("код", "назва", "код області"),
    "en": ("code", "name", "code of the oblast"),
}


def records(found: Table, language: str, in_all: str) -> list[list[object]]:
    """Return the head and the rows of the table as a file has them, the sums last under `in_all`."""
    head: list[object] = [*HEAD[language], *(str(stage.label) for stage in found.stages)]
    rows: Sequence[list[object]] = [
        [row.code, row.names[language], row.oblast, *(one.number for one in row.figures)]
        for row in found.rows
    ]
    return [head, *rows, ["", in_all, "", *(one.number for one in found.sums)]]
