"""The forms that a figure takes in a sentence: number, percent, change, with its word in the right form, in a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel import Locale

from varta.lib.text.declension import in_case, oblique, preposition
from varta.results.out import words
from varta.results.out.press.faults import Fault, TemplateRefused
from varta.results.out.press.sources import Value
from varta.results.out.press.template import Call

CASES = {
    "називний": "nomn",
    "родовий": "gent",
    "давальний": "datv",
    "знахідний": "accs",
    "орудний": "ablt",
    "місцевий": "loct",
}
CATEGORIES = {"uk": ("one", "few", "many", "other"), "en": ("one", "other")}


@dataclass(frozen=True)
class _Style:
    decimals: int
    percent: bool


@dataclass(frozen=True)
class Form:
    """A form: how many words it takes in each language (least, most), what it is for, and what writes it."""

    takes: Mapping[str, tuple[int, int]]
    of_text: bool
    write: Callable[[Value, Call, str, str], str]


def written(value: Value, call: Call, language: str, before: str) -> str:
    """Return the value in the form asked for; `before` is the sentence up to it. Raises TemplateRefused."""
    if not call.form:
        return value.text or _number(value, call, language, before)
    form = FORMS[call.form]
    return form.write(value, call, language, before)


def check(call: Call, value: Value, language: str) -> None:
    """Raise TemplateRefused where a form is not known, not for such a value, or lacks words."""
    if not call.form:
        return
    form = FORMS.get(call.form)
    if form is None:
        raise _refused(call, language, "filter", call.form, ", ".join(FORMS))
    least, most = form.takes[language]
    if not least <= len(call.words) <= most:
        many = str(least) if least == most else f"{least}–{most}"
        raise _refused(call, language, "arguments", call.form, many)
    if form.of_text != (value.number is None and bool(value.text)) and value.state == "known":
        raise _refused(call, language, "fits", call.form, call.name)
    if call.form == "case" and call.words and call.words[0] not in CASES:
        raise _refused(call, language, "filter", call.words[0], ", ".join(CASES))


def _refused(call: Call, language: str, code: str, *given: str) -> TemplateRefused:
    return TemplateRefused([Fault(code, given, language, call.line)])


def _known(value: Value) -> float:
    assert value.number is not None
    return value.number


def _number(value: Value, _call: Call, language: str, _before: str) -> str:
    return words.amount(_known(value), _Style(value.decimals, value.percent), language)


def _percent(value: Value, _call: Call, language: str, _before: str) -> str:
    return words.percent(_known(value), language, decimals=value.decimals or 1)


def _change(value: Value, _call: Call, language: str, _before: str) -> str:
    """Return a number with its sign; the difference of two percentages in percentage points."""
    style = _Style(value.decimals, value.percent)
    if value.percent and value.cell and value.cell.member == "change":
        return words.difference(_known(value), style, language)
    return words.amount(_known(value), style, language, signed=True)


def _moved(value: Value, call: Call, language: str, _before: str) -> str:
    """Return "зросла на 4,5 %": the word for a rise, a fall or neither, and how far."""
    rose, fell, stayed = call.words
    number = _known(value)
    if not round(number * (100 if value.percent else 1), value.decimals):
        return stayed
    far = words.amount(abs(number), _Style(value.decimals, value.percent), language)
    if value.percent and value.cell and value.cell.member == "change":
        far = words.difference(abs(number), _Style(value.decimals, value.percent), language).lstrip("+")
    return f"{rose if number > 0 else fell} {far}"


def _plural(value: Value, call: Call, language: str, before: str) -> str:
    return f"{_number(value, call, language, before)}{words.SPACE}{_word(value, call, language, before)}"


def _word(value: Value, call: Call, language: str, before: str) -> str:
    """Return the word beside the number in the form that the number asks for, as CLDR tells."""
    shown = round(_known(value) * (100 if value.percent else 1), value.decimals)
    whole = float(shown).is_integer()
    forms = dict(zip(CATEGORIES[language], call.words, strict=False))
    category = str(Locale(language).plural_form(int(shown) if whole else shown))
    if category not in forms:
        raise _refused(call, language, "fraction", _number(value, call, language, before))
    return forms[category]


def _within(value: Value, call: Call, language: str, before: str) -> str:
    """Return "у 7 регіонах", "in 7 regions": a preposition, the number, and the word in the local case."""
    number = _number(value, call, language, before)
    one, more = call.words
    if language == "en":
        return f"in {number}{words.SPACE}{one if number == '1' else more}"
    noun = oblique(round(_known(value)), one=one, more=more)
    return f"{preposition(before, number)} {number}{words.SPACE}{noun}"


def _case(value: Value, call: Call, _language: str, _before: str) -> str:
    return in_case(value.text, CASES[call.words[0]])


def _where(value: Value, _call: Call, language: str, before: str) -> str:
    """Return "у Дніпропетровській області", "in Dnipropetrovsk oblast"."""
    if language == "en":
        return f"in {value.text}"
    name = in_case(value.text, "loct")
    return f"{preposition(before, name)} {name}"


NONE = {"uk": (0, 0), "en": (0, 0)}
FORMS: Mapping[str, Form] = {
    "number": Form(NONE, False, _number),
    "percent": Form(NONE, False, _percent),
    "change": Form(NONE, False, _change),
    "moved": Form({"uk": (3, 3), "en": (3, 3)}, False, _moved),
    "plural": Form({"uk": (3, 4), "en": (2, 2)}, False, _plural),
    "word": Form({"uk": (3, 4), "en": (2, 2)}, False, _word),
    "within": Form({"uk": (2, 2), "en": (2, 2)}, False, _within),
    "case": Form({"uk": (1, 1), "en": (9, 9)}, True, _case),
    "where": Form(NONE, True, _where),
}
