"""The two forms: a report that can wait, and an appeal; and the receipt that follows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varta.cases.errors import KeyReused, StepRefused
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.notices import actions as notices
from varta.notices.models import Channel
from varta.notices.providers import telegram
from varta.people.access import reading_language
from varta.residents import actions, limits, queries, reports, work
from varta.residents.forms import AppealForm, ReportForm, SendingForm
from varta.residents.views.frame import origin, public, refused, show


@dataclass(frozen=True)
class Kind:
    """One of the two forms: its class, its page, and what makes a report of it."""

    form: type[SendingForm]
    template: str
    made: Callable[..., actions.Report]


REPORT = Kind(ReportForm, "report", reports.call_of)
APPEAL = Kind(AppealForm, "appeal", reports.appeal_of)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def report(request: HttpRequest) -> HttpResponse:
    """Ask for a report that can wait, and take it in."""
    return _form(request, REPORT)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def appeal(request: HttpRequest) -> HttpResponse:
    """Ask for an appeal, and take it in."""
    return _form(request, APPEAL)


def _form(request: HttpRequest, kind: Kind) -> HttpResponse:
    moment = now()
    if request.method != "POST":
        form = kind.form(at=moment, initial={"key": uuid7(moment), "place_code": "", "notify": ""})
        return show(request, kind.template, {"form": form})
    if "find" in request.POST:
        form = kind.form(at=moment, initial=request.POST.dict())  # nothing is wrong yet: it was not sent
        form.look_for_place(request.POST.get("place", ""))
        return show(request, kind.template, {"form": form, "looking": True})
    form = kind.form(request.POST, at=moment)
    if not form.is_valid():
        return show(request, kind.template, {"form": form}, status=422)
    return _taken(request, kind, form)


def _taken(request: HttpRequest, kind: Kind, form: SendingForm) -> HttpResponse:
    moment, address = now(), origin(request)
    known = actions.is_known(form.cleaned_data["key"])
    done = known or work.is_done(form.cleaned_data["work"], at=moment)
    if not done and not form.cleaned_data["phone"]:
        form.add_error("phone", _("Without JavaScript we call back before we register: give a telephone."))
        return show(request, kind.template, {"form": form}, status=422)
    if (limits.SENT if done else limits.SENT_WITHOUT_WORK).passed(address, at=moment):
        return refused(request, "limit", status=429)
    made = kind.made(form, unit=queries.unit_for(form.found), at=moment)
    if made is None:
        form.add_error("place", _("No unit answers for this place. Call 102."))
        return show(request, kind.template, {"form": form}, status=422)
    return _receipt(request, form, made, address=address, confirmed=done)


def _receipt(
    request: HttpRequest, form: SendingForm, made: actions.Report, *, address: str, confirmed: bool
) -> HttpResponse:
    moment = now()
    bot, made = _bot(made, at=moment)
    try:
        given = actions.send(
            form_key=form.cleaned_data["key"], report=made, origin=address, confirmed=confirmed, at=moment
        )
    except actions.TooManyWaiting:
        return refused(request, "full", status=503)
    except KeyReused:
        return refused(request, "sent", status=409)
    except StepRefused as error:
        form.add_error(None, error.text(reading_language()))
        return show(request, form_page(made), {"form": form}, status=422)
    limits.ALL_SENT.count("", at=moment)  # last: the row is everybody's, and locked until the request ends
    page = {
        "given": given,
        "place": made.place,
        "unit": None if made.discreet else made.unit,
        "procedure": made.procedure,
        "qr": _qr(request, given) if given.code else "",
        "bot": bot,
        "contact": made.contact,
        "silent": made.contact is None and bool(form.cleaned_data["notify"]),
    }
    return show(request, "receipt", page)


def form_page(made: actions.Report) -> str:
    """Return the page that a report was sent from."""
    return REPORT.template if made.procedure == "call" else APPEAL.template


def _bot(made: actions.Report, *, at: Any) -> tuple[str, actions.Report]:
    """Return the address that starts the bot of Telegram, and the report with the chat that is to come."""
    if made.contact is None or made.contact.channel != Channel.TELEGRAM:
        return "", made
    chat, code = notices.expect_chat(at=at)
    return telegram.link_of(code), made.told_at(str(chat))


def _qr(request: HttpRequest, given: actions.Given) -> SafeString:
    """Return a drawing that opens the page of this matter; what stands after # no server gets to see."""
    address = request.build_absolute_uri(reverse("residents:follow"))
    code = segno.make(f"{address}#{given.receipt.number}.{given.code}", error="m", micro=False)
    drawn = code.svg_inline(border=2, light="#ffffff", omitsize=True, title=_("The page of this request"))
    return mark_safe(drawn)  # noqa: S308  segno wrote it, from digits and letters of our own
