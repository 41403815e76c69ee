"""The demonstration's report to a hromada and meetings with it: told once, from the figures of its own lake."""

from datetime import UTC, date, datetime, timedelta

from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.uuid7 import uuid7_from
from varta.officers.hromada import actions, duties, queries
from varta.people.demo import HROMADA
from varta.people.models import Appointment
from varta.people.scope import Reader, reading

BEGAN = datetime(2019, 1, 15, 8, tzinfo=UTC)
COUNTED = datetime(2019, 7, 8, 8, tzinfo=UTC)
PUBLISHED = datetime(2019, 7, 10, 12, tzinfo=UTC)
EVALUATED = datetime(2019, 7, 18, 12, tzinfo=UTC)
WORDS = {
    "held_on": "2019-07-10",
    "held_at": "Обухівка, будинок культури",
    "body": "committee",
    "done": "Щотижня приймав мешканців, перевірив школи перед канікулами, разом із старостами обійшов "
    "закинуті будинки.\n\nПатрулював у вечірній час біля зупинок і ставу.",
    "prevention": "Бесіди у школі про безпеку на дорозі, зустрічі з батьками.",
    "plans": "Влітку чергувати біля водойм; восени — безпечний шлях до школи.",
    "needs": "Освітити зупинку біля школи і поставити камеру на в’їзді.",
    "summary_en": "Weekly receptions, schools and empty houses checked, evening patrols.",
}
MINUTES = (
    (
        "Голова громади, три старости, директорка школи",
        "Освітити зупинку біля школи\nОновити розмітку переходу",
    ),
    (
        "Заступниця голови, старости, медпункт",
        "Чергувати біля ставу у вихідні\nПовідомляти про самотніх людей",
    ),
)


def make(*, at: datetime) -> None:
    """Tell of the hromada officer Andrii, once, and begin the duties of all who serve; the lake is up to date."""
    with reading(Reader.system()):
        home = Appointment.objects.select_related("officer", "place", "unit").filter(
            officer__login="andrii", place=HROMADA
        )
        for appointment in home:
            if not Case.objects.filter(procedure=queries.REPORT, place=HROMADA).exists():
                _report(appointment)
                _meetings(appointment, at=at)
        duties.begin_missing(at=at)


def _report(home: Appointment) -> None:
    by = Reader.system()
    opened = actions.open_report(appointment=home, at=BEGAN, received_at=BEGAN)
    case = Case.objects.select_related("place", "unit").get(key=opened.case_key)
    key = uuid7_from(COUNTED, "demo", "count")
    first, last = date(2019, 1, 1), date(2019, 6, 30)
    count = actions.count(key=key, case=case, first=first, last=last, by=by, at=COUNTED)
    signed = queries.signature(home.officer)
    steps = (
        ("publish", PUBLISHED, WORDS | {"counted": str(count.key), "signed": signed}),
        ("evaluate", EVALUATED, {"mark": "good", "decision": "Рішення виконкому № 112"}),
    )
    for step, moment, data in steps:
        _take(case, queries.REPORT, step, moment, data)


def _meetings(home: Appointment, *, at: datetime) -> None:
    began = at - timedelta(days=120)
    opened = actions.open_meetings(hromada=home.place, unit=home.unit_id, at=began, received_at=at)
    case = Case.objects.get(key=opened.case_key)
    for nth, (participants, decided) in enumerate(MINUTES, start=1):
        held = began + timedelta(days=42 * nth)
        _take(
            case,
            queries.MEETING,
            "hold",
            held,
            {"participants": participants, "decided": decided, "present": 9},
        )
    plan = {"on": f"{at + timedelta(days=3):%Y-%m-%d}", "hour": "11:00", "where": "Сільська рада"}
    _take(case, queries.MEETING, "plan", at - timedelta(days=1), plan)


def _take(case: Case, procedure: str, step: str, at: datetime, data: dict[str, object]) -> None:
    take(
        key=uuid7_from(at, "demo", procedure, step),
        case=case.key,
        procedure=procedure,
        step=step,
        data=data,
        by=Reader.system(),
        at=at,
        received_at=at,
    )
