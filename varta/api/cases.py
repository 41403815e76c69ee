"""Cases: those that the reader may see, and the door through which steps are taken."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from varta.api.doors import Opens
from varta.api.schemas import CasePage, CaseWhole, EntryOut, Refused, StepTaken
from varta.cases import actions, queries
from varta.cases.canon import Involved, Written
from varta.cases.errors import CaseNotFound, UnknownPerson
from varta.cases.models import Case, Deadline
from varta.lib.clock import now
from varta.people import looks
from varta.people import queries as people

router = Router(tags=["cases"], auth=Opens("cases"))
PAGE = 50


@router.get("/cases", response=CasePage, summary="List the cases you may see")
def cases(request: HttpRequest, procedure: str = "", page: int = Query(1, ge=1, le=10_000)) -> dict[str, Any]:
    """List cases, the newest first, fifty to a page."""
    found = queries.visible_to(request.reader).order_by("-opened_at", "-key")
    if procedure:
        found = found.filter(procedure=procedure)
    first = (page - 1) * PAGE
    listed = list(found[first : first + PAGE + 1])
    return {"page": page, "has_next": len(listed) > PAGE, "cases": [_case(one) for one in listed[:PAGE]]}


@router.get("/cases/{uuid:key}", response=CaseWhole, summary="One case with its entries and terms")
def case(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """Return a case, what happened in it, and what is due. The look is written down."""
    found = queries.visible_to(request.reader).filter(key=key).first()
    if found is None:
        raise Http404
    looks.note_request(request, "open", subject_kind="case", subject_key=found.key)
    return _case(found) | {
        "entries": [_entry(entry) for entry in queries.journal(found)],
        "deadlines": [_deadline(one) for one in queries.deadlines(found)],
    }


@router.post(
    "/take", response={201: EntryOut, 200: EntryOut, 404: Refused, 422: Refused}, summary="Take a step"
)
def take(request: HttpRequest, given: StepTaken) -> Status:
    """Take a step: 201 the first time, 200 and the same entry when the same key comes again."""
    if given.case and not queries.visible_to(request.reader).filter(key=given.case).exists():
        raise CaseNotFound(case=given.case)
    named = {one.person for one in given.people}
    if people.visible_to(request.reader).filter(key__in=named).count() < len(named):
        raise UnknownPerson()
    moment = now()
    with transaction.atomic():
        entry = actions.take(
            **given.dict(exclude={"people"}),
            people=[Involved(one.person, one.part) for one in given.people],
            by=request.reader,
            received_at=moment,
        )
    return Status(201 if entry.received_at == moment else 200, _entry(entry))


def _case(one: Case) -> dict[str, Any]:
    names = ("key", "procedure", "number", "year", "opened_at", "closed_at", "last_step", "due_step")
    more = {"place": one.place_id, "unit": one.unit_id, "late_from": one.late_from, "facts": one.facts}
    return {name: getattr(one, name) for name in names} | more


def _entry(entry: Written) -> dict[str, Any]:
    names = ("key", "case_key", "position", "step", "at", "received_at", "role", "data", "corrects")
    return {name: getattr(entry, name) for name in names} | {"hash": bytes(entry.hash).hex()}


def _deadline(one: Deadline) -> dict[str, Any]:
    names = ("step", "from_at", "due_at", "late_from", "met_at", "act", "article", "url", "verified")
    return {name: getattr(one, name) for name in names}
