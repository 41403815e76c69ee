"""C12-RECEPTIONS: residents received in person."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C12-RECEPTIONS",
    title={"uk": "Особисті прийоми", "en": "Residents received in person"},
    definition={
        "uk": "Відвідувачі, записані до журналу особистого прийому за період.",
        "en": "Visitors entered in the journal of personal reception in the period.",
    },
    measure=Count("personal_reception.receive"),
    unit={"uk": "прийомів", "en": "receptions"},
    direction="neither",
    source="Law 393/96-ВР, article 22",
    review_on=date(2027, 11, 1),
)
