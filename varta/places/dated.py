"""Loading what is said of places from a day on: front-line and occupied territory, and beats, from files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from varta.places import rejects, tables
from varta.places.errors import (
    AlreadySo,
    BadValue,
    LoadRefused,
    NotInHromada,
    RejectsNotWritable,
    UnknownCodes,
)
from varta.places.models import Beat, Dated, Territory, TerritoryFact

FACT_COLUMNS = ("code", "kind", "since", "source")
BEAT_COLUMNS = ("code", "hromada", "name", "kind", "since", "source")
KINDS = {
    "front_line": "front_line",
    "прифронтова": "front_line",
    "occupied": "occupied",
    "окупована": "occupied",
}
BEAT_KINDS = {"rural": "rural", "сільська": "rural", "urban": "urban", "міська": "urban"}
LONGEST_CODE, MOST_PEOPLE = 64, 50_000_000
YES = ("1", "yes", "так", "true")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A line as it shall stand: whom it is about, from which day, its columns and its places."""

    key: tuple[str, str]  # (place, kind) of a fact, (code, "") of a beat
    since: date
    columns: Mapping[str, Any]
    places: frozenset[str] = frozenset()

    @property
    def until(self) -> date:
        """Return the first day without it; the last of all days while it is so."""
        ends: date | None = self.columns["until"]
        return ends or date.max


def load_facts(file: Path, *, reject: Path, encoding: str = "utf-8") -> rejects.Outcome:
    """Load front-line and occupied territory; good lines are kept, others go to `reject` with the reason.

    Columns: code, kind, since, source; until, verified_by, verified_on and invented if they are there. A line
    about the same place, kind and first day changes what was said; the same file again changes nothing.
    Raises LoadRefused where the file as a whole cannot be read.
    """
    levels = dict(Territory.objects.values_list("code", "level"))

    def read(number: int, row: Row) -> Said:
        _known(number, row["code"], levels)
        kind = _word(number, "kind", row["kind"], KINDS)
        common = _common(number, row)
        return Said((row["code"], kind), common["since"], {"place_id": row["code"], "kind": kind, **common})

    return _load(file, FACT_COLUMNS, TerritoryFact, read, reject=reject, encoding=encoding)


def load_beats(file: Path, *, reject: Path, encoding: str = "utf-8") -> rejects.Outcome:
    """Load beats; good lines are kept, others go to `reject` with the reason.

    Columns: code, hromada, name, kind (rural, urban), since, source; places (codes apart by spaces),
    population, population_on, until, verified_by, verified_on and invented if they are there.
    """
    within = {
        code: (level, hromada)
        for code, level, hromada in Territory.objects.values_list("code", "level", "hromada")
    }

    def read(number: int, row: Row) -> Said:
        _known(number, row["hromada"], within, level=Territory.HROMADA)
        places = frozenset(row.get("places", "").split())
        for place in sorted(places):
            _known(number, place, within)
            if within[place][1] != row["hromada"]:
                raise NotInHromada(line=number, code=place, hromada=row["hromada"])
        if not row["code"] or len(row["code"]) > LONGEST_CODE:
            raise _bad(number, "code", row["code"], "код до 64 знаків", "a code of 64 characters at most")
        common = _common(number, row)
        people = tables.number_in(int, number, "population", row.get("population", ""), least=0)
        if people is not None and people > MOST_PEOPLE:
            raise _bad(number, "population", row["population"], "забагато людей", "too many people")
        columns = {
            "code": row["code"],
            "name": row["name"],
            "hromada_id": row["hromada"],
            "kind": _word(number, "kind", row["kind"], BEAT_KINDS),
            "population": people,
            "population_on": tables.day_in(number, "population_on", row.get("population_on", "")),
        }
        return Said((row["code"], ""), common["since"], columns | common, places)

    return _load(file, BEAT_COLUMNS, Beat, read, reject=reject, encoding=encoding)


def _load(
    file: Path,
    needed: Sequence[str],
    model: type[Dated],
    read: Callable[[int, Row], Said],
    *,
    reject: Path,
    encoding: str,
) -> rejects.Outcome:
    if reject.resolve() == file.resolve():
        raise RejectsNotWritable(file=reject, reason="the file itself")
    lines = list(tables.table(file, tables.lines(file, encoding=encoding), needed))
    outcome = rejects.Outcome(read=len(lines))
    with transaction.atomic():
        write(model, _each(lines, read, outcome), outcome)
    outcome.rejected.sort(key=lambda one: one.line)
    rejects.write(reject, list(lines[0][1]), outcome.rejected)
    return outcome


def _each(
    lines: Iterable[tuple[int, Row]], read: Callable[[int, Row], Said], outcome: rejects.Outcome
) -> Iterable[tuple[int, Row, Said]]:
    for number, row in lines:
        try:
            yield number, row, read(number, row)
        except LoadRefused as why:
            outcome.rejected.append(rejects.Rejected(number, list(row.values()), why))


def write(model: type[Dated], lines: Iterable[tuple[int, Row, Said]], outcome: rejects.Outcome) -> None:
    """Write what the lines say, one after another; whoever says the same of the same days twice is rejected."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('varta.places.dated'))")
    before = _before(model)
    for number, row, said in lines:
        of_it = before.setdefault(said.key, {})
        rival = next(
            (
                one
                for one in of_it.values()
                if one.since != said.since and one.since < said.until and said.since < one.until
            ),
            None,
        )
        if rival:
            why = AlreadySo(line=number, code=said.key[0], since=rival.since, source=rival.columns["source"])
            outcome.rejected.append(rejects.Rejected(number, list(row.values()), why))
        elif of_it.get(said.since) == said:
            outcome.there += 1
        else:
            outcome.changed += said.since in of_it
            outcome.added += said.since not in of_it
            of_it[said.since] = said
            _put(model, said)


def _before(model: type[Dated]) -> dict[tuple[str, str], dict[date, Said]]:
    found: dict[tuple[str, str], dict[date, Said]] = {}
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    places: dict[int, set[str]] = {}
    if model is Beat:
        for beat, place in Beat.places.through.objects.values_list("beat_id", "territory_id"):
            places.setdefault(beat, set()).add(place)
    for row in model._default_manager.values("pk", *names):
        key = (row["code"], "") if model is Beat else (row["place_id"], row["kind"])
        columns = {name: row[name] for name in names}
        said = Said(key, row["since"], columns, frozenset(places.get(row["pk"], ())))
        found.setdefault(key, {})[said.since] = said
    return found


def _put(model: type[Dated], said: Said) -> None:
    by = {"code": said.key[0]} if model is Beat else {"place_id": said.key[0], "kind": said.key[1]}
    row, _ = model._default_manager.update_or_create(**by, since=said.since, defaults=dict(said.columns))
    if isinstance(row, Beat):
        row.places.set(said.places)


def _common(number: int, row: Row) -> dict[str, Any]:
    """Return the columns that every dated row has."""
    since = tables.day_in(number, "since", row["since"])
    until = tables.day_in(number, "until", row.get("until", ""))
    verified_by = row.get("verified_by", "")
    verified_on = tables.day_in(number, "verified_on", row.get("verified_on", ""))
    if since is None:
        raise _bad(number, "since", "", "потрібен день початку", "the first day is needed")
    if until is not None and until <= since:
        raise _bad(number, "until", row["until"], "день після початку", "a day after the first")
    if not row["source"]:
        raise _bad(number, "source", "", "потрібне джерело", "a source is needed")
    if bool(verified_by) != bool(verified_on):
        raise _bad(
            number, "verified_by, verified_on", verified_by, "або обидві, або жодної", "both or neither"
        )
    return {
        "since": since,
        "until": until,
        "source": row["source"],
        "verified_by": verified_by,
        "verified_on": verified_on,
        "is_invented": row.get("invented", "").casefold() in YES,
    }


def _known(number: int, code: str, known: Mapping[str, Any], *, level: int | None = None) -> None:
    if code not in known:
        raise UnknownCodes(
            line=number, code=code, what_uk="місць", what_en="places", command="varta load territory"
        )
    if level is not None and known[code][0] != level:
        raise _bad(number, "hromada", code, "потрібен код громади", "the code of a hromada is needed")


def _word(number: int, column: str, value: str, words: Mapping[str, str]) -> str:
    if value.casefold() not in words:
        listed = ", ".join(words)
        raise _bad(number, column, value, listed, listed)
    return words[value.casefold()]


def _bad(line: int, column: str, value: str, uk: str, en: str) -> BadValue:
    return BadValue(line=line, column=column, value=value, expected_uk=uk, expected_en=en)
