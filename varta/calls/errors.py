"""Why the desk could not do something, in both languages, in words that an officer knows."""

from varta.cases.errors import StepRefused


class CrewNotFound(StepRefused):
    code = "crew-not-found"
    uk = "Такого наряду серед доступних вам немає. Оновіть дошку й оберіть інший."
    en = "There is no such crew among those you may see. Reload the board and choose another."


class CrewOffDuty(StepRefused):
    code = "crew-off-duty"
    uk = "Наряд «{crew}» уже здав зміну. Оберіть інший."
    en = "The crew “{crew}” has ended its turn of duty. Choose another."


class CrewIsBusy(StepRefused):
    code = "crew-is-busy"
    uk = "Наряд «{crew}» уже направлено на інший виклик. Звільніть його там або оберіть інший."
    en = "The crew “{crew}” has been sent to another call. Release it there or choose another."


class CrewIsThere(StepRefused):
    code = "crew-is-there"
    uk = "Наряд «{crew}» уже направлено на цей виклик."
    en = "The crew “{crew}” has been sent to this call already."


class CrewNotSent(StepRefused):
    code = "crew-not-sent"
    uk = "Наряд «{crew}» зараз не працює на цьому виклику. Оновіть сторінку."
    en = "The crew “{crew}” does not work on this call now. Reload the page."


class CallSignTaken(StepRefused):
    code = "call-sign-taken"
    uk = "Наряд із позивним «{crew}» цього підрозділу вже на зміні. Здайте ту зміну або оберіть інший позивний."
    en = "A crew “{crew}” of this unit is on duty already. End that turn or choose another call sign."


class UnknownOfficers(StepRefused):
    code = "unknown-officers"
    uk = "Немає облікових записів: {logins}. Перевірте логіни."
    en = "There are no accounts: {logins}. Check the logins."


class StillSent(StepRefused):
    code = "still-sent"
    uk = "Наряд «{crew}» ще на виклику {number}. Спершу завершіть виклик або звільніть наряд."
    en = "The crew “{crew}” is still at the call {number}. First close the call or release the crew."


class JoinedToItself(StepRefused):
    code = "joined-to-itself"
    uk = "Виклик не можна приєднати до нього самого або до вже приєднаного. Оберіть інший виклик."
    en = "A call cannot be joined to itself or to one that is joined itself. Choose another call."


class OthersCame(StepRefused):
    code = "others-came"
    uk = "Поки ви дивилися, сюди вже направили наряд: його видно нижче. Якщо потрібен ще один, натисніть знову."
    en = "While you were looking, a crew was sent to this call: you see it below. If another is needed, press again."


class NoSuchCall(StepRefused):
    code = "no-such-call"
    uk = "Виклику з таким номером серед доступних вам немає. Перевірте номер, наприклад 12/2026."
    en = "There is no call with this number among those you may see. Check it, for example 12/2026."
