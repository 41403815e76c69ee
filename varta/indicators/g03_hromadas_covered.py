"""G03: hromadas with an officer on the last day of the period."""

from datetime import date

from varta.figures import Covered, Indicator, Stock
from varta.indicators.g01_officers_serving import MOVES

indicator = Indicator(
    code="G03",
    title={"uk": "Громади з офіцером", "en": "Hromadas with an officer"},
    definition={
        "uk": "Частка громад, у яких станом на останній день періоду служить хоча б один поліцейський офіцер. Знаменник – громади, що існували того дня за кодифікатором.",
        "en": "Share of hromadas in which at least one officer serves on the last day of the period. Out of the hromadas that stood on that day by the codifier.",
    },
    measure=Covered(Stock("serving", MOVES)),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, G03",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
