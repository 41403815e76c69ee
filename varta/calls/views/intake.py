"""Taking a call: one screen, sent by a form, by a script, or by a queue that waited for the server."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from varta.calls import boxes, duplicates, ground, intake, questions
from varta.calls.duplicates import Alike
from varta.calls.forms import CHANNELS, USUAL, IntakeForm
from varta.calls.intake import Registered
from varta.calls.where import Asker
from varta.cases import wording
from varta.cases.errors import StepRefused
from varta.law import discover
from varta.lib.clock import kyiv_day, now
from varta.people.access import opens, reading_language
from varta.people.naming import phone_digits
from varta.people.roles import may_register
from varta.planning.likeness import Report

CHANNEL = "varta.channel"  # session key: how calls come to this desk
JSON = "application/json"


@never_cache
@require_http_methods(["GET", "POST"])
@opens("desk")
def new(request: HttpRequest) -> HttpResponse:
    """Take a call. Sent again under its key, it is answered as the first time."""
    if not may_register(request.reader):
        raise Http404
    channel = request.session.get(CHANNEL, CHANNELS[0])
    asker = asker_of(request, shows=not _for_script(request))
    form = IntakeForm(request.POST or None, asker=asker, moment=now(), channel=channel)
    if request.method != "POST":
        form.fields["parent"].initial = request.GET.get("parent")
        return render(request, "calls/intake.html", page(form))
    if request.POST.get("mine", _owner(request)) != _owner(request):
        return _of_another(request)
    return _taken(request, form)


def _taken(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    if "ask" in request.POST:
        form.is_valid()
        return render(request, "calls/intake.html", page(form) | {"asks": True})
    if not form.is_valid():
        return _refused(request, form)
    if not _for_script(request) and (strong := _asked_about(form, request)):
        return render(request, "calls/intake.html", page(form) | {"alike": strong}, status=422)
    registered = _registered(request, form)
    if registered is None:
        return _refused(request, form)
    _remember(request, form)
    return _done(request, registered)


def asker_of(request: HttpRequest, *, shows: bool = True) -> Asker:
    """Return who asks: the reader, the appointment with its place and unit, and today's Kyiv day."""
    return Asker(request.reader, request.appointment, kyiv_day(now()), shows)


def page(form: IntakeForm, *, kept: bool = False) -> dict[str, Any]:
    """Return what the screen shows."""
    tree = form.tree()
    kind = form["kind"].value() or ""
    if form.is_bound and not kind:
        kind = form.cleaned_data.get("kind", "")
    asked = tree.asked(kind, form.answers()) if form.is_bound else []
    step, came = discover()["call"].step("receive"), form["channel"].value()
    reader = form.asker.reader
    return {
        "form": form,
        "kept": kept,
        "ground": None if kept else ground.of(reader),
        "scope": (reader.place_from, reader.place_to),
        "cited": step.law.cited(reading_language()),
        "law": step.law,
        "tree": tree,
        "questions": [_question(one, form) for one in asked],
        "proposal": getattr(form, "proposal", None),
        "why": wording.said(form.proposal.why) if getattr(form, "proposal", None) else "",
        "candidates": form.found.spots if form.errors.get("place") else (),
        "channels": [
            (code, label) for code, label in form.fields["channel"].choices if code in USUAL or code == came
        ],
        "categories": [
            (code, wording.brief(label), label) for code, label in form.fields["category"].choices
        ],
        "answer_choices": [(code, wording.said(text)) for code, text in questions.ANSWERS.items()],
    }


def _question(question: questions.Question, form: IntakeForm) -> dict[str, Any]:
    return {
        "name": f"q-{question.code}",
        "text": wording.said(question.text),
        "answer": form.answers().get(question.code, ""),
    }


def _owner(request: HttpRequest) -> str:
    return boxes.owner_of(request.user.pk)


def _for_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == JSON


def _asked_about(form: IntakeForm, request: HttpRequest) -> list[Alike]:
    """Return the calls that this is very likely about, unless the officer has decided already."""
    if form.cleaned_data.get("join") or "alike_seen" in request.POST or form.spot is None:
        return []
    found = duplicates.alike(
        report_of(form),
        request.reader,
        place=form.spot.place,
        not_same=[form.cleaned_data["key"], *form.others()],
    )
    return [one for one in found if one.likeness.is_strong]


def report_of(form: IntakeForm) -> Report:
    """Return the report of a valid form as it is compared with others."""
    assert form.spot is not None
    record, place = form.record(), form.spot.place
    point = (record["lat"], record["lon"]) if record["lat"] is not None else None
    digits = "".join(sign for sign in form.cleaned_data["phone"] if sign.isdigit())
    return Report(
        form.cleaned_data["moment"],
        place.code,
        place.hromada or "",
        record["kind"],
        record["about"],
        record["address"],
        point,
        phone_digits(digits) if digits else "",
    )


def _registered(request: HttpRequest, form: IntakeForm) -> Registered | None:
    """Write the call; None, with the reason in the form, when it is refused."""
    given = form.cleaned_data
    assert form.spot is not None
    if given["unit_given"] is None:
        form.add_error("place", _("No unit answers for this place. Choose the unit."))
        return None
    try:
        return intake.register(
            key=given["key"],
            by=request.reader,
            at=given["moment"],
            received_at=now(),
            record=form.record(),
            place=form.spot.place.code,
            unit=given["unit_given"].code,
            caller=form.caller(),
            part=given.get("part") or "caller",
            join=form.joins(),
            parent=given["parent"],
        )
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _remember(request: HttpRequest, form: IntakeForm) -> None:
    """Keep how the call came: the next one will come the same way."""
    channel = form.cleaned_data["channel"]
    if request.session.get(CHANNEL, CHANNELS[0]) != channel:
        request.session[CHANNEL] = channel


def _done(request: HttpRequest, registered: Registered) -> HttpResponse:
    entry = registered.entry
    number, address = f"{entry.number}/{entry.year}", reverse("calls:call", args=[entry.case_key])
    notes = []
    if registered.joined:
        notes.append(_("Joined to the call %(number)s.") % {"number": registered.joined.data["number"]})
    if registered.not_joined:
        reason = registered.not_joined.text(reading_language())
        notes.append(_("Registered, but not joined: %(reason)s") % {"reason": reason})
    if _for_script(request):
        known = {"number": number, "key": str(entry.key), "url": address, "notes": notes}
        return JsonResponse(known | {"slip": reverse("calls:slip", args=[entry.case_key])}, status=201)
    messages.success(
        request, " ".join([_("Registered under the number %(number)s.") % {"number": number}, *notes])
    )
    return redirect(address)


def _refused(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    if not _for_script(request):
        return render(request, "calls/intake.html", page(form), status=422)
    errors = {name: [str(one) for one in listed] for name, listed in form.errors.items()}
    return JsonResponse({"code": "refused", "errors": errors}, status=422)


def _of_another(request: HttpRequest) -> HttpResponse:
    """Refuse what another officer took: it waits for them."""
    text = _("Another officer took this call at this computer. It waits until they sign in.")
    if _for_script(request):
        return JsonResponse({"code": "another-officer", "errors": {"__all__": [text]}}, status=409)
    messages.error(request, text)
    return redirect("calls:new")
