"""C11: share of answered appeals whose term had been extended."""

from datetime import date

from varta.figures import Indicator, ShareWith

indicator = Indicator(
    code="C11",
    title={"uk": "Звернення з продовженим строком", "en": "Appeals extended"},
    definition={
        "uk": "Відповіді на звернення, надані за період, строк розгляду яких керівник продовжував, серед усіх відповідей за період.",
        "en": "Replies to appeals given in the period for which the head had extended the term, among all replies of the period.",
    },
    measure=ShareWith("appeal.reply", "appeal.extend"),
    unit={"uk": "частка", "en": "share"},
    direction="less",
    source="Indicator catalogue of prevention work, C11",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
