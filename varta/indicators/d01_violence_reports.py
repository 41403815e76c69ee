"""D01: reports of domestic violence."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="D01",
    title={"uk": "Повідомлення про домашнє насильство", "en": "Reports of domestic violence"},
    definition={
        "uk": "Факти домашнього насильства, зареєстровані за період, за часом, коли про них повідомили. Зростання може означати і більше насильства, і більше довіри: показник про звернення, а не про поширеність.",
        "en": "Facts of domestic violence registered in the period, by the time they were told. A rise may mean more violence or more trust: the figure speaks of what is told, not of what happens.",
    },
    measure=Count("domestic_violence.register"),
    unit={"uk": "повідомлень", "en": "reports"},
    direction="neither",
    source="Indicator catalogue of prevention work, D01",
    review_on=date(2027, 11, 1),
)
