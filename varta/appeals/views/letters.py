"""Letters of an appeal: written from a template, looked at, sent with a number, and opened again."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varta.appeals import actions, composing, letters, queries, typeset, word
from varta.appeals.composing import Proposal
from varta.appeals.errors import LetterUnprintable
from varta.appeals.forms import LetterForm
from varta.appeals.models import Letter
from varta.appeals.views.appeal import LAW, note, visible
from varta.cases.errors import StepRefused
from varta.cases.models import Case
from varta.lib.clock import kyiv_day, now
from varta.people.access import opens, reading_language
from varta.procedures._appeal_records import LETTER

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@require_http_methods(["GET", "POST"])
@opens("appeals")
def compose(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Write a letter of an appeal from its template, and send it."""
    found, proposal, form = _form(request, key, kind)
    if request.method == "POST" and form.is_valid():
        letter = _sent(request, found, form, proposal)
        if letter is not None:
            messages.success(request, _("Sent under the number %(number)s.") % {"number": letter.number})
            return redirect("appeals:letter", key=letter.key)
    note(request, found, "reveal", letter=kind)
    page = {
        "case": found,
        "number": f"{found.number}/{found.year}",
        "kind": kind,
        "title": LETTER[kind][reading_language()],
        "form": form,
        "proposal": proposal,
        "day": letters.in_words(kyiv_day(now())),
        "step": LAW.step("send_letter"),
        "may_keep_office": queries.keeps_office(request.reader),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "appeals/compose.html", page, status=status)


@never_cache
@require_POST
@opens("appeals")
def preview(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Draw the letter as it would go out, marked as a draft and without a number."""
    found, _proposal, form = _form(request, key, kind)
    form.is_valid()
    note(request, found, "reveal", letter=kind)
    content, address = form.content(), form.cleaned_data.get("address", "")
    sheet = letters.sheet(content, address=address, sent_on=kyiv_day(now()), number="", draft=True)
    try:
        return _file(typeset.pdf(sheet), "application/pdf", "draft.pdf", shown=True)
    except typeset.Unprintable as error:
        refused = LetterUnprintable(sign=error.sign)
        return render(
            request, "appeals/unprintable.html", {"text": refused.text(reading_language())}, status=422
        )


@never_cache
@require_safe
@opens("appeals")
def letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a letter that went out, and whether it is still what its entry bears witness to."""
    found, case = _visible(request, key)
    note(request, case, letter=found.number)
    [row] = queries.letter_rows([found])
    page = row | {
        "case": case,
        "content": found.content,
        "paragraphs": found.content["body"].split("\n\n"),
        "day": letters.in_words(found.sent_on),
        "intact": queries.intact(found),
        "same_bytes": queries.drawn_as_sent(found, typeset.pdf(queries.sheet_of(found))),
    }
    return render(request, "appeals/letter.html", page)


@never_cache
@require_safe
@opens("appeals")
def document(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Send a letter as PDF or DOCX, drawn again from what was fixed."""
    if form not in ("pdf", "docx"):
        raise Http404
    found, case = _visible(request, key)
    note(request, case, "reveal", letter=found.number, form=form)
    sheet, name = queries.sheet_of(found), f"letter-{found.nth}-{found.year}.{form}"
    if form == "pdf":
        return _file(typeset.pdf(sheet), "application/pdf", name, shown=True)
    return _file(word.docx(sheet), DOCX, name)


def _form(request: HttpRequest, key: UUID, kind: str) -> tuple[Case, Proposal, LetterForm]:
    found = visible(request, key)
    if kind not in LETTER or request.reader.role not in LAW.step("send_letter").roles:
        raise Http404
    proposal = composing.propose(kind, found, request.reader, on=kyiv_day(now()))
    typed = request.POST if request.method == "POST" else None
    form = LetterForm(typed, content=proposal.content, address=proposal.address)
    return found, proposal, form


def _sent(request: HttpRequest, case: Case, form: LetterForm, proposal: Proposal) -> Letter | None:
    moment, content = now(), form.content()
    try:
        with transaction.atomic():
            sent = actions.send_letter(
                key=form.cleaned_data["key"],
                case=case,
                content=content,
                address=form.cleaned_data["address"],
                by=request.reader,
                at=moment,
                received_at=moment,
            )
            forms = composing.learned(proposal, content)
            actions.remember_forms(forms=forms, by=request.reader, at=moment)
            return sent
    except StepRefused as refused:
        form.refuse(refused)
        return None


def _visible(request: HttpRequest, key: UUID) -> tuple[Letter, Case]:
    found = Letter.objects.filter(key=key).select_related("unit", "officer").first()
    if found is None:
        raise Http404
    return found, visible(request, found.case_key)


def _file(content: bytes, kind: str, name: str, *, shown: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
