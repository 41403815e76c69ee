"""How a call is shown: as the panel alone for a board that is open, else as the whole page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from varta.calls import asks, board, ground, queries
from varta.calls import panel as panels
from varta.calls.narrowing import narrowing
from varta.calls.stepforms import DeskForm
from varta.cases import changes, wording
from varta.cases.models import Case
from varta.lib.clock import now
from varta.people import looks
from varta.people.scope import Reader

OPENED = "varta.calls.opened"  # calls that this session opened lately, so that a redrawn panel is one look
ONE_LOOK_S = 900
CONFLICT = 409
OWED = 12  # rows of what ended calls owe


def panel(
    request: HttpRequest, case: Case, *, refused: str = "", form: DeskForm | None = None
) -> HttpResponse:
    """Show the panel alone."""
    shown = _panel(request, case, refused=refused, form=form)
    fresh = board.concerned(request.reader, case, now=shown["row"].now)
    return render(request, "calls/panel.html", shown | {"fresh": fresh})


def page(
    request: HttpRequest, case: Case, *, refused: str = "", form: DeskForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the panel, and the board around it where the browser asked for a page."""
    shown = _panel(request, case, refused=refused, form=form)
    if request.htmx:
        fresh = board.concerned(request.reader, case, now=shown["row"].now) if status == CONFLICT else None
        return render(request, "calls/panel.html", shown | {"fresh": fresh}, status=status)
    return render(request, "calls/board.html", shown | board_page(request, moment=now()), status=status)


def board_page(request: HttpRequest, *, moment: datetime) -> dict[str, Any]:
    """Return what the board shows around."""
    asked, seen_from = narrowing(request, moment=moment), changes.snapshot()
    return {
        "seen_from": seen_from,
        "board": board.rows(request.reader, now=moment, asked=asked.asked),
        "narrowing": asked,
        "ground": ground.of(request.reader),
        "scope": (request.reader.place_from, request.reader.place_to),
        "own_keys": list(_keys()),
        "owed": list(owes(request.reader, now=moment)),
    } | asks.for_page(request.reader, now=moment)


def _keys() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the keys of the board and what they do."""
    yield ("a",), _("send a crew: then 1, 2, 3 or its call sign")
    yield ("e",), _("the crew has accepted")
    yield ("r",), _("the crew has arrived")
    yield ("c",), _("end the call: then the number of the outcome")
    yield ("f",), _("forces are short")
    yield ("d",), _("join to another call of the same event")


def owes(reader: Reader, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the calls that ended and still owe a step."""
    for case in queries.owed(reader)[:OWED]:
        step = wording.step_title("call", case.due_step)
        yield {"case": case, "step": step, "late": case.late_from is not None and case.late_from <= now}


def _panel(request: HttpRequest, case: Case, *, refused: str, form: DeskForm | None) -> dict[str, Any]:
    moment = now()
    _note(request, case, moment)
    return panels.panel(request.reader, case, now=moment, refused=form) | {"refused": refused}


def _note(request: HttpRequest, case: Case, moment: datetime) -> None:
    number = f"{case.number}/{case.year}"
    note_once(request, moment, subject_kind="case", subject_key=case.key, case_number=number)


def note_once(request: HttpRequest, moment: datetime, *, subject_key: UUID, **more: str) -> None:
    """Write that something was opened; shown again within a quarter of an hour it is the same look."""
    kept = request.session.get(OPENED, {})
    opened = {key: at for key, at in kept.items() if moment.timestamp() - at < ONE_LOOK_S}
    if str(subject_key) in opened:
        return
    looks.note_request(request, "open", subject_key=subject_key, **more)
    request.session[OPENED] = opened | {str(subject_key): moment.timestamp()}
