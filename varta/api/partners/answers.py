"""How a door answers a partner: what was done, or why not, as JSON."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse

from varta.api.models import Partner
from varta.api.partners import gate, refusals
from varta.api.partners.refusals import Refused
from varta.cases.errors import StepRefused
from varta.lib.clock import now
from varta.people import looks
from varta.people.scope import Reader, reading

Act = Callable[[Partner, Reader, datetime], HttpResponse]


def served(
    request: HttpRequest, *, right: str, act: Act, refuse: Callable[[Refused], HttpResponse] | None = None
) -> HttpResponse:
    """Let the partner in and act as it; a refusal is answered, counted, and leaves nothing else."""
    refuse = refuse or refusal
    moment = now()
    try:
        origin = looks.origin_of(request)
        partner = gate.enter(gate.key_in(request), right=right, at=moment, origin=origin)
    except Refused as refused:
        return refuse(refused)
    try:
        return acted(partner, right=right, at=moment, act=act)
    except Refused as refused:
        return refuse(refused)


def acted(partner: Partner, *, right: str, at: datetime, act: Act) -> HttpResponse:
    """Act as the partner and return the answer. A refusal undoes what was begun, is counted, and is raised."""
    try:
        with reading(gate.reader_of(partner, right)) as by:
            return act(partner, by, at)
    except StepRefused as step:
        refused = refusals.of_step(step)
    except Refused as other:
        refused = other
    gate.faulty(partner, refused, at=at)
    raise refused


def refusal(refused: Refused) -> JsonResponse:
    """Return a refusal as JSON, with the header that says when to come again."""
    answer = JsonResponse(refused.as_json(), status=refused.status, json_dumps_params={"ensure_ascii": False})
    if refused.retry_after is not None:
        answer["Retry-After"] = str(refused.retry_after)
    return answer
