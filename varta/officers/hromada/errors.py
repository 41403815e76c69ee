"""Why a report, or a meeting, was refused; in both languages."""

from varta.cases.errors import StepRefused


class NoHromada(StepRefused):
    code = "officer-without-hromada"
    uk = "Вас не призначено до жодної громади, тож звітувати немає про що. Зверніться до керівника."
    en = "You are not appointed to any hromada, so there is nothing to report of. Ask your head of unit."


class ReportOfAnother(StepRefused):
    code = "report-of-another"
    uk = "Це звіт іншого офіцера ({officer}). Оприлюднити чи виправити його може він сам або керівник."
    en = "This is the report of another officer ({officer}). It is published or revised by that officer or the head."


class PeriodReversed(StepRefused):
    code = "period-reversed"
    uk = "Період закінчується {last}, раніше, ніж починається ({first}). Поміняйте дати."
    en = "The period ends on {last}, before it begins ({first}). Change the days."


class PeriodAhead(StepRefused):
    code = "period-ahead"
    uk = "Період закінчується {last}, а рахувати можна лише до {until}. Оберіть день, що вже минув."
    en = "The period ends on {last}, and one can count up to {until} only. Choose a day that is over."


class PeriodTooLong(StepRefused):
    code = "period-too-long"
    uk = "Період довший за рік. Звітують про пів року; оберіть коротший."
    en = "The period is longer than a year. One reports of half a year; choose a shorter one."


class BeforeService(StepRefused):
    """The officer came to the hromada in the middle of the period."""

    code = "before-service"
    uk = "Ви служите в цій громаді з {since}. Про дні до того звітує попередник; оберіть період із {since}."
    en = "You serve this hromada from {since}. Days before are your predecessor's; choose a period from {since}."


class AfterService(StepRefused):
    """The officer left the hromada before the period ended."""

    code = "after-service"
    uk = "Офіцер служив у цій громаді до {until}. Оберіть період, що закінчується не пізніше."
    en = "The officer served this hromada until {until}. Choose a period that ends no later."


class NotCountedYet(StepRefused):
    code = "figures-not-counted"
    uk = "Показники за цей період ще рахуються (пораховано до {until}). Спробуйте за хвилину."
    en = "The figures of this period are still being counted (counted up to {until}). Try again in a minute."


class FiguresUnknown(StepRefused):
    """The report names figures that Varta did not count in this case, or that are not the latest."""

    code = "figures-unknown"
    uk = "Показники звіту не ті, що порахувала Варта. Відкрийте проєкт знову: цифри беруться із записів."
    en = "The figures are not those that Varta counted. Open the draft again: they come from entries."


class DraftChanged(StepRefused):
    code = "draft-changed"
    uk = "Проєкт змінився після перегляду (в іншому вікні). Перегляньте його ще раз і оприлюдніть."
    en = "The draft changed after you looked at it (in another window). Look at it once more, and publish."


class DraftEmpty(StepRefused):
    code = "draft-empty"
    uk = "Проєкт порожній. Спершу напишіть звіт і збережіть його."
    en = "The draft is empty. Write the report first, and save it."


class SignUnprintable(StepRefused):
    code = "sign-unprintable"
    uk = "Знак «{sign}» не можна надрукувати. Вилучіть його з тексту."
    en = "The sign “{sign}” cannot be printed. Remove it from the text."


class NothingToPublish(StepRefused):
    """Former publications leave no way to hide a small count."""

    code = "figures-given-away"
    uk = "Попередні публікації вже дають змогу обчислити малу кількість за цей період ({hromada}). Оберіть інший."
    en = "Former publications give a small count of this period away already ({hromada}). Choose another period."


class FiguresOvertaken(StepRefused):
    """Something else was published since the figures were counted, and together they would tell a small count."""

    code = "figures-overtaken"
    uk = "Поки звіт писали, оприлюднено інші показники. Порахуйте показники знову: дещо тепер слід приховати."
    en = "Other figures were published while the report was written. Count again: some have to be hidden now."
