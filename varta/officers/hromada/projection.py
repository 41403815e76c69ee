"""Published reports and the hromada's opinion, as the entries of `hromada_report` leave them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from varta.cases.canon import Written, canonical
from varta.cases.projection import effective
from varta.officers.hromada import counting, errors
from varta.officers.models import HromadaOpinion, HromadaReport, ReportDraft
from varta.people.models import Officer
from varta.people.scope import SYSTEM
from varta.published.actions import keep, wait_for_others
from varta.published.queries import HROMADA
from varta.published.queries import told as published

EDITIONS = ("publish", "revise")
APART = ("counted", "held_on")  # what stands in columns of its own


class Reports:
    """Keeps the tables of published reports; refuses figures that Varta did not count, and another's report."""

    def write(self, entries: Sequence[Written]) -> None:
        """Write the editions that are not there yet, and the opinion; what was published stays as it is."""
        last = entries[-1]
        if last.step in EDITIONS:
            _refuse_another(entries)
            _refuse_other_figures(entries)
        case = entries[0].case_key
        held = {row.key: row for row in HromadaReport.objects.filter(case=case)}
        told = editions_of(entries)
        wrong = [row.key for row in held.values() if not any(_same(row, one) for one in told)]
        if wrong:  # the system alone may: `varta rebuild`
            HromadaReport.objects.filter(key__in=wrong).delete()
        HromadaReport.objects.bulk_create([one for one in told if one.key not in held or one.key in wrong])
        _keep([one for one in told if one.key not in held], entries)
        HromadaOpinion.objects.filter(case=case).delete()
        opinion = opinion_of(entries)
        if opinion is not None:
            opinion.save(force_insert=True)
        if last.step in EDITIONS:
            ReportDraft.objects.filter(case=case).delete()

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return whether the rows are not those that the entries leave."""
        case = entries[0].case_key
        held = list(HromadaReport.objects.filter(case=case).order_by("revision"))
        told = editions_of(entries)
        if len(held) != len(told) or not all(map(_same, held, told)):
            return True
        opinion, kept = opinion_of(entries), HromadaOpinion.objects.filter(case=case).first()
        return (opinion is None) != (kept is None) or (
            opinion is not None and kept is not None and _values(opinion) != _values(kept)
        )


def editions_of(entries: Sequence[Written]) -> list[HromadaReport]:
    """Return the editions of the report, the first one first: corrected ones stay beside their corrections."""
    published = [entry for entry in entries if entry.step in EDITIONS]
    counts = {str(entry.key): entry for entry in entries if entry.step == "count"}
    return [
        _edition(entry, counts[entry.data["counted"]], published[0].key, nth)
        for nth, entry in enumerate(published, start=1)
        if entry.data["counted"] in counts
    ]


def _edition(entry: Written, count: Written, address: UUID, nth: int) -> HromadaReport:
    return HromadaReport(
        key=entry.key,
        case=entry.case_key,
        address=address,
        revision=nth,
        hromada_id=entry.place,
        unit_id=entry.unit,
        first=count.data["first"],
        last=count.data["last"],
        held_on=entry.data["held_on"],
        content={name: value for name, value in entry.data.items() if name not in APART},
        figures={
            name: value for name, value in counting.read(count.data["figures"]).items() if name != "behind"
        },
        published_at=entry.at,
    )


def _keep(editions: Sequence[HromadaReport], entries: Sequence[Written]) -> None:
    """Keep what these editions tell, one publication after another, for all that will be published later."""
    if not editions:
        return
    wait_for_others()
    counts = {str(entry.key): entry for entry in entries if entry.step == "count"}
    counted = {entry.key: entry.data["counted"] for entry in entries if entry.step in EDITIONS}
    known = set(published(HROMADA).filter(of=f"hromada-{editions[0].address}").values_list("name", flat=True))
    for one in editions:
        name = f"hromada-{one.key}"
        if name in known:  # `varta rebuild`
            continue
        figures = counting.read(counts[counted[one.key]].data["figures"])
        if one.key == entries[-1].key and counting.withheld(figures, one.hromada):
            raise errors.FiguresOvertaken()
        keep(
            name=name,
            kind=HROMADA,
            title={"uk": one.hromada.name, "en": one.hromada.name},
            of=f"hromada-{one.address}",
            edition=one.revision,
            shown={},
            counts=counting.told(figures, one.hromada_id),
            loss={},
            by=None,
            at=one.published_at,
        )


def opinion_of(entries: Sequence[Written]) -> HromadaOpinion | None:
    """Return what the hromada thought of the report, None while it said nothing."""
    found = next((entry for entry in effective(entries) if entry.step == "evaluate"), None)
    if found is None:
        return None
    return HromadaOpinion(
        case=found.case_key, mark=found.data["mark"], decision=found.data["decision"], given_at=found.at
    )


def _same(one: HromadaReport, other: HromadaReport) -> bool:
    return _values(one) == _values(other)


def _values(row: Any) -> dict[str, str]:
    """Return the columns as text, so that days compare whether they come from an entry or from the table."""
    return {field.attname: _text(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _text(value: Any) -> str:
    return canonical(value) if isinstance(value, dict) else str(value)


def _refuse_another(entries: Sequence[Written]) -> None:
    """Refuse a hromada officer who is not the one whose report it is."""
    last, owner = entries[-1], effective(entries)[0].data["officer"]
    if last.role in (SYSTEM, "head"):
        return
    login = Officer.objects.filter(pk=last.officer_id).values_list("login", flat=True).first()
    if (login or "").casefold() != owner.casefold():
        raise errors.ReportOfAnother(officer=owner)


def _refuse_other_figures(entries: Sequence[Written]) -> None:
    """Refuse figures of another case, or others than the last that were counted."""
    counts = [entry for entry in effective(entries) if entry.step == "count"]
    last = entries[-1]
    if not counts or last.data["counted"] not in {str(entry.key) for entry in counts}:
        raise errors.FiguresUnknown()
    if last.corrects is None and last.data["counted"] != str(counts[-1].key):
        raise errors.FiguresUnknown()
