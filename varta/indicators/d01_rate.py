"""D01 for each 10,000 people."""

from datetime import date

from varta.figures import Count, Indicator, PerPopulation

indicator = Indicator(
    code="D01-RATE",
    title={
        "uk": "Повідомлень про домашнє насильство на 10 000 осіб",
        "en": "Reports of domestic violence per 10,000 people",
    },
    definition={
        "uk": "D01, поділене на населення території, на 10 000 осіб. Невідомо, де населення невідоме.",
        "en": "D01 divided by the population of the territory, for 10,000 people. Unknown where the population is.",
    },
    measure=PerPopulation(Count("domestic_violence.register"), per=10_000),
    unit={"uk": "на 10 000 осіб", "en": "per 10,000 people"},
    direction="neither",
    source="Indicator catalogue of prevention work, D01; rate by the practice of public health",
    review_on=date(2027, 11, 1),
    decimals=2,
)
