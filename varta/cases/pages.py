"""What the pages of one case show: its timeline, its deadlines, and what may be done next."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from varta.cases import lists, queries, rooms, wording
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import project
from varta.law import Procedure, discover
from varta.law.history import Due
from varta.people import queries as people
from varta.people import roles
from varta.people.access import reading_language
from varta.people.models import Officer, Person
from varta.people.scope import Reader


def case_page(case: Case, reader: Reader, *, now: datetime) -> dict[str, Any]:
    """Return everything that the page of a case shows."""
    law = discover()[case.procedure]
    entries = queries.journal(case)
    state = project(law, entries).state
    dues = [_due(law, due, now=now) for due in sorted(state.deadlines, key=lambda due: due.late_from)]
    return lists.row(case, now=now) | {
        "law": law,
        "title": wording.said(law.title),
        "timeline": list(timeline(law, entries, reader)),
        "dues": dues,
        "next_due": next((due for due in dues if due["state"] in ("late", "soon", "open")), None),
        "steps": list(_open_steps(case, law, state.open, dues, reader)),
        "parts": _parts(case, reader),
        "children": [
            lists.row(child, now=now) for child in queries.children(reader, case).select_related("place")
        ],
        "parent": queries.visible_to(reader).filter(key=case.parent).first() if case.parent else None,
        "others": [
            {"code": one.code, "title": wording.said(one.title), "address": rooms.new_address(one.code)}
            for one in openable(reader)
        ],
    }


def _opens(law: Procedure, reader: Reader) -> bool:
    """Return whether the reader's role may open a case under the procedure."""
    return any(reader.role in step.roles for step in law.steps if not step.opened_by)


def openable(reader: Reader) -> list[Procedure]:
    """Return the procedures under which the reader may open a case."""
    return [law for law in wording.procedures_of(reader).values() if _opens(law, reader)]


def timeline(law: Procedure, entries: Sequence[Written], reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield the entries of a case as `cases/entry.html` shows them, the earliest first."""
    language = reading_language()
    officers = Officer.objects.in_bulk({entry.officer_id for entry in entries if entry.officer_id})
    persons = _persons({one.person for entry in entries for one in entry.people}, reader)
    corrected = {entry.corrects: entry for entry in entries if entry.corrects}
    for entry in entries:
        step = law.step(entry.step)
        officer = officers.get(entry.officer_id)
        yield {
            "entry": entry,
            "title": wording.said(step.title),
            "law": step.law,
            "cited": step.law.cited(language),
            "rows": list(wording.record_rows(law.code, entry.step, entry.data)),
            "officer": officer.name_in(language) if officer else "",
            "role": roles.title(entry.role, language),
            "people": [
                {"person": persons.get(one.person), "part": wording.part(one.part)} for one in entry.people
            ],
            "corrected_by": corrected.get(entry.key),
            "may_correct": entry.key not in corrected and reader.role in step.roles,
            "late_arrival": (entry.received_at - entry.at).total_seconds() > 600,
        }


def _persons(keys: set[UUID], reader: Reader) -> dict[UUID, Person]:
    return people.visible_to(reader).in_bulk(keys) if keys else {}


def _parts(case: Case, reader: Reader) -> list[dict[str, Any]]:
    involvements = list(case.involvements.all())
    persons = _persons({one.person_id for one in involvements}, reader)
    return [
        {"person": persons[one.person_id], "part": wording.part(one.part)}
        for one in involvements
        if one.person_id in persons
    ]


def _due(law: Procedure, due: Due, *, now: datetime) -> dict[str, Any]:
    late = due.is_late(now=now)
    if due.met_at is not None:
        state = "met-late" if late else "met"
    else:
        state = "late" if late else ("soon" if due.late_from <= now + lists.SOON else "open")
    return {
        "due": due,
        "step": wording.said(law.step(due.step).title),
        "code": due.step,
        "cited": due.law.cited(reading_language()),
        "state": state,
    }


def _open_steps(
    case: Case, law: Procedure, steps: Sequence[Any], dues: list[dict[str, Any]], reader: Reader
) -> Iterator[dict[str, Any]]:
    """Yield the open steps, those that are due first, then those of others."""
    waiting = [due["code"] for due in dues if due["state"] in ("late", "soon", "open")]
    language = reading_language()
    rows = [
        {
            "step": step,
            "title": wording.said(step.title),
            "address": rooms.step_address(law.code, step.code, case.key),
            "mine": reader.role in step.roles,
            "roles": ", ".join(roles.title(role, language) for role in step.roles),
            "due": step.code in waiting,
        }
        for step in steps
    ]
    yield from sorted(rows, key=lambda row: (not row["mine"], not row["due"]))
