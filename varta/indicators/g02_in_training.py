"""G02-TRAINING: in training for hromada officers on the last day of the period."""

from datetime import date

from varta.figures import Indicator, Stock
from varta.indicators.g01_officers_serving import MOVES

indicator = Indicator(
    code="G02-TRAINING",
    title={"uk": "Навчаються на офіцерів громад", "en": "In training for hromada officers"},
    definition={
        "uk": "Люди, зараховані на спеціальний курс, які ще не почали стажування, станом на останній день періоду.",
        "en": "People enrolled in a special course who have not begun their internship, on the last day of the period.",
    },
    measure=Stock("training", MOVES),
    unit={"uk": "осіб", "en": "people"},
    direction="neither",
    source="Indicator catalogue of prevention work, G02",
    review_on=date(2027, 11, 1),
)
