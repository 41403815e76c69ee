"""C01: calls and reports registered."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C01",
    title={"uk": "Зареєстровано викликів і повідомлень", "en": "Calls and reports registered"},
    definition={
        "uk": "Кількість повідомлень, зареєстрованих в єдиному обліку за період, за часом надходження.",
        "en": "Reports entered into the unified record in the period, by the time they came.",
    },
    measure=Count("call.receive"),
    unit={"uk": "викликів", "en": "calls"},
    direction="neither",
    source="Indicator catalogue of prevention work, C01",
    review_on=date(2027, 11, 1),
)
