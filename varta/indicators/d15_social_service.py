"""D15, second part: notices to the social service within a day."""

from datetime import date

from varta.figures import Indicator, KeptInTerm

indicator = Indicator(
    code="D15-SOCIAL",
    title={"uk": "Сповіщення соціальної служби за добу", "en": "Social service told within a day"},
    definition={
        "uk": "Сповіщення соціальної служби, надіслані не пізніше ніж за 24 години від реєстрації факту, серед фактів, строк сповіщення за якими сплив у періоді. Строк чекає на перевірку юриста.",
        "en": "Notices to the social service sent no later than 24 hours after the fact was registered, among facts whose notice fell due in the period. The term waits for a lawyer.",
    },
    measure=KeptInTerm("domestic_violence.register", "domestic_violence.tell_social_service"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Resolution 658/2018",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
