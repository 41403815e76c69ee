"""Urgent call (виклик, повідомлення): the unified record, orders 100/2019 and 357/2020 of the ministry.

The inner points of both orders are partly unread: what is marked unverified waits for a lawyer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from varta.law import (
    Check,
    Choices,
    Fact,
    Facts,
    Law,
    Norm,
    NotInForce,
    Procedure,
    Step,
    Term,
    TermsBy,
    Text,
    asked,
    in_force,
    term,
)
from varta.procedures._resident_records import TRUST, Feedback, Information

RADA = "https://zakon.rada.gov.ua/laws/show/"
UNIFIED_RECORD = Law(
    "100/2019", "*", RADA + "z0223-19"
)  # older files are let in: reports were always registered
RESPONSE = Law("357/2020", "*", RADA + "z0443-20")
RESPONSE_2018 = Law("111/2018", "*", RADA + "z0371-18")
RESPONSE_2012 = Law("940/2012", "*", RADA + "z0054-13")
EXTRA_FORCES = Law("357/2020", "VII.4", RADA + "z0443-20")
CRIME_REPORT = Law("4651-VI", "214", RADA + "4651-17", "2012-11-20")
FALSE_CALL = Law("8073-X", "183", RADA + "80731-10")

READ_2021 = Check("Varta, from a public explanation", "2026-11-23", "focus-2021")
READ_2020 = Check("Varta, from a public explanation", "2026-11-23", "vikka-2020")

POLICE = ("duty", "hromada_officer", "juvenile_officer", "criminal_block", "head")

CATEGORY = Choices(
    alpha=("Альфа: загроза людям або поліції", "Alpha: threat to people or police"),
    beta=("Бета: негайне реагування", "Beta: immediate response"),
    gamma=("Гамма: звичайний режим", "Gamma: ordinary mode"),
    delta=("Дельта: без виїзду", "Delta: no operative response"),
    unknown=("не визначено", "not determined"),
)
ZONE = Choices(
    city_zone=("місто, оперативна зона", "city, inside the operational zone"),
    city=("місто, поза оперативною зоною", "city, outside the operational zone"),
    rural=("сільська місцевість", "rural area"),
    unknown=("не визначено", "not determined"),
)
CHANNEL = Choices(
    line_102=("лінія 102", "line 102"),
    line_112=("лінія 112", "line 112"),
    app=("застосунок", "application"),
    web=("форма на сайті", "web form"),
    in_person=("особисто", "in person"),
    own_finding=("самостійне виявлення", "police's own finding"),
    other_body=("інший орган", "another body"),
    other=("інше", "other"),
)
KIND = Choices(
    domestic_violence=("домашнє насильство", "domestic violence"),
    murder=("вбивство, тілесні ушкодження зі смертю", "homicide or fatal injury"),
    injury=("тілесні ушкодження, бійка", "assault or fight"),
    sexual=("сексуальний злочин", "sexual offence"),
    robbery=("грабіж, розбій", "robbery"),
    theft=("крадіжка", "theft"),
    burglary=("проникнення в житло", "burglary"),
    vehicle_theft=("незаконне заволодіння транспортом", "vehicle theft"),
    fraud=("шахрайство", "fraud"),
    damage=("пошкодження майна", "damage to property"),
    drugs=("наркотики", "drugs"),
    weapons=("зброя, вибухівка", "weapons or explosives"),
    mine_threat=("повідомлення про мінування", "bomb threat"),
    traffic_injury=("ДТП з потерпілими", "road accident with injuries"),
    traffic=("ДТП, порушення правил руху", "road accident or traffic offence"),
    public_order=("порушення громадського порядку", "public order"),
    noise=("порушення тиші", "noise"),
    conflict=("конфлікт, сварка", "dispute"),
    drunk=("п’яна особа", "drunken person"),
    suspicious=("підозріла особа або предмет", "suspicious person or object"),
    missing_person=("зниклий безвісти", "missing person"),
    child=("дитина в небезпеці", "child at risk"),
    suicide=("самогубство або спроба", "suicide or attempt"),
    death=("раптова смерть", "sudden death"),
    fire=("пожежа", "fire"),
    emergency=("надзвичайна подія", "emergency"),
    medical=("потрібна медична допомога", "medical help"),
    animals=("тварини", "animals"),
    alarm=("спрацювала сигналізація", "alarm"),
    curfew=("комендантська година", "curfew"),
    assistance=("допомога людині чи службі", "assistance to a person or service"),
    check=("перевірка, обхід", "check or patrol"),
    other=("інше", "other"),
)
FORCE = Choices(
    patrol=("патрульна поліція", "patrol police"),
    response=("сектор реагування патрульної поліції", "patrol-response sector"),
    hromada_officer=("поліцейський офіцер громади", "hromada police officer"),
    investigation=("слідчо-оперативна група", "investigative group"),
    violence_group=("мобільна група протидії домашньому насильству", "domestic violence response group"),
    juvenile=("ювенальна превенція", "juvenile prevention"),
    other=("інші сили", "other forces"),
    unknown=("не зазначено", "not stated"),
)
OUTCOME = Choices(
    resolved=("вирішено на місці", "resolved on the spot"),
    criminal=("розпочато кримінальне провадження", "criminal proceedings"),
    administrative=("адміністративний протокол", "administrative protocol"),
    no_offence=("правопорушення немає", "no offence"),
    false_call=("неправдивий виклик", "false call"),
    explained=("надано роз’яснення", "explained"),
    referred=("передано за належністю", "referred to another body"),
    duplicate=("повторне повідомлення про ту саму подію", "another report of the same event"),
    not_found=("на місці нікого не виявлено", "nobody found on the spot"),
    other=("інше", "other"),
    unknown=("не зазначено", "not stated"),
)
DECISION = Choices(
    extra_forces=("залучити додаткові сили", "call in extra forces"),
    other_unit=("доручити іншому підрозділу", "task another unit"),
    reserve=("задіяти резерв", "use the reserve"),
    later=("реагувати пізніше, з поясненням заявникові", "respond later and tell the caller"),
)
RELEASE = Choices(
    declined=("наряд не може їхати", "the crew cannot go"),
    vanished=("наряд не відповідає", "the crew does not answer"),
    diverted=("наряд потрібен на іншому виклику", "the crew is needed at another call"),
    broken_down=("несправність або пригода в дорозі", "breakdown or accident on the way"),
    cancelled=("виїзд уже не потрібен", "no longer needed"),
    mistaken=("направлено помилково", "sent by mistake"),
    cleared=("робота на місці закінчена", "the work on the spot is done"),
)
RECEIVER = Choices(
    criminal_block=("кримінальний блок", "criminal block"),
    domestic_violence=("справа про домашнє насильство", "a domestic violence case"),
)
UNRECORDED = Choices(
    assign=("направлення наряду", "sending of a crew"),
    arrive=("прибуття", "arrival"),
    close=("завершення", "closing"),
    false_call=("протоколи за неправдивий виклик", "protocols for false calls"),
)


def arrival(minutes: int, verified: Check | None = None) -> tuple[Term, ...]:
    """Return an arrival norm with its editions: the earlier orders are assumed to have the same value."""
    return (
        term("2015-11-07", last_day="2018-04-19", minutes=minutes, law=RESPONSE_2012),
        term("2018-04-20", last_day="2020-05-14", minutes=minutes, law=RESPONSE_2018),
        term("2020-05-15", minutes=minutes, law=RESPONSE, verified=verified),
    )


# Minutes from the call to arrival by (category, zone). Confirmed: 7 and 10 in cities, 40 as the longest
# norm. Unconfirmed: that Gamma has the longest one, and 20 in rural areas. A variant of 60 is told of too.
ARRIVAL_NORMS: dict[tuple[str, str], tuple[Term, ...]] = {
    ("alpha", "city_zone"): arrival(7, READ_2021),
    ("alpha", "city"): arrival(10, READ_2021),
    ("alpha", "rural"): arrival(20),
    ("beta", "city_zone"): arrival(7, READ_2021),
    ("beta", "city"): arrival(10, READ_2021),
    ("beta", "rural"): arrival(20),
    ("gamma", "city_zone"): arrival(40),
    ("gamma", "city"): arrival(40),
    ("gamma", "rural"): arrival(40),
}


def arrival_norm(category: str, zone: str, *, on: date) -> Term | None:
    """Return the norm of arrival for a call received on a Kyiv day, None where no norm is known."""
    try:
        return in_force(ARRIVAL_NORMS.get((category, zone), ()), on)
    except NotInForce:
        return None


@dataclass(frozen=True)
class Call:
    """What the duty desk writes down when a report comes."""

    channel: str = asked("Канал", "Channel", choices=CHANNEL)
    category: str = asked("Категорія", "Category", choices=CATEGORY, listed=True)
    kind: str = asked("Вид події", "Kind of event", choices=KIND, listed=True)
    about: str = asked(
        "Суть повідомлення",
        "What was reported",
        default="",
        long=True,
        help=(
            "Де, коли і що сталося. Заявника запишіть окремо, як учасника.",
            "Where, when and what happened. Register the caller separately, as a person involved.",
        ),
    )
    zone: str = asked("Зона", "Zone", choices=ZONE, default="unknown")
    address: str = asked("Адреса", "Address", default="", listed=True)
    lat: float | None = asked(
        "Широта", "Latitude", default=None, least=-90, most=90, countable=False, personal=True
    )
    lon: float | None = asked(
        "Довгота", "Longitude", default=None, least=-180, most=180, countable=False, personal=True
    )
    crime_signs: bool = asked(
        "Є ознаки кримінального правопорушення",
        "There are signs of a crime",
        default=False,
        help=(
            "Тоді відомості вносять до ЄРДР не пізніше ніж за 24 години.",
            "Then it goes into the register of pre-trial investigations within 24 hours.",
        ),
    )
    place_words: str = asked(
        "Орієнтир",
        "Landmark",
        default="",
        help=("Місце словами заявника.", "The place in the caller's words."),
    )
    proposed: str = asked(
        "Запропонована категорія",
        "Category proposed",
        choices=CATEGORY,
        default="unknown",
        on_forms=False,
        countable=False,
    )
    category_reason: str = asked(
        "Чому категорію змінено",
        "Why another category was chosen",
        default="",
        on_forms=False,
        help=("Запитання запропонували іншу.", "The questions proposed another one."),
    )
    answers: str = asked(
        "Відповіді на запитання",
        "Answers to the questions",
        default="",
        long=True,
        personal=False,
        on_forms=False,
    )
    reference: str = asked(
        "Номер у джерелі", "Number at the source", default="", personal=False, on_forms=False
    )
    unrecorded: tuple[str, ...] = asked(
        "Чого джерело не фіксує",
        "What the source does not record",
        choices=UNRECORDED,
        default=(),
        on_forms=False,
        help=(
            "Кроки, яких файл не містить: у показниках вони невідомі, а не нуль.",
            "Steps that a loaded file does not have: figures show them as unknown, not as zero.",
        ),
    )


@dataclass(frozen=True)
class Assignment:
    """Who was sent."""

    force: str = asked("Сили", "Forces", choices=FORCE)
    crew: str = asked("Наряд", "Crew", default="", listed=True, personal=False)
    shift: str = asked(
        "Зміна наряду", "The crew's turn of duty", default="", personal=False, on_forms=False, max_length=36
    )
    why: str = asked("Чому саме цей наряд", "Why this crew", default="", personal=False, on_forms=False)


@dataclass(frozen=True)
class Acceptance:
    """That the crew has the call and is on its way."""

    crew: str = asked("Наряд", "Crew", default="", personal=False)
    shift: str = asked(
        "Зміна наряду", "The crew's turn of duty", default="", personal=False, on_forms=False, max_length=36
    )


@dataclass(frozen=True)
class Release:
    """Why a crew no longer works on the call."""

    reason: str = asked("Причина", "Reason", choices=RELEASE)
    crew: str = asked("Наряд", "Crew", default="", personal=False)
    shift: str = asked(
        "Зміна наряду", "The crew's turn of duty", default="", personal=False, on_forms=False, max_length=36
    )
    note: str = asked("Пояснення", "Explanation", default="")


@dataclass(frozen=True)
class Arrival:
    """What the crew found on arrival."""

    crew: str = asked("Наряд", "Crew", default="", listed=True, personal=False)
    crime_signs: bool = asked(
        "Є ознаки кримінального правопорушення", "There are signs of a crime", default=False
    )
    found: str = asked("Що виявлено", "What was found", default="", long=True)
    shift: str = asked(
        "Зміна наряду", "The crew's turn of duty", default="", personal=False, on_forms=False, max_length=36
    )


@dataclass(frozen=True)
class Close:
    """How the matter ended."""

    outcome: str = asked("Результат", "Outcome", choices=OUTCOME, listed=True)
    confirmed: bool | None = asked(
        "Подія підтвердилася на місці",
        "The event was confirmed on site",
        default=None,
        help=("Залиште порожнім, якщо не перевіряли.", "Leave empty if nobody checked."),
    )
    reason: str = asked("Пояснення", "Explanation", default="", long=True)


@dataclass(frozen=True)
class FalseCallProtocol:
    """The protocol drawn up about a knowingly false call."""

    number: str = asked("Серія та номер протоколу", "Series and number of the protocol", personal=False)
    drawn_on: date = asked("Дата протоколу", "Date of the protocol")


@dataclass(frozen=True)
class CrimeRegistration:
    """The entry into the unified register of pre-trial investigations (ЄРДР)."""

    number: str = asked("Номер у ЄРДР", "Number in the register", personal=False)
    article: str = asked("Стаття КК", "Article of the Criminal Code", default="", personal=False)
    entered_at: datetime | None = asked("Внесено", "Entered at", default=None)


@dataclass(frozen=True)
class Shortage:
    """That the shift's forces cannot respond at once: the head is asked to decide."""

    reason: str = asked("Чому сил не вистачає", "Why forces are short", long=True)


@dataclass(frozen=True)
class Joined:
    """The call of the same event that this report was joined to."""

    number: str = asked("Номер виклику", "Number of the call", personal=False)
    call: str = asked(
        "Ключ виклику", "Key of the call", default="", personal=False, on_forms=False, max_length=36
    )
    reason: str = asked("Чому це та сама подія", "Why it is the same event", default="")


@dataclass(frozen=True)
class HandOver:
    """To whom the matter went, and the case that was opened there."""

    to: str = asked("Кому передано", "Handed over to", choices=RECEIVER)
    number: str = asked("Номер справи", "Number of the case", default="", personal=False)
    note: str = asked("Пояснення", "Explanation", default="", long=True)


@dataclass(frozen=True)
class ForcesShortage:
    """That the shift's forces cannot respond at once, and what the head decided."""

    decision: str = asked("Рішення керівника", "Decision of the head", choices=DECISION, listed=True)
    forces: str = asked("Які сили направлено", "Forces sent", default="", personal=False)
    reason: str = asked("Чому сил не вистачило", "Why forces were short", default="", long=True)


# Events that could tell a neighbour, or an offender, whom they concern: only the call itself says where.
GUARDED = frozenset({"domestic_violence", "sexual", "child", "suicide"})

URGENCY = ("delta", "gamma", "beta", "alpha")


def lower_category_needs_a_reason(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Ask for a reason where the officer chose a less urgent category than the questions proposed.

    Вимагає пояснення, якщо обрано менш термінову категорію, ніж запропонували запитання.
    """
    chosen, proposed = record.get("category"), record.get("proposed")
    if chosen not in URGENCY or proposed not in URGENCY or record.get("category_reason", "").strip():
        return None
    if URGENCY.index(chosen) >= URGENCY.index(proposed):
        return None
    return {
        "uk": f"Запитання запропонували категорію «{CATEGORY[proposed]['uk']}». Поясніть, чому обрано нижчу.",
        "en": f"The questions proposed the category “{CATEGORY[proposed]['en']}”. Say why a lower one was chosen.",
    }


procedure = Procedure(
    code="call",
    title={"uk": "Виклик", "en": "Urgent call"},
    sensitivity="ordinary",
    guarded={"kind": GUARDED},
    steps=(
        Step(
            "receive",
            {"uk": "Зареєструвати", "en": "Register"},
            UNIFIED_RECORD,
            Call,
            by=POLICE,
            rules=(lower_category_needs_a_reason,),
        ),
        Step(
            "assign",
            {"uk": "Направити наряд", "en": "Send a crew"},
            RESPONSE,
            Assignment,
            by=("duty", "head"),
            after="receive",
            once=False,
        ),
        Step(
            "accept",
            {"uk": "Прийняти виклик", "en": "Accept"},
            RESPONSE,
            Acceptance,
            by=POLICE,
            after="assign",
            once=False,
        ),
        Step(
            "release",
            {"uk": "Звільнити наряд", "en": "Release the crew"},
            RESPONSE,
            Release,
            by=POLICE,
            after="assign",
            once=False,
        ),
        Step(
            "arrive",
            {"uk": "Зафіксувати прибуття", "en": "Arrive"},
            RESPONSE,
            Arrival,
            by=POLICE,
            after="receive",
            within=TermsBy("receive", ("category", "zone"), ARRIVAL_NORMS),
            unless=(Fact("receive", "unrecorded", ("arrive",)),),
        ),
        Step(
            "arrive_also",
            {"uk": "Прибуття ще одного наряду", "en": "Another crew arrives"},
            RESPONSE,
            Arrival,
            by=POLICE,
            after="arrive",
            once=False,
        ),
        Step(
            "report_shortage",
            {"uk": "Повідомити про нестачу сил", "en": "Report that forces are short"},
            EXTRA_FORCES,
            Shortage,
            by="duty",
            after="receive",
            once=False,
        ),
        Step(
            "forces_shortage",
            {"uk": "Нестача сил: рішення керівника", "en": "Forces are short: the head decides"},
            EXTRA_FORCES,
            ForcesShortage,
            by="head",
            after="receive",
            once=False,
        ),
        Step(
            "register_crime",
            {"uk": "Внести до ЄРДР", "en": "Enter into the crime register"},
            CRIME_REPORT,
            CrimeRegistration,
            by=("duty", "criminal_block"),
            after="receive",
            within=(term("2012-11-20", hours=24),),
            when=(
                Fact("receive", "crime_signs", (True,)),
                Fact("arrive", "crime_signs", (True,)),
                Fact("close", "outcome", ("criminal",)),
            ),
            after_closing=True,
        ),
        Step(
            "false_call",
            {"uk": "Протокол за неправдивий виклик", "en": "Protocol for a false call"},
            FALSE_CALL,
            FalseCallProtocol,
            by=POLICE,
            after="receive",
            after_closing=True,
        ),
        Step(
            "hand_over",
            {"uk": "Передати", "en": "Hand over"},
            UNIFIED_RECORD,
            HandOver,
            by=POLICE,
            after="receive",
            once=False,
            after_closing=True,
        ),
        Step(
            "join",
            {"uk": "Приєднати до виклику про ту саму подію", "en": "Join to a call of the same event"},
            UNIFIED_RECORD,
            Joined,
            by=POLICE,
            after="receive",
            closes=True,
        ),
        Step(
            "add_information",
            {"uk": "Доповнити повідомлення", "en": "Add to the report"},
            UNIFIED_RECORD,
            Information,
            by=(*POLICE, "system"),
            after="receive",
            once=False,
        ),
        Step(
            "feedback",
            {"uk": "Відгук мешканця", "en": "The resident's feedback"},
            TRUST,
            Feedback,
            by="system",
            after=("close", "join"),
            after_closing=True,
        ),
        Step(
            "close",
            {"uk": "Завершити", "en": "Close"},
            UNIFIED_RECORD,
            Close,
            by=POLICE,
            after="receive",
            closes=True,
        ),
    ),
    norms=(
        Norm(
            "intake_urgent",
            {
                "uk": "Приймання термінового: вбивство, розбій, зброя, домашнє насильство, ДТП з травмами",
                "en": "Intake of an urgent report: murder, robbery, weapons, violence, injuries",
            },
            RESPONSE,
            (term("2020-05-15", seconds=30, verified=READ_2020),),
        ),
        Norm(
            "intake_minor",
            {"uk": "Приймання іншого повідомлення", "en": "Intake of another report"},
            RESPONSE,
            (term("2020-05-15", minutes=2, verified=READ_2020),),
        ),
    ),
)
