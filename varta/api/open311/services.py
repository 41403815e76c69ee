"""Which matters come through Open311, and what becomes of them here. Data; `varta partner tables` prints it.

Non-urgent matters of the police only: what is urgent goes to 102, what is not the police's to whom it belongs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]


def _text(uk: str, en: str) -> Text:
    return {"uk": uk, "en": en}


@dataclass(frozen=True)
class Attribute:
    """A question that a service asks besides place and description."""

    code: str
    datatype: str  # string, number, datetime, text, singlevaluelist, multivaluelist
    required: bool
    description: Text
    hint: Text | None = None
    values: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Service:
    """A matter that is taken: as a call of this kind and category, or as an appeal of this kind."""

    code: str
    name: Text
    description: Text
    group: Text
    keywords: str
    notice: Text
    call: tuple[str, str] | None = None  # kind of event, category
    appeal: tuple[str, str] | None = None  # kind of appeal, subject
    attributes: tuple[Attribute, ...] = ()


_ORDER = _text("Громадський порядок", "Public order")
_ROADS = _text("Дороги й транспорт", "Roads and vehicles")
_DIALOGUE = _text("Діалог з поліцією", "Dialogue with the police")
_SOON = _text(
    "Повідомлення зареєстровано. Поліція реагує в звичайному режимі; якщо стане небезпечно, дзвоніть 102.",
    "The report is registered. The police respond in the ordinary mode; call 102 if it becomes dangerous.",
)
_LATER = _text(
    "Повідомлення зареєстровано. Наряд не виїжджає негайно: офіцер громади розгляне його на службі.",
    "The report is registered. No crew is sent at once: the hromada officer sees to it on duty.",
)
_APPEAL = _text(
    "Звернення зареєстровано за законом «Про звернення громадян». Відповідь надійде на електронну адресу.",
    "The appeal is registered under the law on appeals of citizens. The reply comes to the e-mail address.",
)
_PLATE = Attribute(
    "plate",
    "string",
    required=False,
    description=_text("Номерний знак, якщо його видно", "The number plate, if it can be seen"),
    hint=_text("АЕ 0000 АА", "AE 0000 AA"),
)
_RESIDENCE = Attribute(
    "residence",
    "string",
    required=True,
    description=_text(
        "Ваше місце проживання: без нього закон не дає розглянути звернення.",
        "Your place of residence: without it the law does not let an appeal be considered.",
    ),
)

SERVICES: Mapping[str, Service] = {
    service.code: service
    for service in (
        Service(
            "noise",
            _text("Порушення тиші", "Noise"),
            _text(
                "Гучна музика, ремонт, крики у тихі години.",
                "Loud music, repairs or shouting in quiet hours.",
            ),
            _ORDER,
            "шум, музика, ремонт, noise, music",
            _SOON,
            call=("noise", "gamma"),
            attributes=(
                Attribute(
                    "repeated",
                    "singlevaluelist",
                    required=True,
                    description=_text("Чи повторюється це?", "Does it happen again and again?"),
                    values=(
                        ("once", _text("Уперше", "For the first time")),
                        ("often", _text("Часто", "Often")),
                    ),
                ),
            ),
        ),
        Service(
            "abandoned_vehicle",
            _text("Покинутий автомобіль", "Abandoned vehicle"),
            _text("Стоїть давно, розбитий або заважає.", "It has stood for long, is wrecked or in the way."),
            _ROADS,
            "автомобіль, покинутий, vehicle, abandoned",
            _LATER,
            call=("traffic", "delta"),
            attributes=(
                _PLATE,
                Attribute(
                    "since",
                    "datetime",
                    required=False,
                    description=_text("Відколи стоїть", "Since when it has stood there"),
                ),
            ),
        ),
        Service(
            "parking",
            _text("Порушення паркування", "Wrong parking"),
            _text("Авто заважає людям або транспорту.", "A vehicle is in the way of people or traffic."),
            _ROADS,
            "паркування, тротуар, parking, pavement",
            _SOON,
            call=("traffic", "gamma"),
            attributes=(
                _PLATE,
                Attribute(
                    "blocks",
                    "multivaluelist",
                    required=True,
                    description=_text("Що саме перекрито", "What is blocked"),
                    values=(
                        ("pavement", _text("Тротуар", "Pavement")),
                        ("crossing", _text("Перехід", "Crossing")),
                        ("yard", _text("Виїзд із двору", "Way out of a yard")),
                        (
                            "disabled",
                            _text("Місце для людей з інвалідністю", "Place for people with disabilities"),
                        ),
                        ("other", _text("Інше", "Something else")),
                    ),
                ),
            ),
        ),
        Service(
            "vandalism",
            _text("Пошкоджене майно громади", "Damaged public property"),
            _text("Розбиті лавки, зупинки, вікна, написи.", "Broken benches, stops or windows, graffiti."),
            _ORDER,
            "вандалізм, графіті, лавка, vandalism, graffiti",
            _LATER,
            call=("damage", "gamma"),
        ),
        Service(
            "drinking",
            _text("Розпивання алкоголю в громадському місці", "Drinking alcohol in public"),
            _text(
                "На дитячому майданчику, у під’їзді, у парку.", "At a playground, in an entrance, in a park."
            ),
            _ORDER,
            "алкоголь, майданчик, alcohol, playground",
            _SOON,
            call=("public_order", "gamma"),
        ),
        Service(
            "animals",
            _text("Бездоглядна тварина", "Stray animal"),
            _text(
                "Тварина без нагляду, яка нікому не загрожує.",
                "An animal without its owner that threatens nobody.",
            ),
            _ORDER,
            "собака, тварина, dog, animal",
            _LATER,
            call=("animals", "delta"),
        ),
        Service(
            "found_thing",
            _text("Знайдена річ або документ", "Found thing or document"),
            _text("Ви знайшли чужі документи, ключі, телефон.", "You found documents, keys or a telephone."),
            _DIALOGUE,
            "знахідка, документи, found, documents",
            _LATER,
            call=("assistance", "delta"),
        ),
        Service(
            "patrol_wish",
            _text("Де потрібен патруль", "Where a patrol is needed"),
            _text(
                "Пропозиція, де і коли поліції варто бувати частіше.",
                "A proposal where the police should be more often.",
            ),
            _DIALOGUE,
            "патруль, безпека, patrol, safety",
            _APPEAL,
            appeal=("proposal", "safety"),
            attributes=(_RESIDENCE,),
        ),
        Service(
            "traffic_wish",
            _text("Небезпечне місце на дорозі", "Dangerous place on a road"),
            _text(
                "Пропозиція щодо знаків, переходів, швидкості.", "A proposal about signs, crossings or speed."
            ),
            _DIALOGUE,
            "перехід, швидкість, знак, crossing, speed",
            _APPEAL,
            appeal=("proposal", "traffic"),
            attributes=(_RESIDENCE,),
        ),
    )
}

# Known in applications of cities and not a matter of the police: whoever sends one is told where it belongs.
_COUNCIL = _text(
    "Це не справа поліції: зверніться до виконавчого органу ради своєї громади.",
    "This is no matter of the police: turn to the executive body of your hromada's council.",
)
REFERRED: Mapping[str, Text] = {
    "street_light": _COUNCIL,
    "pothole": _COUNCIL,
    "garbage": _COUNCIL,
    "tree": _COUNCIL,
    "water": _COUNCIL,
    "heating": _COUNCIL,
    "snow": _COUNCIL,
}

# Kinds of event that nobody may wait for: words that tell of one are sent to 102.
URGENT_KINDS = frozenset(
    {
        "murder", "injury", "sexual", "robbery", "burglary", "weapons", "mine_threat", "domestic_violence", "suicide",
        "fire", "emergency", "medical", "child", "missing_person", "traffic_injury", "death", "vehicle_theft",
    }
)  # fmt: skip
CALL_102 = _text(
    "Схоже, що це терміново. Нічого не зареєстровано: негайно дзвоніть 102.",
    "This seems urgent. Nothing was registered: call 102 at once.",
)

# What is published of how a call ended; the rest is "considered".
NOTES: Mapping[str, Text] = {
    "resolved": _text("Вирішено на місці", "Resolved on the spot"),
    "explained": _text("Надано роз’яснення", "Explained"),
    "referred": _text("Передано за належністю", "Referred to another body"),
    "no_offence": _text("Правопорушення немає", "No offence"),
    "duplicate": _text("Повторне повідомлення", "Another report of the same event"),
    "not_found": _text("На місці нікого не виявлено", "Nobody found on the spot"),
}
CONSIDERED = _text("Розглянуто", "Considered")
CHANGED = "2026-11-25 12:00"  # when this list changed last; clients refresh what they keep by it
