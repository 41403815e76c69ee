"""What is wrong with a template or a statement, in the words of both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SAID: Mapping[str, Mapping[str, str]] = {
    "typed": {
        "uk": "Число «{0}» написано рукою. Числа беруть зі звіту: напишіть {1}.",
        "en": "The number “{0}” was typed by hand. Numbers come from the report: write {1}.",
    },
    "open": {
        "uk": "«{0}» не закрито: після «{1}» бракує «{2}».",
        "en": "“{0}” is not closed: “{2}” is missing after “{1}”.",
    },
    "nested": {
        "uk": "Дужки [[ ]] не вкладають одна в одну.",
        "en": "Brackets [[ ]] do not go into each other.",
    },
    "shape": {
        "uk": "«{0}» незрозуміле. Пишуть ПОКАЗНИК.РЯДОК.ЩО, наприклад C01.country.now, або одне з: {1}.",
        "en": "“{0}” is not understood. Write INDICATOR.ROW.WHAT, as C01.country.now, or one of: {1}.",
    },
    "indicator": {
        "uk": "Показника «{0}» у звіті немає. Є: {1}.",
        "en": "The report has no indicator “{0}”. It has: {1}.",
    },
    "row": {
        "uk": "Рядка «{0}» у звіті немає. Пишуть country, first, second, third або код рядка.",
        "en": "The report has no row “{0}”. Write country, first, second, third, or the code of a row.",
    },
    "member": {"uk": "«{0}» немає. Є: {1}.", "en": "There is no “{0}”. There are: {1}."},
    "several": {
        "uk": "Кілька показників через + мають лише places: {0}.",
        "en": "Several indicators joined by + have places only: {0}.",
    },
    "filter": {"uk": "Форми «{0}» немає. Є: {1}.", "en": "There is no form “{0}”. There are: {1}."},
    "arguments": {
        "uk": "Форма «{0}» у цій мові бере слів у лапках: {1}.",
        "en": "The form “{0}” takes so many quoted words in this language: {1}.",
    },
    "fits": {
        "uk": "Форма «{0}» не для «{1}».",
        "en": "The form “{0}” is not for “{1}”.",
    },
    "fraction": {
        "uk": "«{0}» тут дробове: дайте форму для дробу четвертим словом, як «1,5 виклику».",
        "en": "“{0}” is a fraction here; give its word.",
    },
    "quoted": {
        "uk": "Число у лапках «{0}»: у словах форм чисел не буває.",
        "en": "A number in quotes, “{0}”: words of forms hold none.",
    },
    "absent": {
        "uk": "«{0}» у цьому звіті – {1}. Речення з ним беруть у [[ ]], тоді воно зникає.",
        "en": "“{0}” is {1} in this report. Put its sentence in [[ ]], and it is left out then.",
    },
    "no_ukrainian": {
        "uk": "Українського тексту немає, а англійський є. Без українського його не публікують.",
        "en": "There is an English text and no Ukrainian one. Without it the English one is not published.",
    },
    "says_more": {
        "uk": "Англійський текст каже «{0}», а український – ні. Додайте до українського.",
        "en": "The English text tells “{0}” and the Ukrainian does not. Add it to the Ukrainian one.",
    },
    "longer": {
        "uk": "Англійський текст довший за український ({0}: {1} проти {2}). Український має бути не менший.",
        "en": "The English text is longer than the Ukrainian ({0}: {1} against {2}). It may not say more.",
    },
    "empty": {"uk": "Тексту немає.", "en": "There is no text."},
}
WHERE = {
    "uk": {"uk": "Український текст, рядок {}. ", "en": "Ukrainian text, line {}. "},
    "en": {"uk": "Англійський текст, рядок {}. ", "en": "English text, line {}. "},
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which text and line (0: in the whole), and what, with what was written."""

    code: str
    given: Sequence[str | Mapping[str, str]] = ()  # a text of both languages is told in that of the reader
    text: str = ""
    line: int = 0

    def said(self, language: str) -> str:
        """Return it as a sentence."""
        where = WHERE[self.text][language].format(self.line) if self.line else ""
        told = (one if isinstance(one, str) else one[language] for one in self.given)
        return where + SAID[self.code][language].format(*told)


class TemplateRefused(ValueError):
    """A template or a statement cannot be taken; `faults` says all that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.said("en") for fault in self.faults))
