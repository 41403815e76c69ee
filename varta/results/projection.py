"""What holds for the steps of a report besides the law: order, four eyes, frozen rows, and that it becomes public."""

from collections.abc import Sequence

from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.people.scope import SYSTEM, current
from varta.places.models import Unit
from varta.procedures import period_report
from varta.results import errors
from varta.results.models import FrozenReport
from varta.results.pack import of_frozen
from varta.results.public import publish
from varta.results.public.queries import edition as published_edition
from varta.results.report import ReportRefused

OTHER_HAND = {"agree": ("compose", "amend", "submit"), "approve": ("agree",)}


class Reports:
    """Refuses steps of `period_report` that come out of turn, and lets everybody read what is published."""

    def write(self, entries: Sequence[Written]) -> None:
        """Refuse the last entry where it may not follow the others."""
        last = entries[-1]
        before = [entry for entry in effective(entries) if entry.key != last.key]
        if not before or last.corrects:
            return
        _in_turn(before, last)
        _by_another(before, last)
        if last.step == "approve":
            _from_above(last)
        if last.step in ("freeze", "revise"):
            _kept(last)
        if last.step == "publish":
            _published(last)

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return False: there is nothing to differ."""
        return False


def _in_turn(before: Sequence[Written], last: Written) -> None:
    state = period_report.state_after([entry.step for entry in before])
    if last.step not in period_report.FOLLOWS[state]:
        title = period_report.procedure.step(last.step).title
        raise errors.NotNow(step=title, state=period_report.STATES[state])


def _by_another(before: Sequence[Written], last: Written) -> None:
    """Refuse agreement by whoever composed, and approval by whoever agreed."""
    if last.role == SYSTEM:
        return
    for entry in before:
        if entry.step in OTHER_HAND.get(last.step, ()) and entry.officer_id == last.officer_id:
            steps = (period_report.procedure.step(code).title for code in (last.step, entry.step))
            raise errors.SameHand(**dict(zip(("step", "before"), steps, strict=True)))


def _from_above(last: Written) -> None:
    """Refuse approval from below: the head's units hold the one over the unit that composed the report."""
    reader = current()
    unit = Unit.objects.select_related("parent").filter(code=last.unit).first()
    over = unit and (unit.parent or unit)
    if reader.role != SYSTEM and not (over and reader.covers_unit(over.pre)):
        raise errors.NotFromAbove()


def _kept(last: Written) -> None:
    found = FrozenReport.objects.filter(name=last.data["name"], case=last.case_key)
    if not found.filter(edition=last.data["edition"]).exists():
        step = period_report.procedure.step(last.step).title
        raise errors.NotNow(step=step, state=period_report.STATES["agreed"])


def _published(last: Written) -> None:
    """Let everybody read the newest edition; one that is public already stays as it is."""
    newest = FrozenReport.objects.filter(case=last.case_key).order_by("-edition").first()
    if newest is None or published_edition(newest.name) is not None:
        return
    try:
        publish(
            of_frozen(newest),
            of=newest.of,
            place=newest.asked["place"],
            unit=newest.asked["unit"],
            by=current(),
            at=last.at,
        )
    except ReportRefused as refused:
        raise errors.Unmade(why=refused.texts) from refused
