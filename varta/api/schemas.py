"""What the API takes and gives, with the shapes that its description shows."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, model_validator

from varta.procedures.call import KIND


class Texts(Schema):
    """A text in both languages."""

    uk: str
    en: str


class Refused(Schema):
    """Why nothing was done: a code for programs, texts for people, the wrong fields."""

    code: str
    uk: str
    en: str
    fields: dict[str, Texts] = {}


class Part(Schema):
    """A registered person and the part they have in the case."""

    person: UUID
    part: str = Field(max_length=40, pattern="^[a-z_]+$")


class StepTaken(Schema):
    """A step to be taken. `key` is a UUIDv7 made by the sender: the same key may be sent again."""

    key: UUID
    case: UUID | None = Field(None, description="Key of the case; without it the step opens one.")
    procedure: str = Field(max_length=64)
    step: str = Field(max_length=64)
    data: dict[str, Any] = Field({}, description="The record, as GET procedures/{code} describes it.")
    at: AwareDatetime = Field(description="When it happened, with its zone.")
    place: str | None = Field(None, max_length=64, description="Code of the territory.")
    unit: str | None = Field(None, max_length=64, description="Code of the unit that answers.")
    people: list[Part] = []
    corrects: UUID | None = Field(
        None, description="Key of the entry of the same step that this one puts right."
    )
    parent: UUID | None = Field(None, description="Key of the case that the new one grows out of.")


class EntryOut(Schema):
    """An entry of the journal; `hash` is its SHA-256 with that of the entry before it."""

    key: UUID
    case_key: UUID
    position: int
    step: str
    at: AwareDatetime
    received_at: AwareDatetime
    role: str
    data: dict[str, Any]
    corrects: UUID | None
    hash: str


class DeadlineOut(Schema):
    """What is due, since when, by which article; `late_from` is the first moment that is too late."""

    step: str
    from_at: AwareDatetime
    due_at: AwareDatetime
    late_from: AwareDatetime
    met_at: AwareDatetime | None
    act: str
    article: str
    url: str
    verified: bool


class CaseOut(Schema):
    """A case as its entries leave it."""

    key: UUID
    procedure: str
    number: int
    year: int
    place: str
    unit: str
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    last_step: str
    due_step: str | None
    late_from: AwareDatetime | None
    facts: dict[str, Any]


class CaseWhole(CaseOut):
    """A case with its entries and deadlines."""

    entries: list[EntryOut]
    deadlines: list[DeadlineOut]


class CasePage(Schema):
    """A page of cases, the newest first."""

    cases: list[CaseOut]
    page: int
    has_next: bool


class FrozenOut(Schema):
    """A frozen report: its name, which edition of which report it is, and when it was frozen."""

    name: str
    of: str
    edition: int
    made_at: AwareDatetime
    asked: dict[str, Any]


class ReportAsked(Schema):
    """The question of a report; days are Kyiv days, both counted in."""

    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    period: str = Field(
        "", description="Instead of days: 2019, 2019-09, 2019-Q3, 2019-H1, 2019-9M, 2019-09-R12 (12 months)."
    )
    by: Literal["country", "oblast", "raion", "hromada", "directorate", "unit"] = "oblast"
    place: str | None = Field(None, description="Code of a territory: only what lies in it.")
    unit: str | None = Field(None, description="Code of a unit: what it and those below it answer for.")
    indicators: str = Field("", description="Codes parted by commas; all without it.")


class IndicatorOut(Schema):
    """An indicator and how it is counted."""

    code: str
    title: Texts
    definition: Texts
    unit: Texts
    direction: str
    source: str
    checked_by: str | None
    review_on: date


class FaultOut(Schema):
    """One thing that is wrong: a code for programs, its place in the message, texts for people."""

    code: str
    at: str
    uk: str
    en: str


class RefusedWhole(Schema):
    """Why a partner's request was refused: the first reason, and all of them."""

    code: str
    uk: str
    en: str
    errors: list[FaultOut]


class PlaceSent(Schema):
    """Where it is, as far as it is known: a code is stronger than a point, a point than words."""

    code: str = Field("", max_length=64, description="Code of the codifier (КАТОТТГ).")
    lat: float | None = Field(None, ge=-90, le=90, description="WGS 84 degrees; with lon.")
    lon: float | None = Field(None, ge=-180, le=180)
    address: str = Field("", max_length=200)
    words: str = Field("", max_length=200, description="The place in the caller's words.")

    @model_validator(mode="after")
    def _both_or_neither(self) -> "PlaceSent":
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon come together")
        return self


class CallerSent(Schema):
    """Who called, as far as it is known."""

    surname: str = Field("", max_length=100)
    given: str = Field("", max_length=100)
    patronymic: str = Field("", max_length=100)
    phone: str = Field("", max_length=40)


class CallSent(Schema):
    """A call to be registered. `key` is a UUIDv7 made by the sender: the same key may be sent again."""

    key: UUID
    at: AwareDatetime = Field(description="When the caller was heard, with its zone.")
    kind: Literal[tuple(KIND)] = Field(description="Kind of event.")
    category: Literal["alpha", "beta", "gamma", "delta"] | None = Field(
        None, description="How urgent; without it Varta proposes one from the kind."
    )
    about: str = Field("", max_length=10_000, description="What was reported, in the caller's words.")
    place: PlaceSent = Field(default_factory=PlaceSent)
    caller: CallerSent | None = None
    crime_signs: bool = False
    reference: str = Field("", max_length=200, description="The sender's own number of the call.")


class Notice(Schema):
    """What the sender should know although the call was taken."""

    code: str
    uk: str
    en: str


class CallTaken(Schema):
    """A registered call: its number in the unified record, and where to ask after it."""

    key: UUID
    number: str
    follow: str
    notices: list[Notice]


class CallFollowed(Schema):
    """What became of a call: its state and nothing that anybody said or is."""

    key: UUID
    number: str
    state: Literal["received", "assigned", "on_scene", "closed"]
    received_at: AwareDatetime
    changed_at: AwareDatetime
    closed_at: AwareDatetime | None
