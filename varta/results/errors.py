"""Why a step of a report is refused, in words that an analyst and a head know."""

from varta.cases.errors import StepRefused


class NotNow(StepRefused):
    code = "report-not-now"
    uk = "«{step}» зараз неможливо: звіт {state}. Відкрийте звіт і подивіться, що з ним можна зробити."
    en = "“{step}” is not possible now: the report is {state}. Open it and see what may be done."


class NameTaken(StepRefused):
    code = "report-name-taken"
    uk = "Назву «{name}» уже має інший звіт. Оберіть іншу."
    en = "Another report has the name “{name}” already. Choose another."


class NameRefused(StepRefused):
    code = "report-name-refused"
    uk = "Назва «{name}» не підходить: лише латинські літери, цифри й дефіс, і не «compose»."
    en = "The name “{name}” does not do: Latin letters, digits and hyphens only, and not “compose”."


class NotOver(StepRefused):
    code = "report-period-not-over"
    uk = "Період закінчується {last}, а сьогодні {today}. Зафіксувати можна лише період, що минув."
    en = "The period ends on {last}, and today is {today}. Only a period that is over can be frozen."


class SameHand(StepRefused):
    code = "report-same-hand"
    uk = "«{step}» робить інша людина, ніж та, що виконала «{before}». Передайте звіт іншому керівникові."
    en = "“{step}” is for another person than the one who took “{before}”. Hand the report to another head."


class NotFromAbove(StepRefused):
    code = "report-not-from-above"
    uk = "Затверджує керівник, якому підпорядкований підрозділ, що склав звіт. Передайте звіт вище."
    en = "It is approved by the head over the unit that composed the report. Hand the report upward."


class NothingToRevise(StepRefused):
    code = "report-nothing-to-revise"
    uk = "Показники не змінилися з часу фіксації: нова редакція не потрібна."
    en = "The figures have not changed since they were frozen: there is nothing to revise."


class NobodyToAsk(StepRefused):
    code = "report-nobody-to-ask"
    uk = "Для «{row}» немає підрозділу, який може пояснити показник. Оберіть підрозділ у списку."
    en = "There is no unit that could explain the figure of “{row}”. Choose a unit from the list."


class Unmade(StepRefused):
    """The report cannot be made as it was asked for."""

    code = "report-unmade"
    uk = "{why}"
    en = "{why}"
