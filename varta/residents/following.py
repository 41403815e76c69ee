"""A matter as its resident sees it: in plain words, without officers, people or what is written about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.lib.clock import KYIV, kyiv_day
from varta.people.scope import Reader, reading
from varta.residents import codes
from varta.residents.models import Receipt, Subscription, Waiting

Words = str | Promise

STEPS: dict[tuple[str, str], Words] = {
    ("call", "receive"): _("The report was received and registered"),
    ("call", "assign"): _("A crew was chosen"),
    ("call", "accept"): _("The crew set out"),
    ("call", "arrive"): _("The crew arrived"),
    ("call", "register_crime"): _("Entered into the register of pre-trial investigations"),
    ("call", "close"): _("The work is finished"),
    ("call", "join"): _("Joined to another report of the same event"),
    ("appeal", "receive"): _("The appeal was received and registered"),
    ("appeal", "assign"): _("An executor was named"),
    ("appeal", "extend"): _("The term was extended"),
    ("appeal", "shorten"): _("The term was shortened"),
    ("appeal", "return_defective"): _("Returned, because something that the law asks for is missing"),
    ("appeal", "return_for_data"): _("Returned, because data needed to decide are missing"),
    ("appeal", "forward"): _("Forwarded to the body that decides such matters"),
    ("appeal", "leave_unconsidered"): _("Left without consideration; the reason was sent to you"),
    ("appeal", "reply"): _("Answered"),
    ("call", "add_information"): _("Information was added"),
    ("appeal", "add_information"): _("Information was added"),
}
OUTCOMES: dict[str, Words] = {
    "resolved": _("The matter was settled on the spot."),
    "criminal": _("Criminal proceedings were begun."),
    "administrative": _("A protocol on an administrative offence was drawn up."),
    "no_offence": _("No offence was found."),
    "explained": _("You were given an explanation."),
    "referred": _("The matter was passed to another body."),
    "duplicate": _("Another report told of the same event; the police worked on that one."),
    "not_found": _("Nobody was found on the spot."),
}
ONCE = frozenset({"assign", "accept"})  # shown the first time only: which crew went when is the desk's


@dataclass(frozen=True)
class Shown:
    """One line of what happened."""

    at: datetime
    words: Words
    detail: Words = ""
    until: date | None = None


@dataclass(frozen=True)
class Due:
    """By which day an answer is due, how many days are left, and whether a lawyer has looked at the term."""

    on: date
    days_left: int  # negative: late by so many
    verified: bool

    @property
    def days_late(self) -> int:
        """Return by how many days the answer is late."""
        return -self.days_left


@dataclass
class Matter:
    """What the page shows to whoever has the number and the code."""

    receipt: Receipt
    state: str  # "waiting", "dismissed", "open", "finished"
    steps: list[Shown] = field(default_factory=list)
    unit: str = ""
    journal: str = ""  # number in the unit's journal
    due: Due | None = None
    answer: str = ""
    answered_by: str = ""  # "email" or "post"
    may_add: bool = False
    may_rate: bool = False
    rated: bool = False
    told: bool = False  # notices of this matter go somewhere


def found(number: str, code: str) -> Receipt | None:
    """Return the receipt of a number and its code; as much work for a wrong number as for a wrong code."""
    with reading(Reader.system()):
        receipt = Receipt.objects.filter(number=codes.digits_of(number)).first()
    case, kept = (receipt.case, bytes(receipt.code_hash)) if receipt else (UUID(int=0), bytes(32))
    right = codes.is_code(case, code, kept)
    return receipt if receipt is not None and right and receipt.followed else None


def matter_of(receipt: Receipt, *, now: datetime) -> Matter:
    """Return where the matter stands."""
    with reading(Reader.system()) as system:
        case = cases.visible_to(system).select_related("unit").filter(key=receipt.case).first()
        if case is None:
            return _waiting(receipt)
        shown = _of_case(receipt, case, effective(cases.journal(case)), now=now)
        shown.told = Subscription.objects.filter(case=receipt.case, ended_at=None).exists()
        return shown


def _waiting(receipt: Receipt) -> Matter:
    row = Waiting.objects.select_related("unit").get(key=receipt.case)
    state = "dismissed" if row.state == Waiting.State.DISMISSED else "waiting"
    return Matter(receipt, state, unit=row.unit.title)


def _of_case(receipt: Receipt, case: Case, entries: Sequence[Written], *, now: datetime) -> Matter:
    taken = {entry.step for entry in entries}
    shown = Matter(
        receipt,
        "finished" if case.closed_at else "open",
        unit=case.unit.title,
        journal=f"{case.number}/{case.year}",
        may_add=case.closed_at is None,
        may_rate="feedback" not in taken and bool(taken & {"close", "join", "reply"}),
        rated="feedback" in taken,
    )
    if receipt.discreet:
        shown.journal, shown.unit = "", ""
        shown.steps = [Shown(entries[0].at, STEPS[case.procedure, "receive"])]
        return shown
    shown.steps = list(_lines(entries))
    shown.due = _due(case, now=now)
    reply = next((entry for entry in entries if entry.step == "reply"), None)
    if reply is not None:
        shown.answered_by = "email" if entries[0].data.get("email") else "post"
        shown.answer = reply.data["text"] if receipt.shows_answer else ""
    return shown


def _lines(entries: Sequence[Written]) -> list[Shown]:
    lines, seen = [], set()
    for entry in entries:
        words = STEPS.get((entry.procedure, entry.step))
        if words is None or (entry.step in ONCE and entry.step in seen):
            continue
        seen.add(entry.step)
        lines.append(_line(entry, words))
    return lines


def _line(entry: Written, words: Words) -> Shown:
    if entry.step == "close":
        return Shown(entry.at, words, OUTCOMES.get(entry.data["outcome"], ""))
    if entry.step == "forward":
        return Shown(entry.at, words, entry.data["to"])
    if entry.step in ("extend", "shorten"):
        return Shown(entry.at, words, until=date.fromisoformat(entry.data["until"]))
    return Shown(entry.at, words)


def _due(case: Case, *, now: datetime) -> Due | None:
    """Return what is owed to the resident: an answer."""
    row = case.deadlines.filter(step="reply", met_at=None).first()
    if row is None or case.closed_at:
        return None
    on = row.due_at.astimezone(KYIV).date()
    return Due(on, (on - kyiv_day(now)).days, row.verified)
