"""How a resident's name and telephone are made searchable."""

import phonenumbers

from varta.lib.text import grams, sort_key

HOME_REGION, HOME_CODE = "UA", "380"
SHORTEST = 7  # digits of a whole number; fewer are a short number or a part


def phone_digits(written: str) -> str:
    """Return the number with its country code and no plus: «8 097 123-45-67» is "380971234567".

    Text that is no telephone number gives its digits alone, so that it can still be found.
    """
    digits = "".join(sign for sign in written if sign.isdigit())
    if len(digits) < SHORTEST or (len(digits) == 12 and digits.startswith(HOME_CODE)):
        return digits
    if len(digits) == 11 and digits.startswith("80"):  # the old way to dial between cities
        written = digits[1:]
    try:
        number = phonenumbers.parse(written, HOME_REGION)
    except phonenumbers.NumberParseException:
        return digits[:20]
    return f"{number.country_code}{phonenumbers.national_significant_number(number)}"[:20]


def phone_grams(digits: str) -> list[str]:
    """Return the sorted groups of three digits: a number is found by any part of it."""
    return sorted({digits[place : place + 3] for place in range(len(digits) - 2)})


def search_keys(*, surname: str, given: str, patronymic: str, phone: str) -> dict[str, object]:
    """Return the columns of a person that follow from name and telephone."""
    name = " ".join(part for part in (surname, given, patronymic) if part)
    digits = phone_digits(phone) if phone else ""
    return {
        "sort_key": sort_key(name),
        "grams": grams(name),
        "phone_digits": digits,
        "phone_grams": phone_grams(digits),
    }
