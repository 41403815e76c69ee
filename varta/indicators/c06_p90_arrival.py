"""C06, second part: the 90th percentile of the time of arrival."""

from datetime import date

from varta.figures import Indicator, Quantile

indicator = Indicator(
    code="C06-P90",
    title={"uk": "90-й процентиль часу прибуття", "en": "90th percentile of the time of arrival"},
    definition={
        "uk": "Дев'ять із десяти прибуттів за період сталися не пізніше ніж за стільки хвилин від надходження виклику.",
        "en": "Nine of ten arrivals in the period took no longer than so many minutes from the receipt of the call.",
    },
    measure=Quantile("call.arrive", 0.9),
    unit={"uk": "хвилин", "en": "minutes"},
    direction="less",
    source="Indicator catalogue of prevention work, C06",
    review_on=date(2027, 11, 1),
    decimals=1,
)
