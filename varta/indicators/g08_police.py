"""G08-POLICE: duties of memoranda that the police met in time."""

from datetime import date

from varta.figures import Indicator, PromisesKept

indicator = Indicator(
    code="G08-POLICE",
    title={"uk": "Виконання меморандумів поліцією", "en": "Memorandum duties met by the police"},
    definition={
        "uk": "Обов’язки поліції за меморандумами з громадами, виконані не пізніше строку, серед тих, строк яких припав на період. Обов’язки громади рахують окремо.",
        "en": "Duties of the police under memoranda with hromadas that were met by their day, among those that fell due in the period. Duties of hromadas are counted apart.",
    },
    measure=PromisesKept(
        "hromada_memorandum.promise", "hromada_memorandum.fulfil", where="f.side = 'police'"
    ),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, G08",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
