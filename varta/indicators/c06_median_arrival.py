"""C06: median time of arrival."""

from datetime import date

from varta.figures import Indicator, Quantile

indicator = Indicator(
    code="C06",
    title={"uk": "Медіана часу прибуття", "en": "Median time of arrival"},
    definition={
        "uk": "Половина прибуттів за період сталася не пізніше ніж за стільки хвилин від надходження виклику; перше прибуття у справі.",
        "en": "Half of the arrivals in the period took no longer than so many minutes from the receipt of the call; the first arrival of a case.",
    },
    measure=Quantile("call.arrive", 0.5),
    unit={"uk": "хвилин", "en": "minutes"},
    direction="less",
    source="Indicator catalogue of prevention work, C06",
    review_on=date(2027, 11, 1),
    decimals=1,
)
