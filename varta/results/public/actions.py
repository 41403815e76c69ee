"""Publishing a report, and looking at it before as everybody will."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from varta.figures.hiding import CannotProtect, Protection, protect, splits
from varta.figures.hiding.protect import Why
from varta.indicators import discover
from varta.people.scope import Reader
from varta.published import actions, queries
from varta.published.models import Publication
from varta.results.pack import Pack, as_plain
from varta.results.public.counts import Name, Rows, asked
from varta.results.public.cut import cut
from varta.results.report import ReportRefused

SECONDS = 60.0  # how long the best choice of what to hide is looked for


class AlreadyPublished(ReportRefused):
    """The edition is published already; what was published does not change."""


@dataclass(frozen=True)
class Preview:
    """A report as everybody will see it, what is hidden and why, and what that costs."""

    pack: Pack
    hidden: Mapping[Name, Why | str]
    protection: Protection

    @property
    def figures(self) -> int:
        """Return how many figures there are, shown or hidden."""
        return sum(
            2 * len(line.figures)
            for chapter in self.pack.chapters
            for table in chapter.tables
            for line in (*table.lines, table.total)
        )


def preview(pack: Pack, *, place: str | None = None, unit: str | None = None) -> Preview:
    """Return what everybody would see if the report were published now; `place` and `unit` narrow it, by code.

    Raises ReportRefused where former publications leave no way to protect it.
    """
    rows = Rows(place, unit)
    figures, unfounded = asked(pack, rows)
    inside = splits(discover().values())
    quantities = queries.kin({key.quantity for figure in figures for key, _ in figure.counts}, inside)
    try:
        found = protect(
            figures,
            earlier=queries.earlier(quantities),
            trees=rows.complete(pack, rows.trees(*queries.trees())),
            splits=inside,
            seconds=SECONDS,
        )
    except CannotProtect as wrong:
        listed = ", ".join(sorted({_named(pack, rows, key.row) for key in wrong.keys}))
        raise ReportRefused(
            f"Попередні публікації вже дають змогу обчислити малу кількість у рядках: {listed}. "
            "Опублікуйте звіт без цих рядків або за вищим рівнем.",
            f"Former publications already give a small count away in these rows: {listed}. "
            "Publish the report without them, or by a higher level.",
        ) from wrong
    hidden: dict[Name, Why | str] = {**found.hidden, **dict.fromkeys(unfounded, "unfounded")}
    return Preview(cut(pack, hidden), hidden, found)


def _named(pack: Pack, rows: Rows, row: str) -> str:
    for chapter in pack.chapters:
        for table in chapter.tables:
            for line in (*table.lines, table.total):
                if rows.called(table.level, line.code) == row:
                    return line.name["uk"]
    return row


@transaction.atomic
def publish(
    pack: Pack,
    *,
    of: str,
    by: Reader,
    at: datetime,
    place: str | None = None,
    unit: str | None = None,
) -> Publication:
    """Publish a frozen report and return what everybody sees of it; one publication waits for another.

    `of`: the name of its first edition. Raises AlreadyPublished, and ReportRefused where former publications
    leave no way to protect it.
    """
    actions.wait_for_others()
    if queries.told().filter(name=pack.name).exists():
        raise AlreadyPublished(
            f"Звіт «{pack.name}» уже опубліковано. Зміни публікують новою редакцією.",
            f"The report “{pack.name}” is published already. Changes are published as a new edition.",
        )
    found = preview(pack, place=place, unit=unit)
    return actions.keep(
        name=pack.name,
        kind=queries.REPORT,
        title=pack.title,
        of=of,
        edition=pack.edition,
        shown=as_plain(found.pack),
        counts=found.protection.counts,
        loss={
            "hidden": len(found.hidden),
            "figures": found.figures,
            "share": round(found.protection.share, 4),
            "gap": round(found.protection.gap, 4),
        },
        by=by.officer_id,
        at=at,
    )
