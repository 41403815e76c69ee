"""How every form writes a figure for people, and the words that all forms share, in both languages."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from babel.dates import format_date

from varta.figures import Value
from varta.lib.clock import KYIV
from varta.results.pack import Figure, Head, Pack, Text, as_plain

SPACE = "\u00a0"
MINUS = "\u2212"
STATES: Mapping[str, Text] = {
    "known": {"uk": "відомо", "en": "known"},
    "unknown": {"uk": "невідомо", "en": "unknown"},
    "hidden": {"uk": "приховано", "en": "hidden"},
}
# In narrow columns, as Ukrainian statistics print them: no data, confidential. Zero is printed as zero.
SIGNS: Mapping[str, Text] = {"unknown": {"uk": "…", "en": "…"}, "hidden": {"uk": "к", "en": "c"}}
NOTABLE = {"up": "↑", "down": "↓"}
NONE = "—"
LEVELS: Mapping[str, Text] = {
    "country": {"uk": "Країна", "en": "Country"},
    "oblast": {"uk": "За областями", "en": "By oblast"},
    "raion": {"uk": "За районами", "en": "By raion"},
    "hromada": {"uk": "За громадами", "en": "By hromada"},
    "directorate": {"uk": "За головними управліннями", "en": "By main directorate"},
    "unit": {"uk": "За підрозділами", "en": "By unit"},
}
SHORT_LEVELS: Mapping[str, Text] = {
    "country": {"uk": "країна", "en": "country"},
    "oblast": {"uk": "області", "en": "oblasts"},
    "raion": {"uk": "райони", "en": "raions"},
    "hromada": {"uk": "громади", "en": "hromadas"},
    "directorate": {"uk": "управління", "en": "directorates"},
    "unit": {"uk": "підрозділи", "en": "units"},
}
UNCONTROLLED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class About(Protocol):
    """What says how a figure is written: an indicator, or its head in a pack."""

    @property
    def decimals(self) -> int: ...
    @property
    def percent(self) -> bool: ...


def shown(number: float | None, state: str, about: About, language: str) -> str:
    """Return a value as people read it: "12 345", "45,6 %", or the word for unknown or hidden."""
    return STATES[state][language] if number is None else amount(number, about, language)


def value_shown(value: Value, about: About, language: str) -> str:
    """Return a value of the engine as people read it."""
    return shown(value.number, value.state, about, language)


def figure_shown(figure: Figure, head: Head, language: str) -> tuple[str, str]:
    """Return this period's and the year before's number of a figure, as people read them."""
    return (
        shown(figure.now, figure.state, head, language),
        shown(figure.before, figure.before_state, head, language),
    )


def number_shown(number: float | None, head: Head, language: str) -> str:
    """Return a bare number as people read it, a dash for none."""
    return NONE if number is None else amount(number, head, language)


def amount(number: float, about: About, language: str, *, signed: bool = False) -> str:
    """Return a known number in the indicator's decimals; of a percentage, in percent."""
    if about.percent:
        return percent(number, language, decimals=about.decimals, signed=signed)
    return _digits(number, about.decimals, language, signed=signed)


def percent(share: float, language: str, *, decimals: int = 1, signed: bool = False) -> str:
    """Return a share as percent: "4,5 %"; English writes it "4.5%"."""
    text = _digits(share * 100, decimals, language, signed=signed)
    return f"{text}{SPACE}%" if language == "uk" else f"{text}%"


def difference(number: float | None, about: About, language: str) -> str:
    """Return a change with its sign: "+1 234", "−0,4 в. п."; a dash where it is not known."""
    if number is None:
        return NONE
    if not about.percent:
        return _digits(number, about.decimals, language, signed=True)
    points = {"uk": "в.\u00a0п.", "en": "p.p."}[language]
    return f"{_digits(number * 100, about.decimals, language, signed=True)}{SPACE}{points}"


def _digits(number: float, decimals: int, language: str, *, signed: bool = False) -> str:
    rounded = round(number, decimals) + 0.0  # no minus before a zero
    text = f"{rounded:{'+' if signed and rounded else ''},.{decimals}f}".replace("-", MINUS)
    return text.replace(",", SPACE).replace(".", ",") if language == "uk" else text.replace(",", SPACE)


def interval(figure: Figure, about: About, language: str) -> str:
    """Return the 95 % interval of this period's value, "" where the pack gives none."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (amount(one, about, language) for one in (figure.low, figure.high))
    return f"{low}–{high}"


def day(one: date, language: str) -> str:
    """Return a day in words: «30 вересня 2019 року», "30 September 2019"."""
    return format_date(one, {"uk": "d MMMM y 'року'", "en": "d MMMM y"}[language], locale=language)


def period(first: date, last: date, language: str, *, genitive: bool = False) -> str:
    """Return a period in words: whole months by their names, other days as days.

    `genitive`: «січня–вересня 2019 року», as after «протягом»; English has no such form.
    """
    if not (first.day == 1 and _ends_month(last) and first.year == last.year):
        return f"{day(first, language)} – {day(last, language)}"
    if (first.month, last.month) == (1, 12):
        return {"uk": f"{first.year} {'року' if genitive else 'рік'}", "en": f"{first.year}"}[language]
    form = "MMMM" if genitive else "LLLL"
    months = [format_date(one, form, locale=language) for one in (first, last)]
    if first.month == last.month:
        told = months[0]
    else:
        told = "–".join(months) if language == "uk" else " to ".join(months)
    return f"{told} {first.year} року" if language == "uk" else f"{told} {first.year}"


def _ends_month(one: date) -> bool:
    return date.fromordinal(one.toordinal() + 1).day == 1


def moment(at: datetime | str, language: str) -> str:
    """Return a moment on Kyiv's clock, "" for an empty text."""
    if not at:
        return ""
    told = datetime.fromisoformat(at) if isinstance(at, str) else at
    return told.astimezone(KYIV).strftime(
        {"uk": "%d.%m.%Y %H:%M", "en": "%d.%m.%Y %H:%M Kyiv time"}[language]
    )


def text(given: Text | None, language: str) -> str:
    """Return a text in the language, else in Ukrainian, without signs that files cannot hold."""
    if not given:
        return ""
    return UNCONTROLLED.sub("", given.get(language) or given.get("uk") or "")


def titled(head: Head, language: str) -> str:
    """Return the indicator's code and title, with its unit where the title does not say it."""
    name = f"{head.code}{SPACE}{text(head.title, language)}"
    return name if head.additive or head.percent else f"{name}, {text(head.unit, language)}"


def whose(pack: Pack, language: str) -> str:
    """Return whose report it is: the unit, the place, or the whole country."""
    parts = [text(one, language) for one in (pack.unit, pack.place) if one]
    return ", ".join(parts) or {"uk": "Україна", "en": "Ukraine"}[language]


def heads(pack: Pack) -> Sequence[Head]:
    """Return the indicators of the pack, each once, in the order of chapters."""
    found = {head.code: head for chapter in pack.chapters for table in chapter.tables for head in table.heads}
    return tuple(found.values())


def edition(pack: Pack, language: str) -> str:
    """Return which edition it is; edition 0 is a draft."""
    if not pack.edition:
        return {"uk": "Проєкт, не зафіксовано", "en": "Draft, not frozen"}[language]
    return {"uk": f"Редакція {pack.edition}", "en": f"Edition {pack.edition}"}[language]


def digest(pack: Pack) -> str:
    """Return the SHA-256 of the pack as canonical JSON: what the last page of each form shows."""
    plain = json.dumps(as_plain(pack), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def proof(pack: Pack, language: str) -> list[tuple[str, str]]:
    """Return what lets somebody count the report again, as names and values."""
    names = {
        "uk": ("Звіт", "Назва", "Редакція", "Період", "Зафіксовано", "Враховано записи до",
               "Транзакція", "Версія коду", "Редакція процедур і показників", "Файлів озера даних",
               "SHA-256 звіту", "Перерахувати"),
        "en": ("Report", "Title", "Edition", "Period", "Frozen", "Counts entries up to",
               "Transaction", "Version of the code", "Edition of procedures and indicators", "Files of the lake",
               "SHA-256 of the report", "To count again"),
    }[language]  # fmt: skip
    values = (
        pack.name,
        text(pack.title, language),
        edition(pack, language),
        f"{pack.first:%d.%m.%Y} – {pack.last:%d.%m.%Y}",
        moment(pack.made_at, language),
        moment(pack.counted_at, language),
        str(pack.watermark),
        pack.version,
        pack.law,
        str(len(pack.files)),
        digest(pack),
        f"varta recount {pack.name}" if pack.edition else NONE,
    )
    return [(name, value) for name, value in zip(names, values, strict=True) if value]
