"""G06: reports to hromadas in term."""

from datetime import date

from varta.figures import Indicator, KeptInTerm

indicator = Indicator(
    code="G06",
    title={"uk": "Звіти громаді у строк", "en": "Reports to hromadas in term"},
    definition={
        "uk": "Звіти перед громадою, оприлюднені у строк, серед тих, строк яких припав на період. Звітують щонайменше двічі на рік; шість місяців між звітами не підтверджено. Обов’язки, зняті керівником, не враховано.",
        "en": "Reports to hromadas published in term among those that fell due in the period. One reports at least twice a year; the six months between two are not confirmed. Duties ended by the head are not counted.",
    },
    measure=KeptInTerm("hromada_report.begin", "hromada_report.publish", dropped_by=("hromada_report.end",)),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, G06",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
