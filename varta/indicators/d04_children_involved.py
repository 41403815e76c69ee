"""D04: facts with a child as victim, witness or offender."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="D04",
    title={"uk": "Факти за участю дітей", "en": "Facts with children"},
    definition={
        "uk": "Факти домашнього насильства, зареєстровані за період, у яких дитина є постраждалою, свідком або кривдником. Рахуються факти, а не діти: скільки дітей, крок реєстрації не фіксує.",
        "en": "Facts of domestic violence registered in the period in which a child is victim, witness or offender. Facts are counted and not children: how many there were the step does not record.",
    },
    measure=Count("domestic_violence.register", where="f.children"),
    unit={"uk": "фактів", "en": "facts"},
    direction="less",
    source="Indicator catalogue of prevention work, D04, as far as the step records it",
    review_on=date(2027, 11, 1),
)
