"""Updates and cancellations of a call that a CAP alert opened: what the law of the case lets them do.

The police's own corrections stand above the partner's; nothing that was written is lost; and no message makes
the police stop attending.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from varta.api.cap import mapping, wording
from varta.api.cap.message import Alert
from varta.api.cap.record import news_of, place_of
from varta.api.intake import receiving
from varta.api.intake.receiving import Sent
from varta.api.intake.spotting import Spotted
from varta.api.models import Message, Partner
from varta.api.partners.refusals import Fault, Refused
from varta.cases import queries
from varta.cases.actions import take
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.people.scope import Reader
from varta.procedures.call import GUARDED

Done = tuple[str, list[str]]  # the result and the codes of notices


def update(
    alert: Alert, sent: Sent, referred: Message, *, partner: Partner, by: Reader, now: datetime
) -> Done:
    """Correct the record of the call by what the update says; the police's own corrections stay."""
    case, entries = _history(referred)
    _in_order(sent, referred, partner)
    if case.closed_at is not None:
        raise Refused(409, _closed())
    base = dict(effective(entries)[0].data)
    record = base | {"about": wording.added(base["about"], "Оновлення", wording.about(alert), at=alert.sent)}
    notices = []
    proposed = mapping.category_of(alert.infos)
    if mapping.more_urgent(proposed, base["category"]) and mapping.more_urgent(proposed, base["proposed"]):
        record |= {"category": proposed, "proposed": proposed}
    elif mapping.more_urgent(base["category"], proposed):
        notices.append("category-kept")
    moved = _moved(alert, case, partner)
    if _touched_by_others(entries, partner):
        notices.append("words-only")
        moved = None
    elif moved is not None and _attended(entries):
        notices.append("place-kept")
        record |= {name: value for name, value in news_of(alert).items() if name == "kind"}
        moved = None
    else:
        record |= news_of(alert) | ({"zone": moved.zone} if moved else {})
    _correct(sent, referred, entries, record, spotted=moved, partner=partner, by=by, now=now)
    return "updated", notices


def cancel(
    alert: Alert, sent: Sent, referred: Message, *, partner: Partner, by: Reader, now: datetime
) -> Done:
    """Close the call if nobody attended to it and it may be closed so; otherwise note the cancellation in it."""
    case, entries = _history(referred)
    _in_order(sent, referred, partner)
    if case.closed_at is not None:
        return "noted", ["closed-already"]
    why = _why_not_closed(case, entries)
    text = alert.note or (wording.about(alert) if alert.infos else "")
    if why is None:
        _close(sent, referred, entries, text, partner=partner, by=by, now=now)
        return "cancelled", []
    base = dict(effective(entries)[0].data)
    words = wording.added(base["about"], "Відправник скасував повідомлення", text, at=alert.sent)
    _correct(sent, referred, entries, base | {"about": words}, partner=partner, by=by, now=now)
    return "noted", [why]


def _history(message: Message) -> tuple[Case, Sequence[Written]]:
    case = Case.objects.get(key=message.case_key)
    return case, queries.journal(case)


def _in_order(sent: Sent, referred: Message, partner: Partner) -> None:
    """Refuse what was sent before the latest message about the same call."""
    about = Message.objects.filter(partner=partner, case_key=referred.case_key)
    latest = about.order_by("-sent_at").values_list("sent_at", flat=True).first()
    if latest is not None and sent.at < latest:
        raise Refused(
            409,
            Fault(
                "out-of-order",
                "Про цей виклик уже є новіше повідомлення. Нічого не змінено.",
                "A later message about this call is known already. Nothing was changed.",
                at="/alert/sent[1]",
            ),
        )


def _moved(alert: Alert, case: Case, partner: Partner) -> Spotted | None:
    """Return the place that the update tells, if it surely is another; Refused where it lies outside the area."""
    if not any(info.areas for info in alert.infos):
        return None
    spotted = place_of(alert, partner)
    known = spotted.sure and not spotted.rivals
    return spotted if known and spotted.place.code != case.place_id else None


def _attended(entries: Sequence[Written]) -> bool:
    return any(entry.step != "receive" for entry in entries)


def _touched_by_others(entries: Sequence[Written], partner: Partner) -> bool:
    corrections = [entry for entry in entries if entry.corrects == entries[0].key]
    return any(entry.officer_id != partner.pk for entry in corrections)


def _why_not_closed(case: Case, entries: Sequence[Written]) -> str | None:
    if _attended(entries):
        return "attended"
    facts = case.facts
    if facts.get("category") == "alpha" or facts.get("kind") in GUARDED:
        return "guarded"
    return None


def _correct(
    sent: Sent,
    referred: Message,
    entries: Sequence[Written],
    record: dict[str, Any],
    *,
    spotted: Spotted | None = None,
    partner: Partner,
    by: Reader,
    now: datetime,
) -> None:
    """Write a correction of the opening entry: it happened when the opening did, so its terms stay."""
    opening = effective(entries)[0]
    _take(
        sent,
        referred,
        "receive",
        record,
        at=opening.at,
        corrects=entries[0].key,
        spotted=spotted,
        partner=partner,
        by=by,
        now=now,
    )


def _close(
    sent: Sent,
    referred: Message,
    entries: Sequence[Written],
    text: str,
    *,
    partner: Partner,
    by: Reader,
    now: datetime,
) -> None:
    reason = wording.added("", "Відправник скасував повідомлення", text, at=sent.at)
    record = {"outcome": "other", "reason": reason}
    at = min(max(sent.at, effective(entries)[0].at), now)
    _take(sent, referred, "close", record, at=at, corrects=None, partner=partner, by=by, now=now)


def _take(
    sent: Sent,
    referred: Message,
    step: str,
    record: dict[str, Any],
    *,
    at: datetime,
    corrects: UUID | None,
    spotted: Spotted | None = None,
    partner: Partner,
    by: Reader,
    now: datetime,
) -> None:
    key = sent.key_for(partner)
    receiving.keep(sent, partner, key=key, case=referred.case_key, now=now)
    take(
        key=key,
        case=referred.case_key,
        procedure="call",
        step=step,
        data=record,
        by=by,
        at=at,
        received_at=now,
        corrects=corrects,
        place=spotted.place.code if spotted else None,
        unit=spotted.unit if spotted else None,
    )


def _closed() -> Fault:
    return Fault(
        "case-closed",
        "Виклик уже закрито. Якщо подія триває, надішліть нове повідомлення (Alert).",
        "The call is closed already. Send a new Alert if the event goes on.",
        at="/alert/references[1]",
    )
