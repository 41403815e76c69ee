"""How a resident's name and telephone are made searchable."""

from functools import cache, lru_cache

import phonenumbers

from varta.lib.text import skeleton, skeleton_with_doubles, sort_key

HOME_REGION, HOME_CODE = "UA", "380"
SHORTEST = 7  # digits of a whole number; fewer are a short number or a part
# How the same number begins for those who dial from abroad, between cities in the old way, and at home.
WAYS_TO_DIAL = (("00" + HOME_CODE, "0"), (HOME_CODE, "0"), ("80", "0"), ("0", "0"))

# Given names whose Ukrainian and Russian forms are further apart than one slip; patronymics follow them.
_TRANSLATED = (
    ("Микола", "Николай"), ("Володимир", "Владимир"), ("Юхим", "Ефим"), ("Опанас", "Афанасий"), ("Ганна", "Анна"),
    ("Надія", "Надежда"),
)  # fmt: skip


def phone_digits(written: str) -> str:
    """Return the number with its country code and no plus: «8 097 123-45-67» is "380971234567".

    Text that is no telephone number gives its digits alone, so that it can still be found.
    """
    digits = ascii_digits(written)
    if len(digits) < SHORTEST or (len(digits) == 12 and digits.startswith(HOME_CODE)):
        return digits
    if len(digits) == 11 and digits.startswith("80"):  # the old way to dial between cities
        written = digits[1:]
    try:
        number = phonenumbers.parse(written, HOME_REGION)
    except phonenumbers.NumberParseException:
        return digits[:20]
    return f"{number.country_code}{phonenumbers.national_significant_number(number)}"[:20]


def ascii_digits(written: str) -> str:
    """Return the digits 0 to 9 of what was written."""
    return "".join(sign for sign in written if "0" <= sign <= "9")


def dialled(digits: str) -> str:
    """Return digits from the start of a home number as they are dialled at home, else "".

    «380 97 12», «8 097 12» and «097 12» are all "09712".
    """
    for start, home in WAYS_TO_DIAL:
        if digits.startswith(start) and len(digits) > len(start):
            return home + digits.removeprefix(start)
    return ""


@lru_cache(maxsize=65536)
def stems(part: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: their skeletons, where шч is щ, as in Latin letters."""
    return tuple(skeleton(part).replace("шч", "щ").split())


def name_words(*parts: str) -> list[str]:
    """Return the words by which a name is found, sorted, each once."""
    return sorted({word for part in parts for word in stems(part)})


def spellings(word: str) -> set[str]:
    """Return the stems to look for when a word of a name is asked for.

    Doubled letters may stand for two, я and ю for two sounds or the other way round («Мар’яна» and
    «Маріана»), and a given name for the same in the neighbours' language.
    """
    found = {*stems(word), skeleton_with_doubles(word).replace("шч", "щ")}
    found |= {one.replace("я", "іа").replace("ю", "іу") for one in found}
    found |= {one.replace("іа", "я").replace("іу", "ю") for one in found}
    known = ((one, start, other) for one in found for start, other in _pairs() if one.startswith(start))
    return found | {other + one.removeprefix(start) for one, start, other in known}


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((*stems(a), *stems(b)) for pair in _TRANSLATED for a, b in (pair, pair[::-1]))  # type: ignore[misc]


def search_keys(*, surname: str, given: str, patronymic: str, phone: str) -> dict[str, object]:
    """Return the columns of a person that follow from name and telephone."""
    name = " ".join(part for part in (surname, given, patronymic) if part)
    digits = phone_digits(phone) if phone else ""
    return {
        "sort_key": sort_key(name),
        "words": name_words(name),
        "phone_digits": digits,
    }
