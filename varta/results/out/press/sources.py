"""What a template may name: figures of a pack by indicator, row and member; the periods by a word."""

from collections.abc import Mapping
from dataclasses import dataclass

from varta.results.out import words
from varta.results.out.press.faults import Fault, TemplateRefused
from varta.results.out.press.template import Call
from varta.results.pack import Figure, Head, Line, Pack, Table

DAYS = ("period", "period_of", "before", "before_of", "day", "year", "year_before")
WHOLE = "country"
PLACES = {"first": 0, "second": 1, "third": 2}  # rows by their value, the largest first
OF_UNIT = ("now", "before", "change", "target", "low", "high")  # in the indicator's unit
SHARES = ("share", "change_share")
MEMBERS = (*OF_UNIT, *SHARES, "rank", "base", "places", "name")


@dataclass(frozen=True)
class Value:
    """What a call stands for: a number with how it is written, or a text; `cell` leads to its place in the report."""

    number: float | None
    text: str
    state: str
    decimals: int
    percent: bool
    change: bool
    cell: "Cell | None"


@dataclass(frozen=True)
class Cell:
    """A cell of the report: chapter, level, indicator, row, and which of its numbers."""

    chapter: str
    level: str
    indicator: str
    row: str
    member: str


class Sources:
    """The names that a pack gives."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.tables: dict[str, tuple[str, Table]] = {}  # indicator -> chapter and the table that tells most
        for chapter in pack.chapters:
            for table in sorted(chapter.tables, key=lambda one: one.level != "oblast", reverse=True):
                for head in table.heads:
                    self.tables[head.code] = (chapter.code, table)

    def value(self, call: Call, language: str) -> Value:
        """Return what the call stands for. Raises TemplateRefused for a name that the report does not have."""
        if call.name in DAYS:
            return Value(None, self._days(call.name, language), "known", 0, False, False, None)
        parts = call.name.split(".")
        if len(parts) != 3:
            raise _refused(call, language, "shape", call.name, ", ".join(DAYS))
        codes, row, member = parts
        if member not in MEMBERS:
            raise _refused(call, language, "member", member, ", ".join(MEMBERS))
        for code in codes.split("+"):
            if code not in self.tables:
                raise _refused(call, language, "indicator", code, ", ".join(self.tables))
        if member == "places":
            return self._places(call, codes.split("+"), row, language)
        if "+" in codes:
            raise _refused(call, language, "several", codes)
        return self._figure(call, codes, row, member, language)

    def _days(self, name: str, language: str) -> str:
        pack = self.pack
        return {
            "period": words.period(pack.first, pack.last, language),
            "period_of": words.period(pack.first, pack.last, language, genitive=True),
            "before_of": words.period(pack.before_first, pack.before_last, language, genitive=True),
            "before": words.period(pack.before_first, pack.before_last, language),
            "day": words.day(pack.last, language),
            "year": str(pack.last.year),
            "year_before": str(pack.before_last.year),
        }[name]

    def _places(self, call: Call, codes: list[str], row: str, language: str) -> Value:
        """Return how many rows have any of these: hidden ones have, unknown ones are not counted."""
        if row != WHOLE:
            raise _refused(call, language, "row", row)
        found: set[str] = set()
        for code in codes:
            _, table = self.tables[code]
            found |= {line.code for line in table.lines if line.code and _has_any(line.figures[code])}
        chapter, table = self.tables[codes[0]]
        cell = Cell(chapter, table.level, codes[0], "*", "places")
        return Value(len(found), "", "known", 0, False, False, cell)

    def _figure(self, call: Call, code: str, row: str, member: str, language: str) -> Value:
        chapter, table = self.tables[code]
        line = _line(table, code, row)
        if line is None:
            raise _refused(call, language, "row", row)
        cell = Cell(chapter, table.level, code, line.code, member)
        if member == "name":
            return Value(None, words.text(line.name, language), "known", 0, False, False, cell)
        head = next(head for head in table.heads if head.code == code)
        return _value(line.figures[code], head, member, cell)


def _line(table: Table, code: str, row: str) -> Line | None:
    if row == WHOLE:
        return table.total
    if row in PLACES:
        known = [line for line in table.lines if line.code and line.figures[code].now is not None]
        known.sort(key=lambda line: -(line.figures[code].now or 0))
        return known[PLACES[row]] if PLACES[row] < len(known) else None
    return next((line for line in table.lines if line.code == row), None)


def _value(figure: Figure, head: Head, member: str, cell: Cell) -> Value:
    number = getattr(figure, member)
    state = figure.before_state if member == "before" else figure.state
    if member in ("change", "change_share") and figure.state == "known":
        state = figure.before_state
    if number is None and state == "known":
        state = "unknown"
    if state != "known":
        number = None
    share = member in SHARES
    percent = share or (head.percent and member in OF_UNIT)
    decimals = 1 if share else head.decimals if member in OF_UNIT else 0
    return Value(number, "", state, decimals, percent, member in ("change", "change_share"), cell)


def _has_any(figure: Figure) -> bool:
    return figure.state == "hidden" or bool(figure.now)


def _refused(call: Call, language: str, code: str, *given: str) -> TemplateRefused:
    return TemplateRefused([Fault(code, given, language, call.line)])


def nearest(pack: Pack, typed: str) -> str:
    """Return how to refer to a figure of the whole that has the typed value, "" where there is none."""
    plain = typed.replace("\u00a0", "").replace(" ", "").rstrip("%").replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return ""
    for code, (_, table) in Sources(pack).tables.items():
        figure = table.total.figures[code]
        for member in OF_UNIT:
            held = getattr(figure, member)
            if held is not None and number in _ways(held):
                return f"{{{{ {code}.{WHOLE}.{member} }}}}"
    return ""


def _ways(held: float) -> Mapping[float, None]:
    """Return the ways in which somebody may have typed a value: rounded, in percent, without its sign."""
    return dict.fromkeys(round(abs(value), digits) for value in (held, held * 100) for digits in (0, 1, 2))
