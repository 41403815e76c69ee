"""Finding a place by what somebody typed: another layout, Russian or Latin spelling, a slip of the pen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Max, Q

from varta.lib import text
from varta.places import queries
from varta.places.models import Edition, Territory, TerritoryChange, Unit

Interval = tuple[int, int]

_MOST_FORMS = 5
_MOST_ROWS = 500  # compared one by one: less than ten milliseconds
_LEAST_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that somebody may have meant: `path` names its oblast, raion and hromada, the widest first."""

    code: str
    name: str
    path: str
    level: int


def suggest(query: str, *, within: str | None = None, limit: int = 10) -> list[Suggestion]:
    """Return places in force that `query` may mean, the likeliest first.

    Exact names, today's or former ones, come before beginnings; where no name is exact, names that
    resemble the query follow.
    `within` is the code of a territory in which they must lie.
    """
    found = territories(query, within=within, limit=limit)
    above = names_above(found)
    return [Suggestion(place.code, place.title, ", ".join(above[place.code]), place.level) for place in found]


def territories(query: str, *, within: str | None = None, limit: int = 10) -> list[Territory]:
    """Return the territories that `suggest` names."""
    inside = queries.interval(within) if within else (0, 2**31 - 1)
    if inside is None:
        return []
    if place := _by_code(query, inside):
        return [place]
    forms = [variant.text for variant in text.variants(query)][:_MOST_FORMS]
    if not forms:
        return []
    exact, codes = _beginning(forms, inside, limit)
    if not exact and (former := _formerly(forms, inside)):
        exact, codes = True, _once([*former, *codes])
    if not exact and len(codes) < limit:
        codes = _once([*codes, *_resembling(forms, inside, limit)])
    codes = codes[:limit]
    rows = {place.code: place for place in Territory.objects.filter(code__in=codes)}
    return [rows[code] for code in codes]


def units(query: str, *, limit: int = 50) -> list[Unit]:
    """Return units in force whose name or code holds every word of the query, in the order of the tree."""
    if found := list(Unit.objects.filter(code__iexact=query.strip())):
        return found
    words = text.fold(query).split()
    if not words:
        return []
    holds = Q()
    for word in words:
        holds &= Q(folded__contains=word) | Q(folded_en__contains=word)
    return list(Unit.objects.filter(holds, valid_to__isnull=True)[:limit])


def names_above(places: Iterable[Territory]) -> dict[str, list[str]]:
    """Return the full names of the oblast, raion and hromada of each place, asking the database once."""
    chains = {place.code: _codes_above(place) for place in places}
    codes = {code for chain in chains.values() for code in chain}
    titles = {row.code: row.title for row in Territory.objects.filter(code__in=codes)}
    return {code: [titles[step] for step in chain] for code, chain in chains.items()}


def _codes_above(place: Territory) -> list[str]:
    chain = (place.oblast, place.raion, place.hromada)
    return [code for code in chain if code and code != place.code]


def _by_code(query: str, inside: Interval) -> Territory | None:
    if not any(letter.isdigit() for letter in query):
        return None
    return Territory.objects.filter(code=query.strip().upper(), pre__range=inside).first()


_BEGINNING = """
    SELECT code, folded = ANY(%(forms)s) OR folded_en = ANY(%(forms)s) AS exact FROM places_territory
    WHERE valid_to IS NULL AND pre BETWEEN %(low)s AND %(high)s AND ({starts})
    ORDER BY exact DESC, population DESC NULLS LAST, level, sort_key, code
    LIMIT %(limit)s
"""


def _beginning(forms: Sequence[str], inside: Interval, limit: int) -> tuple[bool, list[str]]:
    """Return the codes whose name in either alphabet starts with one of the forms, exact names first.

    The first value says whether the first of them is exact.
    """
    starts = " OR ".join(
        f"({column} >= %(from{place})s AND {column} < %(to{place})s)"
        for place in range(len(forms))
        for column in ("folded", "folded_en")
    )
    values: dict[str, object] = {
        "forms": list(forms), "limit": limit, "low": inside[0], "high": inside[1]
    }  # fmt: skip
    for place, form in enumerate(forms):
        values |= {f"from{place}": form, f"to{place}": form + "\U0010ffff"}
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNING.format(starts=starts), values)
        rows = cursor.fetchall()
    return bool(rows and rows[0][1]), [code for code, _ in rows]


def _formerly(forms: Sequence[str], inside: Interval) -> list[str]:
    """Return the codes that had exactly such a name before."""
    found = TerritoryChange.objects.filter(
        folded__in=forms, territory__pre__range=inside, territory__valid_to__isnull=True
    )
    return list(found.order_by("territory__level", "territory__pre").values_list("territory", flat=True))


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _resembling(forms: Sequence[str], inside: Interval, limit: int) -> list[str]:
    """Return the codes whose names are most alike one of the forms."""
    wanted = _rare(forms)
    if not wanted:
        return []
    rows = Territory.objects.filter(grams__overlap=wanted, pre__range=inside, valid_to__isnull=True)
    found = list(rows.values_list("code", "name", "level", "population"))
    likeness = {
        name: max(text.similarity(form, name) for form in forms) for name in {row[1] for row in found}
    }
    alike = [(-likeness[name], -(population or 0), level, code) for code, name, level, population in found]
    return [code for unlike, *_, code in sorted(alike)[:limit] if -unlike >= _LEAST_ALIKE]


def _rare(forms: Iterable[str]) -> list[str]:
    """Return the rarest grams of the forms, as many as keep the rows to compare few."""
    counts = _gram_counts(Edition.objects.aggregate(last=Max("pk"))["last"])
    known = {gram for form in forms for gram in text.grams(form)} & counts.keys()
    chosen: list[str] = []
    rows = 0
    for gram in sorted(known, key=lambda gram: (counts[gram], gram)):
        rows += counts[gram]
        if chosen and rows > _MOST_ROWS:
            break
        chosen.append(gram)
    return chosen


@lru_cache(maxsize=1)
def _gram_counts(edition: int | None) -> dict[str, int]:
    """Return how many places have each gram; counted once for an edition of the codifier."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gram, count(*) FROM places_territory, unnest(grams) AS gram GROUP BY gram")
        return dict(cursor.fetchall())
