"""The oblasts of Ukraine: what their names become in sentences, which no rule of grammar gives safely."""

from typing import NamedTuple


class Oblast(NamedTuple):
    """Names of an oblast, and its number in GeoNames (admin1code)."""

    title: str
    title_en: str
    inside: str  # the locative with its preposition, as in the names of main directorates
    geonames: str


# The key is the second pair of characters of a КАТОТТГ code.
OBLASTS = {
    "01": Oblast(
        "Автономна Республіка Крим", "Autonomous Republic of Crimea", "в Автономній Республіці Крим", "11"
    ),
    "05": Oblast("Вінницька область", "Vinnytsia oblast", "у Вінницькій області", "23"),
    "07": Oblast("Волинська область", "Volyn oblast", "у Волинській області", "24"),
    "12": Oblast("Дніпропетровська область", "Dnipropetrovsk oblast", "в Дніпропетровській області", "04"),
    "14": Oblast("Донецька область", "Donetsk oblast", "в Донецькій області", "05"),
    "18": Oblast("Житомирська область", "Zhytomyr oblast", "в Житомирській області", "27"),
    "21": Oblast("Закарпатська область", "Zakarpattia oblast", "в Закарпатській області", "25"),
    "23": Oblast("Запорізька область", "Zaporizhzhia oblast", "в Запорізькій області", "26"),
    "26": Oblast("Івано-Франківська область", "Ivano-Frankivsk oblast", "в Івано-Франківській області", "06"),
    "32": Oblast("Київська область", "Kyiv oblast", "в Київській області", "13"),
    "35": Oblast("Кіровоградська область", "Kirovohrad oblast", "в Кіровоградській області", "10"),
    "44": Oblast("Луганська область", "Luhansk oblast", "в Луганській області", "14"),
    "46": Oblast("Львівська область", "Lviv oblast", "у Львівській області", "15"),
    "48": Oblast("Миколаївська область", "Mykolaiv oblast", "в Миколаївській області", "16"),
    "51": Oblast("Одеська область", "Odesa oblast", "в Одеській області", "17"),
    "53": Oblast("Полтавська область", "Poltava oblast", "в Полтавській області", "18"),
    "56": Oblast("Рівненська область", "Rivne oblast", "в Рівненській області", "19"),
    "59": Oblast("Сумська область", "Sumy oblast", "в Сумській області", "21"),
    "61": Oblast("Тернопільська область", "Ternopil oblast", "в Тернопільській області", "22"),
    "63": Oblast("Харківська область", "Kharkiv oblast", "в Харківській області", "07"),
    "65": Oblast("Херсонська область", "Kherson oblast", "в Херсонській області", "08"),
    "68": Oblast("Хмельницька область", "Khmelnytskyi oblast", "в Хмельницькій області", "09"),
    "71": Oblast("Черкаська область", "Cherkasy oblast", "в Черкаській області", "01"),
    "73": Oblast("Чернівецька область", "Chernivtsi oblast", "в Чернівецькій області", "03"),
    "74": Oblast("Чернігівська область", "Chernihiv oblast", "в Чернігівській області", "02"),
    "80": Oblast("м. Київ", "Kyiv city", "у м. Києві", "12"),
    "85": Oblast("м. Севастополь", "Sevastopol city", "у м. Севастополі", "20"),
}
