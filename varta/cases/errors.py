"""Why an entry was not written, in both languages, in words that an officer knows."""

from collections.abc import Mapping


class StepRefused(Exception):
    """The step was not taken and nothing was written.

    `code` is for programs, `text(language)` for people; `fields` names the wrong
    fields of the record, each with its message in both languages.
    """

    code = "refused"
    uk = "Дію не виконано."
    en = "The step was not taken."

    def __init__(self, *, fields: Mapping[str, Mapping[str, str]] | None = None, **values: object) -> None:
        self.values = values
        self.fields = dict(fields or {})
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Return the message in "uk" or "en" with its values filled in."""
        pattern = self.uk if language == "uk" else self.en
        values = {
            name: value[language] if isinstance(value, Mapping) else value
            for name, value in self.values.items()
        }
        return pattern.format(**values)


class UnknownStep(StepRefused):
    code = "unknown-step"
    uk = "Процедура або крок «{step}» невідомі. Оновіть сторінку і спробуйте ще раз."
    en = "The procedure or step “{step}” is unknown. Reload the page and try again."


class CaseNotFound(StepRefused):
    """The case does not exist, or the reader may not see it: the two look the same on purpose."""

    code = "case-not-found"
    uk = "Справи {case} немає серед доступних вам. Перевірте номер або зверніться до керівника."
    en = "There is no case {case} among those you may see. Check the number or ask your head of unit."


class WrongRole(StepRefused):
    code = "wrong-role"
    uk = "Крок «{step}» виконує інша посада ({roles}). Передайте справу тому, хто має на це право."
    en = "The step “{step}” belongs to another role ({roles}). Hand the case to someone who may take it."


class OutOfScope(StepRefused):
    code = "out-of-scope"
    uk = "{what} {value} поза вашою зоною відповідальності. Оберіть інше або передайте черговому."
    en = "{what} {value} lies outside your area. Choose another or hand it to the duty desk."


class UnknownPlace(StepRefused):
    code = "unknown-place"
    uk = "Місця з кодом «{place}» немає в довіднику на {day}. Оберіть місце зі списку."
    en = "No place with the code “{place}” was valid on {day}. Choose one from the list."


class UnknownUnit(StepRefused):
    code = "unknown-unit"
    uk = "Підрозділу з кодом «{unit}» немає в довіднику на {day}. Оберіть підрозділ зі списку."
    en = "No unit with the code “{unit}” was valid on {day}. Choose one from the list."


class UnknownPerson(StepRefused):
    code = "unknown-person"
    uk = "Особу, вказану учасником, не знайдено. Зареєструйте її знову."
    en = "A person named as involved was not found. Register the person again."


class LawRefused(StepRefused):
    """The law, as procedures/ writes it, does not allow the step now; `fields` may name the field at fault."""

    code = "law-refused"
    uk = "{reason}"
    en = "{reason}"


class RecordRefused(StepRefused):
    code = "record-invalid"
    uk = "Запис не збережено: виправте позначені поля ({names})."
    en = "The record was not kept: mend the marked fields ({names})."


class TimeRefused(StepRefused):
    code = "time-refused"
    uk = "Час події {at} не приймається: {reason}."
    en = "The time {at} is not accepted: {reason}."


class KeyRefused(StepRefused):
    code = "key-refused"
    uk = "Ключ запису {key} не є UUID версії 7 з можливим часом. Оновіть сторінку або пристрій."
    en = "The entry's key {key} is not a UUID version 7 with a possible time. Update the page or the device."


class KeyReused(StepRefused):
    code = "key-reused"
    uk = "Запис із ключем {key} уже є, але з іншим змістом. Нічого не змінено; відкрийте його і внесіть виправлення."
    en = "An entry with the key {key} exists with other content. Nothing was changed; open it and correct it."


class NothingToCorrect(StepRefused):
    code = "nothing-to-correct"
    uk = "Запис {corrects}, який виправляють, не належить до цієї справи або цього кроку."
    en = "The entry {corrects} to be corrected does not belong to this case or this step."


class OpeningStands(StepRefused):
    code = "opening-stands"
    uk = "Запис, яким справу відкрито, скасувати не можна. Виправте його або завершіть справу."
    en = "The entry that opened the case cannot be undone. Correct it, or end the case."
