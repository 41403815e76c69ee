"""What becomes of a CAP alert from a partner: a call, a correction of it, its end, or nothing, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from varta.api.cap import changes
from varta.api.cap.message import Alert
from varta.api.cap.record import place_of, record_of
from varta.api.intake import receiving
from varta.api.intake.notices import NOTICES, place_notices
from varta.api.intake.receiving import Sent
from varta.api.models import Message, Partner
from varta.api.partners.refusals import Fault, Refused
from varta.cases.models import Case
from varta.people.scope import Reader


@dataclass(frozen=True)
class Outcome:
    """What was done with a message: registered, updated, cancelled, noted, duplicate or ignored."""

    result: str
    case: Case | None = None
    notices: list[Mapping[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the answer; the journal number and the address to follow where there is a call."""
        plain: dict[str, Any] = {"result": self.result, "notices": self.notices}
        if self.case is not None:
            plain |= {
                "case": str(self.case.key),
                "number": f"{self.case.number}/{self.case.year}",
                "follow": f"/api/calls/{self.case.key}",
            }
        return plain


def take_in(alert: Alert, *, partner: Partner, by: Reader, now: datetime) -> Outcome:
    """Act on an alert and return what was done. Raises Refused and StepRefused; then nothing was written."""
    if alert.status != "Actual":
        return Outcome("ignored", notices=[NOTICES["not-actual"]])
    if alert.msg_type in ("Ack", "Error"):
        return Outcome("noted", notices=[NOTICES["acknowledged"]])
    sent = Sent("cap", alert.identifier, alert.sent, {"alert": alert}, sender=alert.sender)
    if earlier := receiving.known(partner, sent):
        return Outcome("duplicate", _case(earlier))
    if faults := [*receiving.timely(alert.sent, now=now, where="/alert/sent[1]"), *_stale(alert, now)]:
        raise Refused(422, *faults)
    if alert.msg_type == "Alert":
        return _register(alert, sent, partner=partner, by=by, now=now)
    referred = _referred(alert, partner)
    act = changes.update if alert.msg_type == "Update" else changes.cancel
    result, notices = act(alert, sent, referred, partner=partner, by=by, now=now)
    return Outcome(result, _case(referred), [NOTICES[code] for code in notices])


def _register(alert: Alert, sent: Sent, *, partner: Partner, by: Reader, now: datetime) -> Outcome:
    spotted = place_of(alert, partner)
    written = receiving.register_call(
        sent, record_of(alert, spotted, partner), spotted, partner=partner, by=by, now=now
    )
    case = Case.objects.filter(key=written.case_key).first()
    return Outcome("registered", case, place_notices(spotted))


def _stale(alert: Alert, now: datetime) -> list[Fault]:
    if alert.msg_type != "Cancel" and not alert.infos:
        return [
            Fault(
                "info-missing",
                "Без елемента info невідомо, що сталося.",
                "Without an element info it is not known what happened.",
                at="/alert",
            )
        ]
    ends = [info.expires for info in alert.infos]
    if ends and all(end is not None and end <= now for end in ends):
        return [
            Fault(
                "expired",
                "Строк дії повідомлення минув. Якщо подія триває, надішліть нове.",
                "The message has expired. Send a new one if the event goes on.",
                at="/alert/info[1]/expires[1]",
            )
        ]
    return []


def _referred(alert: Alert, partner: Partner) -> Message:
    """Return the latest message of this partner that the alert refers to."""
    known = [
        Message.objects.filter(
            partner=partner, door="cap", sender=one.sender, identifier=one.identifier, sent_at=one.sent
        ).first()
        for one in alert.references
    ]
    found = sorted((message for message in known if message), key=lambda message: message.sent_at)
    if not found:
        raise Refused(
            422,
            Fault(
                "reference-unknown",
                "Повідомлення, на яке це посилається, від Вас не надходило. Надішліть нове (Alert).",
                "The message that this one refers to never came from you. Send a new Alert.",
                at="/alert/references[1]",
            ),
        )
    return found[-1]


def _case(message: Message) -> Case | None:
    return Case.objects.filter(key=message.case_key).first()
