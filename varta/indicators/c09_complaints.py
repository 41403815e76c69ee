"""C09 by type: complaints."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C09-COMPLAINT",
    title={"uk": "Скарги", "en": "Complaints"},
    definition={
        "uk": "Звернення за період, що є скаргами.",
        "en": "Appeals of the period that are complaints.",
    },
    measure=Count("appeal.receive", where="f.kind = 'complaint'"),
    unit={"uk": "звернень", "en": "appeals"},
    direction="neither",
    source="Indicator catalogue of prevention work, C09",
    review_on=date(2027, 11, 1),
)
