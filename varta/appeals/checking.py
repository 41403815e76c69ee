"""What the office of appeals asks of a step beyond the law: that people, days, letters and numbers are real.

`take` asks it of every step of an appeal, whoever sends it: a page, a program, a loaded file.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from varta.appeals import errors, queries
from varta.appeals.models import Letter
from varta.cases.canon import Written
from varta.cases.projection import effective
from varta.law import discover, fields_of
from varta.lib.clock import kyiv_day
from varta.people import scope
from varta.people.models import Officer
from varta.places import queries as places


class Appeals:
    """Keeps nothing of its own beside an appeal; refuses what cannot be."""

    def write(self, entries: Sequence[Written]) -> None:
        """Refuse the last of the entries if it names what does not exist."""
        last = entries[-1]
        _days_are_possible(entries)
        check = CHECKS.get(last.step)
        if check is not None:
            check(last, effective(entries))

    def differs(self, entries: Sequence[Written]) -> bool:
        """Return False: there is nothing beside the case."""
        return False


def _executor_covers(entry: Written, counted: Sequence[Written]) -> None:
    """Refuse an executor who does not exist or would not see the appeal."""
    login, day = entry.data["executor"], kyiv_day(entry.at)
    officer = Officer.objects.filter(login=login).first()
    if officer is None:
        raise errors.ExecutorUnknown(login=login)
    place, unit = places.territory(entry.place), places.unit(entry.unit)
    assert place is not None and unit is not None  # the case stands on them
    if officer.pk not in {one.pk for one in queries.executors(place, unit, on=day)}:
        raise errors.ExecutorOutside(name=officer.name, day=f"{day:%d.%m.%Y}")


def _reply_is_approved(entry: Written, counted: Sequence[Written]) -> None:
    """Refuse a reply that the head has not approved word for word, where the unit wants that."""
    unit = places.unit(entry.unit)
    assert unit is not None
    if entry.role == scope.SYSTEM or not queries.office_of(unit).approves:
        return
    draft, approved = queries.draft_of(counted)
    same = draft is not None and all(draft[name] == entry.data[name] for name in ("result", "text"))
    if not (approved and same):
        raise errors.NotApproved()


def _earlier_was_decided(entry: Written, counted: Sequence[Written]) -> None:
    """Refuse to leave an appeal as repeated unless the one it repeats was decided in substance."""
    if entry.data["ground"] != "repeated" or entry.role == scope.SYSTEM:
        return
    number = queries.number_in(entry.data["earlier"])
    reader, senders = scope.current(), [one.person for each in counted for one in each.people]
    earlier = queries.visible_to(reader).filter(involvements__person__in=senders).exclude(key=entry.case_key)
    found = list(earlier.filter(**number).distinct()) if number else []
    if any(queries.decided(case) for case in found):
        return
    if found:
        raise errors.EarlierUndecided(number=entry.data["earlier"])
    if not entry.data["explanation"]:
        raise errors.EarlierUnexplained(number=entry.data["earlier"])


def _letter_is_recorded(entry: Written, counted: Sequence[Written]) -> None:
    """Refuse an entry of a letter that has no number in the journal of outgoing letters, or another text."""
    letter = Letter.objects.filter(key=entry.key, case_key=entry.case_key).first()
    said = {name: entry.data[name] for name in ("kind", "number", "sent_on", "fingerprint")}
    if letter is None or said != {
        "kind": letter.kind,
        "number": letter.number,
        "sent_on": letter.sent_on.isoformat(),
        "fingerprint": letter.fingerprint,
    }:
        raise errors.LetterUnrecorded()


def _days_are_possible(entries: Sequence[Written]) -> None:
    """Refuse days that lie ahead of the step, and days of what we did that lie before the appeal came."""
    last = entries[-1]
    today, came = kyiv_day(last.received_at), kyiv_day(entries[0].at)
    for name, least in DAYS.get(last.step, {}).items():
        told = last.data.get(name)
        day = date.fromisoformat(told) if told else None
        if day is not None and not (came if least else FIRST) <= day <= today:
            _refuse_day(last, name, day, came if least else FIRST, today)


def _refuse_day(entry: Written, name: str, day: date, least: date, last: date) -> None:
    step = discover()[entry.procedure].step(entry.step)
    title = next(field.title for field in fields_of(step.record) if field.name == name)
    values: Mapping[str, Any] = {
        "day": f"{day:%d.%m.%Y}",
        "least": f"{least:%d.%m.%Y}",
        "last": f"{last:%d.%m.%Y}",
    }
    refused = errors.DayImpossible(title=title, **values)
    texts = {language: refused.text(language) for language in ("uk", "en")}
    raise errors.DayImpossible(title=title, fields={name: texts}, **values)


FIRST = date(1990, 1, 1)
# step -> field with a day -> whether it lies on the day of receipt or later
DAYS: Mapping[str, Mapping[str, bool]] = {
    "receive": {"document_on": False, "decided_on": False, "learned_on": False},
    "forward": {"told_on": True},
    "extend": {"told_on": True},
    "shorten": {"requested_on": True},
}
CHECKS: Mapping[str, Callable[[Written, Sequence[Written]], None]] = {
    "assign": _executor_covers,
    "reply": _reply_is_approved,
    "leave_unconsidered": _earlier_was_decided,
    "send_letter": _letter_is_recorded,
}
