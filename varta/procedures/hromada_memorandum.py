"""The memorandum with a hromada (меморандум із громадою): who gives what so that an officer may live and serve there.

Memoranda are signed by the head of the main directorate and the head of the hromada. No act that was read sets their
form or terms: what each side gives is practice, told by hromadas (premises, fuel, housing; car, equipment), and the
due days are those that the sides agreed. The articles stand here from memory.
"""

from varta.law import Law, Procedure, Step
from varta.procedures._memorandum_records import (
    Amendment,
    Application,
    Duty,
    End,
    Equipment,
    Fulfilment,
    Refusal,
    Signing,
    Station,
    StationClosed,
    Vehicle,
)
from varta.procedures.call import RADA

PARTNERSHIP = Law("580-VIII", "11", RADA + "580-19")
JOINT = Law("580-VIII", "89", RADA + "580-19")
STATIONS = Law("650/2017", "*", RADA + "z1041-17")

WHO = ("coordinator", "head")

procedure = Procedure(
    code="hromada_memorandum",
    title={"uk": "Меморандум із громадою", "en": "Memorandum with a hromada"},
    sensitivity="restricted",
    steps=(
        Step("apply", {"uk": "Прийняти заявку громади", "en": "Take the hromada’s application"}, PARTNERSHIP,
             Application, by=WHO),
        Step("refuse", {"uk": "Відхилити заявку", "en": "Turn the application down"}, PARTNERSHIP, Refusal, by=WHO,
             after="apply", closes=True),
        Step("sign", {"uk": "Підписати меморандум", "en": "Sign the memorandum"}, JOINT, Signing, by=WHO,
             after="apply"),
        Step("promise", {"uk": "Записати обов’язок", "en": "Enter a duty"}, JOINT, Duty, by=WHO, after="sign",
             once=False),
        Step("fulfil", {"uk": "Записати виконання обов’язку", "en": "Enter a duty as met"}, JOINT, Fulfilment, by=WHO,
             after="promise", once=False),
        Step("station", {"uk": "Відкрити поліцейську станцію", "en": "Open a police station"}, STATIONS, Station,
             by=WHO, after="sign", once=False),
        Step("close_station", {"uk": "Закрити поліцейську станцію", "en": "Close a police station"}, STATIONS,
             StationClosed, by=WHO, after="station", once=False),
        Step("vehicle", {"uk": "Передати автомобіль", "en": "Give a vehicle"}, JOINT, Vehicle, by=WHO, after="sign",
             once=False),
        Step("equipment", {"uk": "Передати обладнання", "en": "Give equipment"}, JOINT, Equipment, by=WHO,
             after="sign", once=False),
        Step("amend", {"uk": "Змінити умови", "en": "Amend"}, JOINT, Amendment, by=WHO, after="sign", once=False),
        Step("end", {"uk": "Припинити меморандум", "en": "End the memorandum"}, JOINT, End, by=WHO, after="sign",
             closes=True),
    ),
)  # fmt: skip
