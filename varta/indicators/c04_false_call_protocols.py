"""C04: protocols for false calls (КУпАП 183)."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="C04",
    title={"uk": "Протоколи за неправдивий виклик", "en": "Protocols for false calls"},
    definition={
        "uk": "Кількість протоколів за статтею 183 КУпАП, складених за період. Невідомо, якщо джерело не фіксує протоколів.",
        "en": "Protocols under article 183 of the Code of Administrative Offences drawn up in the period. Unknown where the source records no protocols.",
    },
    measure=Count("call.false_call", recorded="false_call"),
    unit={"uk": "протоколів", "en": "protocols"},
    direction="neither",
    source="Indicator catalogue of prevention work, C04",
    review_on=date(2027, 11, 1),
)
