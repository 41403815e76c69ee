"""Reading the record of a step from what a form, a phone or a file sent, and writing it plainly.

Both are called for every entry: what can be known from the record class is prepared once.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from varta.law.errors import RecordInvalid, Text
from varta.law.fields import Field, fields_of, moment_text, plain_value

Record = TypeVar("Record")
Reader = Callable[[Any], Any]

YES = {True: True, "true": True, "yes": True, "on": True, "1": True}
NO = {False: False, "false": False, "no": False, "off": False, "0": False}
ANSWERS: dict[Any, bool] = {**YES, **NO}


class _Wrong(ValueError):
    """What is wrong with one value; args[0] is the text in both languages, without the field's title."""


@dataclass(frozen=True)
class _Plan:
    readers: tuple[tuple[str, Reader, Field], ...]
    required: tuple[tuple[str, Field], ...]
    names: frozenset[str]
    writers: tuple[tuple[str, Callable[[Any], Any]], ...]
    plain: Callable[[Any], Any] | None


_PLANS: dict[type, _Plan] = {}


def read_record(record: type[Record], data: Mapping[str, Any]) -> Record:
    """Return the record that `data` describes; raise RecordInvalid, which names every wrong field.

    Values come as JSON has them, as a form's text, or as Python's own. Empty text and None
    mean "not given". Fields that the record does not know are refused.
    """
    plan = _plan(record)
    values: dict[str, Any] = {}
    errors: dict[str, Text] = {}
    for name, read, field in plan.readers:
        value = data.get(name)
        if value is None or value == "":
            continue
        try:
            values[name] = read(value)
        except _Wrong as wrong:
            errors[name] = _titled(field, wrong.args[0])
    for name, field in plan.required:
        if values.get(name, "") in ("", ()) and name not in errors:
            errors[name] = _titled(field, _MISSING)
    if not plan.names.issuperset(data):
        errors |= {str(name): _unknown(name) for name in data if name not in plan.names}
    if errors:
        raise RecordInvalid(errors)
    return record(**values)


def record_json(record: object) -> dict[str, Any]:
    """Return the record as JSON-plain values, defaults included: the same record always gives the same."""
    plan = _plan(type(record))
    plain = {name: value(record) for name, value in plan.writers}
    if plan.plain is not None:
        plan.plain(plain)
    return plain


def prepare(record: type) -> None:
    """Prepare the reading and writing of a record class, so that a fault in it shows at the start."""
    _plan(record)


def _plan(record: type) -> _Plan:
    known = _PLANS.get(record)
    if known is None:
        known = _PLANS[record] = _made(record)
    return known


def _made(record: type) -> _Plan:
    fields = fields_of(record)
    turned = tuple(each.name for each in fields if each.kind in ("day", "moment", "choices"))
    return _Plan(
        readers=tuple((each.name, _reader(each), each) for each in fields),
        required=tuple((each.name, each) for each in fields if each.required),
        names=frozenset(each.name for each in fields),
        writers=tuple((each.name, attrgetter(each.name)) for each in fields),
        plain=_turner(turned) if turned else None,
    )


def _turner(names: tuple[str, ...]) -> Callable[[dict[str, Any]], None]:
    def turn(plain: dict[str, Any]) -> None:
        for name in names:
            plain[name] = plain_value(plain[name])

    return turn


def _reader(field: Field) -> Reader:
    """Return the function that turns a given value of this field into the record's own."""
    make = {
        "text": _text,
        "integer": _integer,
        "number": _number,
        "yes_no": _yes_no,
        "day": _day,
        "moment": _moment,
        "choice": _choice,
        "choices": _choices,
    }
    return make[field.kind](field)


def _text(field: Field) -> Reader:
    long, most = field.long, field.max_length

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _wrong("очікується текст.", "text is expected.")
        text = value.strip()
        if not text.isprintable():
            text = _without_controls(text, long=long)
        if len(text) > most:
            raise _wrong(
                f"текст має {len(text)} знаків, дозволено {most}. Скоротіть його.",
                f"the text has {len(text)} characters, {most} are allowed. Shorten it.",
            )
        return text

    return read


def _without_controls(value: str, *, long: bool) -> str:
    """Return text with ordinary line ends; refuse controls, halves of a surrogate pair, turned direction."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    allowed = "\n\t" if long else "\t"
    bad = next((c for c in value if c not in allowed and _is_harmful(c)), None)
    if bad is None:
        return value
    if bad == "\n":
        raise _wrong("запишіть одним рядком.", "write it in one line.")
    raise _wrong(
        f"недрукований знак U+{ord(bad):04X}. Вилучіть його і введіть текст знову.",
        f"the unprintable character U+{ord(bad):04X}. Remove it and type the text again.",
    )


def _is_harmful(character: str) -> bool:
    """Return whether a character is a control, half of a surrogate pair, or turns the direction of text."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNS


def _integer(field: Field) -> Reader:
    bounds = _bounds(field)

    def read(value: Any) -> int:
        if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong(f"«{_short(value)}» не є цілим числом.", f"“{_short(value)}” is not a whole number.")
        if not -_BIG < value < _BIG:
            raise _wrong("число завелике.", "the number is too large.")
        return bounds(value)  # type: ignore[no-any-return]

    return read


def _number(field: Field) -> Reader:
    bounds = _bounds(field)

    def read(value: Any) -> float:
        given = value.replace(",", ".") if isinstance(value, str) else value
        if not isinstance(given, int | float | str) or isinstance(given, bool):
            given = "?"
        try:
            number = round(float(given), 6)
        except (ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise _wrong(f"«{_short(value)}» не є числом.", f"“{_short(value)}” is not a number.")
        return bounds(number + 0.0)  # type: ignore[no-any-return]

    return read


def _yes_no(field: Field) -> Reader:
    def read(value: Any) -> bool:
        known = isinstance(value, str | int)
        answer = ANSWERS.get(value.strip().lower() if isinstance(value, str) else value) if known else None
        if answer is None:
            raise _wrong("відповідь «так» або «ні».", "answer yes or no.")
        return answer

    return read


def _day(field: Field) -> Reader:
    bounds = _bounds(field)

    def read(value: Any) -> date:
        if isinstance(value, str):
            value = _day_of(value.strip())
        if not isinstance(value, date) or isinstance(value, datetime):
            raise _wrong("дата у вигляді 31.10.2019.", "a date such as 2019-10-31 is expected.")
        return bounds(value)  # type: ignore[no-any-return]

    return read


def _day_of(text: str) -> date | None:
    if len(text) == 10 and text[2] == text[5] == ".":
        text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(field: Field) -> Reader:
    bounds = _bounds(field)

    def read(value: Any) -> datetime:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.strip())
            except ValueError:
                value = None
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise _wrong(
                "дата, час і пояс у вигляді 2019-10-31T14:05+02:00.",
                "a date, time and zone such as 2019-10-31T14:05+02:00 are expected.",
            )
        try:
            value = datetime.fromisoformat(moment_text(value))
        except OverflowError:
            raise _wrong("такого року немає в обліку.", "no such year is on record.") from None
        return bounds(value)  # type: ignore[no-any-return]

    return read


def _choice(field: Field) -> Reader:
    codes = {code: code for code in field.choices or ()}
    listed = {language: _listed(field, language) for language in ("uk", "en")}

    def read(value: Any) -> str:
        code = codes.get(value) if isinstance(value, str) else None
        if code is None:
            raise _wrong(
                f"«{_short(value)}» немає в списку. Оберіть одне з: {listed['uk']}.",
                f"“{_short(value)}” is not in the list. Choose one of: {listed['en']}.",
            )
        return code

    return read


def _choices(field: Field) -> Reader:
    one, order = _choice(field), list(field.choices or ())

    def read(value: Any) -> tuple[str, ...]:
        given = value if isinstance(value, list | tuple) else [value]
        chosen = {one(each) for each in given}
        return tuple(code for code in order if code in chosen)

    return read


def _bounds(field: Field) -> Reader:
    """Return a function that refuses a value outside the field's bounds, which are inclusive."""
    least, most = field.least, field.most
    if least is None and most is None:
        return lambda value: value

    def check(value: Any) -> Any:
        if least is not None and value < least:
            raise _wrong(f"не менше ніж {least}.", f"at least {least} is expected.")
        if most is not None and value > most:
            raise _wrong(f"не більше ніж {most}.", f"at most {most} is expected.")
        return value

    return check


_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # can show a name other than it is
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_BIG = 2**53  # what every reader of JSON keeps exactly
_MISSING: Text = {"uk": "заповніть це поле.", "en": "fill in this field."}


def _wrong(uk: str, en: str) -> _Wrong:
    return _Wrong({"uk": uk, "en": en})


def _titled(field: Field, text: Text) -> Text:
    return {"uk": f"«{field.title['uk']}»: {text['uk']}", "en": f"“{field.title['en']}”: {text['en']}"}


def _unknown(name: object) -> Text:
    return {
        "uk": f"Поля «{_short(name)}» у цьому записі немає. Оновіть сторінку або приберіть поле.",
        "en": f"This record has no field “{_short(name)}”. Reload the page or leave the field out.",
    }


def _listed(field: Field, language: str) -> str:
    return ", ".join(f"{code} ({text[language]})" for code, text in (field.choices or {}).items())


def _short(value: object) -> str:
    """Return a value as a short printable text, safe to repeat in a message."""
    text = "".join(c for c in str(value) if c.isprintable())
    return text if len(text) <= 40 else text[:39] + "…"
