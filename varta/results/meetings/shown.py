"""What the pages of meetings show, in the reader's language: nothing is left for templates to compute."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from varta.cases import rooms
from varta.cases.models import Case
from varta.lib.text import transliterate
from varta.people.access import reading_language
from varta.people.roles import may
from varta.people.scope import Reader
from varta.procedures.joint_task import MARK
from varta.procedures.meeting import CAME, STANDING, procedure
from varta.procedures.meeting_invitation import ANSWER
from varta.results.freezing import frozen_visible_to
from varta.results.meetings import drafting, invites, queries, state
from varta.results.meetings.models import Decision, Meeting, Seat
from varta.results.meetings.slides import SHADES, Row, in_language, standing_row
from varta.results.pack import Pack, of_frozen

FIGURES = 3  # under an item of the agenda
STATES = {
    "called": ({"uk": "скликано", "en": "called"}, "calm"),
    "open": ({"uk": "триває", "en": "in session"}, "soon"),
    "closed": ({"uk": "відбулася", "en": "held"}, "ok"),
    "cancelled": ({"uk": "скасовано", "en": "cancelled"}, "closed"),
}
BEFORE = {"uk": "до перенесення", "en": "before it was postponed"}
ANSWERS = {
    "waits": {"uk": "без відповіді", "en": "no answer"},
    "late": {"uk": "не відповіли", "en": "did not answer"},
}
STEPS = {
    "called": ("open", "agenda", "invite", "postpone", "cancel"),
    "open": ("attend", "decide", "close", "agenda", "invite"),
}
ADDRESSES = {"agenda": "meetings:item_new", "invite": "meetings:invite", "attend": "meetings:attend",
             "decide": "meetings:decide"}  # fmt: skip


def pack_of(reader: Reader, name: str) -> Pack | None:
    """Return the frozen report with this name as far as the reader may see it."""
    found = frozen_visible_to(reader).filter(name=name).first() if name else None
    return of_frozen(found) if found else None


def head(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as lists show it."""
    language = reading_language()
    words, shade = STATES[meeting.state]
    return {
        "meeting": meeting,
        "title": in_language(meeting.told, "title", language),
        "chair": in_language(meeting.told, "chair", language),
        **{name: latin(meeting.told[name], language) for name in ("where", "video", "secretary")},
        "state": words[language],
        "shade": shade,
        "units": len(meeting.told["units"]),
        "decisions": len(meeting.told["decisions"]),
        "unit": meeting.unit.title,
    }


def latin(text: str, language: str) -> str:
    """Return a name of a place or a person for readers of English in Latin letters."""
    return transliterate(text) if language == "en" else text


def page(meeting: Meeting, reader: Reader, *, today: date) -> dict[str, Any]:
    """Return everything that the page of one meeting shows."""
    language, host = reading_language(), queries.holds(reader, meeting)
    decided = decisions_of(meeting, reader, today=today)
    pack, listed = pack_of(reader, meeting.report), seats(meeting, reader)
    return head(meeting) | {
        "told": meeting.told,
        "host": host,
        "report_seen": pack is not None,
        "report_address": reverse("results:contents", kwargs={"name": meeting.report}) if pack else "",
        "items": items(meeting, pack, decided, language),
        "decided": decided,
        "undecided_items": [one for one in decided if not one["item"]],
        "former": former(meeting, reader, today=today),
        "seats": listed,
        "counted": counted(listed),
        "steps": list(steps(meeting, reader)) if host else [],
        "may_write": host and reader.role in procedure.step("agenda").roles,
        "may_decide": host and reader.role in procedure.step("decide").roles,
        "case_address": reverse("cases:case", kwargs={"key": meeting.key})
        if host and may(reader, "cases")
        else "",
    }


def items(
    meeting: Meeting, pack: Pack | None, decided: Sequence[Mapping[str, Any]], language: str
) -> list[dict[str, Any]]:
    """Return the agenda with the hour at which each item begins, its figures, minutes and decisions."""
    begins = datetime.fromisoformat(f"{meeting.on}T{invites.hour_of(meeting.hour)}")
    chapters = {chapter.code: chapter for chapter in pack.chapters} if pack else {}
    listed = []
    for item in meeting.told["items"]:
        chapter = chapters.get(item["chapter"])
        figures = drafting.key_figures(chapter)[:FIGURES] if chapter else []
        listed.append(
            dict(item)
            | {
                "title": in_language(item, "title", language),
                "begins": f"{begins:%H:%M}",
                "figures": [drafting.said(one, language) for one in figures],
                "chapter_address": reverse(
                    "results:chapter", kwargs={"name": pack.name, "code": chapter.code}
                )
                if pack and chapter
                else "",
                "decided": [one for one in decided if one["item"] == item["number"]],
            }
        )
        begins += timedelta(minutes=item["minutes"])
    return listed


def seats(meeting: Meeting, reader: Reader) -> list[dict[str, Any]]:
    """Return the invited units with their answers and their attendance."""
    language, found = reading_language(), queries.invitations(reader, meeting)
    moved = meeting.told["postponed"]
    since = datetime.fromisoformat(moved[-1]["at"]) if moved else None
    return [_seat(seat, found.get(seat.unit_id), language, since) for seat in queries.seats(reader, meeting)]


def counted(listed: Sequence[Mapping[str, Any]]) -> str:
    """Return how many answered or came, of each kind: "присутній: 22, відсутній: 1"."""
    name = "came" if any(one["came"] for one in listed) else "answer"
    many = Counter(one[name] for one in listed if one[name])
    return ", ".join(f"{words}: {count}" for words, count in many.most_common())


def _seat(seat: Seat, invitation: Case | None, language: str, since: datetime | None) -> dict[str, Any]:
    answer = invitation.facts.get("answer", "") if invitation else ""
    shade = {"nobody": "late", "": ""}.get(answer, "ok")
    words = ANSWER[answer][language] if answer else ANSWERS["waits"][language]
    if not answer and invitation is not None and invitation.closed_at is not None:
        words, shade = ANSWERS["late"][language], "soon"
    if answer and since and invitation is not None and invitation.closed_at and invitation.closed_at < since:
        words, shade = f"{words} ({BEFORE[language]})", "soon"
    return {
        "unit": seat.unit.title,
        "answer": words,
        "shade": shade,
        "address": reverse("cases:case", kwargs={"key": invitation.key}) if invitation else "",
        "to_answer": rooms.step_address("meeting_invitation", "answer", invitation.key)
        if invitation is not None and invitation.closed_at is None
        else "",
        "came": CAME[seat.came][language] if seat.came else "",
        "came_shade": {"came": "ok", "deputy": "calm", "absent": "late"}.get(seat.came, ""),
        "who": seat.who,
        "reason": seat.reason,
    }


def decisions_of(meeting: Meeting, reader: Reader, *, today: date) -> list[dict[str, Any]]:
    """Return the decisions of the meeting; how they stand where the reader may see it."""
    language = reading_language()
    rows = {str(one.key): one for one in queries.decisions(reader).filter(meeting=meeting.key)}
    units = queries.units_named([one["owner"] for one in meeting.told["decisions"]])
    listed = []
    for one in meeting.told["decisions"]:
        row, unit = rows.get(one["task"]), units.get(one["owner"])
        listed.append(
            {
                "number": one["number"],
                "item": one["item"],
                "text": in_language(one, "text", language),
                "owner": unit.title if unit else one["owner"],
                "due": row.due if row else date.fromisoformat(one["due"]),
            }
            | (
                decision_state(row, today=today, reader=reader)
                if row
                else {"state": "", "shade": "", "address": ""}
            )
        )
    return listed


def decision_state(row: Decision, *, today: date, reader: Reader) -> dict[str, Any]:
    """Return how a decision stands today, in words, and where its task is."""
    language = reading_language()
    code, days = state.standing(row, on=today)
    return {
        "code": code,
        "state": STANDING[code][language],
        "shade": SHADES[code],
        "days": days,
        "late_days": -days if code in ("overdue", "done_late") else 0,
        "left_days": days if code == "open" else None,
        "put_off": row.put_off,
        "mark": MARK[row.mark][language] if row.mark else "",
        "address": reverse("cases:case", kwargs={"key": row.key})
        if may(reader, "cases") and reader.may_read("joint_task")
        else "",
    }


def former(meeting: Meeting, reader: Reader, *, today: date) -> list[Row]:
    """Return the decisions of earlier meetings: as they were entered, or before that as they stand.

    Before the meeting they stand as they do today; on it and later as they did on its day.
    """
    language = reading_language()
    kept = meeting.told["follow_ups"]
    if kept:
        rows = queries.decisions(reader).in_bulk([UUID(one["task"]) for one in kept])
        found = [(rows.get(UUID(one["task"])), one["standing"], one["days"]) for one in kept]
    elif queries.holds(reader, meeting):
        on = min(meeting.on, today)
        found = [(row, *state.standing(row, on=on)) for row in queries.former(reader, meeting)]
    else:
        found = []
    return rows_of([(row, code, days) for row, code, days in found if row is not None], reader, language)


def rows_of(found: Sequence[tuple[Decision, str, int]], reader: Reader, language: str) -> list[Row]:
    """Return decisions as tables and slides show them."""
    said = texts((row for row, _, _ in found), reader)
    return [
        standing_row(
            number=f"{said[row.key]['meeting']} · {row.number}",
            text=said[row.key][language],
            owner=row.unit.title,
            due=row.due,
            standing=code,
            days=days,
            language=language,
        )
        for row, code, days in found
    ]


def texts(rows: Iterable[Decision], reader: Reader) -> dict[UUID, dict[str, str]]:
    """Return the texts of decisions in both languages, and the number of the meeting that took each."""
    listed = list(rows)
    meetings = queries.visible_to(reader).in_bulk({row.meeting for row in listed})
    found = {}
    for row in listed:
        meeting = meetings.get(row.meeting)
        told = {one["task"]: one for one in meeting.told["decisions"]} if meeting else {}
        english = told.get(str(row.key), {}).get("text_en", "")
        found[row.key] = {
            "uk": row.text,
            "en": english or row.text,
            "meeting": f"№\u00a0{meeting.number}" if meeting else f"{row.decided_on:%d.%m.%Y}",
        }
    return found


def steps(meeting: Meeting, reader: Reader) -> Iterable[dict[str, Any]]:
    """Yield the steps that the reader may take now, what comes first in front."""
    language = reading_language()
    for nth, code in enumerate(STEPS.get(meeting.state, ())):
        step = procedure.step(code)
        if reader.role not in step.roles:
            continue
        name = ADDRESSES.get(code)
        address = (
            reverse(name, kwargs={"key": meeting.key})
            if name
            else reverse("meetings:step", kwargs={"key": meeting.key, "step": code})
        )
        yield {"title": step.title[language], "address": address, "first": nth == 0, "code": code}
