"""G01: hromada officers serving on the last day of the period."""

from datetime import date

from varta.figures import Indicator, Move, Stock

# What each step makes of a person, from the day that it records; see officers/way.py.
MOVES = (
    Move("officer_training.apply", "candidate", day="on", place="hromada"),
    Move("officer_training.enrol", "training", day="since"),
    Move("officer_training.begin_internship", "internship", day="since", place="hromada"),
    Move("officer_training.appoint", "serving", day="since", place="hromada"),
    Move("officer_training.transfer", "serving", day="since", place="hromada"),
    Move("officer_training.leave", "leave", day="since"),
    Move("officer_training.return", "serving", day="since"),
    Move("officer_training.dismiss", "left", day="on"),
    Move("officer_training.withdraw", "left", day="on"),
)

indicator = Indicator(
    code="G01",
    title={"uk": "Поліцейські офіцери громад, що служать", "en": "Hromada officers serving"},
    definition={
        "uk": "Поліцейські офіцери громад, які служать у громаді станом на останній день періоду; хто у відпустці чи відрядженні, не рахується.",
        "en": "Hromada police officers who serve in a hromada on the last day of the period; those on leave or a mission elsewhere are not counted.",
    },
    measure=Stock("serving", MOVES),
    unit={"uk": "офіцерів", "en": "officers"},
    direction="more",
    source="Indicator catalogue of prevention work, G01",
    review_on=date(2027, 11, 1),
)
