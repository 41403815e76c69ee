"""Words of the statement in both languages; the forms beside numbers are named as CLDR names them."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["uk", "en"]

LANGUAGES: Mapping[Language, Mapping[str, str]] = {
    "uk": {
        "day": "d MMMM y 'року'",
        "where": "Станом на {day} програма «Поліцейський офіцер громади» діє",
        "nobody": "Станом на {day} у програмі «Поліцейський офіцер громади» нікого немає.",
        "each": " (відповідно ",
        "and": " та ",
    },
    "en": {
        "day": "d MMMM y",
        "where": "As of {day} the Hromada Police Officer programme works",
        "nobody": "As of {day} nobody is in the Hromada Police Officer programme.",
        "each": " (",
        "and": " and ",
    },
}

FORMS: Mapping[Language, Mapping[str, Mapping[str, str]]] = {
    "uk": {
        "officer": {
            "one": "поліцейський офіцер",
            "few": "поліцейські офіцери",
            "many": "поліцейських офіцерів",
        },
        "serving": {
            "one": "поліцейський офіцер служить",
            "few": "поліцейські офіцери служать",
            "many": "поліцейських офіцерів служать",
        },
        "interning": {
            "one": "особа проходить стажування",
            "few": "особи проходять стажування",
            "many": "осіб проходять стажування",
        },
        "training": {
            "one": "особа проходить спеціальне навчання",
            "few": "особи проходять спеціальне навчання",
            "many": "осіб проходять спеціальне навчання",
        },
        "leave": {
            "one": "офіцер перебуває у відпустці чи відрядженні",
            "few": "офіцери перебувають у відпустці чи відрядженні",
            "many": "офіцерів перебувають у відпустці чи відрядженні",
        },
        "candidate": {
            "one": "кандидат проходить відбір",
            "few": "кандидати проходять відбір",
            "many": "кандидатів проходять відбір",
        },
    },
    "en": {
        "region": {"one": "region", "other": "regions"},
        "hromada": {"one": "hromada", "other": "hromadas"},
        "serving": {"one": "officer is serving", "other": "officers are serving"},
        "interning": {"one": "person is on internship", "other": "people are on internship"},
        "training": {"one": "person is in special training", "other": "people are in special training"},
        "leave": {
            "one": "officer is on leave or a mission elsewhere",
            "other": "officers are on leave or a mission elsewhere",
        },
        "candidate": {"one": "candidate is being selected", "other": "candidates are being selected"},
    },
}
