"""The form of intake: the same for the keyboard, for a browser without JavaScript and for a queue sent later."""

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varta.calls import guessing, questions, where
from varta.calls.intake import Join
from varta.calls.where import Asker, Found, Spot
from varta.cases import asking, wording
from varta.cases.errors import StepRefused
from varta.law import RecordInvalid, read_record
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import is_uuid7, moment_of, uuid7
from varta.people.access import reading_language
from varta.places import coordinates, search
from varta.places.models import Territory, Unit
from varta.procedures.call import CATEGORY, CHANNEL, KIND, ZONE, Call

CHANNELS = ("line_102", "line_112", "in_person", "own_finding", "other_body", "web", "app", "other")
USUAL = CHANNELS[:6]  # those that a desk chooses by hand
URGENT_FIRST = ("alpha", "beta", "gamma", "delta")
ANSWER = "q-"  # prefix of the answers' fields
PARTS = ("caller", "victim", "witness", "other")
LEAST_PHONE = 3  # digits: 102 is a number, too
MOST_PHONE = 20  # digits
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they would show text backwards


class IntakeForm(forms.Form):
    """What the desk writes down while somebody speaks. Whatever is missing and can be proposed is proposed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    place_code = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    unit_code = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)
    not_same = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=60)
    name = forms.CharField(label=gettext_lazy("Who reports"), required=False, max_length=200)
    place = forms.CharField(label=gettext_lazy("Where"), required=False, max_length=200)
    about = forms.CharField(
        label=gettext_lazy("What happened?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of event"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    category_reason = forms.CharField(
        label=gettext_lazy("Why a lower category"), required=False, max_length=200
    )
    crime_signs = forms.BooleanField(label=gettext_lazy("There are signs of a crime"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("How it came"))
    at = asking.Typed(label=gettext_lazy("When it came"))
    address = forms.CharField(label=gettext_lazy("Street and house"), required=False, max_length=200)
    place_words = forms.CharField(label=gettext_lazy("Landmark"), required=False, max_length=200)
    point = forms.CharField(label=gettext_lazy("Coordinates"), required=False, max_length=80)
    zone = forms.ChoiceField(label=gettext_lazy("Zone"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of who reports"), required=False)
    unit = forms.CharField(label=gettext_lazy("Another unit answers"), required=False, max_length=200)
    here = forms.BooleanField(
        label=gettext_lazy("Register it in my area, with the place in words"), required=False
    )
    join = forms.UUIDField(required=False, widget=forms.HiddenInput)
    join_reason = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, asker: Asker, moment: datetime, channel: str = "line_102"
    ) -> None:
        super().__init__(_plain(data) if data else data)
        self.asker, self.moment = asker, moment
        self.found = Found((), None, "")
        self.spot: Spot | None = None
        self.fields["key"].initial = uuid7(moment)
        self.fields["at"].initial = asking.local(moment)
        self.fields["channel"].initial = channel
        for name, codes, choices in (
            ("channel", CHANNELS, CHANNEL),
            ("kind", tuple(KIND), KIND),
            ("category", URGENT_FIRST, CATEGORY),
            ("zone", tuple(ZONE), ZONE),
        ):
            first = [] if name == "channel" else [("", _("as proposed"))]
            self.fields[name].choices = [*first, *((code, wording.said(choices[code])) for code in codes)]
        self.fields["part"].choices = [(code, wording.part(code)) for code in PARTS]

    def clean(self) -> dict[str, Any]:
        """Put together the record of the call, and where it is; what is wrong stands beside its field."""
        cleaned = super().clean() or self.cleaned_data
        self._moment(cleaned)
        self._phone(cleaned)
        self._kind(cleaned)
        self._place(cleaned)
        self._unit(cleaned)
        self._check_record()
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> None:
        """Take the moment that was typed; the minute in which the form was begun means its very moment."""
        typed = asking.kyiv_moment(str(cleaned.get("at") or ""))
        key = cleaned.get("key")
        if key and not is_uuid7(key):
            self.add_error("key", _("This is no UUID of version 7. Reload the page."))
        begun = moment_of(key) if key and is_uuid7(key) else None
        if typed is None and cleaned.get("at"):
            self.add_error("at", _("A day and a time are needed, for example 31.10.2019 14:05."))
        if begun and (typed is None or asking.local(typed) == asking.local(begun)):
            typed = begun
        cleaned["moment"] = typed or self.moment

    def _phone(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned.get("phone", "")
        digits = sum(sign.isdigit() for sign in typed)
        if typed and not LEAST_PHONE <= digits <= MOST_PHONE:
            self.add_error("phone", _("This is no telephone number. Write its digits, or leave it empty."))
        cleaned["phone"] = "".join(sign for sign in typed if sign.isdigit() or sign in "+-() ").strip()[:40]

    def _kind(self, cleaned: dict[str, Any]) -> None:
        """Fill in what the words and the answers propose where nothing was chosen."""
        guessed = guessing.guess(cleaned.get("about", ""), most=1)
        cleaned["kind"] = cleaned.get("kind") or next(iter(guessed), "other")
        self.proposal = self.tree().propose(cleaned["kind"], self.answers())
        cleaned["category"] = cleaned.get("category") or self.proposal.category

    def tree(self) -> questions.Tree:
        """Return the edition of the questions that were asked: a queue may bring an earlier one."""
        given = self.data.get("edition", "")
        known = next((one for one in questions.editions() if one.edition == given), None)
        return known or questions.tree_on(kyiv_day(self.moment))

    def answers(self) -> dict[str, str]:
        """Return the answers that were given, by question."""
        given = {name: self.data.get(name) for name in self.data if name.startswith(ANSWER)}
        return {
            name.removeprefix(ANSWER): value for name, value in given.items() if value in questions.ANSWERS
        }

    def _place(self, cleaned: dict[str, Any]) -> None:
        """Find where it is: the code that was chosen, else the words, else the reader's own area."""
        point = self._point(cleaned)
        chosen = (
            Territory.objects.filter(code=cleaned["place_code"]).first()
            if cleaned.get("place_code")
            else None
        )
        if cleaned.get("here"):
            self._at_home(cleaned)
        elif chosen is not None:
            address = cleaned.get("address") or where.address_beside(cleaned.get("place", ""), chosen)
            self.spot = where.spot_of(chosen, asker=self.asker, address=address, point=point)
        elif point is not None and not cleaned.get("place"):
            self._decide(where.at_point(point, asker=self.asker, address=cleaned.get("address", "")))
        elif cleaned.get("place"):
            self._decide(where.find(cleaned["place"], asker=self.asker), words=cleaned["place"])
        else:
            self._at_home(cleaned)
        if self.spot is not None:
            cleaned["address"] = cleaned.get("address") or self.spot.address
            cleaned["latlon"] = point or self.spot.point
            cleaned["zone"] = cleaned.get("zone") or self.spot.zone

    def _point(self, cleaned: dict[str, Any]) -> tuple[float, float] | None:
        typed = cleaned.get("point", "")
        found = coordinates.read(typed)
        if typed and found is None:
            self.add_error("point", _("These are no coordinates. Write them like 48.55, 34.9."))
        return found

    def _decide(self, found: Found, words: str = "") -> None:
        """Take the only place that can be meant; keep words that name none as a landmark; else ask."""
        self.found = found
        self.spot = found.chosen
        if found.chosen is not None:
            return
        if found.exact:
            self.add_error("place", found.note)
        else:
            self._keep_words(words)

    def _keep_words(self, words: str) -> None:
        self.cleaned_data["place_words"] = self.cleaned_data.get("place_words") or words
        self._at_home(self.cleaned_data)

    def _at_home(self, cleaned: dict[str, Any]) -> None:
        """Register it where the reader serves; the words say where it is."""
        if self.asker.home is None:
            self.add_error("place", _("You have no appointment in force, so no area to register it in."))
            return
        self.spot = where.spot_of(self.asker.home.place, asker=self.asker, address=cleaned.get("address", ""))
        if cleaned.get("here") and not cleaned.get("place_words"):
            cleaned["place_words"] = cleaned.get("place", "")

    def _unit(self, cleaned: dict[str, Any]) -> None:
        """Take the unit that was chosen, else the one that answers, else the reader's own."""
        chosen = Unit.objects.filter(code=cleaned["unit_code"]).first() if cleaned.get("unit_code") else None
        if chosen is None and cleaned.get("unit"):
            named = search.units(cleaned["unit"], limit=2)
            chosen = named[0] if len(named) == 1 else None
            if chosen is None:
                self.add_error("unit", _("Write the unit so that only one can be meant, or leave it empty."))
        answering = self.spot.unit if self.spot else None
        if answering is not None and not self.asker.reader.covers_unit(answering.pre):
            answering = None
        home = self.asker.home.unit if self.asker.home else None
        cleaned["unit_given"] = chosen or answering or home

    def record(self) -> dict[str, Any]:
        """Return the record as procedures.call.Call has it."""
        given = self.cleaned_data
        lat, lon = given.get("latlon") or (None, None)
        return {
            "channel": given.get("channel", ""),
            "category": given["category"],
            "kind": given["kind"],
            "about": given.get("about", ""),
            "zone": given.get("zone") or "unknown",
            "address": given.get("address", ""),
            "lat": lat,
            "lon": lon,
            "crime_signs": given.get("crime_signs", False),
            "place_words": given.get("place_words", ""),
            "proposed": self.proposal.category,
            "category_reason": given.get("category_reason", ""),
            "answers": self.tree().written(given["kind"], self.answers()),
        }

    def _check_record(self) -> None:
        try:
            read_record(Call, self.record())
        except RecordInvalid as invalid:
            language = reading_language()
            for name, text in invalid.errors.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else "place", text[language])

    def caller(self) -> dict[str, str]:
        """Return what is known of who reports: the surname comes first, as it is written down."""
        surname, _blank, rest = self.cleaned_data.get("name", "").partition(" ")
        given, _blank, patronymic = rest.partition(" ")
        phone = self.cleaned_data.get("phone", "")
        known = {
            "surname": surname[:100],
            "given": given[:100],
            "patronymic": patronymic[:100],
            "phone": phone,
        }
        return known if any(known.values()) else {}

    def joins(self) -> Join | None:
        """Return to which call the report is joined, if the officer said so."""
        to = self.cleaned_data.get("join")
        return Join(to, self.cleaned_data.get("join_reason", "")) if to else None

    def others(self) -> list[UUID]:
        """Return the calls that the officer has said are about something else."""
        found = []
        for one in self.data.get("not_same", "").split(",")[:40]:
            try:
                found.append(UUID(one))
            except ValueError:
                continue
        return found

    def refuse(self, refused: StepRefused) -> None:
        """Show why the call was not written, beside the field that is at fault."""
        language = reading_language()
        beside = {name: text[language] for name, text in refused.fields.items() if name in self.fields}
        for name, text in beside.items():
            self.add_error(name, text)
        if not beside:
            places = {
                "time-refused": "at",
                "out-of-scope": "place",
                "unknown-place": "place",
                "unknown-unit": "unit",
            }
            self.add_error(places.get(refused.code), refused.text(language))


def _plain(data: QueryDict) -> QueryDict:
    """Return what was sent with its texts as they can be kept."""
    plain = data.copy()
    for name, values in data.lists():
        plain.setlist(name, [_without_controls(value) for value in values])
    return plain


def _without_controls(value: str) -> str:
    """Return text as it can be kept: signs that no keyboard types fall out, for a call is not refused over them."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in lines if sign in "\n\t" or not _is_unseen(sign))
    return "".join(kept).strip()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNS
