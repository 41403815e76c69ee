"""What the screen of intake asks while somebody speaks: the place, the telephone, calls of the same event.

All are posted, so that no name, number or address stands in an address or in a log.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from varta.calls import callers, duplicates, where
from varta.calls.duplicates import Alike
from varta.calls.forms import IntakeForm
from varta.calls.views.intake import asker_of, report_of
from varta.calls.where import Spot
from varta.cases import wording
from varta.lib.clock import now
from varta.people import looks
from varta.people.access import opens
from varta.people.naming import SHORTEST, phone_digits
from varta.procedures.call import CATEGORY, KIND

LONGEST = 200


@never_cache
@require_POST
@opens("desk")
def places(request: HttpRequest) -> JsonResponse:
    """Answer what the words or the coordinates may mean, who answers there, and what is taken without a choice."""
    found = where.find(request.POST.get("place", "")[:LONGEST], asker=asker_of(request))
    chosen = found.spots.index(found.chosen) if found.chosen else None
    spots = [_spot(one) for one in found.spots]
    return JsonResponse({"spots": spots, "chosen": chosen, "note": found.note, "exact": found.exact})


def _spot(spot: Spot) -> Mapping[str, Any]:
    return {
        "code": spot.place.code,
        "name": spot.place.title,
        "path": spot.path,
        "address": spot.address,
        "point": spot.point,
        "centre": [spot.place.lat, spot.place.lon] if spot.place.lat is not None else None,
        "own": spot.own,
        "zone": spot.zone,
        "unit": spot.unit.title if spot.unit else "",
        "officers": list(spot.officers),
    }


@never_cache
@require_POST
@opens("desk")
def caller(request: HttpRequest) -> HttpResponse:
    """Show what is known of a telephone. The look is written down before anything is shown."""
    typed = request.POST.get("phone", "")[:60]
    if len(phone_digits(typed)) < SHORTEST:
        return HttpResponse(status=204)
    looks.note_request(
        request, "search", subject_kind="person", purpose="call", detail={"asked": phone_digits(typed)}
    )
    found = callers.earlier(typed, request.reader, at=now())
    page = {
        "found": found,
        "rows": found.rows() if found else [],
        "last": callers.last_call(found) if found else None,
    }
    return render(request, "calls/intake_caller.html", page)


@never_cache
@require_POST
@opens("desk")
def alike(request: HttpRequest) -> JsonResponse:
    """Answer which calls may be about the same event, with the reason for each."""
    form = IntakeForm(request.POST, asker=asker_of(request, shows=False), moment=now())
    if not form.is_valid() and form.spot is None:
        return JsonResponse({"calls": []})
    assert form.spot is not None
    own = [form.cleaned_data["key"]] if "key" in form.cleaned_data else []
    found = duplicates.alike(
        report_of(form), request.reader, place=form.spot.place, not_same=[*own, *form.others()]
    )
    return JsonResponse({"calls": [_alike(one) for one in found]})


def _alike(one: Alike) -> Mapping[str, Any]:
    facts = one.case.facts
    return {
        "key": str(one.case.key),
        "number": f"{one.case.number}/{one.case.year}",
        "time": timezone.localtime(one.case.opened_at).strftime("%H:%M"),
        "kind": wording.said(KIND[facts["kind"]]) if facts.get("kind") in KIND else "",
        "category": wording.brief(wording.said(CATEGORY[facts["category"]]))
        if facts.get("category") in CATEGORY
        else "",
        "place": one.case.place.title,
        "address": one.address,
        "open": one.case.closed_at is None,
        "why": wording.said(one.likeness.why),
        "percent": round(100 * one.likeness.score),
        "strong": one.likeness.is_strong,
        "url": reverse("calls:call", args=[one.case.key]),
    }
