"""A meeting as an iCalendar file (RFC 5545), for the calendars of the invited."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from varta.lib.clock import KYIV

WIDTH = 75  # octets of a line, section 3.1
STAMP = "%Y%m%dT%H%M%SZ"
USUAL_MINUTES = 60


def calendar(
    *, key: UUID, told: dict[str, Any], title: str, sequence: int, made_at: datetime, address: str
) -> bytes:
    """Return the file; `sequence` grows with each change, so that a calendar replaces the earlier one."""
    begins = datetime.fromisoformat(f"{told['on']}T{hour_of(told['hour'])}").replace(tzinfo=KYIV)
    minutes = sum(item["minutes"] for item in told["items"]) or USUAL_MINUTES
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Varta//Meetings//UK",
        f"METHOD:{'CANCEL' if told['state'] == 'cancelled' else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{key}@varta",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(begins)}",
        f"DTEND:{_utc(begins + timedelta(minutes=minutes))}",
        f"SUMMARY:{_text(title)}",
        f"STATUS:{'CANCELLED' if told['state'] == 'cancelled' else 'CONFIRMED'}",
    ]
    where = ", ".join(part for part in (told["where"], told["video"]) if part)
    lines += [f"LOCATION:{_text(where)}"] if where else []
    agenda = "\n".join(f"{item['number']}. {item['title']}" for item in told["items"])
    lines += [f"DESCRIPTION:{_text(agenda)}"] if agenda else []
    lines += [f"URL:{address}"] if address else []
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(_folded(line) for line in lines).encode()


def hour_of(text: str) -> str:
    """Return an hour as HH:MM, 09:00 where it is none."""
    try:
        return f"{time.fromisoformat(text.strip().replace('.', ':').zfill(5)):%H:%M}"
    except ValueError:
        return "09:00"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line cut into pieces of at most 75 octets, none within a letter."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > WIDTH - 1:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + sign, size + octets
    return "\r\n ".join([*pieces, piece]) + "\r\n"
