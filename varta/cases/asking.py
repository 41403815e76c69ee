"""Form fields drawn from the record of a step: the law's own reader checks what was typed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from varta.cases import wording
from varta.law import fields_of
from varta.law.fields import Field
from varta.lib.clock import KYIV

FEW = 6  # so many choices stand open; more fold into a list
ONE_COLUMN = 48  # letters: wider choices take the whole row
LOCAL = "%Y-%m-%dT%H:%M"  # what <input type="datetime-local"> speaks


class Typed(forms.Field):
    """A field that hands on what was typed: `read_record` says what is wrong with it, in both languages."""

    def clean(self, value: Any) -> Any:
        """Return the value as it came."""
        return value


def fields_for(record: type, recorded: dict[str, Any] | None = None) -> dict[str, forms.Field]:
    """Return form fields for a record class, filled with what was recorded before, or with the defaults."""
    return {field.name: _field(field, recorded) for field in fields_of(record) if field.on_forms}


def typed_data(record: type, cleaned: dict[str, Any], kept: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what the record's reader takes: text of fields, moments with the zone of Kyiv.

    `kept` holds values of fields that no form asks for, as a correction keeps them.
    """
    data = dict(kept or {})
    for field in fields_of(record):
        if not field.on_forms:
            continue
        given = cleaned.get(field.name)
        data[field.name] = _zoned(given) if field.kind == "moment" and given else given
    return data


def _zoned(typed: str) -> str:
    """Return a local moment with its zone; text that is none goes on as it is and is refused by name."""
    moment = kyiv_moment(typed)
    return moment.isoformat() if moment else typed


def kyiv_moment(typed: str) -> datetime | None:
    """Return the moment that was typed as Kyiv time, or None if it is no moment."""
    try:
        moment = datetime.fromisoformat(typed.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=KYIV)


def local(moment: datetime) -> str:
    """Return a moment as a form shows it: Kyiv time to the minute."""
    return timezone.localtime(moment, KYIV).strftime(LOCAL)


def _field(field: Field, recorded: dict[str, Any] | None) -> forms.Field:
    drawn = Typed(
        label=wording.said(field.title),
        help_text=wording.said(field.help) if field.help else "",
        required=field.required,
        initial=_initial(field, recorded),
        widget=_widget(field),
    )
    drawn.wide = field.long or _breadth(drawn.widget) > ONE_COLUMN
    return drawn


def _breadth(widget: forms.Widget) -> int:
    """Return about how many letters wide the open choices are in one line."""
    if not isinstance(widget, forms.RadioSelect):
        return 0
    return sum(len(str(title)) + 6 for _, title in widget.choices)


def _initial(field: Field, recorded: dict[str, Any] | None) -> Any:
    if recorded is None:
        value = None if field.required else field.default
        return "" if value is None else value
    value = recorded.get(field.name)
    if field.kind == "moment" and value:
        return local(datetime.fromisoformat(value))
    if field.kind == "yes_no" and field.optional:
        return {True: "yes", False: "no"}.get(value, "")
    return "" if value is None else value


def _widget(field: Field) -> forms.Widget:
    if field.kind in ("choice", "choices"):
        return _choice(field)
    if field.kind == "yes_no":
        return forms.CheckboxInput() if not field.optional else forms.RadioSelect(choices=_maybe())
    if field.kind == "day":
        return forms.DateInput(attrs={"type": "date"})
    if field.kind == "moment":
        return forms.DateTimeInput(attrs={"type": "datetime-local"})
    if field.kind in ("integer", "number"):
        return forms.TextInput(attrs={"inputmode": "numeric" if field.kind == "integer" else "decimal"})
    attrs = {"maxlength": field.max_length, "autocomplete": "off"}
    return forms.Textarea(attrs=attrs | {"rows": 3}) if field.long else forms.TextInput(attrs=attrs)


def _choice(field: Field) -> forms.Widget:
    choices = [(code, wording.said(text)) for code, text in (field.choices or {}).items()]
    if field.kind == "choices":
        return forms.CheckboxSelectMultiple(choices=choices)
    if len(choices) <= FEW and not field.optional:
        return forms.RadioSelect(choices=choices)
    if field.required or field.optional:
        choices = [("", _("Choose…")), *choices]
    return forms.Select(choices=choices)


def _maybe() -> Iterable[tuple[str, str]]:
    return [("yes", _("yes")), ("no", _("no")), ("", _("not checked"))]
