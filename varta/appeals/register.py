"""The register of appeals: what narrows it, and its rows with senders, substance and executors."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from varta.appeals import queries
from varta.appeals.models import Letter
from varta.cases import exports, listing, lists, wording
from varta.cases.forms import ListForm
from varta.cases.lists import Asked
from varta.cases.models import Case, Entry, Involvement
from varta.law import fields_of
from varta.people import search as people
from varta.people.models import Person
from varta.people.scope import Reader
from varta.procedures.appeal import Appeal

MARKS = {  # code -> (title, what the facts of the case must say)
    "unassigned": (gettext_noop("without an executor"), ~Q(facts__has_key="executor") & Q(closed_at=None)),
    "control": (gettext_noop("under control"), Q(facts__control=True)),
    "privileged": (gettext_noop("privileged"), Q(facts__privileged=True)),
    "repeated": (gettext_noop("seems repeated"), Q(facts__repeated=True)),
    "anonymous": (gettext_noop("anonymous"), Q(facts__anonymous=True)),
    "crime_signs": (gettext_noop("reports a crime or violence"), Q(facts__crime_signs=True)),
    "approval": (gettext_noop("awaits approval"), Q(last_step="propose_reply", closed_at=None)),
}
SHORT = 180  # letters of the substance that a row shows
PERSONS = 200  # whose name is like the words asked for
LEAST = 3  # letters of a name
FOUND = 1000  # appeals that words may find: beyond this a list says "1000+" in any case
CHUNK = 500


class RegisterForm(ListForm):
    """What the register is narrowed by, beside what narrows every list."""

    q = forms.CharField(
        label=gettext_lazy("Number, sender or words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    executor = forms.CharField(
        label=gettext_lazy("Executor"), required=False, max_length=64, widget=forms.Select
    )
    mark = forms.MultipleChoiceField(
        label=gettext_lazy("Only those"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["procedure", "state", "q", "executor", "f-kind", "f-subject", "f-form", "f-sender"]

    def __init__(self, data: Any, *, executors: Sequence[tuple[str, str]], **more: Any) -> None:
        data = data.copy()
        data["procedure"] = queries.APPEAL
        super().__init__(data, **more)
        self.fields["executor"].widget.choices = [("", _("anybody")), *executors]
        self.fields["mark"].choices = [(code, _(title)) for code, (title, _condition) in MARKS.items()]
        self.order_fields(self.field_order)

    def marks(self) -> list[str]:
        """Return the codes of the marks that were ticked."""
        return list(self.cleaned_data.get("mark") or [])


def asked_of(form: RegisterForm) -> Asked:
    """Return what the address asks for."""
    executor = form.cleaned_data.get("executor")
    asked = listing.asked_of(form)
    return replace(asked, facts=(*asked.facts, ("executor", executor))) if executor else asked


def narrowed(reader: Reader, form: RegisterForm, asked: Asked) -> QuerySet[Case]:
    """Return the reader's appeals that the form lets through, whatever their state."""
    cases = lists.narrowed(reader, asked)
    for code in form.marks():
        cases = cases.filter(MARKS[code][1])
    words = (form.cleaned_data.get("q") or "").strip()
    return matching(cases, words, reader) if words else cases


def matching(cases: QuerySet[Case], words: str, reader: Reader) -> QuerySet[Case]:
    """Narrow appeals to those with this number, whose sender is called like this, or that hold the words."""
    number = queries.number_in(words)
    if number:
        return cases.filter(**number)
    persons = [one.key for one in people.search(words, reader, limit=PERSONS)] if len(words) >= LEAST else []
    sent = Involvement.objects.filter(person__in=persons, case__in=cases.values("key"))
    holding = Entry.objects.filter(key=OuterRef("key"))  # the opening entry has the key of its case
    for word in words.split():
        holding = holding.filter(data__about__icontains=_stem(word))
    # The keys are asked for once: the page counts each state of what was found.
    told = cases.filter(Exists(holding)).order_by("-opened_at", "key").values_list("key", flat=True)[:FOUND]
    return cases.filter(key__in={*sent.values_list("case", flat=True)[:FOUND], *told})


def _stem(word: str) -> str:
    """Return a word without its ending, so that «сусіди» finds «сусідів»."""
    return word[:-2] if len(word) > 5 else word


def executors(reader: Reader) -> list[tuple[str, str]]:
    """Return login and name of those who work on appeals that the reader may see, in Ukrainian order."""
    given = queries.visible_to(reader).filter(facts__has_key="executor")
    logins = given.order_by().values_list("facts__executor", flat=True).distinct()
    return queries.named(list(logins))


def rows(shown: Sequence[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """Return rows of a list of cases with what the register shows beside: senders, substance, executor, marks."""
    cases = [one["case"] for one in shown]
    keys = [case.key for case in cases]
    senders, about = queries.senders(keys, reader), queries.substance(keys)
    names = dict(queries.named([case.facts.get("executor", "") for case in cases]))
    return [
        one
        | {
            "sender": _sender(one["case"], senders.get(one["case"].key, [])),
            "about": about.get(one["case"].key, ""),
            "short": _shortened(about.get(one["case"].key, "")),
            "executor": names.get(one["case"].facts.get("executor", ""), ""),
            "flags": list(_flags(one["case"])),
            "kind": _said("kind", one["case"]),
            "subject": _said("subject", one["case"]),
            "form": _said("form", one["case"]),
            "result": wording.value(
                wording.listed_fields(queries.APPEAL)["result"], one["case"].facts.get("result")
            ),
        }
        for one in shown
    ]


def _said(name: str, case: Case) -> str:
    field = next(field for field in fields_of(Appeal) if field.name == name)
    return wording.value(field, case.facts.get(name))


def _sender(case: Case, people_of: Sequence[Person]) -> str:
    if case.facts.get("anonymous"):
        return _("anonymous")
    if not people_of:
        return ""
    more = len(people_of) - 1
    first = str(people_of[0])
    if case.facts.get("sender") == "collective":
        return _("%(name)s and others") % {"name": first}
    return f"{first} +{more}" if more else first


def _flags(case: Case) -> Iterator[str]:
    for code in ("privileged", "repeated", "anonymous", "crime_signs", "control"):
        if case.facts.get(code):
            yield _(MARKS[code][0])
    if case.facts.get("sender") == "collective":
        yield wording.value(wording.listed_fields(queries.APPEAL)["sender"], "collective")
    if case.last_step == "propose_reply" and case.closed_at is None:
        title, _condition = MARKS["approval"]
        yield _(title)


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def header() -> list[str]:
    """Return the titles of the columns that a file of the register has: those of the page."""
    return [
        _("Number"),
        _("Received"),
        _("Sender"),
        _("Kind"),
        _("Form"),
        _("Topic"),
        _("Substance"),
        _("Marks"),
        _("Place"),
        _("Unit"),
        _("Executor"),
        _("Next step due"),
        _("Due at"),
        _("State"),
        _("Decision"),
        _("Closed on"),
    ]


def file_rows(cases: QuerySet[Case], reader: Reader, *, now: datetime) -> Iterator[list[Any]]:
    """Yield the rows of a file; moments in Kyiv time without zone, as spreadsheets keep them."""
    every = cases[: exports.MOST].iterator(CHUNK)
    while some := list(islice(every, CHUNK)):
        for one in rows([lists.row(case, now=now) for case in some], reader):
            case, state = one["case"], lists.STATES[one["state"]]
            yield [
                one["number"],
                exports.local(case.opened_at),
                one["sender"],
                one["kind"],
                one["form"],
                one["subject"],
                one["about"],
                "; ".join(one["flags"]),
                case.place.title,
                case.unit.title,
                one["executor"],
                one["due_step"],
                exports.local(case.due_at),
                _(state),
                one["result"],
                exports.local(case.closed_at),
            ]


def with_letters(shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the head's resolution and the letters that went out: what the printed journal adds."""
    keys = [one["case"].key for one in shown]
    said: dict[Any, str] = {}
    given = Entry.objects.filter(case_key__in=keys, step="assign").order_by("position")
    for case, resolution in given.values_list("case_key", "data__resolution"):
        said[case] = resolution or ""
    letters: dict[Any, list[Letter]] = {}
    for letter in Letter.objects.filter(case_key__in=keys).order_by("sent_on", "nth"):
        letters.setdefault(letter.case_key, []).append(letter)
    return [
        one | {"resolution": said.get(one["case"].key, ""), "letters": letters.get(one["case"].key, [])}
        for one in shown
    ]
