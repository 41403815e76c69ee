"""I02, second part: handovers to the criminal block that were sent."""

from datetime import date

from varta.figures import Count, Indicator

indicator = Indicator(
    code="I02-SENT",
    title={"uk": "Надіслані передання матеріалів", "en": "Handovers sent"},
    definition={
        "uk": "Спільні завдання виду «передання матеріалів», надіслані за період.",
        "en": "Joint tasks of the kind “handover of materials” sent in the period.",
    },
    measure=Count("joint_task.send", where="f.kind = 'handover'"),
    unit={"uk": "передань", "en": "handovers"},
    direction="neither",
    source="Indicator catalogue of prevention work, I02; order 575/2017",
    review_on=date(2027, 11, 1),
)
