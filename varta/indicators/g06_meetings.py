"""G06-MEETINGS: open meetings with local self-government that were held."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="G06-MEETINGS",
    title={"uk": "Зустрічі з місцевою владою", "en": "Meetings with local self-government"},
    definition={
        "uk": "Відкриті зустрічі з органами місцевого самоврядування, проведені за період (закон 580-VIII, стаття 88). Заплановані й ті, що не відбулися, не враховано.",
        "en": "Open meetings with local self-government held in the period (law 580-VIII, article 88). Planned and missed ones are not counted.",
    },
    measure=Count("local_meeting.hold"),
    unit={"uk": "зустрічей", "en": "meetings"},
    direction="more",
    source="Law 580-VIII, article 88",
    review_on=date(2027, 11, 1),
)
