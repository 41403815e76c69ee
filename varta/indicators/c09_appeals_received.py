"""C09: citizens' appeals received."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C09",
    title={"uk": "Надійшло звернень громадян", "en": "Appeals received"},
    definition={
        "uk": "Кількість звернень, зареєстрованих за період.",
        "en": "Appeals registered in the period.",
    },
    measure=Count("appeal.receive"),
    unit={"uk": "звернень", "en": "appeals"},
    direction="neither",
    source="Indicator catalogue of prevention work, C09",
    review_on=date(2027, 11, 1),
)
