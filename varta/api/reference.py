"""The tables of the exchange with partners as pages: printed from the data that the doors use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from varta.api.cap import faults as cap
from varta.api.cap import mapping, message
from varta.api.open311 import faults as open311
from varta.api.open311.services import NOTES, REFERRED, SERVICES, URGENT_KINDS
from varta.api.partners.rights import RIGHTS, TAKES
from varta.procedures.call import CATEGORY, GUARDED, KIND

Text = Mapping[str, str]
WORDS: Mapping[str, Text] = {
    "title": {"uk": "Обмін із партнерами: таблиці", "en": "Exchange with partners: tables"},
    "made": {
        "uk": "Надруковано з даних, за якими працюють двері: `varta partner tables`. Не правте тут.",
        "en": "Printed from the data that the doors work by: `varta partner tables`. Do not edit it here.",
    },
    "rights": {"uk": "Права системи партнера", "en": "Rights of a partner's system"},
    "right": {"uk": "Право", "en": "Right"},
    "allows": {"uk": "Що дозволяє", "en": "What it allows"},
    "steps": {"uk": "Кроки", "en": "Steps"},
    "category": {"uk": "CAP: категорія виклику", "en": "CAP: category of the call"},
    "category-note": {
        "uk": "Рядок — urgency, стовпець — severity; з кількох блоків info найтерміновіший. Стандарт такої "
        "відповідності не має: таблиця наша, черговий може змінити категорію з поясненням. Не підтверджено юристом.",
        "en": "Row: urgency; column: severity; of several info blocks the most urgent one. The standard has no such "
        "mapping: the table is ours, and the duty officer may change the category with a reason. Not verified by a "
        "lawyer.",
    },
    "kind": {"uk": "CAP: вид події", "en": "CAP: kind of event"},
    "kind-note": {
        "uk": "Спершу eventCode з valueName `VARTA`; потім слова події; потім категорія CAP за цією таблицею.",
        "en": "First an eventCode with the valueName `VARTA`; then the words of the event; then the category of CAP "
        "by this table.",
    },
    "out": {"uk": "CAP назовні", "en": "CAP out"},
    "out-note": {
        "uk": "Види, що можуть вказати на людину, йдуть без виду події і без точки, лише громада: ",
        "en": "Kinds that could point at somebody go out without the kind and without the point, the hromada only: ",
    },
    "services": {"uk": "Послуги Open311", "en": "Services of Open311"},
    "service": {"uk": "Код", "en": "Code"},
    "name": {"uk": "Назва", "en": "Name"},
    "becomes": {"uk": "Чим стає", "en": "What it becomes"},
    "asks": {"uk": "Питання (* обов’язкове)", "en": "Questions (* required)"},
    "referred": {
        "uk": "Не справа поліції (404 з поясненням): ",
        "en": "Not the police's (404 with the reason): ",
    },
    "urgent": {
        "uk": "Слова про таке відсилають на 102, і нічого не реєструють: ",
        "en": "Words about these are sent to 102, and nothing is registered: ",
    },
    "notes": {
        "uk": "Як закінчився запит, публікують лише для цих результатів; інші — «Розглянуто»: ",
        "en": "How a request ended is published for these outcomes alone; others are “Considered”: ",
    },
    "faults-cap": {"uk": "Коди помилок CAP", "en": "Codes of faults of CAP"},
    "faults-open311": {"uk": "Помилки Open311", "en": "Faults of Open311"},
    "code": {"uk": "Код", "en": "Code"},
    "meaning": {"uk": "Пояснення", "en": "Meaning"},
}


def pages() -> dict[str, str]:
    """Return the pages by their file names."""
    return {f"exchange-{language}.md": "\n".join(_page(language)) for language in ("uk", "en")}


def _page(language: str) -> Iterator[str]:
    def word(name: str) -> str:
        return WORDS[name][language]

    yield from (f"# {word('title')}", "", word("made"), "", f"## {word('rights')}", "")
    steps = {right: ", ".join(f"`{step}`" for step in sorted(TAKES[right])) for right in RIGHTS}
    rights = [(f"`{right}`", text[language], steps[right]) for right, text in RIGHTS.items()]
    yield from _table((word("right"), word("allows"), word("steps")), rights)
    yield from (f"## {word('category')}", "", word("category-note"), "")
    categories = [
        (row, *(_brief(one, language) for one in values)) for row, values in mapping.CATEGORY_OF.items()
    ]
    yield from _table(("", *message.SEVERITY), categories)
    yield from (f"## {word('kind')}", "", word("kind-note"), "")
    yield from _table(
        ("CAP", word("kind").split(": ")[1]), [(c, KIND[k][language]) for c, k in mapping.KIND_OF.items()]
    )
    yield from (f"## {word('out')}", "")
    out = [(_brief(one, language), *pair) for one, pair in mapping.URGENCY_OUT.items()]
    yield from _table(("", "urgency", "severity"), out)
    yield from (word("out-note") + _kinds(GUARDED, language) + ".", "")
    yield from _services(language)
    yield from (f"## {word('faults-cap')}", "")
    yield from _table((word("code"), word("meaning")), _faults(cap.TEXTS, language))
    yield from (f"## {word('faults-open311')}", "")
    yield from _table((word("code"), word("meaning")), _faults(open311.TEXTS, language))


def _services(language: str) -> Iterator[str]:
    heads = [WORDS[name][language] for name in ("service", "name", "becomes", "asks")]
    yield from (f"## {WORDS['services'][language]}", "")
    rows = [(f"`{one.code}`", one.name[language], _becomes(one), _asks(one)) for one in SERVICES.values()]
    yield from _table(heads, rows)
    yield from (WORDS["referred"][language] + ", ".join(f"`{code}`" for code in REFERRED) + ".", "")
    yield from (WORDS["urgent"][language] + _kinds(URGENT_KINDS, language) + ".", "")
    yield from (
        WORDS["notes"][language] + ", ".join(text[language].lower() for text in NOTES.values()) + ".",
        "",
    )


def _becomes(service: Any) -> str:
    return f"`call` {' '.join(service.call)}" if service.call else f"`appeal` {' '.join(service.appeal)}"


def _asks(service: Any) -> str:
    return ", ".join(f"`{one.code}`{'*' if one.required else ''}" for one in service.attributes)


def _faults(texts: Mapping[str, tuple[str, str]], language: str) -> list[tuple[str, str]]:
    place = 0 if language == "uk" else 1
    return [(f"`{code}`", both[place].replace("{detail}", "…")) for code, both in texts.items()]


def _kinds(kinds: frozenset[str], language: str) -> str:
    return "; ".join(text[language] for kind, text in KIND.items() if kind in kinds)


def _brief(category: str, language: str) -> str:
    return CATEGORY[category][language].split(":")[0]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""
