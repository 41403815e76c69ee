"""Citizen's appeal (звернення громадянина): proposal, request or complaint, law 393/96-ВР.

Days of article 20 include weekends and holidays, and the last day does not move to a working day: so
an office of the state explained it (dobropol-rayon-rada.blogspot.com, 2017). How the office keeps its
records (resolution 348/97), article 17 on complaints, and that electronic appeals need an address for the
reply stand here from memory: a lawyer has to compare them with the texts.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from varta.law import Check, Fact, Facts, Law, Norm, Procedure, Step, TermsBy, Text, term
from varta.procedures._appeal_records import (
    Appeal,
    Approval,
    Assignment,
    ControlLifted,
    Draft,
    Extension,
    Forward,
    Letter,
    Reply,
    Return,
    Shortening,
    Unconsidered,
)
from varta.procedures._resident_records import TRUST, Feedback, Information

# The first day of the law is a placeholder: the day of its official publication has not been confirmed.
FIRST_DAY = "1996-10-12"
URL = "https://zakon.rada.gov.ua/laws/show/393/96-вр"
ART_5, ART_7, ART_8, ART_17, ART_20 = (
    Law("393/96-ВР", article, URL, FIRST_DAY) for article in ("5", "7", "8", "17", "20")
)
RECORDS = Law("348/97", "*", "https://zakon.rada.gov.ua/laws/show/348-97-п")
READER, DAY = "Varta, from secondary texts of the law", "2026-11-23"

MONTH = term(FIRST_DAY, months=1, verified=Check(READER, DAY, "urst-20"))
FIFTEEN_DAYS = term(FIRST_DAY, days=15, verified=Check(READER, DAY, "urst-20"))
IN_TOTAL = term(FIRST_DAY, days=45, verified=Check(READER, DAY, "urst-20"))
TEN_DAYS = term(FIRST_DAY, days=10, verified=Check(READER, DAY, "ndar-5"))
FIVE_DAYS = term(FIRST_DAY, days=5, verified=Check(READER, DAY, "propodatki-7"))
YEAR_TO_COMPLAIN, MONTH_TO_COMPLAIN = term(FIRST_DAY, months=12), term(FIRST_DAY, months=1)

POLICE = ("duty", "hromada_officer", "juvenile_officer", "criminal_block", "head")
OFFICE = ("duty", "head")


def lacking(
    *, form: str, named: bool, residence: bool, about: bool, signed: bool, dated: bool, contact: bool
) -> Iterator[str]:
    """Yield the codes of DEFECT for the parts of article 5 that an appeal lacks.

    What is told to an officer needs no signature; what came electronically needs an address for the
    reply instead (both from memory, unverified).
    """
    if not named:
        yield "name"
    if not residence:
        yield "residence"
    if not about:
        yield "substance"
    if form == "written" and not (signed and dated):
        yield "signature"
    if form == "electronic" and not contact:
        yield "contact"


def last_day_to_complain(*, decided_on: date | None, learned_on: date | None) -> date | None:
    """Return the last day on which a decision may be complained of (article 17, unverified), if it is known."""
    ends = []
    if decided_on:
        ends.append(YEAR_TO_COMPLAIN.last_counted_day(decided_on))
    if learned_on:
        ends.append(MONTH_TO_COMPLAIN.last_counted_day(learned_on))
    return min(ends, default=None)


def not_to_the_one_complained_of(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Forbid forwarding a complaint to those whose conduct is complained of (article 7, unverified).

    Забороняє пересилати скаргу тим, чиї дії оскаржують (стаття 7, не перевірено).
    """
    received = facts["receive"]
    against = _bare(received.get("against", ""))
    if received.get("kind") != "complaint" or not against or against != _bare(record.get("to", "")):
        return None
    return {
        "uk": "Скаргу не можна пересилати тим, чиї дії оскаржують. Оберіть вищий або інший орган.",
        "en": "A complaint may not be forwarded to those complained of. Choose a higher or another body.",
    }


def not_by_the_one_complained_of(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Forbid giving a complaint to the officer whose conduct is complained of (article 7, unverified).

    Забороняє доручати скаргу посадовцеві, чиї дії оскаржують (стаття 7, не перевірено).
    """
    against = facts["receive"].get("against_officer", "")
    if not against or against != record.get("executor"):
        return None
    return {
        "uk": "Скаргу не можна доручити тому, чиї дії оскаржують. Оберіть іншого виконавця.",
        "en": "A complaint may not be given to the officer complained of. Choose another executor.",
    }


def dates_of_a_complaint_in_order(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A decision is learned of on its day or later.

    Про рішення дізнаються того самого дня або пізніше.
    """
    decided_on, learned_on = record.get("decided_on"), record.get("learned_on")
    if not decided_on or not learned_on or decided_on <= learned_on:
        return None
    return {
        "uk": "Заявник не міг дізнатися про рішення раніше, ніж його ухвалено. Перевірте обидві дати.",
        "en": "The sender cannot have learned of the decision before it was made. Check both days.",
    }


def ground_fits_the_appeal(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Left as repeated only with the number of the earlier appeal; as late, only a complaint.

    Як повторне залишають лише з номером попереднього звернення; через строк оскарження — лише скаргу.
    """
    if record["ground"] == "repeated" and not record.get("earlier"):
        return {
            "uk": "Назвіть номер попереднього звернення, вирішеного по суті.",
            "en": "Give the number of the earlier appeal that was decided in substance.",
        }
    if record["ground"] == "late_complaint" and facts["receive"].get("kind") != "complaint":
        return {
            "uk": "Строк оскарження стосується лише скарг. Оберіть іншу підставу.",
            "en": "The term for complaints concerns complaints only. Choose another ground.",
        }
    return None


def crime_is_registered_first(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A report of a crime or of violence at home is registered as a call, even without a name, before
    the appeal is set aside (unverified).

    Повідомлення про злочин чи домашнє насильство реєструють як виклик, навіть без імені, перш ніж
    відкласти звернення (не перевірено).
    """
    if not facts["receive"].get("crime_signs") or record.get("call"):
        return None
    return {
        "uk": "У зверненні є повідомлення про злочин або насильство. Зареєструйте виклик і назвіть його номер.",
        "en": "The appeal reports a crime or violence. Register a call and give its number.",
    }


def under_control(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """Control is lifted where it was set.

    Знімають з контролю те, що на ньому є.
    """
    if facts.get("assign", {}).get("control"):
        return None
    return {"uk": "Звернення не стоїть на контролі.", "en": "The appeal is not under control."}


LETTER_AFTER = {  # kind of letter -> the step whose outcome it tells; an acknowledgement goes at any time
    "return_defective": "return_defective",
    "return_for_data": "return_for_data",
    "forward_notice": "forward",
    "forward_cover": "forward",
    "extension": "extend",
    "shortening": "shorten",
    "answer": "reply",
    "unconsidered": "leave_unconsidered",
}


def letter_tells_what_was_done(facts: Facts, step: str, record: Mapping[str, Any]) -> Text | None:
    """A letter goes out after the step that it tells of.

    Лист надсилають після кроку, про який він повідомляє.
    """
    told = LETTER_AFTER.get(record["kind"])
    if told is None or told in facts:
        return None
    title = procedure.step(told).title
    return {
        "uk": f"Спершу виконайте крок «{title['uk']}»: лист повідомляє про нього.",
        "en": f"First take the step “{title['en']}”: the letter tells of it.",
    }


def _bare(name: str) -> str:
    """Return a name's letters and digits only, in one case, so that spelling does not hide sameness."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


FORMAL_DEFECTS = ("name", "residence", "substance", "signature", "contact")

procedure = Procedure(
    code="appeal",
    title={"uk": "Звернення громадянина", "en": "Citizen's appeal"},
    sensitivity="personal",
    steps=(
        Step(
            "receive",
            {"uk": "Зареєструвати", "en": "Register"},
            ART_5,
            Appeal,
            by=POLICE,
            rules=(dates_of_a_complaint_in_order,),
        ),
        Step(
            "return_defective",
            {"uk": "Повернути для дооформлення", "en": "Return for its form"},
            ART_5,
            Return,
            by=OFFICE,
            after="receive",
            within=(TEN_DAYS,),
            when=(Fact("receive", "defect", FORMAL_DEFECTS),),
            unless=(Fact("receive", "anonymous", (True,)),),  # there is nobody to return it to
            rules=(crime_is_registered_first,),
            closes=True,
        ),
        Step(
            "return_for_data",
            {"uk": "Повернути через брак даних", "en": "Return for missing data"},
            ART_7,
            Return,
            by=OFFICE,
            after="receive",
            within=(FIVE_DAYS,),
            when=(Fact("receive", "defect", ("data",)),),
            closes=True,
        ),
        Step(
            "forward",
            {"uk": "Переслати за належністю", "en": "Forward to the competent body"},
            ART_7,
            Forward,
            by=OFFICE,
            after="receive",
            within=(FIVE_DAYS,),
            when=(Fact("receive", "competence", ("other",)),),
            rules=(not_to_the_one_complained_of,),
            closes=True,
        ),
        Step(
            "leave_unconsidered",
            {"uk": "Залишити без розгляду", "en": "Leave unconsidered"},
            ART_8,
            Unconsidered,
            by="head",
            after="receive",
            rules=(ground_fits_the_appeal, crime_is_registered_first),
            closes=True,
        ),
        Step(
            "assign",
            {"uk": "Призначити виконавця", "en": "Assign an executor"},
            RECORDS,
            Assignment,
            by=OFFICE,
            after="receive",
            at_most=(IN_TOTAL,),
            since="receive",
            chosen="answer_by",
            rules=(not_by_the_one_complained_of,),
            once=False,
        ),
        Step(
            "extend",
            {"uk": "Продовжити строк", "en": "Extend the term"},
            ART_20,
            Extension,
            by="head",
            after="receive",
            at_most=(IN_TOTAL,),
            since="receive",
            extends="reply",
            once=False,
        ),
        Step(
            "shorten",
            {"uk": "Скоротити строк", "en": "Shorten the term"},
            ART_20,
            Shortening,
            by="head",
            after="receive",
            shortens="reply",
            once=False,
        ),
        Step(
            "propose_reply",
            {"uk": "Подати відповідь на погодження", "en": "Propose the reply to the head"},
            RECORDS,
            Draft,
            by=POLICE,
            after="receive",
            once=False,
        ),
        Step(
            "approve_reply",
            {"uk": "Розглянути проєкт відповіді", "en": "Decide on the proposed reply"},
            RECORDS,
            Approval,
            by="head",
            after="propose_reply",
            once=False,
        ),
        Step(
            "reply",
            {"uk": "Відповісти", "en": "Reply"},
            ART_20,
            Reply,
            by=POLICE,
            after="receive",
            within=TermsBy("receive", ("simple",), {(True,): (FIFTEEN_DAYS,)}, otherwise=(MONTH,)),
            closes=True,
        ),
        Step(
            "send_letter",
            {"uk": "Надіслати лист", "en": "Send a letter"},
            RECORDS,
            Letter,
            by=POLICE,
            after="receive",
            rules=(letter_tells_what_was_done,),
            once=False,
            after_closing=True,
        ),
        Step(
            "add_information",
            {"uk": "Доповнити звернення", "en": "Add to the appeal"},
            RECORDS,
            Information,
            by=(*POLICE, "system"),
            after="receive",
            once=False,
        ),
        Step(
            "feedback",
            {"uk": "Відгук заявника", "en": "The sender's feedback"},
            TRUST,
            Feedback,
            by="system",
            after="reply",
            after_closing=True,
        ),
        Step(
            "lift_control",
            {"uk": "Зняти з контролю", "en": "Lift control"},
            RECORDS,
            ControlLifted,
            by=OFFICE,
            after="assign",
            rules=(under_control,),
            once=False,
            after_closing=True,
        ),
    ),
    norms=(
        Norm(
            "complain_in_a_year",
            {
                "uk": "Скаргу подають протягом року від рішення",
                "en": "A complaint comes within a year of the decision",
            },
            ART_17,
            (YEAR_TO_COMPLAIN,),
        ),
        Norm(
            "complain_in_a_month",
            {
                "uk": "і не пізніше місяця від дня, коли про нього дізналися",
                "en": "and not later than a month after the sender learned of it",
            },
            ART_17,
            (MONTH_TO_COMPLAIN,),
        ),
    ),
)
