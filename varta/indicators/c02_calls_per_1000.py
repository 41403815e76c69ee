"""C02: calls for each 1,000 people."""

from datetime import date

from varta.figures import Count, Indicator, PerPopulation

indicator = Indicator(
    code="C02",
    title={"uk": "Викликів на 1000 осіб", "en": "Calls per 1,000 people"},
    definition={
        "uk": "C01, поділене на населення території, на 1000 осіб. Населення — за джерелом, указаним на сторінці території; де його немає, показник невідомий.",
        "en": "C01 divided by the population of the territory, for 1,000 people. The population is that named on the territory's page; where there is none, the figure is unknown.",
    },
    measure=PerPopulation(Count("call.receive"), per=1000),
    unit={"uk": "на 1000 осіб", "en": "per 1,000 people"},
    direction="neither",
    source="Indicator catalogue of prevention work, C02",
    review_on=date(2027, 11, 1),
    decimals=1,
)
