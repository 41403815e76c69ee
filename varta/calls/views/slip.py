"""A call as a slip of paper: for whoever drives out without a telephone, and for the folder."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.calls import practice, queries
from varta.cases import queries as cases
from varta.cases import wording
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.lib.clock import now
from varta.people import looks
from varta.people import queries as people
from varta.people.access import opens
from varta.people.scope import Reader


@never_cache
@require_safe
@opens("desk")
def slip(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a call as a slip of paper. The look is written down."""
    found = queries.calls(request.reader).filter(key=key).select_related("place", "unit").first()
    if found is None:
        raise Http404
    number = f"{found.number}/{found.year}"
    looks.note_request(request, "open", subject_kind="case", subject_key=found.key, case_number=number)
    opening = cases.journal(found)[0]
    shown = {
        "case": found,
        "number": number,
        "rows": list(wording.record_rows("call", "receive", opening.data)),
        "people": list(_people(found, request.reader)),
        "came_late_at": opening.received_at if _waited(opening) else None,
        "printed_at": now(),
    }
    return render(request, "calls/slip.html", shown)


def _waited(opening: Written) -> bool:
    return opening.received_at - opening.at > practice.LATE_AFTER


def _people(case: Case, reader: Reader) -> Iterator[dict[str, object]]:
    parts = list(case.involvements.all())
    persons = people.visible_to(reader).in_bulk([one.person_id for one in parts])
    for one in parts:
        if one.person_id in persons:
            yield {"person": persons[one.person_id], "part": wording.part(one.part)}
