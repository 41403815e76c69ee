"""The programme as it was published elsewhere: figures with their days, sources and marks. No framework.

They stand beside the counts from records and are never mixed with them. What one source says against
another is kept and shown; what was derived is derived again.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from io import StringIO
from pathlib import Path

SHIPPED = Path(__file__).with_name("published")
COUNTRY = "UA"
KINDS = ("exact", "about", "over", "plan")
CONFIDENCE = {
    "C": {"uk": "прочитано в джерелі", "en": "read in the source"},
    "M": {"uk": "з пам’яті, не підтверджено", "en": "from memory, unconfirmed"},
    "D": {"uk": "обчислено з інших", "en": "derived from others"},
    "I": {"uk": "висновок", "en": "inferred"},
}
FIGURES: Mapping[str, Mapping[str, str]] = {
    "applied": {"uk": "подали заяву", "en": "applied"},
    "second_round": {"uk": "пройшли до другого етапу відбору", "en": "came to the second round of selection"},
    "approved": {"uk": "схвалено кандидатів", "en": "candidates approved"},
    "training": {"uk": "на навчанні", "en": "in training"},
    "internship": {"uk": "на стажуванні", "en": "on internship"},
    "serving": {"uk": "несуть службу", "en": "serving"},
    "graduated": {"uk": "закінчили навчання", "en": "graduated"},
    "pipeline": {"uk": "усього в програмі", "en": "in the programme in all"},
    "regions": {"uk": "регіонів", "en": "regions"},
    "hromadas": {"uk": "громад з офіцером", "en": "hromadas with an officer"},
    "hromadas_in_all": {"uk": "громад усього", "en": "hromadas in all"},
    "hromadas_percent": {"uk": "громад з офіцером, %", "en": "hromadas with an officer, %"},
    "settlements": {"uk": "населених пунктів", "en": "settlements"},
    "people": {"uk": "мешканців", "en": "people served"},
    "stations": {"uk": "поліцейських станцій", "en": "police stations"},
    "vehicles": {"uk": "передано автомобілів", "en": "vehicles given"},
    "vacancies": {"uk": "вакансій", "en": "vacancies"},
    "course_months": {"uk": "тривалість курсу, місяців", "en": "length of the course, months"},
    "internship_months": {"uk": "тривалість стажування, місяців", "en": "length of the internship, months"},
    "people_per_officer": {"uk": "мешканців на офіцера", "en": "people per officer"},
    "officers_per_hromada": {"uk": "офіцерів на громаду", "en": "officers per hromada"},
    "settlements_per_officer": {"uk": "населених пунктів на офіцера", "en": "settlements per officer"},
    "trust_percent": {"uk": "довіряють офіцерам, %", "en": "trust the officers, %"},
    "planned_officers": {"uk": "заплановано офіцерів", "en": "officers planned"},
    "planned_people": {"uk": "заплановано охопити мешканців", "en": "people to be served by plan"},
    "planned_people_per_officer": {
        "uk": "мешканців на офіцера за планом",
        "en": "people per officer by plan",
    },
}
PERCENT = "_percent"


class SeriesInvalid(ValueError):
    """The file cannot be taken as it is; the message names the line and what to do."""


@dataclass(frozen=True)
class Published:
    """One published figure of the days from `first` to `last`, both inclusive.

    `kind`: exact, about, over (more than), plan. `formula`: how a derived one follows from others of the
    same days and place. `dispute`: a word that figures share which contradict each other.
    """

    first: date
    last: date
    place: str
    figure: str
    value: float
    kind: str
    confidence: str
    sources: tuple[str, ...]
    formula: str = ""
    dispute: str = ""
    notes: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def decimals(self) -> int:
        """Return how many decimals it was published with."""
        return max(
            len(f"{self.value:g}".partition(".")[2]), 2 if self.figure == "officers_per_hromada" else 0
        )

    def holds(self, day: date) -> bool:
        """Return whether it speaks of the day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Series:
    """The figures in the order of their days, and the titles of their sources by key and language."""

    rows: tuple[Published, ...]
    sources: Mapping[str, Mapping[str, str]]

    def of(self, figure: str, place: str = COUNTRY) -> tuple[Published, ...]:
        """Return what was published of a figure for a place, plans left out."""
        return tuple(
            one for one in self.rows if one.figure == figure and one.place == place and one.kind != "plan"
        )


@dataclass(frozen=True)
class Reproduced:
    """A derived figure, and what its parts give when it is derived again, rounded alike."""

    row: Published
    again: float | None

    @property
    def same(self) -> bool:
        """Return whether both are the same number."""
        return self.again == self.row.value


@dataclass(frozen=True)
class Dispute:
    """Figures that cannot all be right."""

    word: str
    rows: tuple[Published, ...]


COLUMNS = (*(one.name for one in fields(Published) if one.name != "notes"), "note_en", "note_uk")


def shipped() -> Series:
    """Return the series that comes with Varta."""
    return read((SHIPPED / "programme.csv").read_text("utf-8"), (SHIPPED / "sources.csv").read_text("utf-8"))


def read(figures: str, sources: str) -> Series:
    """Return the series of two CSV texts; raise SeriesInvalid for a line that cannot be understood."""
    titles = {row["key"]: {"uk": row["uk"], "en": row["en"]} for row in csv.DictReader(StringIO(sources))}
    lines = csv.DictReader(StringIO(figures.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        raise SeriesInvalid(f"The file has no column {', '.join(missing)}. It needs: {', '.join(COLUMNS)}.")
    rows = [_row(line, nth, titles) for nth, line in enumerate(lines, start=2)]
    return Series(tuple(sorted(rows, key=lambda one: (one.first, one.last, one.place))), titles)


def _row(line: Mapping[str, str], nth: int, titles: Mapping[str, Mapping[str, str]]) -> Published:
    try:
        row = Published(
            date.fromisoformat(line["first"]),
            date.fromisoformat(line["last"]),
            line["place"],
            line["figure"],
            float(line["value"]),
            line["kind"],
            line["confidence"],
            tuple(line["sources"].split()),
            line["formula"],
            line["dispute"],
            {"uk": line["note_uk"], "en": line["note_en"]},
        )
    except (ValueError, TypeError, AttributeError) as wrong:
        raise SeriesInvalid(
            f"Line {nth}: {wrong}. Days are written 2019-10-31, numbers 7778 or 1.7."
        ) from wrong
    for fault in _faults(row, titles):
        raise SeriesInvalid(f"Line {nth}: {fault}")
    return row


def _faults(row: Published, titles: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    if row.last < row.first:
        yield f"it ends on {row.last}, before its first day {row.first}."
    if row.figure not in FIGURES:
        yield f"there is no figure “{row.figure}”. There are: {', '.join(FIGURES)}."
    if row.kind not in KINDS:
        yield f"the kind “{row.kind}” is none of {', '.join(KINDS)}."
    if row.confidence not in CONFIDENCE:
        yield f"the mark “{row.confidence}” is none of {', '.join(CONFIDENCE)}."
    if row.value < 0:
        yield f"the value {row.value:g} is below zero."
    unknown = [key for key in row.sources if key not in titles]
    if unknown or not row.sources:
        yield f"the source “{' '.join(unknown)}” is not in the list of sources."


def reproduced(series: Series) -> tuple[Reproduced, ...]:
    """Return each derived figure beside what its parts give now."""
    return tuple(Reproduced(row, _derived(row, series)) for row in series.rows if row.formula)


def _derived(row: Published, series: Series) -> float | None:
    parts = {
        one.figure: one.value
        for one in reversed(series.rows)  # of several, the first of the list counts: the source's own
        if one.place == row.place
        and one.first == row.first
        and one.last == row.last
        and one.confidence != "M"
    }
    if "+" in row.formula:
        names = row.formula.split("+")
        return sum(parts[name] for name in names) if all(name in parts for name in names) else None
    above, _, below = row.formula.partition("/")
    if above not in parts or not parts.get(below):
        return None
    times = 100 if row.figure.endswith(PERCENT) else 1
    return round(parts[above] / parts[below] * times, row.decimals)


def disputes(series: Series) -> tuple[Dispute, ...]:
    """Return the figures that contradict each other, those marked so and those whose days overlap."""
    marked: dict[str, list[Published]] = {}
    for row in series.rows:
        if row.dispute:
            marked.setdefault(row.dispute, []).append(row)
    return tuple(Dispute(word, tuple(rows)) for word, rows in marked.items()) + tuple(
        _overlapping(series.rows)
    )


def _overlapping(rows: Sequence[Published]) -> Iterable[Dispute]:
    """Yield pairs of one figure and place that give other numbers for a day that both speak of."""
    for nth, one in enumerate(rows):
        for other in rows[nth + 1 :]:
            alike = (one.figure, one.place) == (other.figure, other.place) and other.first <= one.last
            plans = "plan" in (one.kind, other.kind)
            if alike and not plans and one.value != other.value and not one.dispute:
                yield Dispute("", (one, other))
