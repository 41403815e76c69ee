"""One call beside the board: what is known, whom to send, what may be done next, what happened."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from varta.calls import duplicates, queries
from varta.calls.actions import OPENS
from varta.calls.advice import advise, everyone
from varta.calls.callrow import CallRow, call_rows
from varta.calls.stepforms import DeskForm, form_of
from varta.calls.swaps import swaps
from varta.cases import wording
from varta.cases.models import Case
from varta.cases.pages import case_page
from varta.law import discover
from varta.lib.uuid7 import uuid7
from varta.people.scope import Reader
from varta.procedures.call import CHANNEL, RECEIVER, RELEASE

SAME_EVENT = timedelta(hours=3)  # calls of a place so near in time are offered for joining
NEAR = 6
# Steps that the panel asks for with a form of their own, and the key of the keyboard that opens each.
FORMS = {
    "arrive": "",
    "close": "c",
    "report_shortage": "f",
    "forces_shortage": "f",
    "register_crime": "",
    "false_call": "",
}


def panel(reader: Reader, case: Case, *, now: datetime, refused: DeskForm | None = None) -> dict[str, Any]:
    """Return what the panel of a call shows; `refused` is a form that comes back with its errors."""
    [row] = call_rows([case], now=now)
    page = case_page(case, reader, now=now)
    mine = {one["step"].code for one in page["steps"] if one["mine"]}
    sends = "assign" in mine and case.closed_at is None
    crews = everyone(reader, now=now) if sends else []
    return page | {
        "row": row,
        "panel": case.key,
        "record": row.followed.record,
        "channel": wording.said(CHANNEL[row.followed.record["channel"]]),
        "may": mine,
        "crews": [one for one in crews if one.key not in {sent.crew for sent in row.followed.present}],
        "advice": advise(reader, row, crews, now=now) if sends else None,
        "swaps": swaps(reader, now=now, call=case.key) if sends and row.state != "waiting" else [],
        "sent": list(_sent(row)),
        "ticks": case.closed_at is None or row.clock.kind.startswith("met"),
        "forms": list(_forms(row, mine, moment=now, refused=refused)),
        "releases": [(code, wording.said(text)) for code, text in RELEASE.items() if code != "diverted"],
        "near": _near(reader, row, now=now) if "join" in mine else [],
        "receivers": list(_receivers(reader, case, mine)),
        "seen": case.entries,
        "new_key": lambda: uuid7(now),
    }


def _sent(row: CallRow) -> Iterator[dict[str, Any]]:
    """Yield the crews of the call with what each may be marked as."""
    for sent, shown in zip(row.followed.present, row.crews, strict=True):
        yield shown | {"crew": sent.crew, "left": sent.left_at}


def _forms(
    row: CallRow, mine: set[str], *, moment: datetime, refused: DeskForm | None
) -> Iterator[dict[str, Any]]:
    """Yield the forms of the steps that the reader may take; an arrival is one of a crew that has not arrived."""
    coming = any(one.crew and one.state != "on_scene" for one in row.followed.present)
    for code, hot in FORMS.items():
        if code not in mine or (code == "arrive" and not coming):
            continue
        back = refused is not None and refused.step.code == code
        form = refused if back else form_of(code, moment=moment)
        title = wording.said(discover()["call"].step(code).title)
        address = reverse(f"calls:{code}", args=[row.key])
        yield {"code": code, "hot": hot, "form": form, "title": title, "open": back, "address": address}


def _near(reader: Reader, row: CallRow, *, now: datetime) -> list[CallRow]:
    """Return open calls that may be about the same event: those that are alike, then others of place and time."""
    case = row.case
    found = {one.key: one for one in duplicates.of_call(case, row.followed.record, reader)}
    around = (case.opened_at - SAME_EVENT, case.opened_at + SAME_EVENT)
    beside = queries.open_calls(reader).filter(place_id=case.place_id, opened_at__range=around)
    for one in beside.exclude(key=case.key)[:NEAR]:
        found.setdefault(one.key, one)
    return call_rows(list(found.values())[:NEAR], now=now)


def _receivers(reader: Reader, case: Case, mine: set[str]) -> Iterator[dict[str, str]]:
    """Yield to whom the reader may hand the matter over: whose procedure the role may open."""
    if "hand_over" not in mine:
        return
    for code, (procedure, step) in OPENS.items():
        law = discover()[procedure]
        if reader.may_read(procedure) and reader.role in law.step(step).roles:
            address = reverse("calls:hand_over", args=[case.key, code])
            yield {"address": address, "title": wording.said(RECEIVER[code])}
