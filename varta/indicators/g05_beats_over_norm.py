"""G05: beats with more people than the norm of order 650/2017."""

from datetime import date

from varta.figures import BeatsOverNorm, Break, Indicator

indicator = Indicator(
    code="G05",
    title={"uk": "Дільниці понад норму", "en": "Beats over the norm"},
    definition={
        "uk": "Поліцейські дільниці, у яких на останній день періоду мешкає більше людей, ніж дозволяє норма (6000 у сільській місцевості, 7000 у міській; наказ 650/2017), серед дільниць, населення яких відоме. З якого дня діє норма, не підтверджено.",
        "en": "Beats in which on the last day of the period more people live than the norm allows (6,000 rural, 7,000 urban; order 650/2017), among beats whose people are known. Since when the norm stands is not confirmed.",
    },
    measure=BeatsOverNorm(),
    unit={"uk": "частка", "en": "share"},
    direction="less",
    source="Indicator catalogue of prevention work, G05",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
    breaks=(
        Break(
            date(2017, 7, 28),
            {
                "uk": "наказ 650/2017 установив норму людей на дільницю; до нього норми не було з чим порівняти.",
                "en": "order 650/2017 set the norm of people in a beat; before it there was none to compare with.",
            },
        ),
    ),
)
