"""Why a step of the programme is refused, in words that a coordinator knows; the days are Kyiv days."""

from datetime import date

from varta.cases.errors import StepRefused
from varta.law import Text


def said(day: date) -> Text:
    """Return a day as each language writes it."""
    return {"uk": f"{day:%d.%m.%Y}", "en": day.isoformat()}


class TooEarly(StepRefused):
    code = "too-early"
    uk = "«{what}»: {day} раніше, ніж {before} ({since}). Перевірте дати."
    en = "“{what}”: {day} is before {before} ({since}). Check the days."


class NotNow(StepRefused):
    code = "not-now"
    uk = "«{what}» зараз неможливо: людина {stage}. Спершу скасуйте або запишіть те, чого бракує."
    en = "“{what}” is not possible now: the person {stage}. First undo or enter what is missing."


class NotPassed(StepRefused):
    code = "not-passed"
    uk = "«{what}» неможливо: {check} не пройдено або не записано. Запишіть результат або завершіть шлях кандидата."
    en = "“{what}” is not possible: {check} is not passed or not entered. Enter the result, or end the candidate’s way."


class NoHromada(StepRefused):
    code = "no-hromada"
    uk = "Громади з кодом «{hromada}» немає. Оберіть громаду зі списку."
    en = "There is no hromada with the code “{hromada}”. Choose one from the list."


class HromadaCeased(StepRefused):
    code = "hromada-ceased"
    uk = "Громада «{hromada}» припинила існувати {day}{heir}. Оберіть громаду, що діє на {on}."
    en = "The hromada “{hromada}” ceased to exist on {day}{heir}. Choose one that exists on {on}."


class HromadaNotYet(StepRefused):
    code = "hromada-not-yet"
    uk = "Громади «{hromada}» ще не було на {on}: вона існує з {day}. Перевірте дату."
    en = "The hromada “{hromada}” did not exist on {on}: it exists from {day}. Check the day."


class NoCohort(StepRefused):
    code = "no-cohort"
    uk = "Набору «{cohort}» немає. Оберіть набір зі списку."
    en = "There is no cohort “{cohort}”. Choose one from the list."


class CohortClosed(StepRefused):
    code = "cohort-closed"
    uk = "Набір «{cohort}» навчається з {begins} до {ends}: {day} поза цим строком."
    en = "The cohort “{cohort}” trains from {begins} to {ends}: {day} is outside it."


class CohortFull(StepRefused):
    code = "cohort-full"
    uk = "У наборі «{cohort}» {capacity} місць, і всі зайняті. Збільшіть місткість або оберіть інший набір."
    en = "The cohort “{cohort}” has {capacity} places, and all are taken. Raise the capacity or choose another cohort."


class CapacityBelowEnrolled(StepRefused):
    code = "capacity-below-enrolled"
    uk = "У наборі «{cohort}» вже зараховано {enrolled}: місткість не може бути {capacity}."
    en = "The cohort “{cohort}” has enrolled {enrolled} already: its capacity cannot be {capacity}."


class CohortDates(StepRefused):
    code = "cohort-dates"
    uk = "Курс закінчується {ends}, раніше, ніж починається ({begins}). Перевірте дати."
    en = "The course ends on {ends}, before it begins ({begins}). Check the days."


class CohortCodeTaken(StepRefused):
    code = "cohort-code-taken"
    uk = "Набір із кодом «{cohort}» уже є. Оберіть інший код."
    en = "There is a cohort with the code “{cohort}” already. Choose another code."


class CohortMoved(StepRefused):
    code = "cohort-moved"
    uk = "У наборі «{cohort}» люди навчаються з {first} до {last}: строк курсу має їх охоплювати."
    en = "In the cohort “{cohort}” people train from {first} to {last}: the course must hold these days."


class ServesAlready(StepRefused):
    """Two stays of one person on one day, in two cases."""

    code = "serves-already"
    uk = (
        "Ця людина в ці дні вже має інше місце в програмі ({where}). Одна людина не може бути у двох "
        "громадах одночасно: спершу завершіть або виправте інший запис."
    )
    en = (
        "This person has another place in the programme on these days ({where}). Nobody is in two hromadas at once: "
        "first end or correct the other one."
    )


class NobodyNamed(StepRefused):
    code = "nobody-named"
    uk = "Не вказано, хто подає анкету. Вкажіть прізвище та ім’я кандидата."
    en = "It is not said who applies. Give the candidate’s surname and name."


class SameHromada(StepRefused):
    code = "same-hromada"
    uk = "Офіцер уже служить у громаді «{hromada}». Оберіть іншу громаду."
    en = "The officer serves the hromada “{hromada}” already. Choose another hromada."


class NotSigned(StepRefused):
    code = "not-signed"
    uk = "«{what}»: {day} раніше, ніж підписано меморандум ({since}). Перевірте дату."
    en = "“{what}”: {day} is before the memorandum was signed ({since}). Check the day."


class NumberTaken(StepRefused):
    code = "number-taken"
    uk = "№ {number} у цьому меморандумі вже є. Візьміть наступний номер."
    en = "No. {number} of this memorandum is taken. Take the next one."


class NoSuchNumber(StepRefused):
    code = "no-such-number"
    uk = "№ {number} у цьому меморандумі немає або його вже закрито. Оновіть сторінку."
    en = "There is no No. {number} in this memorandum, or it is settled already. Reload the page."


class AnotherMemorandum(StepRefused):
    code = "another-memorandum"
    uk = "Громада «{hromada}» у ці дні вже має меморандум. Змініть його або спершу припиніть."
    en = "The hromada “{hromada}” has a memorandum on these days already. Amend it, or end it first."


class OutsideHromada(StepRefused):
    code = "outside-hromada"
    uk = "Населений пункт «{settlement}» не належить до громади «{hromada}». Оберіть пункт цієї громади."
    en = "The settlement “{settlement}” is not in the hromada “{hromada}”. Choose one of this hromada."
