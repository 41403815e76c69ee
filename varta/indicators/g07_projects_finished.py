"""G07, second part: safety projects finished."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="G07-FINISHED",
    title={"uk": "Завершено безпекових проєктів", "en": "Safety projects finished"},
    definition={
        "uk": "Безпекові проєкти, завершені за період повністю або частково; припинені не враховано.",
        "en": "Safety projects finished in the period, in full or in part; stopped ones are not counted.",
    },
    measure=Count("safety_project.finish", where="f.result IN ('done', 'partly')"),
    unit={"uk": "проєктів", "en": "projects"},
    direction="more",
    source="Indicator catalogue of prevention work, G07",
    review_on=date(2027, 11, 1),
)
