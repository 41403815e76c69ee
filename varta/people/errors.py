"""Why a write about people was refused, in both languages."""


class PeopleRefused(Exception):
    """Nothing was written. `text(language)` says why, in words that the reader knows.

    `field` names the field of a form that the message belongs to, if there is one.
    """

    uk = "Дію не виконано."
    en = "Nothing was done."
    field: str | None = None

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Return the message in "uk" or "en" with its values filled in."""
        return (self.uk if language == "uk" else self.en).format(**self.values)


class NotAllowed(PeopleRefused):
    uk = "Ваша посада не дає права на цю дію. Зверніться до керівника або адміністратора."
    en = "Your role does not allow this. Ask your head of unit or the administrator."


class OwnAccount(PeopleRefused):
    uk = "Власний обліковий запис не змінюють: це робить інший адміністратор."
    en = "Nobody changes their own account: another administrator does it."


class LoginTaken(PeopleRefused):
    uk = "Логін «{login}» уже має інший обліковий запис. Оберіть інший."
    en = "The login “{login}” belongs to another account. Choose another."
    field = "login"


class OutsideOwnScope(PeopleRefused):
    uk = "«{name}» поза вашою зоною: надати можна лише те, що охоплює ваше призначення."
    en = "“{name}” lies outside your scope: only what your own appointment covers can be given."


class AppointedAlready(PeopleRefused):
    uk = "Таке призначення на ці дні вже є. Змініть дні або завершіть попереднє."
    en = "There is such an appointment for these days. Change the days or end the earlier one."
    field = "since"


class EndsBeforeItBegins(PeopleRefused):
    uk = "Останній день {until} раніший за перший {since}. Виправте дні."
    en = "The last day {until} is before the first one, {since}. Mend the days."
    field = "until"


class EndedAlready(PeopleRefused):
    uk = "Призначення вже завершено {until}."
    en = "The appointment ended already, on {until}."
