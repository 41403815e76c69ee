"""What a step asks for: the declaration of a record's fields, read once per record class."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from varta.law.errors import Text

SHORT, LONG = 200, 10_000  # characters, unless a field says otherwise
KINDS: dict[type, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "yes_no",
    date: "day",
    datetime: "moment",
}
COUNTABLE = ("choice", "choices", "yes_no", "integer", "day", "moment")


class Choices(Mapping[str, Text]):
    """A coded list: code -> {"uk": ..., "en": ...}, in the order in which it is shown.

    Choices(city=("місто", "city"), rural=("сільська місцевість", "rural area"))
    """

    def __init__(self, **texts: tuple[str, str]) -> None:
        self._texts: dict[str, Text] = {code: {"uk": uk, "en": en} for code, (uk, en) in texts.items()}

    def __getitem__(self, code: str) -> Text:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a record, as forms, phones, the lake and the reader of records need it.

    `kind`: text, integer, number, yes_no, day, moment, choice, choices (several of a list).
    `listed`: its latest value is kept with the case for lists. `countable`: it goes to the lake.
    `personal`: it may name or describe a person. `on_forms`: people are asked for it; otherwise
    only loaders of files fill it in. `least` and `most` bound numbers and days.
    """

    name: str
    title: Text
    kind: str
    required: bool
    optional: bool  # None is a value: nothing was recorded
    default: Any
    choices: Choices | None
    long: bool
    max_length: int
    help: Text | None
    listed: bool
    countable: bool
    personal: bool
    on_forms: bool
    least: Any
    most: Any

    def as_json(self) -> dict[str, object]:
        """Return the plain form, enough to draw the field and to check it."""
        plain = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        plain["choices"] = dict(self.choices) if self.choices is not None else None
        plain["default"] = None if self.required else plain_value(self.default)
        plain["least"], plain["most"] = plain_value(self.least), plain_value(self.most)
        return plain


def asked(
    uk: str,
    en: str,
    *,
    default: Any = dataclasses.MISSING,
    choices: Choices | None = None,
    long: bool = False,
    max_length: int | None = None,
    help: tuple[str, str] | None = None,
    listed: bool = False,
    countable: bool | None = None,
    coded: bool = False,
    personal: bool | None = None,
    on_forms: bool = True,
    least: Any = None,
    most: Any = None,
) -> Any:
    """Declare a field of a record: channel: str = asked("Канал", "Channel", choices=CHANNEL).

    Without a default the field is required. Text is never countable unless it is `coded`: the code of a
    place; choices, yes/no, numbers and days are unless `countable=False`. Text without choices counts
    as personal unless it is coded or `personal=False`.
    """
    metadata = {
        "asked": {
            "title": {"uk": uk, "en": en},
            "choices": choices,
            "long": long,
            "max_length": max_length or (LONG if long else SHORT),
            "help": {"uk": help[0], "en": help[1]} if help else None,
            "listed": listed,
            "countable": countable,
            "coded": coded,
            "personal": personal,
            "on_forms": on_forms,
            "least": least,
            "most": most,
        }
    }
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """Return the fields of a record class in their order; TypeError for one that no form can ask for."""
    if not dataclasses.is_dataclass(record):
        raise TypeError(f"The record {record.__name__} is not a dataclass.")
    hints = typing.get_type_hints(record)
    return tuple(_field(each, hints[each.name]) for each in dataclasses.fields(record))


def plain_value(value: Any) -> Any:
    """Return a value as JSON has it: moments in UTC, days as ISO text, several choices as a list."""
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def moment_text(value: datetime) -> str:
    """Return an aware moment as ISO text in UTC, ending with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _field(each: "dataclasses.Field[Any]", hint: Any) -> Field:
    said = dict(each.metadata.get("asked", {}))
    choices = said.pop("choices", None)
    kind, optional = _kind(each.name, hint, choices)
    title = said.pop("title", {"uk": each.name, "en": each.name})
    countable, personal = said.pop("countable", None), said.pop("personal", None)
    free = kind == "text" and not said.get("coded")
    if countable and free:
        raise TypeError(f"The field {each.name} is free text, which is never counted.")
    return Field(
        name=each.name,
        title=title,
        kind=kind,
        required=each.default is dataclasses.MISSING,
        optional=optional,
        default=each.default,
        choices=choices,
        long=said.get("long", False),
        max_length=said.get("max_length", SHORT),
        help=said.get("help"),
        listed=said.get("listed", False),
        countable=kind in COUNTABLE or bool(said.get("coded")) if countable is None else countable,
        personal=free if personal is None else personal,
        on_forms=said.get("on_forms", True),
        least=said.get("least"),
        most=said.get("most"),
    )


def _kind(name: str, hint: Any, choices: Choices | None) -> tuple[str, bool]:
    """Return the kind of a field and whether it may be None."""
    optional = False
    if isinstance(hint, types.UnionType):
        inner = [each for each in typing.get_args(hint) if each is not types.NoneType]
        optional, hint = len(inner) < len(typing.get_args(hint)), inner[0] if len(inner) == 1 else hint
    if choices is not None and hint is str:
        return "choice", optional
    if choices is not None and hint == tuple[str, ...]:
        return "choices", optional
    if choices is None and hint in KINDS:
        return KINDS[hint], optional
    raise TypeError(f"The field {name} has the type {hint}, which no form can ask for; see law/fields.py.")
