"""G02: candidates who came to serve."""

from datetime import date

from varta.figures import Indicator, ShareWith

indicator = Indicator(
    code="G02-CONVERSION",
    title={"uk": "Кандидати, що стали офіцерами", "en": "Candidates who became officers"},
    definition={
        "uk": "Частка тих, хто подав анкету за період, кого до сьогодні призначено до громади. Хто ще на шляху, рахується як не призначений.",
        "en": "Share of those who applied in the period who were appointed to a hromada by today. Those still on the way count as not appointed.",
    },
    measure=ShareWith("officer_training.apply", "officer_training.appoint"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, G02",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
