"""Numbers and days of the frozen report as people read them, in both languages. Knows no framework."""

from datetime import date

from varta.results.pack import Figure, Head

MONTHS = {
    "uk": ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
           "листопада", "грудня"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
STATES = {
    "hidden": {"uk": "приховано", "en": "hidden"},
    "unknown": {"uk": "невідомо", "en": "unknown"},
}
POINTS = {"uk": "в.\u00a0п.", "en": "p.p."}


def day(value: date, language: str) -> str:
    """Return a day in words: "31 жовтня 2019 року", "31 October 2019"."""
    said = f"{value.day}\u00a0{MONTHS[language][value.month - 1]} {value.year}"
    return f"{said}\u00a0року" if language == "uk" else said


def days(count: int, language: str) -> str:
    """Return a count of days in words: "1 день", "2 дні", "5 днів"; "1 day", "2 days"."""
    if language == "en":
        return f"{count} day" if count == 1 else f"{count} days"
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:
        return f"{count} день"
    return f"{count} дні" if ones in (2, 3, 4) and tens not in (12, 13, 14) else f"{count} днів"


def number(value: float, decimals: int, language: str, *, signed: bool = False) -> str:
    """Return a number with thousands apart: "12 345,6" in Ukrainian, "12,345.6" in English."""
    text = f"{value:{'+' if signed else ''},.{decimals}f}".replace("-", "−")
    if language == "en":
        return text
    return text.replace(",", "\u00a0").replace(".", ",")


def now(figure: Figure, head: Head, language: str) -> str:
    """Return the figure of this period, or why there is none."""
    return _value(figure.now, figure.state, head, language)


def before(figure: Figure, head: Head, language: str) -> str:
    """Return the figure of the same days a year before, or why there is none."""
    return _value(figure.before, figure.before_state, head, language)


def _value(value: float | None, state: str, head: Head, language: str) -> str:
    if value is None or state != "known":
        return STATES.get(state, STATES["unknown"])[language]
    if head.percent:
        return number(value * 100, head.decimals, language) + ("\u00a0%" if language == "uk" else "%")
    return number(value, head.decimals, language)


def change(figure: Figure, head: Head, language: str) -> str:
    """Return the change beside the year before: a share of it, or points; "" where there is none to tell."""
    if figure.change is None:
        return ""
    if head.percent:
        return f"{number(figure.change * 100, head.decimals, language, signed=True)}\u00a0{POINTS[language]}"
    if figure.change_share is not None:
        share = number(figure.change_share * 100, 1, language, signed=True)
        return f"{share}\u00a0%" if language == "uk" else f"{share}%"
    return number(figure.change, head.decimals, language, signed=True)


def is_good(figure: Figure, head: Head) -> bool | None:
    """Return whether the change is what the service hopes for; None where it hopes for nothing."""
    if not figure.change or head.direction == "neither":
        return None
    return (figure.change > 0) == (head.direction == "more")
