"""C03: share of checked calls that were confirmed on site."""

from datetime import date

from varta.figures import Indicator, Share

indicator = Indicator(
    code="C03",
    title={"uk": "Частка підтверджених", "en": "Confirmed share"},
    definition={
        "uk": "Завершені за період виклики, подія яких підтвердилася на місці, серед завершених, де це перевіряли.",
        "en": "Calls closed in the period whose event was confirmed on site, among those closed where somebody checked.",
    },
    measure=Share("call.close", part="f.confirmed", whole="f.confirmed IS NOT NULL"),
    unit={"uk": "частка", "en": "share"},
    direction="neither",
    source="Indicator catalogue of prevention work, C03",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
