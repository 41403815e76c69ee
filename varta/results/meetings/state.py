"""A meeting as its entries tell it, in plain values; and how a decision stands on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.results.meetings.models import Decision

SHOWN = (
    "number",
    "title",
    "title_en",
    "speaker",
    "minutes",
    "chapter",
)  # of an item: not the speaker's notes


def told(entries: Sequence[Written]) -> dict[str, Any]:
    """Return what everybody with a seat may read of the meeting, JSON-plain."""
    by_step: dict[str, list[Written]] = {}
    for entry in effective(entries):
        by_step.setdefault(entry.step, []).append(entry)
    call = by_step["call"][0].data
    moved = by_step.get("postpone", [])
    last = moved[-1].data if moved else call
    return {
        **{name: call[name] for name in ("title", "title_en", "chair", "chair_en", "secretary", "where", "video")},
        "report": call["report"],
        "on": last["on"],
        "hour": last["hour"],
        "state": _state(by_step),
        "postponed": [
            {"on": one.data["on"], "hour": one.data["hour"], "reason": one.data["reason"], "at": one.at.isoformat()}
            for one in moved
        ],
        "cancelled": next((one.data["reason"] for one in by_step.get("cancel", ())), ""),
        "opened_at": _moment(by_step, "open"),
        "closed_at": _moment(by_step, "close"),
        "signed": next((one.data["signed"] for one in by_step.get("close", ())), ""),
        "units": _units(by_step.get("invite", ())),
        "items": _items(by_step.get("agenda", ()), by_step.get("minutes", ())),
        "decisions": _numbered(by_step.get("decide", ())),
        "follow_ups": list({one.data["task"]: _with_key(one) for one in by_step.get("follow_up", ())}.values()),
    }  # fmt: skip


def attendance(entries: Sequence[Written]) -> dict[str, dict[str, str]]:
    """Return unit -> what was entered of its attendance last."""
    return {
        one.data["unit"]: {name: one.data[name] for name in ("came", "who", "reason")}
        for one in effective(entries)
        if one.step == "attend"
    }


def _state(by_step: dict[str, list[Written]]) -> str:
    for step, state in (("cancel", "cancelled"), ("close", "closed"), ("open", "open")):
        if step in by_step:
            return state
    return "called"


def _moment(by_step: dict[str, list[Written]], step: str) -> str:
    return by_step[step][0].at.isoformat() if step in by_step else ""


def _units(invited: Iterable[Written]) -> list[str]:
    """Return the codes of the units in the order in which they were invited, each once."""
    return list(dict.fromkeys(code for one in invited for code in one.data["units"].split()))


def _items(agenda: Iterable[Written], minutes: Iterable[Written]) -> list[dict[str, Any]]:
    heard = {one.data["number"]: one for one in minutes}
    items = []
    for one in _by_number(agenda):
        said = heard.get(one.data["number"])
        items.append(
            {name: one.data[name] for name in SHOWN}
            | {
                "entry": str(one.key),
                "heard": said.data["heard"] if said else "",
                "spoke": said.data["spoke"] if said else "",
                "heard_entry": str(said.key) if said else "",
            }
        )
    return items


def _numbered(entries: Iterable[Written]) -> list[dict[str, Any]]:
    return [_with_key(one) for one in _by_number(entries)]


def _by_number(entries: Iterable[Written]) -> list[Written]:
    last = {one.data["number"]: one for one in entries}
    return [last[number] for number in sorted(last)]


def _with_key(entry: Written) -> dict[str, Any]:
    return dict(entry.data) | {"entry": str(entry.key)}


def standing(decision: Decision, *, on: date) -> tuple[str, int]:
    """Return how a decision stands on a day (code of meeting.STANDING) and days: left to its term, or below 0 after it.

    What was reported as done in part, not done, or was found poor is not done. A report that came after
    the day is not known on it.
    """
    if decision.state == "sent_back":
        return "sent_back", (decision.due - on).days
    done = decision.result == "done" and decision.mark != "poor" and decision.reported_on is not None
    if done and decision.reported_on <= on:
        left = (decision.due - decision.reported_on).days
        return ("done" if left >= 0 else "done_late"), left
    left = (decision.due - on).days
    return ("open" if left >= 0 else "overdue"), left
