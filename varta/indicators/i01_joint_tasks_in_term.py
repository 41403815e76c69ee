"""I01: joint tasks reported in term."""

from datetime import date

from varta.figures import Indicator, KeptInTerm

indicator = Indicator(
    code="I01",
    title={"uk": "Спільні завдання, виконані у строк", "en": "Joint tasks done in term"},
    definition={
        "uk": "Спільні завдання превентивних і кримінальних підрозділів, про результат яких доповіли у строк, серед тих, строк яких сплив у періоді. Повернуті до строку не враховано. Десять днів – звичайна практика доручень, її не підтверджено.",
        "en": "Joint tasks of prevention and the criminal block whose result was reported in term, among those whose term ran out in the period. Those sent back before are not counted. Ten days are the ordinary practice of assignments and not confirmed.",
    },
    measure=KeptInTerm("joint_task.send", "joint_task.report", dropped_by=("joint_task.send_back",)),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, I01; order 575/2017",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
