"""C07: median time until a crew is sent."""

from datetime import date

from varta.figures import Indicator, Quantile

indicator = Indicator(
    code="C07",
    title={"uk": "Медіана часу призначення", "en": "Median dispatch time"},
    definition={
        "uk": "Половина перших направлень наряду за період сталася не пізніше ніж за стільки хвилин від надходження виклику.",
        "en": "Half of the first dispatches in the period took no longer than so many minutes from the receipt of the call.",
    },
    measure=Quantile("call.assign", 0.5),
    unit={"uk": "хвилин", "en": "minutes"},
    direction="less",
    source="Indicator catalogue of prevention work, C07",
    review_on=date(2027, 11, 1),
    decimals=1,
)
