"""Which numbers a template may hold: dates and numbers of laws. Any other was typed by hand and is refused.

Digits of every script and signs such as ½ or Ⅻ count as numbers.
"""

import re
from collections.abc import Iterator

MONTHS = (
    "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|"
    "січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень|"
    "січні|лютому|березні|квітні|травні|червні|липні|серпні|вересні|жовтні|листопаді|грудні|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
YEAR = r"(?:199[1-9]|20\d\d)"
OF_YEAR = r"(?:року|рік|році|роком|року\.|р\.)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])"
DATES = (
    rf"{DAY}\.(?:0?[1-9]|1[0-2])\.{YEAR}(?:\s{OF_YEAR})?",
    rf"{YEAR}-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])",
    rf"(?:{DAY}\s)?(?:{MONTHS})\s{YEAR}(?:\s{OF_YEAR})?",
    rf"{DAY}\s(?:{MONTHS})",
    rf"(?:{MONTHS})\s{DAY},\s{YEAR}",
    rf"{YEAR}\s{OF_YEAR}",
    rf"(?:the\s)?year\s{YEAR}",
)
ACT = r"(?:закон|кодекс|наказ|постанов|розпоряджен|указ|конвенц|law|act|code|order|resolution|decree|convention)\w*"
PART = r"(?:статт\w+|статей|ст\.|частин\w+|ч\.|пункт\w*|п\.|articles?|art\.|section|paragraph)"
LAWS = (
    r"\d+(?:/\d+)*-[IVXLCDMІХ]+(?:-\d\d)?",  # 2704-VIII
    rf"{ACT}(?:\s+[\w«»“”\"’ʼ'-]+){{0,6}}?\s+(?:№|No\.?)\s?\d+(?:[-/]\w+)*",  # наказ МВС № 357
    rf"{PART}\s?\d+(?:[-–]\d+)*",  # стаття 27
)
ALLOWED = re.compile(
    "|".join(f"(?<![\\w.,]){one}(?![\\w]|[.,]\\d)" for one in (*DATES, *LAWS)), re.IGNORECASE
)
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?%?|[^\s«»“”\"()\[\]{}]+")


def allowed(text: str) -> list[str]:
    """Return the dates and numbers of laws in a text, as digits alone: what both languages must share."""
    return [re.sub(r"\D+", " ", found[0]).strip() for found in ALLOWED.finditer(text)]


def typed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the word of each number that is no date and no number of a law."""
    left = ALLOWED.sub(lambda found: " " * len(found[0]), text)
    for found in NUMBER.finditer(left):
        if any(sign.isnumeric() for sign in found[0]):
            yield found.start(), found[0].strip(".,;:!?")
