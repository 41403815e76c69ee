"""Following a matter by number and code, adding to it, saying how it went. Each request brings the code along."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varta.cases.errors import StepRefused
from varta.lib.clock import now
from varta.lib.uuid7 import moment_of, uuid7, uuid7_from
from varta.people.access import reading_language
from varta.residents import actions, codes, following, limits
from varta.residents.forms import AddForm, FeedbackForm, FollowForm
from varta.residents.models import Receipt
from varta.residents.views.frame import origin, public, refused, show


@require_http_methods(["GET", "HEAD", "POST"])
@public
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; with the right ones show the matter, or do what was asked in it."""
    if request.method != "POST":
        return show(request, "follow", {"form": FollowForm()})
    if _too_often(request):
        return refused(request, "limit", status=429)
    form = FollowForm(request.POST)
    receipt = following.found(request.POST.get("number", "")[:20], request.POST.get("code", "")[:30])
    if receipt is None or not form.is_valid():
        form.add_error(None, _("Number and code do not belong together. Look at the receipt once more."))
        return show(request, "follow", {"form": form}, status=422)
    done = DOING.get(request.POST.get("do", ""), _nothing)(request, receipt)
    matter = following.matter_of(receipt, now=now())
    page = {
        "matter": matter,
        "number": receipt.shown,
        "code": request.POST["code"],
        "key": uuid7(now()),
        "add": AddForm(),
        "feedback": FeedbackForm(),
        **done,
    }
    return show(request, "matter", page, status=422 if "error" in done else 200)


def _too_often(request: HttpRequest) -> bool:
    """Count the try, by address and by number, whether it is a right one or not: guessing has a budget."""
    moment, number = now(), codes.digits_of(request.POST.get("number", ""))
    counted = [
        limits.LOOKS.passed(origin(request), at=moment),
        limits.LOOKS_AT_NUMBER.passed(number, at=moment),
        limits.LOOKS_AT_NUMBER_IN_A_DAY.passed(number, at=moment),
    ]
    return any(counted)


def _nothing(request: HttpRequest, receipt: Receipt) -> Mapping[str, Any]:
    return {}


def _add(request: HttpRequest, receipt: Receipt) -> Mapping[str, Any]:
    form = AddForm(request.POST)
    if not form.is_valid():
        return {"add": form, "error": True}
    if limits.ADDED.passed(receipt.number, at=now()):
        return {
            "error": True,
            "said": _("So much was added today that the rest is better told by telephone."),
        }
    text = form.cleaned_data["text"]
    key = _key(request, receipt, text)
    return _tried(
        lambda: actions.add_information(receipt=receipt, key=key, text=text, at=now()),
        _("Thank you. It was added, and the police see it."),
    )


def _rate(request: HttpRequest, receipt: Receipt) -> Mapping[str, Any]:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return {"feedback": form, "error": True}
    answers = form.cleaned_data
    key = _key(request, receipt, str(answers))
    return _tried(
        lambda: actions.give_feedback(receipt=receipt, key=key, at=now(), **answers),
        _("Thank you. Your answer counts in the figures of this hromada, without your name."),
    )


def _stop(request: HttpRequest, receipt: Receipt) -> Mapping[str, Any]:
    actions.stop_notices(receipt=receipt, at=now())
    return {"said": _("No more notices will be sent about this matter.")}


def _tried(step: Any, said: str) -> Mapping[str, Any]:
    try:
        step()
    except StepRefused as error:
        return {"error": True, "said": error.text(reading_language())}
    return {"said": said}


def _key(request: HttpRequest, receipt: Receipt, content: str) -> UUID:
    """Return the key of the step: the same words sent again from the same page are the same step."""
    moment, page = now(), actions.page_key(request.POST.get("key", ""), at=now())
    return uuid7_from(moment_of(page), receipt.case, page, content) if page else uuid7(moment)


DOING = {"add": _add, "rate": _rate, "stop": _stop}
