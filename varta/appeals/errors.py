"""Why a step of an appeal, or a letter, was refused; in both languages."""

from varta.cases.errors import StepRefused


class ExecutorUnknown(StepRefused):
    code = "executor-unknown"
    uk = "Виконавця «{login}» немає серед поліцейських. Оберіть зі списку."
    en = "There is no officer “{login}”. Choose one from the list."


class ExecutorOutside(StepRefused):
    """The executor would not see the appeal: the place or the unit lies outside their appointments."""

    code = "executor-outside"
    uk = "{name} не має призначення для цього підрозділу і місця на {day}, тож не побачить звернення. Оберіть іншого."
    en = "{name} has no appointment for this unit and place on {day}, and would not see the appeal. Choose another."


class NotApproved(StepRefused):
    code = "reply-not-approved"
    uk = "У цьому підрозділі відповідь погоджує керівник. Подайте проєкт на погодження; змінений текст — знову."
    en = "In this unit the head approves the reply. Propose it to the head; a changed text once more."


class EarlierUndecided(StepRefused):
    code = "earlier-undecided"
    uk = "Звернення {number} ще не вирішено по суті, тож нове не можна залишити без розгляду як повторне."
    en = "The appeal {number} is not decided in substance, so the new one may not be left as repeated."


class EarlierUnexplained(StepRefused):
    code = "earlier-unexplained"
    uk = "Звернення {number} цього заявника у Варті немає. Поясніть, де і коли його вирішено по суті."
    en = "Varta has no appeal {number} of this sender. Explain where and when it was decided in substance."


class DayImpossible(StepRefused):
    code = "day-impossible"
    uk = "{title}: {day} не може бути. Це має бути день від {least} до {last}."
    en = "{title}: {day} cannot be. It is a day from {least} to {last}."


class LetterUnrecorded(StepRefused):
    code = "letter-unrecorded"
    uk = "Лист надсилають зі сторінки листа: там він отримує номер. Надісланий лист не виправляють, а надсилають новий."
    en = "A letter is sent from its page, where it gets its number. One that went out is not corrected: send another."


class LetterLacks(StepRefused):
    code = "letter-lacks"
    uk = "Лист не надіслано: заповніть позначені поля."
    en = "The letter was not sent: fill in the marked fields."


class LetterUnprintable(StepRefused):
    code = "letter-unprintable"
    uk = "Знак «{sign}» не можна надрукувати. Вилучіть його з листа."
    en = "The sign “{sign}” cannot be printed. Remove it from the letter."


class SenderUnknown(StepRefused):
    code = "sender-unknown"
    uk = "Обраної особи немає серед доступних вам. Зареєструйте заявника як нового."
    en = "The chosen person is not among those you may see. Register the sender as new."


class ResidenceDiffers(StepRefused):
    code = "residence-differs"
    uk = "У картці цієї особи інша адреса. Залиште поле порожнім, щоб узяти її, або зареєструйте нову особу."
    en = (
        "The person's file has another residence. Leave the field empty to take it, or register a new person."
    )


class OutsideOffice(StepRefused):
    code = "outside-office"
    uk = "Підрозділ {unit} поза вашою зоною відповідальності."
    en = "The unit {unit} lies outside your area."
