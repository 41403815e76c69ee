"""G08-HROMADA: duties of memoranda that hromadas met in time."""

from datetime import date

from varta.figures import Indicator, PromisesKept

indicator = Indicator(
    code="G08-HROMADA",
    title={"uk": "Виконання меморандумів громадами", "en": "Memorandum duties met by hromadas"},
    definition={
        "uk": "Обов’язки громад за меморандумами, виконані не пізніше строку, серед тих, строк яких припав на період. Обов’язки поліції рахують окремо.",
        "en": "Duties of hromadas under memoranda that were met by their day, among those that fell due in the period. Duties of the police are counted apart.",
    },
    measure=PromisesKept(
        "hromada_memorandum.promise", "hromada_memorandum.fulfil", where="f.side = 'hromada'"
    ),
    unit={"uk": "частка", "en": "share"},
    direction="more",
    source="Indicator catalogue of prevention work, G08",
    review_on=date(2027, 11, 1),
    decimals=1,
    percent=True,
)
