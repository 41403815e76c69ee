"""D15: notices to the children's service within a day."""

from datetime import date

from varta.figures import Indicator, KeptInTerm

indicator = Indicator(
    code="D15",
    title={"uk": "Сповіщення служби у справах дітей за добу", "en": "Children’s service told within a day"},
    definition={
        "uk": "Сповіщення служби у справах дітей, надіслані не пізніше ніж за 24 години від реєстрації факту, серед фактів за участю дитини, строк сповіщення за якими сплив у періоді. Строк чекає на перевірку юриста.",
        "en": "Notices to the children’s service sent no later than 24 hours after the fact was registered, among facts with a child whose notice fell due in the period. The term waits for a lawyer.",
    },
    measure=KeptInTerm("domestic_violence.register", "domestic_violence.tell_children_service"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, D15; resolution 658/2018",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
