"""Where one number of the programme comes from: which stays it counts, and how they are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from varta.officers import queries
from varta.officers.models import Stay
from varta.officers.statement import PRESENT
from varta.people.scope import Reader
from varta.places.models import Territory, Unit

NAMED = ("oblast", "hromada", "university")
DISTINCT = ("oblast", "hromada")


@dataclass(frozen=True)
class Asked:
    """Which stays of a day: with these values; `distinct`: of them the different values are counted."""

    day: date
    stage: str
    given: Mapping[str, str]
    distinct: str

    def query(self) -> dict[str, str]:
        """Return what the address says."""
        more = {"stage": self.stage, "distinct": self.distinct}
        return {
            "on": self.day.isoformat(),
            **self.given,
            **{name: value for name, value in more.items() if value},
        }

    @property
    def stage_title(self) -> str:
        """Return the word for the stage, "" for all of those present."""
        return str(Stay.Stage(self.stage).label) if self.stage else ""


@dataclass(frozen=True)
class Behind:
    """A number: what it counts, the parts that it is made up of, the largest first, and its stays."""

    number: int
    names: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    stays: QuerySet[Stay]


def asked_of(given: Mapping[str, str], *, today: date) -> Asked:
    """Return what an address asks for; raise LookupError for what does not exist."""
    try:
        day = date.fromisoformat(given.get("on", ""))
    except ValueError as wrong:
        raise LookupError("no such day") from wrong
    stage, distinct = given.get("stage", ""), given.get("distinct", "")
    if day > today or stage not in ("", *Stay.Stage.values) or distinct not in ("", *DISTINCT):
        raise LookupError("nothing to count")
    return Asked(day, stage, {name: given[name] for name in NAMED if given.get(name)}, distinct)


def behind(reader: Reader, asked: Asked) -> Behind:
    """Return the number as the reader counts it, and what it is made up of."""
    stays = queries.stays_on(reader, asked.day)
    stays = stays.filter(stage=asked.stage) if asked.stage else stays.filter(stage__in=PRESENT)
    stays = stays.filter(**{queries.BY[name]: code for name, code in asked.given.items()})
    part = asked.distinct or _next(asked.given)
    column = queries.BY[part]
    counted = stays.order_by().values_list(column).annotate(people=Count("*")).order_by("-people", column)
    titles = _titles(part, [code for code, _ in counted if code])
    parts = tuple((titles.get(code, "—"), people) for code, people in counted)
    number = len(parts) if asked.distinct else sum(people for _, people in parts)
    listed = stays.select_related("hromada", "cohort").order_by("began", "case", "nth")
    return Behind(number, tuple(_names(asked.given)), parts, listed)


def _next(given: Mapping[str, str]) -> str:
    """Return by what a number is made up: by hromada within an oblast, else by oblast; a hromada by cohort."""
    if "hromada" in given:
        return "cohort"
    return "hromada" if "oblast" in given else "oblast"


def _titles(part: str, codes: list[str]) -> dict[str, str]:
    if part == "cohort":
        return {code: code for code in codes}
    return {code: place.title for code, place in Territory.objects.in_bulk(codes).items()}


def _names(given: Mapping[str, str]) -> list[str]:
    places = Territory.objects.in_bulk([given[name] for name in ("hromada", "oblast") if name in given])
    units = Unit.objects.in_bulk([given["university"]] if "university" in given else [])
    return [str(one) for one in (*places.values(), *units.values())]
