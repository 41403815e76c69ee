"""Plans of placement and what becomes of them: asked, stopped, proposed, decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from varta.lib.uuid7 import uuid7
from varta.officers.models import Plan, Proposal
from varta.officers.queries import COUNTING, KEEPING
from varta.people.scope import SYSTEM, Reader
from varta.places.models import Territory

KEPT = frozenset({Plan.State.READY, Plan.State.CANCELLED})  # with a plan to propose, where one was found


class PlanRefused(ValueError):
    """What was asked is not possible; `texts` says why in both languages."""

    def __init__(self, uk: str, en: str) -> None:
        super().__init__(en)
        self.texts = {"uk": uk, "en": en}


def visible_to(reader: Reader) -> QuerySet[Plan]:
    """Return the plans of the reader's area, the newest first."""
    if reader.role not in COUNTING and reader.role != SYSTEM:
        return Plan.objects.none()
    return Plan.objects.filter(
        place_pre__range=(reader.place_from, reader.place_to),
        unit_pre__range=(reader.unit_from, reader.unit_to),
    )


def proposals_of(reader: Reader) -> QuerySet[Proposal]:
    """Return the proposals of the reader's area with hromada and plan, the newest first."""
    if reader.role not in COUNTING and reader.role != SYSTEM:
        return Proposal.objects.none()
    found = Proposal.objects.filter(place_pre__range=(reader.place_from, reader.place_to))
    return found.select_related("hromada", "plan")


def keeps(reader: Reader) -> bool:
    """Return whether the reader asks for plans and decides proposals."""
    return reader.role in KEEPING


@transaction.atomic
def ask(*, asked: Mapping[str, Any], by: Reader, at: datetime) -> Plan:
    """Write the question and let the worker solve it after those that wait; return the plan, still empty."""
    from varta.officers.jobs import solve_plan

    _must_keep(by)
    plan = Plan.objects.create(
        key=uuid7(at),
        made_by_id=by.officer_id,
        made_at=at,
        role=by.role,
        place_pre=by.place_from,
        place_end=by.place_to,
        unit_pre=by.unit_from,
        unit_end=by.unit_to,
        on=asked["on"],
        asked={key: value for key, value in asked.items() if key != "on"},
    )
    solve_plan.defer(key=str(plan.key))
    return plan


def cancel(*, plan: Plan, by: Reader, at: datetime) -> None:
    """Ask the solver to stop; what it has found by then is kept. A plan that is done is left as it is."""
    _must_keep(by)
    visible_to(by).filter(
        key=plan.key, state__in=(Plan.State.WAITING, Plan.State.SOLVING), cancelled_at=None
    ).update(cancelled_at=at)


@transaction.atomic
def propose(*, plan: Plan, hromadas: list[str], by: Reader, at: datetime) -> int:
    """Propose the plan's posts in these hromadas and return in how many; what is proposed already stays as it is."""
    _must_keep(by)
    placed = (plan.outcome or {}).get("placed", {})
    wanted = [code for code in hromadas if code in placed]
    if plan.state not in KEPT or not wanted:
        raise PlanRefused(
            "Цей план не має місць, які можна запропонувати: оберіть громади з плану.",
            "This plan has no places to propose: choose hromadas of the plan.",
        )
    waiting = set(
        Proposal.objects.filter(hromada__in=wanted, state=Proposal.State.PROPOSED).values_list(
            "hromada", flat=True
        )
    )
    places = Territory.objects.in_bulk([code for code in wanted if code not in waiting])
    made = [
        Proposal(
            plan=plan,
            hromada=place,
            place_pre=place.pre,
            officers=placed[code],
            proposed_by_id=by.officer_id,
            proposed_at=at,
        )
        for code, place in places.items()
        if by.covers_place(place.pre)
    ]
    Proposal.objects.bulk_create(made)
    return len(made)


def decide(*, proposals: list[int], state: str, by: Reader, at: datetime) -> int:
    """Accept, decline or withdraw proposals that nobody decided yet, or open decided ones again; return how many."""
    _must_keep(by)
    found = proposals_of(by).filter(pk__in=proposals)
    if state == Proposal.State.PROPOSED:
        return _open_again(found)
    return (
        found.filter(state=Proposal.State.PROPOSED)
        .order_by()
        .update(state=state, decided_by=by.officer_id, decided_at=at)
    )


def _open_again(found: QuerySet[Proposal]) -> int:
    """Undo decisions where nothing newer is proposed for the hromada."""
    newer = Proposal.objects.filter(state=Proposal.State.PROPOSED).values("hromada")
    decided = found.exclude(state=Proposal.State.PROPOSED).exclude(hromada__in=newer)
    return decided.order_by().update(state=Proposal.State.PROPOSED, decided_by=None, decided_at=None)


def reader_of(plan: Plan) -> Reader:
    """Return the reader who asked, as the job that solves the plan reads."""
    return Reader(
        officer_id=plan.made_by_id,
        role=plan.role,
        place_from=plan.place_pre,
        place_to=plan.place_end,
        unit_from=plan.unit_pre,
        unit_to=plan.unit_end,
        procedures=frozenset(),
    )


def named(plan: Plan) -> dict[str, Territory]:
    """Return the hromadas that the plan or its question names, by code."""
    codes = {*(plan.outcome or {}).get("placed", {}), *plan.asked["pinned"], *plan.asked["forbidden"]}
    return Territory.objects.in_bulk(codes)


def one(reader: Reader, key: UUID) -> Plan | None:
    """Return a plan that the reader may see."""
    return visible_to(reader).filter(key=key).select_related("made_by").first()


def _must_keep(by: Reader) -> None:
    if not keeps(by):
        raise PlanRefused(
            "План просить координатор програми або керівник.",
            "The programme coordinator or the head asks for plans.",
        )
