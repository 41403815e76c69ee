"""Shortages of forces as the entries of a call leave them."""

from collections.abc import Sequence

from varta.calls.models import Shortage
from varta.cases.canon import Written
from varta.cases.projection import effective

STEPS = ("report_shortage", "forces_shortage")
COMPARED = ("nth", "asked_at", "decided_at", "decision")


class Shortages:
    """Keeps `Shortage` for the procedure `call`."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the shortages of the call, if the last entry says something about them."""
        last = entries[-1]
        if last.step in STEPS:
            Shortage.objects.filter(call=last.case_key).delete()
            Shortage.objects.bulk_create(shortages_of(entries))

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows of the call are not those that its entries leave."""
        held = Shortage.objects.filter(call=entries[0].case_key).order_by("nth").values_list(*COMPARED)
        computed = [tuple(getattr(row, name) for name in COMPARED) for row in shortages_of(entries)]
        return list(held) != computed


def shortages_of(entries: Sequence[Written]) -> list[Shortage]:
    """Return the shortages of a call in their order: a decision ends the question before it, or stands alone."""
    rows: list[Shortage] = []
    for entry in effective(entries):
        waits = bool(rows) and rows[-1].decided_at is None
        if entry.step == "report_shortage" and not waits:
            rows.append(Shortage(call=entry.case_key, nth=len(rows) + 1, asked_at=entry.at))
        elif entry.step == "forces_shortage":
            if not waits:
                rows.append(Shortage(call=entry.case_key, nth=len(rows) + 1))
            rows[-1].decided_at, rows[-1].decision = entry.at, entry.data["decision"]
    return rows
