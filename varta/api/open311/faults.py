"""What may be wrong with a request of Open311, in both languages, with the status that GeoReport v2 gives it."""

from collections.abc import Mapping

from varta.api.partners.refusals import Fault, Refused

# The standard knows 404 for what is not there, 403 for keys, and 400 for all else; 429 came after it.
STATUSES: Mapping[int, int] = {401: 403, 409: 400, 413: 400, 415: 400, 422: 400}

TEXTS: Mapping[str, tuple[str, str]] = {
    "jurisdiction-unknown": (
        "jurisdiction_id «{detail}» тут невідомий.",
        "The jurisdiction_id “{detail}” was not found here.",
    ),
    "service-missing": ("Не вказано service_code.", "The service_code was not provided."),
    "service-unknown": ("service_code «{detail}» невідомий.", "The service_code “{detail}” was not found."),
    "request-unknown": ("Такого запиту немає.", "There is no such service request."),
    "token-unknown": ("Такого token немає.", "There is no such token."),
    "content-type": (
        "Очікуємо Content-Type: application/x-www-form-urlencoded.",
        "The Content-Type application/x-www-form-urlencoded is expected.",
    ),
    "form": ("Тіло запиту не є формою в UTF-8.", "The body is not a form in UTF-8."),
    "location-missing": (
        "Потрібне місце: lat і long, або address_string, або address_id.",
        "A location is needed: lat and long, or address_string, or address_id.",
    ),
    "location-half": ("lat і long надсилають разом.", "lat and long come together."),
    "point": ("lat і long мають бути числами WGS 84.", "lat and long must be numbers of WGS 84."),
    "place-ambiguous": (
        "Адреса є у кількох місцях: {detail}. Додайте lat і long або address_id.",
        "The address exists in several places: {detail}. Add lat and long or an address_id.",
    ),
    "place-unknown": (
        "Місце за цією адресою не знайдено. Додайте lat і long або код КАТОТТГ як address_id.",
        "No place was found for this address. Add lat and long, or a code of the codifier as address_id.",
    ),
    "attribute-unknown": ("Атрибута «{detail}» тут немає.", "There is no attribute “{detail}” here."),
    "attribute-missing": ("Потрібен attribute[{detail}].", "The attribute[{detail}] is required."),
    "attribute-wrong": (
        "Значення attribute[{detail}] неправильне.",
        "The value of attribute[{detail}] is wrong.",
    ),
    "description-long": ("Опис довший за 4000 знаків.", "The description is longer than 4,000 characters."),
    "description-markup": ("Опис не може містити HTML.", "The description may not hold HTML."),
    "description-missing": ("Опишіть, про що йдеться.", "Say what it is about."),
    "too-long": ("Поле {detail} задовге.", "The field {detail} is too long."),
    "media-url": (
        "media_url має бути адресою http або https.",
        "media_url must be an address of http or https.",
    ),
    "name": ("Для звернення потрібні first_name і last_name.", "An appeal needs first_name and last_name."),
    "contact": ("Для відповіді потрібен email.", "The reply needs an email."),
    "too-many-ids": (
        "Не більше ніж {detail} service_request_id за раз.",
        "At most {detail} service_request_id at once.",
    ),
    "moment": (
        "{detail}: очікуємо час на зразок 2026-01-01T00:00:00Z.",
        "{detail}: a time such as 2026-01-01T00:00:00Z is expected.",
    ),
    "range-backwards": ("end_date раніше за start_date.", "The end_date lies before the start_date."),
    "range-long": ("Проміжок не може бути довшим за 90 днів.", "The range may not be longer than 90 days."),
    "status": ("status буває open або closed.", "The status is open or closed."),
}


def fault(code: str, at: str = "", detail: str = "") -> Fault:
    """Return the fault of this code at a parameter."""
    uk, en = TEXTS[code]
    shown = "".join(sign for sign in detail if sign.isprintable())[:400]
    return Fault(code, uk.format(detail=shown), en.format(detail=shown), at=at)


def refused(code: str, at: str = "", detail: str = "", *, status: int = 400) -> Refused:
    """Return the refusal for one fault."""
    return Refused(status, fault(code, at, detail))
