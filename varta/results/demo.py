"""The demonstration's report: nine months of 2019 beside 2018, explained by two units, frozen, revised, published."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from varta.cases.actions import take
from varta.cases.models import Case
from varta.lake.refresh import refresh
from varta.lib.clock import KYIV
from varta.lib.uuid7 import uuid7_from
from varta.people.demo import HROMADA, OBLAST, SECTOR
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places.models import Unit
from varta.results import actions, queries
from varta.results.models import FrozenReport

NAME = "nine-months-2019"
COMPOSITION = {
    "name": NAME,
    "first": "2019-01-01",
    "last": "2019-09-30",
    "levels": ["oblast"],
    "title_uk": "Підсумки превентивної роботи за дев’ять місяців 2019 року",
    "title_en": "Nine months of prevention work, 2019",
}
PEOPLE = {"anton", "nadiia", "orest", "halyna", "kateryna"}
LVIV, LVIV_DIRECTORATE = "UA46000000000026241", "NPU-46"
# indicator, row, unit, who answers, question, answer in both languages
QUESTIONS = (
    ("C01", OBLAST, "NPU-12", "halyna", "Чому викликів більше, ніж торік?",
     "З березня 2019 року виклики приймає єдиний центр області: реєструють і те, що лишалося в журналах райвідділів.",
     "Since March 2019 one centre takes the calls of the oblast: what stayed in journals of raions is registered too."),
    ("C05", LVIV, LVIV_DIRECTORATE, "kateryna", "Що вплинуло на частку прибуттів у норматив?",
     "Із травня до серпня ремонтували два мости; наряди зі Львова їхали в об’їзд.",
     "Two bridges were under repair from May to August; crews from Lviv went the long way round."),
)  # fmt: skip
LATE = {
    "channel": "line_102",
    "category": "gamma",
    "kind": "noise",
    "zone": "rural",
    "about": "Запис із паперового журналу, внесений із запізненням",
}  # fmt: skip
LATE_CALLS = 8  # the public sees no change of fewer than five
REASON = "Після фіксації внесено вісім викликів від 28.09.2019 з паперового журналу Обухівської громади."


def _at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2019, month, day, hour, minute, tzinfo=KYIV)


def make(*, now: datetime) -> bool:
    """Tell the report's way once and return whether anything was told; the lake is brought up to it."""
    with reading(Reader.system()):
        people = {one.login: one for one in Officer.objects.filter(is_demo=True)}
        kept = list(FrozenReport.objects.filter(of=NAME).order_by("edition"))
    if len(kept) > 1 or not set(people) >= PEOPLE:
        return False
    readers = {login: Reader.of(people[login], on=date(2019, 10, 1)) for login in PEOPLE}
    if not kept:
        with transaction.atomic():
            _agree(readers)
            kept = [_freeze(readers)]
    _enter_late()
    refresh(now)
    with transaction.atomic():
        _revise(readers, kept[0])
    return True


def _enter_late() -> None:
    """Enter a page of a paper journal, calls of the period, after the report was frozen."""
    came = _at(10, 22)
    with reading(Reader.system()) as system:
        for nth in range(LATE_CALLS):
            take(key=uuid7_from(came, "demo", "late call", nth), procedure="call", step="receive", data=LATE,
                 by=system, at=_at(9, 28, 15 + nth, 40), received_at=came, place=HROMADA, unit=SECTOR)  # fmt: skip


def _agree(readers: Mapping[str, Reader]) -> None:
    """Compose the report, let two units explain a figure each, and agree to it."""
    anton = readers["anton"]
    with reading(anton):
        actions.compose(key=_key(_at(10, 2), "compose"), data=COMPOSITION, by=anton, at=_at(10, 2))
        for nth, (indicator, row, code, _who, question, *_texts) in enumerate(QUESTIONS):
            asked = {
                "indicator": indicator,
                "level": "oblast",
                "row": row,
                "until": "2019-10-10",
                "question": question,
            }
            unit, at = Unit.objects.get(code=code), _at(10, 3)
            draft = queries.draft(anton, NAME)
            actions.ask(draft=draft, key=_key(at, "ask", nth), unit=unit, data=asked, by=anton, at=at)
    for nth, (indicator, _row, _code, who, _question, uk, en) in enumerate(QUESTIONS):
        with reading(readers[who]) as by:
            asking = _asking(by, indicator)
            _answer(asking, "explain", {"text": uk, "text_en": en}, by, _at(10, 8 + nth))
        with reading(anton):
            _answer(_asking(anton, indicator), "accept", {}, anton, _at(10, 10 + nth))
    _step(anton, "submit", _at(10, 14))
    _step(readers["nadiia"], "agree", _at(10, 15))


def _freeze(readers: Mapping[str, Reader]) -> FrozenReport:
    anton, at = readers["anton"], _at(10, 16)
    with reading(anton):
        kept = actions.freeze(draft=queries.draft(anton, NAME), key=_key(at, "freeze"), by=anton, at=at)
    _step(readers["orest"], "approve", _at(10, 17))
    _step(anton, "publish", _at(10, 18))
    return kept


def _revise(readers: Mapping[str, Reader], kept: FrozenReport) -> None:
    anton, at = readers["anton"], _at(10, 24)
    with reading(anton):
        draft, key = queries.draft(anton, NAME), _key(at, "revise")
        actions.revise(draft=draft, frozen=kept, reason=REASON, key=key, by=anton, at=at)
    _step(readers["orest"], "approve", _at(10, 25))
    _step(anton, "publish", _at(10, 25, 15))


def _asking(by: Reader, indicator: str) -> queries.Asking:
    cases = Case.objects.filter(procedure=actions.EXPLANATION).select_related("place", "unit")
    return queries.asking_of(cases.get(facts__indicator=indicator))


def _answer(asking: queries.Asking, code: str, data: Mapping[str, Any], by: Reader, at: datetime) -> None:
    key = _key(at, code, asking.case.key)
    actions.answer(asking=asking, code=code, key=key, data=data, by=by, at=at)


def _step(by: Reader, code: str, at: datetime) -> None:
    with reading(by):
        actions.step(draft=queries.draft(by, NAME), code=code, key=_key(at, code), data={}, by=by, at=at)


def _key(at: datetime, *what: object) -> Any:
    return uuid7_from(at, "demo", "report", *what)
