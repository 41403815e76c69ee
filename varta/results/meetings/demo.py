"""The meetings of the demonstration: that of 31 October 2019 with five decisions, and the next, which follows them up.

Invented, but for the day and the matter of the first one. Its figures are those of the frozen report of the nine
months, where that is there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.clock import KYIV, kyiv_day
from varta.lib.uuid7 import uuid7_from
from varta.people import demo as people
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places.models import Unit
from varta.results.meetings import actions, drafting, queries
from varta.results.meetings.models import Meeting
from varta.results.models import FrozenReport
from varta.results.pack import of_frozen

PERIOD = ("2019-01-01", "2019-09-30")
CHAIR = {"uk": "Голова Національної поліції України", "en": "Head of the National Police of Ukraine"}
SECRETARY = "Катерина Програмна"
AGENDA = (
    ("Виклики та реагування", "Calls and response", "calls"),
    ("Звернення громадян", "Residents’ appeals", "appeals"),
    ("Домашнє насильство", "Domestic violence", "violence"),
    ("Взаємодія з кримінальним блоком", "Work with the criminal block", "interaction"),
    ("Поліцейський офіцер громади", "Hromada police officers", "programme"),
    ("Рішення і завдання на наступний період", "Decisions and tasks for the period ahead", "decisions"),
)
HEARD = {
    "calls": "Про час прибуття за викликами та навантаження на чергові частини поруч із 2018 роком.",
    "appeals": "Про дотримання строків розгляду звернень громадян.",
    "violence": "Про реагування на домашнє насильство, приписи та профілактичний облік кривдників.",
    "prevention": "Про роботу з особами на превентивному обліку.",
    "children": "Про ювенальну превенцію.",
    "events": "Про охорону порядку на масових заходах.",
    "interaction": "Про взаємодію підрозділів превенції з кримінальним блоком в областях.",
    "programme": "Про програму «Поліцейський офіцер громади»: 7 областей, навчання у двох університетах.",
    "decisions": "Пропозиції секретаріату до рішення наради.",
}
SPOKE = {"programme": "Керівники ГУНП: про приміщення, автомобілі й житло для офіцерів громад."}
# Unit, chapter, term, text in both languages.
DECISIONS = (
    ("NPU-12", "programme", date(2019, 12, 20),
     "Завершити стажування 48 поліцейських офіцерів громади Дніпропетровської області і закріпити їх за громадами.",
     "Finish the internship of 48 hromada police officers in Dnipropetrovsk oblast and assign them to hromadas."),
    ("NPU-46", "programme", date(2019, 11, 30),
     "Надати громадам зразок меморандуму і узгодити обов’язки щодо приміщень та автомобілів.",
     "Give the hromadas a model memorandum and agree the duties as to premises and cars."),
    ("NPU-53", "violence", date(2019, 12, 31),
     "Перевірити, чи за кожною оцінкою високого ризику винесено терміновий заборонний припис.",
     "Check that an urgent restraining order followed each assessment of high risk."),
    ("NPU-63", "calls", date(2020, 2, 28),
     "Переглянути розстановку нарядів у години найбільшого навантаження.",
     "Review how crews are placed in the busiest hours."),
    ("NPU-51", "interaction", date(2020, 3, 31),
     "Запровадити щотижневу звірку спільних завдань превенції і кримінального блоку.",
     "Begin a weekly check of joint tasks of prevention and the criminal block."),
)  # fmt: skip
ABSENT = ("NPU-01", "Оперативна обстановка")
DEPUTIES = ("NPU-59", "NPU-74", "NPU-18")


@transaction.atomic
def make(*, at: datetime) -> int:
    """Hold the first meeting and call the second; return how many meetings are new. A second run adds nothing."""
    with reading(Reader.system()):
        chair = Officer.objects.filter(login="orest").first()
        if chair is None or Case.objects.filter(procedure="meeting").exists():
            return 0
    by = Reader.of(chair, on=kyiv_day(at))
    with reading(by):
        first = _first(by)
        _second(by)
    _carried_out(by, first)
    return 2


def _first(by: Reader) -> dict[str, UUID]:
    """Hold the meeting of 31 October 2019; return unit -> the task of its decision."""
    called, began = _kyiv(2019, 10, 21, 9), _kyiv(2019, 10, 31, 10)
    key = _call(by, called, "Підсумки роботи превенції за дев’ять місяців 2019 року і перспективи",
                "Nine months of prevention work in 2019, and its prospects", date(2019, 10, 31))  # fmt: skip
    _answers(key, called + timedelta(days=2))
    about = {"by": by, "meeting": key}
    actions.begin(
        key=_key(began, "open"), record={"chair": CHAIR["uk"]}, at=began, received_at=began, **about
    )
    at = began + timedelta(minutes=5)
    actions.attend(key=_key(at, "attend"), rows=_present(key), at=at, received_at=at, **about)
    numbers = _minutes(about, began)
    tasks = {}
    for nth, (unit, chapter, due, uk, en) in enumerate(DECISIONS):
        at = began + timedelta(minutes=110 + nth)
        record = {"text": uk, "text_en": en, "owner": unit, "due": due, "item": numbers.get(chapter, 0)}
        written = actions.decide(key=_key(at, "decide", nth), record=record, at=at, received_at=at, **about)
        tasks[unit] = UUID(written.data["task"])
    at = began + timedelta(days=1)
    actions.close(key=_key(at, "close"), record={"signed": CHAIR["uk"]}, at=at, received_at=at, **about)
    return tasks


def _second(by: Reader) -> None:
    """Call the meeting of 30 January 2020, which begins with what became of the decisions."""
    at = _kyiv(2020, 1, 20, 9)
    key = _call(by, at, "Підсумки 2019 року і виконання рішень", "Results of 2019, and the decisions carried out",
                date(2020, 1, 30))  # fmt: skip
    _answers(key, at + timedelta(days=1), most=17)


def _call(by: Reader, at: datetime, title: str, title_en: str, on: date) -> UUID:
    host = Unit.objects.get(code=people.HEADQUARTERS)
    record = {
        "title": title, "title_en": title_en, "on": on, "hour": "10:00", "chair": CHAIR["uk"], "chair_en": CHAIR["en"],
        "where": "Київ, зала нарад", "video": "Захищений відеозв’язок поліції", "secretary": SECRETARY,
    }  # fmt: skip
    frozen = (
        FrozenReport.objects.filter(asked__from=PERIOD[0], asked__to=PERIOD[1]).order_by("made_at").first()
    )
    return actions.call(
        key=_key(at, "meeting"), record=record | {"report": frozen.name if frozen else ""}, place=people.UKRAINE,
        unit=host.code, by=by, at=at, received_at=at, answer_by=on - timedelta(days=3),
        items=list(_agenda(frozen, former=on.year > 2019)),
        units=[unit.code for unit in queries.usual_units(host, on=on)],
    ).case_key  # fmt: skip


def _agenda(frozen: FrozenReport | None, *, former: bool) -> Iterator[dict[str, Any]]:
    """Yield the items: drafted from the report, else the usual ones."""
    if frozen is not None:
        yield from drafting.draft(of_frozen(frozen), former=former)
        return
    if former:
        yield {"title": drafting.FORMER["uk"], "title_en": drafting.FORMER["en"], "chapter": "former"}
    for title, title_en, chapter in AGENDA:
        yield {"title": title, "title_en": title_en, "chapter": chapter, "minutes": 15}


def _answers(meeting: UUID, at: datetime, *, most: int = 99) -> None:
    """Let the invited units answer, some of them not at all."""
    with reading(Reader.system()) as system:
        found = Case.objects.filter(parent=meeting, procedure="meeting_invitation").order_by("unit_pre")[
            :most
        ]
        for nth, case in enumerate(found):
            if case.unit_id == ABSENT[0]:
                continue
            moment = at + timedelta(minutes=17 * nth)
            answer = "deputy" if case.unit_id in DEPUTIES else "video" if nth % 3 else "head"
            take(
                key=_key(moment, "answer", case.key), procedure=case.procedure, step="answer",
                data={"answer": answer}, by=system, at=moment, received_at=moment, case=case.key,
            )  # fmt: skip


def _present(meeting: UUID) -> list[dict[str, str]]:
    with reading(Reader.system()):
        units = Meeting.objects.get(key=meeting).told["units"]
    return [
        {"unit": unit, "came": "absent", "reason": ABSENT[1]}
        if unit == ABSENT[0]
        else {"unit": unit, "came": "deputy" if unit in DEPUTIES else "came"}
        for unit in units
    ]


def _minutes(about: dict[str, Any], began: datetime) -> dict[str, int]:
    """Write the minutes of each item; return chapter -> number of its item."""
    items: Sequence[dict[str, Any]] = Meeting.objects.get(key=about["meeting"]).told["items"]
    for nth, item in enumerate(items):
        at = began + timedelta(minutes=10 + 12 * nth)
        record = {"heard": HEARD.get(item["chapter"], item["title"]), "spoke": SPOKE.get(item["chapter"], "")}
        actions.write_minutes(
            key=_key(at, "minutes", nth), number=item["number"], record=record, at=at, received_at=at, **about
        )
    return {item["chapter"]: item["number"] for item in items}


def _carried_out(chair: Reader, tasks: dict[str, UUID]) -> None:
    """Carry the decisions out: one in term, one late, one never, two in the spring, one of them with a later term."""
    done = {"result": "done", "text": "Виконано."}
    story: dict[str, list[tuple[datetime, str, dict[str, Any]]]] = {
        "NPU-12": [
            (_kyiv(2019, 12, 18, 16), "report", done),
            (_kyiv(2019, 12, 23, 10), "appraise", {"mark": "good"}),
        ],
        "NPU-46": [
            (_kyiv(2019, 12, 6, 12), "report", done),
            (_kyiv(2019, 12, 9, 10), "appraise", {"mark": "good"}),
        ],
        "NPU-53": [],
        "NPU-63": [
            (
                _kyiv(2020, 1, 15, 11),
                "extend",
                {"until": "2020-03-31", "reason": "Змінюється графік нарядів."},
            ),
            (_kyiv(2020, 3, 27, 11), "report", done),
        ],
        "NPU-51": [(_kyiv(2020, 3, 20, 11), "report", done)],
    }
    accepted = _kyiv(2019, 11, 4, 9)
    for nth, (unit, steps) in enumerate(story.items()):
        for at, step, data in [(accepted + timedelta(hours=nth), "accept", {}), *steps]:
            by = chair if step in ("extend", "appraise") else Reader.system()
            with reading(by):
                take(
                    key=_key(at, unit, step), procedure="joint_task", step=step, data=data, by=by, at=at,
                    received_at=at, case=tasks[unit],
                )  # fmt: skip


def _key(at: datetime, *parts: object) -> UUID:
    return uuid7_from(at, "meetings of the demonstration", *parts)


def _kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV)
