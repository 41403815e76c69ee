"""C09 by type: proposals."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C09-PROPOSAL",
    title={"uk": "Пропозиції (зауваження)", "en": "Proposals"},
    definition={
        "uk": "Звернення за період, що є пропозиціями чи зауваженнями.",
        "en": "Appeals of the period that are proposals or remarks.",
    },
    measure=Count("appeal.receive", where="f.kind = 'proposal'"),
    unit={"uk": "звернень", "en": "appeals"},
    direction="neither",
    source="Indicator catalogue of prevention work, C09",
    review_on=date(2027, 11, 1),
)
