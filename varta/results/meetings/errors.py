"""Why something of a meeting is refused, in words that a secretary knows."""

from varta.cases.errors import StepRefused


class NoUnit(StepRefused):
    code = "no-unit"
    uk = "Підрозділу «{unit}» немає в довіднику або він поза вашою зоною. Оберіть зі списку."
    en = "The unit “{unit}” is not on the list or lies outside your area. Choose one from the list."


class NotInvited(StepRefused):
    code = "not-invited"
    uk = "Підрозділ «{unit}» не запрошено. Спершу запросіть його."
    en = "The unit “{unit}” is not invited. Invite it first."


class NoSuchItem(StepRefused):
    code = "no-such-item"
    uk = "Питання № {number} немає в порядку денному. Оберіть з нього."
    en = "There is no item {number} on the agenda. Choose one of it."


class Outrun(StepRefused):
    """Somebody else wrote about the same thing after the form was opened."""

    code = "outrun"
    uk = (
        "Поки ви писали, {who} записав(-ла) те саме ({what}). Нічого не втрачено: ваш текст лишився у формі. "
        "Порівняйте із записаним і надішліть ще раз, якщо він потрібен."
    )
    en = (
        "While you were writing, {who} wrote about the same ({what}). Nothing is lost: your text is still in the form. "
        "Compare it with what is written, and send it again if it is needed."
    )


class NotTheMeeting(StepRefused):
    code = "not-the-meeting"
    uk = "Строк рішення наради продовжує і виконання оцінює той, хто скликав нараду. Зверніться до секретаря наради."
    en = "A decision’s term is put off, and its result appraised, by whoever held the meeting. Ask its secretary."


class Unprintable(ValueError):
    """The minutes hold a sign that the fonts do not have; `sign` is it."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        super().__init__(f"The sign {sign!r} cannot be printed: remove it from the minutes.")
