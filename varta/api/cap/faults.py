"""What may be wrong with a CAP message, in both languages."""

from collections.abc import Mapping

from varta.api.partners.refusals import Fault

TEXTS: Mapping[str, tuple[str, str]] = {
    "xml": ("Це не правильний XML: {detail}", "This is not well-formed XML: {detail}"),
    "xml-unsafe": (
        "Оголошення DTD, сутності та зовнішні посилання в XML не приймаємо.",
        "XML with a DTD, entities or external references is not taken.",
    ),
    "not-cap": (
        "Очікуємо елемент alert у просторі назв CAP 1.2 ({detail}).",
        "The element alert in the namespace of CAP 1.2 is expected ({detail}).",
    ),
    "too-many-elements": ("У повідомленні забагато елементів.", "The message has too many elements."),
    "unknown-element": (
        "Елемента {detail} тут у CAP 1.2 немає.",
        "CAP 1.2 has no element {detail} here.",
    ),
    "unknown-attribute": ("Елементи CAP 1.2 не мають атрибутів.", "Elements of CAP 1.2 have no attributes."),
    "order": ("Елемент {detail} стоїть не на своєму місці.", "The element {detail} is out of order."),
    "repeated": ("Елемент {detail} може бути лише один.", "The element {detail} may come once only."),
    "missing": ("Бракує обов’язкового елемента {detail}.", "The required element {detail} is missing."),
    "empty": ("Елемент порожній.", "The element is empty."),
    "stray-text": ("Між елементами стоїть текст.", "There is text between the elements."),
    "holds-elements": ("Тут має бути текст, а не елементи.", "There must be text here, not elements."),
    "choice": ("Значення має бути одним з: {detail}.", "The value must be one of: {detail}."),
    "moment": (
        "Очікуємо час на зразок 2026-03-02T11:15:30+02:00: із секундами і числовим зсувом, без літери Z.",
        "A time such as 2026-03-02T11:15:30+02:00 is expected: seconds and a numeric offset, not the letter Z.",
    ),
    "name": (
        "Без пробілів, ком, знаків < і &, до 200 символів.",
        "No spaces, no commas, no < and &, up to 200 characters.",
    ),
    "words": ("Лапки не закриті.", "A quotation mark is not closed."),
    "references": (
        "Кожне посилання має вигляд sender,identifier,sent.",
        "Each reference has the form sender,identifier,sent.",
    ),
    "language": ("Це не код мови за RFC 3066.", "This is not a language code of RFC 3066."),
    "address": ("Адреса не має пробілів.", "An address has no spaces."),
    "mime": ("Це не тип MIME.", "This is not a MIME type."),
    "number": ("Це не число.", "This is not a number."),
    "base64": ("Вміст файлу має бути в base64.", "The content of a file must be in base64."),
    "resource-large": ("Файл завеликий: до 256 КіБ.", "The file is too large: up to 256 KiB."),
    "digest": (
        "Очікуємо SHA-1 вмісту, 40 шістнадцяткових цифр.",
        "The SHA-1 of the content in 40 hexadecimal digits is expected.",
    ),
    "digest-other": (
        "Вміст файлу не відповідає digest.",
        "The content of the file does not match its digest.",
    ),
    "point": (
        "Очікуємо широту і довготу WGS 84 через кому: 48.5488,34.8539.",
        "Latitude and longitude in WGS 84 parted by a comma are expected: 48.5488,34.8539.",
    ),
    "polygon-short": ("Многокутник має щонайменше чотири точки.", "A polygon has at least four points."),
    "polygon-open": (
        "Остання точка многокутника має бути такою ж, як перша.",
        "The last point of a polygon must be the first one again.",
    ),
    "circle": (
        "Очікуємо центр і радіус у кілометрах: 48.5488,34.8539 2.5.",
        "Centre and radius in kilometres are expected: 48.5488,34.8539 2.5.",
    ),
    "ceiling-without-altitude": (
        "Верхня межа (ceiling) буває лише разом з altitude.",
        "A ceiling comes only together with an altitude.",
    ),
    "restriction-missing": (
        "Для scope Restricted потрібен елемент restriction.",
        "The scope Restricted needs the element restriction.",
    ),
    "restriction-unasked": (
        "Елемент restriction буває лише для scope Restricted.",
        "The element restriction comes only with the scope Restricted.",
    ),
    "addresses-missing": (
        "Для scope Private потрібен елемент addresses.",
        "The scope Private needs the element addresses.",
    ),
    "references-missing": (
        "Для {detail} потрібен елемент references.",
        "A message of type {detail} needs the element references.",
    ),
    "expires-early": (
        "Строк дії закінчується раніше, ніж повідомлення надіслано або почало діяти.",
        "It expires before it was sent or took effect.",
    ),
}


def fault(code: str, at: str, detail: str = "") -> Fault:
    """Return the fault of this code at a place of the message."""
    uk, en = TEXTS[code]
    shown = "".join(sign for sign in detail if sign.isprintable())[:120]
    return Fault(code, uk.format(detail=shown), en.format(detail=shown), at=at)
