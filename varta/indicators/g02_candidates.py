"""G02-CANDIDATE: candidates for hromada officers on the last day of the period."""

from datetime import date

from varta.figures import Indicator, Stock
from varta.indicators.g01_officers_serving import MOVES

indicator = Indicator(
    code="G02-CANDIDATE",
    title={"uk": "Кандидати в офіцери громад", "en": "Candidates for hromada officers"},
    definition={
        "uk": "Люди, які подали анкету, ще не зараховані на курс і не вибули, станом на останній день періоду.",
        "en": "People who applied, were not yet enrolled in a course and did not drop out, on the last day of the period.",
    },
    measure=Stock("candidate", MOVES),
    unit={"uk": "осіб", "en": "people"},
    direction="neither",
    source="Indicator catalogue of prevention work, G02",
    review_on=date(2027, 11, 1),
)
