"""What was published: for everybody, as it was shown; for the system, as it was counted."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from varta.figures.hiding import Key, Split, Told
from varta.figures.hiding.key import Tree
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit
from varta.published.models import Counts, Publication

REPORT, HROMADA = "report", "hromada"
COUNTRY = "UA"


def told(kind: str = REPORT) -> QuerySet[Publication]:
    """Return the publications of a kind, the newest first. Public."""
    return Publication.objects.filter(kind=kind)


def earlier(quantities: Iterable[str], *, rows: Collection[str] | None = None) -> list[list[Told]]:
    """Return the counts of each former publication that these can be compared with, the oldest first.

    `rows`: only these, by code; all without it.
    """
    with reading(Reader.system()):
        found: dict[int, list[Told]] = {}
        for one in Counts.objects.filter(quantity__in=set(quantities)).order_by("publication_id", "pk"):
            found.setdefault(one.publication_id, []).extend(
                Told(Key(one.quantity, row, one.first, one.last), value, shown, low)
                for row, (value, shown, low) in one.rows.items()
                if rows is None or row in rows
            )
    return list(found.values())


def kin(quantities: Iterable[str], splits: Iterable[Split]) -> set[str]:
    """Return these counts with all that lie within them, or around them."""
    found, listed = set(quantities), [{split.whole, *split.parts} for split in splits]
    while any(found & group and not group <= found for group in listed):
        for group in listed:
            if found & group:
                found |= group
    return found


def trees() -> list[Tree]:
    """Return which place is a part of which, down to the hromada, and the same of units."""
    places = Territory.objects.filter(level__lte=Territory.HROMADA)
    return [
        dict(places.values_list("code", "parent")),
        _with_root(dict(Unit.objects.values_list("code", "parent"))),
    ]


def _with_root(tree: dict[str, str | None]) -> dict[str, str]:
    """Return the tree of units under the country: all units together count what the country counts."""
    return {code: above or COUNTRY for code, above in tree.items()}
