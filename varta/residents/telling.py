"""Telling residents what came of their matter: new entries of subscribed cases become notices, each once.

It looks at how many entries a case has and how many were looked at, so it does not matter by which door an
entry came: a page, the API, a loaded file. What was looked at is written in the transaction of the notices.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import formats, translation

from varta.cases import queries
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.lib.clock import KYIV
from varta.notices import actions as notices
from varta.people.scope import Reader, reading
from varta.residents.models import Subscription

COMING_IS_NEWS = timedelta(minutes=40)  # later, nobody needs to hear that a crew has set out

# (procedure, step) -> template of notices. What is not here is told to nobody.
TOLD = {
    ("call", "receive"): "received",
    ("call", "accept"): "on_the_way",
    ("call", "close"): "finished",
    ("call", "join"): "finished",
    ("appeal", "receive"): "received",
    ("appeal", "extend"): "extended",
    ("appeal", "reply"): "answered",
    ("appeal", "forward"): "news",
    ("appeal", "return_defective"): "news",
    ("appeal", "return_for_data"): "news",
    ("appeal", "leave_unconsidered"): "news",
}


def tell(*, at: datetime, limit: int = 200) -> int:
    """Write the notices of what is new in subscribed cases, and return how many subscriptions were looked at."""
    with reading(Reader.system()) as system:
        behind = Exists(Case.objects.filter(key=OuterRef("case"), entries__gt=OuterRef("told")))
        rows = Subscription.objects.select_for_update(skip_locked=True).filter(behind, ended_at=None)[:limit]
        found = list(rows)
        cases = Case.objects.in_bulk([one.case for one in found])
        for one in found:
            _tell_one(one, cases[one.case], by=system, at=at)
    return len(found)


def _tell_one(one: Subscription, case: Case, *, by: Reader, at: datetime) -> None:
    entries = queries.journal(case)
    counted = {entry.key for entry in effective(entries)}
    for entry in entries:
        if entry.position > one.told and entry.key in counted and entry.corrects is None:
            _write(one, entry, case, by=by, at=at)
    one.told = len(entries)
    one.ended_at = at if case.closed_at else None
    one.save(update_fields=["told", "ended_at"])


def _write(one: Subscription, entry: Written, case: Case, *, by: Reader, at: datetime) -> None:
    template = TOLD.get((entry.procedure, entry.step))
    coming = template == "on_the_way"
    if template is None or (coming and not one.coming):
        return
    context: dict[str, str | int] = {"number": one.number}
    if one.discreet:
        context["discreet"] = 1
    if due := _due(entry, case):
        context["due"] = _day(due, one.language)
    notices.send(
        to=one.to,
        channel=one.channel,
        template="news" if one.discreet else template,
        language=one.language,
        context=context,
        about=one.case,
        dedupe=f"{one.key}:{entry.key}",
        by=by,
        at=at,
        anytime=coming,
        useless_after=at + COMING_IS_NEWS if coming else None,
    )


def _due(entry: Written, case: Case) -> date | None:
    """Return the day by which the resident is answered, where the notice names one."""
    if entry.procedure != "appeal":
        return None
    if entry.step == "extend":
        return date.fromisoformat(entry.data["until"])
    if entry.step == "receive":
        reply = case.deadlines.filter(step="reply").first()
        return reply.due_at.astimezone(KYIV).date() if reply else None
    return None


def _day(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "j E" if language == "uk" else "j F")
