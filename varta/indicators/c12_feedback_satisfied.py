"""C12: share of residents who are satisfied with the response."""

from datetime import date

from varta.figures import Indicator, Share

indicator = Indicator(
    code="C12",
    title={"uk": "Задоволені відповіддю", "en": "Satisfied with the response"},
    definition={
        "uk": "Відгуки за період, у яких мешканець відповів «так» на запитання, чи задоволений він відповіддю поліції, серед усіх відгуків. Хто не відповів, того не лічать.",
        "en": "Answers of the period in which the resident said “yes” to being satisfied with the response, among all answers. Who did not answer is not counted.",
    },
    measure=Share("call.feedback", part="f.satisfied = 'yes'"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, C12",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
