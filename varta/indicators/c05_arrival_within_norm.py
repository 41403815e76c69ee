"""C05: share of arrivals within the norm for category and zone."""

from datetime import date

from varta.figures import Indicator, Share

indicator = Indicator(
    code="C05",
    title={"uk": "Прибуття у норматив", "en": "Arrival within the norm"},
    definition={
        "uk": "Прибуття за період, що сталися в межах нормативу для категорії та зони, серед прибуттів, для яких норматив відомий. Нормативи, позначені як неперевірені, чекають на юриста.",
        "en": "Arrivals in the period that kept the norm of their category and zone, among arrivals for which a norm is known. Norms marked unverified wait for a lawyer.",
    },
    measure=Share("call.arrive", part='f."at" < f.late_from', whole="f.late_from IS NOT NULL"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, C05",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
