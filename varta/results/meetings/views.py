"""Pages of meetings: the list, one meeting, its calendar file and its minutes as a paper."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.access import reading_language
from varta.procedures.meeting import procedure
from varta.results.meetings import invites, paper, queries, shown, word
from varta.results.meetings.access import meets, seen
from varta.results.meetings.errors import Unprintable
from varta.results.meetings.slides import in_language

MOST = 100
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@never_cache
@require_safe
@meets
def listed(request: HttpRequest) -> HttpResponse:
    """List the meetings that the reader's unit holds or is invited to: those to come first."""
    reader, today = request.reader, kyiv_day(now())
    found = [shown.head(one) for one in queries.visible_to(reader)[:MOST]]
    coming = [one for one in found if one["meeting"].state in ("called", "open")]
    page = {
        "coming": sorted(coming, key=lambda one: (one["meeting"].on, one["meeting"].hour)),
        "past": [one for one in found if one not in coming],
        "today": today,
        "may_call": reader.role in procedure.step("call").roles and request.appointment is not None,
        "overdue": queries.overdue(reader, on=today),
    }
    return render(request, "meetings/meetings.html", page)


@never_cache
@require_safe
@meets
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a meeting: former decisions, agenda, who was invited and came, minutes, decisions."""
    found = seen(request, key)
    page = shown.page(found, request.reader, today=kyiv_day(now()))
    return render(request, "meetings/meeting.html", page)


@require_safe
@meets
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the meeting as an iCalendar file."""
    found = seen(request, key)
    home = settings.VARTA_PUBLIC_URL
    content = invites.calendar(
        key=found.key,
        told=found.told,
        title=in_language(found.told, "title", reading_language()),
        sequence=found.entries,
        made_at=now(),
        address=home + reverse("meetings:meeting", kwargs={"key": key}) if home else "",
    )
    return _file(content, "text/calendar; charset=utf-8", f"narada-{found.on}.ics")


@never_cache
@require_safe
@meets
def minutes(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Send the minutes as a paper, "pdf" or "docx"; before the meeting was closed they are a draft."""
    found = seen(request, key)
    if form not in KINDS or found.state not in ("open", "closed"):
        raise Http404
    sheet = paper.sheet(found, request.reader, today=kyiv_day(now()), language=reading_language())
    looks.note_request(
        request, "export", subject_kind="meeting", subject_key=found.key, detail={"form": form}
    )
    try:
        content = paper.pdf(sheet) if form == "pdf" else word.docx(sheet)
    except Unprintable as refused:
        page = {"sign": refused.sign, "meeting": found}
        return render(request, "meetings/unprintable.html", page, status=422)
    return _file(content, KINDS[form], f"protokol-{found.on}.{form}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
