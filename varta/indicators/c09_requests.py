"""C09 by type: requests."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C09-REQUEST",
    title={"uk": "Заяви (клопотання)", "en": "Requests"},
    definition={
        "uk": "Звернення за період, що є заявами чи клопотаннями.",
        "en": "Appeals of the period that are requests or petitions.",
    },
    measure=Count("appeal.receive", where="f.kind = 'request'"),
    unit={"uk": "звернень", "en": "appeals"},
    direction="neither",
    source="Indicator catalogue of prevention work, C09",
    review_on=date(2027, 11, 1),
)
