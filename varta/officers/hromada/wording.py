"""Days, periods and figures as people read them, in both languages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from varta.law import Text
from varta.lib.clock import KYIV

STATES = {
    "unknown": {"uk": "невідомо", "en": "unknown"},
    "hidden": {"uk": "приховано: замало", "en": "hidden: too few"},
}


def said(day: date) -> Text:
    """Return a day as each language writes it in figures."""
    return {"uk": f"{day:%d.%m.%Y}", "en": day.isoformat()}


def in_words(day: date, language: str) -> str:
    """Return a day with its month in words: «31 жовтня 2019 року», "31 October 2019"."""
    if language == "uk":
        return format_date(day, "d MMMM y 'року'", locale="uk")
    return format_date(day, "d MMMM y", locale="en_GB")


def period(first: date, last: date, language: str) -> str:
    """Return a period in words; the year stands once where it is the same."""
    if language == "uk":
        begins = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y 'року'", locale="uk")
        return f"{begins} — {in_words(last, 'uk')}"
    begins = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y", locale="en_GB")
    return f"{begins} – {in_words(last, 'en')}"


def figure(row: Mapping[str, Any], span: str, language: str) -> str:
    """Return one figure of a row as people read it: "1 234", "45,6 %", or why there is none."""
    held = row[span]
    if held["number"] is None:
        return STATES[held["state"]][language]
    number = held["number"] * 100 if row["percent"] else held["number"]
    text = f"{number:,.{row['decimals']}f}".replace(",", "\u00a0")
    text = text.replace(".", ",") if language == "uk" else text
    return text + "\u00a0%" if row["percent"] else text


def moment(iso: str) -> str:
    """Return a moment as Kyiv's clock shows it: "31.10.2019 14:05"."""
    return f"{datetime.fromisoformat(iso).astimezone(KYIV):%d.%m.%Y %H:%M}"
