"""What is asked of a step before it is written; `take` and `take_many` ask the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from varta.cases import errors
from varta.cases.canon import Written
from varta.cases.projection import effective, is_undoing, place_of
from varta.law import LawError, Procedure, RecordInvalid, Step, Taken, discover, read_record, record_json
from varta.lib.clock import KYIV, kyiv_day
from varta.lib.uuid7 import is_uuid7, moment_of
from varta.people.roles import ROLES
from varta.people.scope import SYSTEM, Reader

CLOCK_SLACK = timedelta(minutes=5)  # how far a sender's clock may run ahead
KEY_SLACK = timedelta(days=1)
FIRST_YEAR = 1990  # the journal has no partitions before


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or a unit: its preorder number and the days of its validity."""

    pre: int
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Return whether it existed on this day; `valid_to` is the first day without it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def known_step(procedure: str, step: str) -> tuple[Procedure, Step]:
    """Return the procedure and its step."""
    found = discover().get(procedure)
    if found is None or step not in found.by_code:
        raise errors.UnknownStep(step=f"{procedure}.{step}")
    return found, found.by_code[step]


def possible_key(key: UUID, *, received_at: datetime) -> None:
    """Refuse a key that is not of version 7 or whose time cannot be."""
    if not is_uuid7(key):
        raise errors.KeyRefused(key=key)
    made_at = moment_of(key)
    if made_at.year < FIRST_YEAR or made_at > received_at + KEY_SLACK:
        raise errors.KeyRefused(key=key)


def possible_time(at: datetime, *, received_at: datetime) -> None:
    """Refuse a time without zone, in the future, or before the journal begins."""
    if at.tzinfo is None:
        raise errors.TimeRefused(at=at, reason={"uk": "не вказано часовий пояс", "en": "it has no time zone"})
    if at > received_at + CLOCK_SLACK:
        reason = {
            "uk": "він ще не настав. Перевірте дату і годину",
            "en": "it lies in the future. Check the day and the hour",
        }
        raise errors.TimeRefused(at=_shown(at), reason=reason)
    if at.year < FIRST_YEAR:
        reason = {
            "uk": f"журнал починається з {FIRST_YEAR} року",
            "en": f"the journal begins in {FIRST_YEAR}",
        }
        raise errors.TimeRefused(at=_shown(at), reason=reason)


def valid_record(step: Step, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record in its canonical form, defaults included."""
    try:
        return record_json(read_record(step.record, data))
    except RecordInvalid as invalid:
        raise errors.RecordRefused(fields=invalid.errors, names=", ".join(invalid.errors)) from invalid


def allowed(step: Step, procedure: Procedure, *, by: Reader) -> None:
    """Refuse a step that belongs to another role, or a procedure that the role may not see."""
    if by.role == SYSTEM:
        return
    if not by.may_take(procedure.code, step.code, step.roles) or not by.may_read(procedure.code):
        titles = {
            language: ", ".join(ROLES[role].title[language] for role in step.roles if role in ROLES)
            for language in ("uk", "en")
        }
        raise errors.WrongRole(step=step.title, roles=titles)


def in_scope(
    place: Spot | None, unit: Spot | None, *, codes: tuple[str | None, str | None], at: datetime, by: Reader
) -> None:
    """Refuse a place or a unit that did not exist on the day or lies outside the reader's scope."""
    day = kyiv_day(at)
    if place is None or not place.valid_on(day):
        raise errors.UnknownPlace(place=codes[0], day=day)
    if unit is None or not unit.valid_on(day):
        raise errors.UnknownUnit(unit=codes[1], day=day)
    if not by.covers_place(place.pre):
        raise errors.OutOfScope(what={"uk": "Місце", "en": "The place"}, value=codes[0])
    if not by.covers_unit(unit.pre):
        raise errors.OutOfScope(what={"uk": "Підрозділ", "en": "The unit"}, value=codes[1])


def lawful(procedure: Procedure, taken: Taken, before: Sequence[Taken]) -> None:
    """Refuse a step that the law does not open after these, or that lies before the case began."""
    if before:
        after_opening(before[0].at, taken.at)
    try:
        procedure.check(before, taken)
    except LawError as refused:
        raise errors.LawRefused(reason=refused.texts, fields=refused.fields) from refused


def lawful_opening(procedure: Procedure, entry: Written) -> None:
    """Refuse to open a case with a correction, or with a step that the law does not open first."""
    if entry.corrects:
        raise errors.NothingToCorrect(corrects=entry.corrects)
    lawful(procedure, Taken(entry.step, entry.at, entry.data), [])


def lawful_correction(procedure: Procedure, entry: Written, entries: Sequence[Written]) -> None:
    """Refuse a correction of what is not in the case, of another step, or that the law would have refused then."""
    counted = effective(entries)
    corrected = next((one for one in entries if one.key == entry.corrects), None)
    if corrected is None or corrected.step != entry.step:
        raise errors.NothingToCorrect(corrects=entry.corrects)
    standing = place_of(entries, corrected.key)
    if standing == 0 and is_undoing(entry):
        raise errors.OpeningStands()
    before = [Taken(one.step, one.at, one.data) for one in counted[:standing]]
    lawful(procedure, Taken(entry.step, entry.at, entry.data), before)
    if standing == 0 and len(counted) > 1:
        after_opening(entry.at, min(one.at for one in counted[1:]))


def after_opening(opened_at: datetime, at: datetime) -> None:
    """Refuse a step that would have happened before its case began."""
    if at < opened_at:
        reason = {
            "uk": f"справу відкрито пізніше, {_shown(opened_at)}",
            "en": f"the case was opened later, {_shown(opened_at)}",
        }
        raise errors.TimeRefused(at=_shown(at), reason=reason)


def _shown(moment: datetime) -> str:
    return moment.astimezone(KYIV).strftime("%d.%m.%Y %H:%M")
