"""Why a write about people was refused, in both languages."""


class PeopleRefused(Exception):
    """Nothing was written. `text(language)` says why, in words that the reader knows."""

    uk = "Дію не виконано."
    en = "Nothing was done."

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Return the message in "uk" or "en" with its values filled in."""
        return (self.uk if language == "uk" else self.en).format(**self.values)


class NotAllowed(PeopleRefused):
    uk = "Ваша посада не дає права на цю дію. Зверніться до керівника або адміністратора."
    en = "Your role does not allow this. Ask your head of unit or the administrator."
