"""Who is on duty in the demonstration and what happened in the last hour. Invented to the last name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from varta.people import demo

CITY, CITY_UNIT = "UA12020010010037010", "NPU-12-1202-001"  # Дніпро
PATROL = "NPU-12-1202-PR"
OFFICERS: Mapping[str, str] = {
    "demo-dozorenko": "Остап Дозоренко",
    "demo-nariadenko": "Ірина Наряденко",
    "demo-pilnyi": "Марко Пильний",
    "demo-vartova": "Соломія Вартова",
    "demo-sviriachko": "Гліб Свірячко",
    "demo-chuiko": "Дарина Чуйко",
    "demo-bystrenko": "Тарас Бистренко",
    "demo-tykha": "Леся Тиха",
    "demo-prudkyi": "Назар Прудкий",
    "demo-zirka": "Віра Зірка",
}


@dataclass(frozen=True)
class Duty:
    """A crew on its turn of duty."""

    sign: str
    force: str
    officers: tuple[str, ...]
    lat: float
    lon: float
    skills: tuple[str, ...] = ()
    vehicle: str = "Renault Duster"
    place: str = demo.RAION
    unit: str = PATROL
    pause: str = ""


CREWS = (
    Duty("Явір-1", "response", ("demo-dozorenko", "demo-nariadenko"), 48.4630, 35.0420, ("first_aid",)),
    Duty("Явір-2", "response", ("demo-pilnyi",), 48.4875, 35.0710),
    Duty("Явір-3", "response", ("demo-vartova",), 48.4300, 35.0020, ("dialogue",)),
    Duty("Грім-4", "patrol", ("demo-sviriachko",), 48.4520, 34.9650, ("traffic",), "Toyota Prius"),
    Duty("Грім-7", "patrol", ("demo-chuiko",), 48.5100, 35.0600, (), "Toyota Prius"),
    Duty("Луна-2", "response", ("demo-bystrenko",), 48.4050, 35.0500, (), pause="meal"),
    Duty("Поліна-1", "violence_group", ("demo-tykha",), 48.4700, 35.0300, ("violence", "first_aid"), "Ford Transit"),
    Duty("СОГ-1", "investigation", ("demo-prudkyi",), 48.4640, 35.0460, ("investigation",), "VW Transporter"),
    Duty("Мрія-1", "juvenile", ("yuliia",), 48.4590, 35.0250, ("juvenile", "dialogue"), unit="NPU-12-1202-PD-JP"),
    Duty("Обухівка", "hromada_officer", ("andrii",), 48.5480, 34.8560, ("first_aid", "violence"),
         place=demo.HROMADA, unit=demo.SECTOR),
    Duty("Слобода", "hromada_officer", ("maria",), 48.5320, 35.0900, ("traffic",),
         place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR),
    Duty("Явір-9", "response", ("demo-zirka",), 48.5050, 34.9300, ("weapon",)),
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A call: how many minutes ago, what and where, which crew went and how far it came."""

    ago: float
    kind: str
    category: str
    address: str
    lat: float
    lon: float
    about: str
    crew: str = ""
    far: str = ""  # "sent", "on_the_way" or "on_scene"
    short: str = ""
    zone: str = "city_zone"
    place: str = CITY
    unit: str = CITY_UNIT
    landmark: str = ""
    signs: bool = False
    caller: Mapping[str, str] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """Return what the duty officer wrote down."""
        return {
            "channel": "line_102",
            "category": self.category,
            "kind": self.kind,
            "zone": self.zone,
            "address": self.address,
            "place_words": self.landmark,
            "lat": self.lat,
            "lon": self.lon,
            "about": self.about,
            "crime_signs": self.signs,
        }


HANNA = {"surname": "Вигаданенко", "given": "Ганна", "phone": "+380 00 214 36 58"}
PETRO = {"surname": "Небувалий", "given": "Петро", "phone": "+380 00 327 45 61"}
OBUKHIVKA = {"zone": "rural", "place": demo.HROMADA, "unit": demo.SECTOR}
SLOBODA = {"zone": "rural", "place": demo.OTHER_HROMADA, "unit": demo.OTHER_SECTOR}
SCENES = (
    Scene(2, "domestic_violence", "alpha", "вул. Незалежності, 31, кв. 12", 48.4412, 35.0188,
          "Чоловік б’є дружину, у квартирі двоє дітей, двері зачинені.", caller=HANNA),
    Scene(4, "traffic_injury", "alpha", "пр. Слобожанський, 40", 48.4921, 35.0655,
          "Автомобіль збив пішохода на переході, людина притомна.", "Явір-2", "on_the_way"),
    Scene(9, "robbery", "alpha", "вул. Січових Стрільців, 18", 48.4601, 35.0358,
          "Вирвали сумку й побігли в бік набережної, двоє в темному.", "Явір-1", "on_scene", signs=True,
          landmark="біля трамвайної зупинки", caller=PETRO),
    Scene(6, "suspicious", "beta", "вул. Робоча, 77", 48.4489, 34.9987, "Невідомий заглядає в припарковані авто.",
          "Грім-4", "sent"),
    Scene(13, "burglary", "beta", "вул. Садова, 5", 48.5561, 34.8702, "Двері дачі зламано, чути кроки всередині.",
          "Обухівка", "on_the_way", signs=True, **OBUKHIVKA),
    Scene(16, "public_order", "beta", "парк Зелений гай", 48.4370, 35.0290,
          "Компанія розпиває на майданчику й чіпляється до перехожих.",
          short="Усі наряди зони на викликах, найближчий вільний — за Дніпром."),
    Scene(11, "missing_person", "beta", "вул. Мирна, 2", 48.5290, 35.0940,
          "Хлопчик десяти років не повернувся зі школи.", **SLOBODA),
    Scene(31, "noise", "gamma", "вул. Квітнева, 15", 48.4260, 35.0150, "Гучна музика з двору."),
    Scene(24, "conflict", "gamma", "пр. Науки, 101", 48.4120, 35.0440, "Сварка через паркування."),
    Scene(47, "theft", "gamma", "вул. Шевченка, 8", 48.5470, 34.8610, "Украли велосипед із під’їзду.", signs=True,
          **OBUKHIVKA),
    Scene(38, "drunk", "gamma", "пл. Вокзальна", 48.4778, 35.0159, "Нетвереза людина лежить біля входу до метро.",
          "Грім-7", "on_scene"),
    Scene(52, "fraud", "delta", "", 48.4660, 35.0500, "Сплатив за товар, якого не надіслали.", zone="unknown"),
    Scene(3, "assistance", "gamma", "вул. Центральна, 44", 48.5355, 35.0812, "Літня людина не може відчинити двері.",
          **SLOBODA),
)  # fmt: skip
