"""What tests of reports share: a lake that was counted, a report of Andrii's, and the words of a draft."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from varta.cases import queries as cases
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.lake import dimensions
from varta.lake.refresh import refresh
from varta.lib.uuid7 import uuid7
from varta.officers.hromada import actions, queries
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading

NOW = datetime(2026, 7, 10, 9, tzinfo=UTC)
BEGAN = datetime(2026, 1, 20, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
WORDS = {
    "held_on": "2026-07-08",
    "held_at": "Обухівка, будинок культури",
    "body": "committee",
    "done": "Прийнято мешканців, перевірено школи і зупинки.",
    "prevention": "Бесіди у школі.",
    "plans": "",
    "needs": "Освітити зупинку.",
    "summary_en": "",
}


def fill_lake(tmp_path: Any, monkeypatch: Any, *, at: datetime = NOW) -> None:
    """Bring a lake of the test's own up to what is committed."""
    monkeypatch.setenv("VARTA_LAKE", str(tmp_path / "lake"))
    with reading(Reader.system()):
        dimensions.write()
    refresh(at)


def home(officer: Officer) -> Appointment:
    """Return the officer's only appointment, with all that a report needs."""
    return Appointment.objects.select_related("officer", "place", "unit").get(officer=officer)


def begun(officer: Officer, *, at: datetime = BEGAN) -> Case:
    """Begin the term of the officer's report and return its case."""
    entry = actions.open_report(appointment=home(officer), at=at, received_at=at)
    with reading(Reader.system()):
        return Case.objects.select_related("place", "unit").get(key=entry.case_key)


def counted(case: Case, by: Reader, *, first: date = FIRST, last: date = LAST, at: datetime = NOW) -> Written:
    """Count the figures of the half-year."""
    return actions.count(key=uuid7(at), case=case, first=first, last=last, by=by, at=at)


def published(case: Case, by: Reader, *, at: datetime = NOW, **words: str) -> Written:
    """Save words, and publish them with the last figures, or a revision of what was published."""
    draft = actions.save_draft(case=case, content=WORDS | words, by=by, at=at)
    case.refresh_from_db()
    count = queries.last_count(cases.journal(case))
    assert count is not None
    return actions.publish(
        key=uuid7(at),
        case=case,
        counted=str(count.key),
        seen_at=draft.saved_at.isoformat(),
        by=by,
        at=at + timedelta(seconds=1),
    )
