"""C08: reports without response."""

from datetime import date

from varta.figures import Indicator, Unanswered

indicator = Indicator(
    code="C08",
    title={"uk": "Без реагування", "en": "Reports without response"},
    definition={
        "uk": "Повідомлення, що надійшли за період, у яких донині немає ні прибуття, ні завершення з поясненням, ні приєднання до виклику про ту саму подію. Невідомо, якщо джерело цього не фіксує.",
        "en": "Reports of the period that to this day have neither an arrival, nor a closing with its reason, nor a joining to a call of the same event. Unknown where the source does not record these.",
    },
    measure=Unanswered(
        "call.receive", ("call.arrive", "call.close", "call.join"), recorded=("arrive", "close")
    ),
    unit={"uk": "викликів", "en": "calls"},
    direction="less",
    source="Indicator catalogue of prevention work, C08",
    review_on=date(2027, 11, 1),
)
