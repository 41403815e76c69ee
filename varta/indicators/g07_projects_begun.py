"""G07: safety projects begun."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="G07",
    title={"uk": "Розпочато безпекових проєктів", "en": "Safety projects begun"},
    definition={
        "uk": "Безпекові проєкти, які поліцейські офіцери громад розпочали за період.",
        "en": "Safety projects that hromada police officers began in the period.",
    },
    measure=Count("safety_project.begin"),
    unit={"uk": "проєктів", "en": "projects"},
    direction="more",
    source="Indicator catalogue of prevention work, G07",
    review_on=date(2027, 11, 1),
)
