"""I03: units with a joint task in the last 30 days."""

from datetime import date

from varta.figures import Indicator, UnitsWith

indicator = Indicator(
    code="I03",
    title={"uk": "Охоплення взаємодією", "en": "Interaction coverage"},
    definition={
        "uk": "Частка підрозділів превенції та кримінального блоку, за якими в останні 30 днів періоду зареєстровано хоча б одне спільне завдання, серед усіх таких підрозділів, що існували в його останній день. За територіями невідомо: підрозділ відповідає за кілька місць одразу; дивіться за управліннями та підрозділами.",
        "en": "Share of the units of prevention and of the criminal block with at least one joint task in the last 30 days of the period, among all such units that stood on its last day. Unknown by places, as a unit answers for several: look by directorates and units.",
    },
    measure=UnitsWith("joint_task.send", days=30),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, I03; order 575/2017",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
