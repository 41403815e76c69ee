"""Writes of reports: every step is an entry through `cases.actions.take`; a frozen report is a row beside it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.cases.actions import take
from varta.cases.canon import Written
from varta.lib.clock import kyiv_day
from varta.people.scope import Reader
from varta.places.models import Territory, Unit
from varta.procedures import explanation, period_report
from varta.results import errors, freezing, queries
from varta.results.comparing import Change
from varta.results.models import FrozenReport
from varta.results.queries import Asking, Draft
from varta.results.report import ReportRefused

REPORT, EXPLANATION = period_report.procedure.code, explanation.procedure.code
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEPT_NAMES = frozenset({"compose", "explanations"})  # addresses of pages


def compose(*, key: UUID, data: Mapping[str, Any], by: Reader, at: datetime) -> Written:
    """Open the case of a report and return its entry; without place and unit it is about the reader's own.

    Call it inside `reading(by)`, as all here. Raises an error of the StepRefused family, as all here.
    """
    wanted = _narrowed(data, by)
    _free(str(wanted["name"]), by)
    return take(
        key=key,
        procedure=REPORT,
        step="compose",
        data=wanted,
        by=by,
        at=at,
        received_at=at,
        place=str(wanted["place"]),
        unit=_own(Unit, by.unit_from, by.unit_to),
    )


def amend(*, draft: Draft, key: UUID, data: Mapping[str, Any], by: Reader, at: datetime) -> Written:
    """Change what a draft is to hold."""
    wanted = _narrowed(data, by)
    if wanted["name"] != draft.name:
        _free(str(wanted["name"]), by)
    return step(draft=draft, code="amend", key=key, data=wanted, by=by, at=at)


def step(*, draft: Draft, code: str, key: UUID, data: Mapping[str, Any], by: Reader, at: datetime) -> Written:
    """Take a step that keeps no rows: submit, send_back, agree, approve, publish, drop."""
    return take(
        key=key, procedure=REPORT, step=code, data=data, by=by, at=at, received_at=at, case=draft.case.key
    )


@transaction.atomic
def freeze(*, draft: Draft, key: UUID, by: Reader, at: datetime) -> FrozenReport:
    """Keep the rows of an agreed report with the explanations that were accepted, and enter it.

    Of two who freeze at once one wins; the other is told who it was, and when.
    """
    if kyiv_day(at) <= draft.period.last:
        raise errors.NotOver(last=f"{draft.period.last:%d.%m.%Y}", today=f"{kyiv_day(at):%d.%m.%Y}")
    held = draft.keeping(queries.remarks(by, draft.case.key))
    try:
        kept = freezing.freeze(
            draft.asked,
            name=held.name,
            by=by,
            at=at,
            levels=held.levels,
            chapters=held.chapters,
            title=held.title,
            case=draft.case.key,
            remarks=held.remarks,
        )
    except ReportRefused as refused:
        raise errors.Unmade(why=refused.texts) from refused
    step(draft=draft, code="freeze", key=key, data={"name": kept.name, "edition": 1}, by=by, at=at)
    return kept


@transaction.atomic
def revise(
    *, draft: Draft, frozen: FrozenReport, reason: str, key: UUID, by: Reader, at: datetime
) -> tuple[FrozenReport, list[Change]]:
    """Keep the next edition and enter why; return it with the figures that have changed. Earlier ones stay."""
    try:
        kept, changes = freezing.revise(
            frozen, reason=reason, by=by, at=at, remarks=queries.remarks(by, draft.case.key)
        )
    except ReportRefused as refused:
        raise errors.Unmade(why=refused.texts) from refused
    if not changes:
        raise errors.NothingToRevise()
    data = {"name": kept.name, "edition": kept.edition, "changed": len(changes), "reason": reason}
    step(draft=draft, code="revise", key=key, data=data, by=by, at=at)
    return kept, changes


def ask(*, draft: Draft, key: UUID, unit: Unit, data: Mapping[str, Any], by: Reader, at: datetime) -> Written:
    """Ask a unit to explain a figure by a day: a child case of the report at that unit."""
    place = queries.place_for(str(data["level"]), str(data["row"]), unit)
    if place is None:
        raise errors.NobodyToAsk(row=data["row"])
    return take(
        key=key,
        procedure=EXPLANATION,
        step="ask",
        data={
            "report": draft.name,
            "first": draft.composition["first"],
            "last": draft.composition["last"],
            **data,
        },
        by=by,
        at=at,
        received_at=at,
        place=place.code,
        unit=unit.code,
        parent=draft.case.key,
    )


def answer(
    *, asking: Asking, code: str, key: UUID, data: Mapping[str, Any], by: Reader, at: datetime
) -> Written:
    """Take a step of an explanation: explain, add, accept, return, drop."""
    return take(
        key=key,
        procedure=EXPLANATION,
        step=code,
        data=data,
        by=by,
        at=at,
        received_at=at,
        case=asking.case.key,
    )


def _narrowed(data: Mapping[str, Any], by: Reader) -> dict[str, Any]:
    """Return the composition with place and unit named: a report never says more than its composer sees."""
    place = data.get("place") or _own(Territory, by.place_from, by.place_to)
    under = data.get("under") or _own(Unit, by.unit_from, by.unit_to)
    return {**data, "place": place, "under": under}


def _own(tree: type[Territory] | type[Unit], low: int, high: int) -> str:
    """Return the code of the widest place or unit that lies wholly within the interval."""
    found = tree.objects.filter(pre__gte=low, pre_end__lte=high).order_by("pre").first()
    return found.code if found else ""


def _free(name: str, by: Reader) -> None:
    """Refuse a name that is none, or that another report has."""
    if not NAME.fullmatch(name) or name in KEPT_NAMES:
        raise errors.NameRefused(name=name)
    if FrozenReport.objects.filter(name=name).exists() or queries.draft(by, name):
        raise errors.NameTaken(name=name)
