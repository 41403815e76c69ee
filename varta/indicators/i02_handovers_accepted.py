"""I02: handovers to the criminal block that were accepted."""

from datetime import date

from varta.figures import Indicator, ShareWith

indicator = Indicator(
    code="I02",
    title={"uk": "Прийняті передання матеріалів", "en": "Handovers accepted"},
    definition={
        "uk": "Передання матеріалів, надіслані за період, які інша сторона до сьогодні прийняла, серед усіх надісланих за період.",
        "en": "Handovers of materials sent in the period that the other side accepted by today, among all sent in the period.",
    },
    measure=ShareWith("joint_task.send", "joint_task.accept", where="f.kind = 'handover'"),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, I02; order 575/2017",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
