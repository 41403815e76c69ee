"""G04: people per hromada officer."""

from datetime import date

from varta.figures import Indicator, PeoplePer, Stock
from varta.indicators.g01_officers_serving import MOVES

indicator = Indicator(
    code="G04",
    title={"uk": "Населення на офіцера громади", "en": "People per hromada officer"},
    definition={
        "uk": "Мешканці громад, у яких станом на останній день періоду служить офіцер, на одного офіцера, що служить. Невідомо, якщо невідоме населення однієї з цих громад.",
        "en": "People of the hromadas in which an officer serves on the last day of the period, for each officer serving. Unknown where the people of one of them are.",
    },
    measure=PeoplePer(Stock("serving", MOVES)),
    unit={"uk": "осіб на офіцера", "en": "people per officer"},
    direction="less",
    source="Indicator catalogue of prevention work, G04",
    review_on=date(2027, 11, 1),
)
