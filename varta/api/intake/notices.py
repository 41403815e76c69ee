"""What a partner is told besides that its message was taken, in both languages."""

from collections.abc import Mapping

from varta.api.intake.spotting import Spotted

NOTICES: Mapping[str, Mapping[str, str]] = {
    code: {"code": code, "uk": uk, "en": en}
    for code, uk, en in (
        (
            "not-actual",
            "Повідомлення правильне. Воно не має статусу Actual, тому нічого не створено.",
            "The message is right. Its status is not Actual, so nothing was created.",
        ),
        ("acknowledged", "Підтвердження прийнято; нічого не змінено.", "Acknowledged; nothing was changed."),
        (
            "place-unsure",
            "Місце не встановлено: виклик зареєстровано на всю територію Вашої системи.",
            "The place was not found: the call is registered for the whole area of your system.",
        ),
        (
            "category-kept",
            "Категорію не знижено: це вирішує черговий.",
            "The category was not lowered: the duty officer decides that.",
        ),
        (
            "place-kept",
            "Наряд уже їде за першою адресою: місце не змінено, слова додано. Зателефонуйте до чергової частини.",
            "A crew is on its way to the first address: the place stays, the words were added. Telephone the desk.",
        ),
        (
            "words-only",
            "Поліція вже уточнила запис, тому додано лише слова повідомлення.",
            "The police have corrected the record already, so only the words were added.",
        ),
        (
            "attended",
            "Поліція вже працює за викликом: скасування записано, виклик не закрито.",
            "The police work on the call already: the cancellation is noted, the call stays open.",
        ),
        (
            "guarded",
            "За таким викликом поліція перевіряє сама: скасування записано, виклик не закрито.",
            "The police check such a call themselves: the cancellation is noted, the call stays open.",
        ),
        ("closed-already", "Виклик уже закрито.", "The call is closed already."),
    )
}


def place_notices(spotted: Spotted) -> list[Mapping[str, str]]:
    """Return what to tell of the place: that it is not known, or that several are called so."""
    if spotted.rivals:
        names = {
            language: "; ".join(f"{place.titles[language]} ({place.code})" for place in spotted.rivals[:10])
            for language in ("uk", "en")
        }
        return [
            {
                "code": "place-ambiguous",
                "uk": f"Так називаються кілька місць: {names['uk']}. Надішліть код КАТОТТГ або координати.",
                "en": f"Several places are called so: {names['en']}. Send a code of the codifier or a point.",
            }
        ]
    return [] if spotted.sure else [NOTICES["place-unsure"]]
