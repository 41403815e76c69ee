"""G02-INTERNSHIP: on internship for hromada officers on the last day of the period."""

from datetime import date

from varta.figures import Indicator, Stock
from varta.indicators.g01_officers_serving import MOVES

indicator = Indicator(
    code="G02-INTERNSHIP",
    title={"uk": "Стажуються на офіцерів громад", "en": "On internship for hromada officers"},
    definition={
        "uk": "Люди, які стажуються в громаді й ще не призначені, станом на останній день періоду.",
        "en": "People on internship in a hromada who are not yet appointed, on the last day of the period.",
    },
    measure=Stock("internship", MOVES),
    unit={"uk": "осіб", "en": "people"},
    direction="neither",
    source="Indicator catalogue of prevention work, G02",
    review_on=date(2027, 11, 1),
)
