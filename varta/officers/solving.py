"""Solving a plan in the background: it tells how far it is, stops when somebody says so, and keeps the answer."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from varta.officers import planground, plans
from varta.officers.models import Plan
from varta.officers.planground import Ground, NothingKnown
from varta.people.scope import Reader, reading
from varta.planning.placement import plan as planning
from varta.planning.placement import why
from varta.planning.placement.median import Progress

SECONDS = 60.0
TELL_EVERY_S = 1.0
NOTHING_KNOWN = {
    "uk": "Немає жодного населеного пункту з відомою точкою і людьми (або викликами): завантажте населення і точки.",
    "en": "No settlement has both a known point and people (or calls): load populations and points.",
}
FAILED = {
    "uk": "Розв’язувач зупинився з помилкою. Спробуйте ще раз; якщо це повториться, повідомте адміністратора.",
    "en": "The solver stopped with an error. Try again; if it happens again, tell the administrator.",
}


def solve(key: UUID, *, now: Callable[[], datetime], seconds: float = SECONDS) -> None:
    """Solve a plan that waits, or that a killed worker left half solved; any other is left as it is."""
    with reading(Reader.system()):
        plan = Plan.objects.filter(key=key).first()
        if plan is None or not plan.is_open:
            return
        if plan.cancelled_at:
            _keep(plan, state=Plan.State.CANCELLED, solved_at=now())
            return
        _keep(plan, state=Plan.State.SOLVING)
    try:
        kept = _answer(plan, seconds)
    except planning.CannotBeKept as refused:
        kept = {"state": Plan.State.IMPOSSIBLE, "outcome": {"conflict": [dict(one) for one in refused.texts]}}
    except NothingKnown:
        kept = {"state": Plan.State.IMPOSSIBLE, "outcome": {"conflict": [NOTHING_KNOWN]}}
    except Exception:
        with reading(Reader.system()):
            _keep(plan, state=Plan.State.FAILED, solved_at=now(), outcome={"conflict": [FAILED]})
        raise
    with reading(Reader.system()):
        _keep(plan, solved_at=now(), progress={}, **kept)


def _keep(plan: Plan, **values: Any) -> None:
    Plan.objects.filter(key=plan.key).update(**values)


def _answer(plan: Plan, seconds: float) -> dict[str, Any]:
    """Return what is kept of the solved plan."""
    with reading(plans.reader_of(plan)) as reader:
        ground = ground_of(reader, plan)
    problem = planground.problem(ground, plan.asked)
    watch = _Watch(plan)
    found = planning.solve(problem, seconds=seconds, tell=watch.tell, cancelled=watch.cancelled)
    prices = [] if watch.stopped else planning.prices(problem, found, cancelled=watch.cancelled)
    return {
        "state": Plan.State.CANCELLED if watch.stopped else Plan.State.READY,
        "digest": ground.digest,
        "outcome": _written(ground, found, prices, why.reasons(problem, found)),
    }


def ground_of(reader: Reader, plan: Plan) -> Ground:
    """Return the data that a plan is made on, as they are now."""
    ready_by = plan.asked["ready_by"]
    return planground.of(
        reader,
        plan.on,
        weighed_by=plan.asked["weighed_by"],
        ready_by=datetime.fromisoformat(ready_by).date() if ready_by else None,
    )


def _written(
    ground: Ground,
    found: planning.Outcome,
    prices: list[planning.Price],
    reasons: dict[str, Any],
) -> dict[str, Any]:
    return {
        "placed": dict(found.placed),
        "present": {one.code: one.present for one in ground.sites if one.present},
        "value": found.value,
        "bound": found.bound,
        "before": found.before,
        "of": found.of,
        "gap": found.gap,
        "seconds": found.seconds,
        "stopped": found.stopped,
        "settlements": ground.settlements,
        "known": ground.known,
        "prices": [
            {"kind": one.kind, "least": one.least, "most": one.most, "exact": one.exact} for one in prices
        ],
        "reasons": {code: dict(text) for code, text in reasons.items()},
    }


class _Watch:
    """Writes down how far a solve is, and asks whether somebody stopped it: once a second, not at each step."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.stopped = plan, False
        self.told = self.asked = 0.0

    def tell(self, now: Progress) -> None:
        if time.monotonic() - self.told < TELL_EVERY_S:
            return
        self.told = time.monotonic()
        progress = {"seconds": now.seconds, "value": now.value, "bound": now.bound, "stage": now.stage}
        with reading(Reader.system()):
            _keep(self.plan, progress=progress)

    def cancelled(self) -> bool:
        if not self.stopped and time.monotonic() - self.asked >= TELL_EVERY_S:
            self.asked = time.monotonic()
            with reading(Reader.system()):
                self.stopped = Plan.objects.filter(key=self.plan.key, cancelled_at__isnull=False).exists()
        return self.stopped
