"""Pages of placement: ask for a plan, watch it being solved, read, change, compare and propose it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from varta.lib.clock import kyiv_day, now
from varta.officers import planform, planground, plans, planshown, solving
from varta.officers.models import Plan, Proposal
from varta.officers.planform import PlanForm
from varta.officers.planground import NothingKnown
from varta.officers.plans import PlanRefused
from varta.people import looks
from varta.people.access import opens, reading_language
from varta.people.roles import may_export
from varta.people.scope import Reader
from varta.places.models import Territory

LISTED = 30  # plans, and proposals, on the first page
UKRAINE_BOX = "22.1,44.3,40.3,52.4"  # west, south, east, north, degrees
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DECISIONS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn", "undo": "proposed"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opens("officers")
def listed(request: HttpRequest) -> HttpResponse:
    """Show the question and the plans that were made, or take a new question."""
    reader = _counting(request)
    if request.method == "POST":
        if not plans.keeps(reader):
            raise Http404
        form = PlanForm(request.POST)
        if form.is_valid():
            return _asked(request, form)
    else:
        form = PlanForm(initial=_usual(reader))
    language = reading_language()
    page = {
        "form": form,
        "may_ask": plans.keeps(reader),
        "plans": [_line(plan, language) for plan in plans.visible_to(reader)[:LISTED]],
        "proposals": list(plans.proposals_of(reader)[:LISTED]),
    }
    return render(request, "officers/placement.html", page, status=400 if request.method == "POST" else 200)


def _counting(request: HttpRequest) -> Reader:
    """Return the reader if plans exist for them; an officer of one hromada has none."""
    reader: Reader = request.reader
    if reader.role not in plans.COUNTING:
        raise Http404
    return reader


def _usual(reader: Reader) -> dict[str, Any]:
    day = kyiv_day(now())
    return {
        "on": day.isoformat(),
        "officers": planground.trainees(reader, day) or "",
        "goal": "cover",
        "minutes": 20,
        "weighed_by": "people",
        "each": 2,
        "only_willing": False,
    }


def _line(plan: Plan, language: str) -> dict[str, Any]:
    found = plan.outcome or {}
    return {
        "plan": plan,
        "goal": dict(planform.GOALS)[plan.asked["goal"]],
        "value": planshown.amount_of(plan, found["value"], language) if "value" in found else "",
        "gap": planshown.gap(found["gap"], language) if "value" in found else "",
    }


def _asked(request: HttpRequest, form: PlanForm) -> HttpResponse:
    try:
        plan = plans.ask(asked=form.asked(planform.marked(request.POST)), by=request.reader, at=now())
    except PlanRefused as refused:
        raise Http404 from refused
    return redirect("officers:plan", plan.key)


@never_cache
@require_GET
@opens("officers")
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a plan: what was asked, how far it is or what it achieves, and each place with its reason."""
    reader = _counting(request)
    found = _plan(request, key)
    language = reading_language()
    places = plans.named(found)
    proposed = plans.proposals_of(reader).filter(plan=found)
    page = {
        "plan": found,
        "goal": dict(planform.GOALS)[found.asked["goal"]],
        "weighed_by": dict(planform.WEIGHTS)[found.asked["weighed_by"]],
        "form": PlanForm(initial=planform.initial(found)),
        "may_ask": plans.keeps(reader),
        "figures": planshown.figures(found, language),
        "progress": _progress(found, language),
        "conflict": [one[language] for one in (found.outcome or {}).get("conflict", ())],
        "rows": _with_proposals(planshown.rows(found, places, language), proposed),
        "others": [
            one
            for one in plans.visible_to(reader).exclude(key=found.key)[:LISTED]
            if "placed" in (one.outcome or {})
        ],
        "is_stale": _is_stale(reader, found),
        "map": _map(reader, planshown.classes(found)),
        "legend": [
            ("new", _("new officers")),
            ("both", _("new beside those who serve")),
            ("present", _("officers serve there")),
        ],
        "exports": [(kind.upper(), kind) for kind in KINDS] if may_export(reader) else [],
    }
    return render(request, "officers/plan.html", page)


def _plan(request: HttpRequest, key: UUID) -> Plan:
    found = plans.one(_counting(request), key)
    if found is None:
        raise Http404
    return found


def _with_proposals(rows: list[dict[str, Any]], proposed: Any) -> list[dict[str, Any]]:
    of_place: dict[str, Proposal] = {}
    for one in proposed.order_by("proposed_at"):
        of_place[one.hromada_id] = one
    return [row | {"proposal": of_place.get(row["code"])} for row in rows]


def _is_stale(reader: Reader, found: Plan) -> bool:
    """Return whether the data of the plan's day are no longer those that it was made on."""
    if not found.digest:
        return False
    try:
        return solving.ground_of(plans.reader_of(found), found).digest != found.digest
    except NothingKnown:
        return True


def _map(reader: Reader, classes: dict[str, str]) -> dict[str, Any]:
    """Return the classes of hromadas, whose boundaries are drawn, and the box at first; a country's box is known."""
    oblasts = Territory.objects.filter(
        level=Territory.OBLAST, pre__lte=reader.place_to, pre_end__gte=reader.place_from
    )
    codes = list(oblasts.values_list("code", flat=True)[:2])
    one = codes[0] if len(codes) == 1 else ""
    return {"classes": classes, "within": one or "UA", "box": "" if one else UKRAINE_BOX}


def _progress(found: Plan, language: str) -> dict[str, str]:
    told = found.progress
    if not found.is_open or "value" not in told:
        return {}
    share = abs(told["bound"] - told["value"]) / max(abs(told["value"]), 1e-12)
    return {
        "value": planshown.amount_of(found, told["value"], language),
        "bound": planshown.amount_of(found, told["bound"], language),
        "gap": planshown.gap(share, language),
        "seconds": planshown.number(told["seconds"], language, 0),
    }


@never_cache
@require_GET
@opens("officers")
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send how far a plan is; once it is done, let the page load anew."""
    found = _plan(request, key)
    page = {
        "plan": found,
        "progress": _progress(found, reading_language()),
        "may_ask": plans.keeps(request.reader),
    }
    answer = render(request, "officers/plan_progress.html", page)
    if not found.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@opens("officers")
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop a plan that waits or is being solved."""
    found = _plan(request, key)
    _done(lambda: plans.cancel(plan=found, by=request.reader, at=now()))
    messages.success(request, _("The plan is being stopped; what it has found by now is kept."))
    return redirect("officers:plan", key)


@require_POST
@opens("officers")
def propose(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose the chosen places of a plan, or all of them."""
    found = _plan(request, key)
    wanted = request.POST.getlist("place") or list((found.outcome or {}).get("placed", {}))
    try:
        many = plans.propose(plan=found, hromadas=wanted, by=request.reader, at=now())
    except PlanRefused as refused:
        messages.error(request, refused.texts[reading_language()])
        return redirect("officers:plan", key)
    messages.success(
        request,
        ngettext("Proposed to %(many)s hromada.", "Proposed to %(many)s hromadas.", many) % {"many": many},
    )
    return redirect("officers:plan", key)


@require_POST
@opens("officers")
def decide(request: HttpRequest) -> HttpResponse:
    """Accept, decline or withdraw proposals, or undo that."""
    chosen = [int(one) for one in request.POST.getlist("proposal") if one.isdecimal() and len(one) < 18]
    state = DECISIONS.get(request.POST.get("decision", ""))
    if state is None or not chosen:
        raise Http404
    many = _done(lambda: plans.decide(proposals=chosen, state=state, by=request.reader, at=now()))
    messages.success(
        request, ngettext("%(many)s proposal changed.", "%(many)s proposals changed.", many) % {"many": many}
    )
    return redirect("officers:placement")


def _done(write: Callable[[], Any]) -> Any:
    try:
        return write()
    except PlanRefused as refused:
        raise Http404 from refused


@never_cache
@require_GET
@opens("officers")
def compare(request: HttpRequest) -> HttpResponse:
    """Show two plans beside each other: figures, the map, and where they differ."""
    reader = _counting(request)
    one, other = (_named(reader, request.GET.get(name, "")) for name in ("one", "other"))
    language = reading_language()
    drawn = planshown.compared(one, other)
    places = plans.named(one) | plans.named(other)
    oblasts = Territory.objects.in_bulk({place.oblast for place in places.values() if place.oblast})
    rows = [
        {
            "name": places[code].titles[language],
            "oblast": oblasts[places[code].oblast].titles[language] if places[code].oblast in oblasts else "",
            "order": (which == "same", places[code].sort_key),
            "which": which,
            "left": (one.outcome or {})["placed"].get(code, 0),
            "right": (other.outcome or {})["placed"].get(code, 0),
        }
        for code, which in drawn.items()
        if code in places
    ]
    page = {
        "plans": [
            {
                "plan": each,
                "figures": planshown.figures(each, language),
                "goal": dict(planform.GOALS)[each.asked["goal"]],
            }
            for each in (one, other)
        ],
        "rows": sorted(rows, key=lambda row: row["order"]),
        "map": _map(reader, drawn),
        "legend": [
            ("first", _("only the first")),
            ("second", _("only the second")),
            ("same", _("both plans")),
        ],
    }
    return render(request, "officers/plan_compare.html", page)


def _named(reader: Reader, key: str) -> Plan:
    try:
        found = plans.one(reader, UUID(key))
    except ValueError as error:
        raise Http404 from error
    if found is None or "placed" not in (found.outcome or {}):
        raise Http404
    return found


@never_cache
@require_GET
@opens("officers")
def export(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Send the places of a plan as a file; who took it is written down."""
    found = _plan(request, key)
    if form not in KINDS or not may_export(request.reader) or "placed" not in (found.outcome or {}):
        raise Http404
    language = reading_language()
    looks.note_request(request, "export", subject_kind="report", detail={"form": form})
    rows = [row for row in planshown.rows(found, plans.named(found), language) if row["officers"]]
    shown = planshown.figures(found, language)
    notes = [
        (_("State on"), f"{found.on:%d.%m.%Y}"),
        (_("Goal"), str(dict(planform.GOALS)[found.asked["goal"]])),
        (_("Value"), shown["value"]),
        (_("Proven bound"), shown["bound"]),
        (_("Gap"), shown["gap"]),
    ]
    content = planshown.as_csv(rows, language) if form == "csv" else planshown.as_xlsx(rows, language, notes)
    answer = HttpResponse(content, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="varta-plan-{found.on}.{form}"'
    return answer
