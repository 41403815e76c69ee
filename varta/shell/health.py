"""Whether Varta is well: the database, the worker, notices, the age of the lake, the last backup."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.http import JsonResponse

from varta.lake import queries as lake
from varta.lib import backups
from varta.lib.clock import now
from varta.notices import queries as notices
from varta.shell import live

HEARTBEAT = timedelta(minutes=1)
LIVE = timedelta(seconds=30)
LAKE = timedelta(minutes=15)
BACKUP = timedelta(hours=50)  # a night may be missed, two may not


def answer() -> JsonResponse:
    """Return 200 when all is well, else 503 with the reasons; never fails itself."""
    moment = now()
    facts: dict[str, Any] = {"at": moment.isoformat(timespec="seconds")}
    reasons: list[str] = []
    installed = _asked(_database, facts, reasons, moment)
    if installed is not None:
        _asked(_worker, facts, reasons, moment)
        _asked(_live, facts, reasons, moment)
        _asked(_notices, facts, reasons, moment)
    fresh = installed is None or moment - installed < LAKE
    new = installed is None or moment - installed < BACKUP
    _asked(lambda *given: _lake(*given, lenient=fresh), facts, reasons, moment)
    _asked(lambda *given: _backup(*given, lenient=new), facts, reasons, moment)
    body = {"status": "ill" if reasons else "well", "reasons": reasons, **facts}
    response = JsonResponse(body, status=503 if reasons else 200)
    response["Cache-Control"] = "no-store"
    return response


def _asked(ask: Callable[..., Any], facts: dict[str, Any], reasons: list[str], moment: datetime) -> Any:
    """Ask one thing; a failure to answer is a reason."""
    try:
        return ask(facts, reasons, moment)
    except (DatabaseError, OSError, ValueError, RuntimeError) as error:
        reasons.append(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
        return None


def _database(facts: dict[str, Any], reasons: list[str], moment: datetime) -> datetime | None:
    """Return when the tables were made."""
    facts["database"] = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations")
        [installed] = cursor.fetchone()
    facts["database"] = True
    return installed


def _worker(facts: dict[str, Any], reasons: list[str], moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        [beat] = cursor.fetchone()
    facts["worker_seconds"] = round((moment - beat).total_seconds()) if beat else None
    if beat is None or moment - beat > HEARTBEAT:
        reasons.append("No worker is running: start `varta run` or `varta work`.")


def _notices(facts: dict[str, Any], reasons: list[str], moment: datetime) -> None:
    facts["notices_waiting"], facts["notices_late"] = notices.waiting_and_late(now=moment)
    if facts["notices_late"]:
        reasons.append("Notices wait longer than an hour: see /notices/.")


def _live(facts: dict[str, Any], reasons: list[str], moment: datetime) -> None:
    looked = live.looked_at()
    facts["live_seconds"] = round((moment - looked).total_seconds()) if looked else None
    if looked is None or moment - looked > LIVE:
        reasons.append("No live process is running, so boards lag: start `varta run` or `varta live`.")


def _lake(facts: dict[str, Any], reasons: list[str], moment: datetime, *, lenient: bool) -> None:
    age = lake.age(moment)
    facts["lake_seconds"] = round(age.total_seconds()) if age is not None else None
    if (age is None and not lenient) or (age is not None and age > LAKE):
        reasons.append("The lake is behind the journal: look at the worker's log.")


def _backup(facts: dict[str, Any], reasons: list[str], moment: datetime, *, lenient: bool) -> None:
    last = backups.last()
    facts["backup_at"] = last.made_at if last else None
    late = last is not None and moment - datetime.fromisoformat(last.made_at) > BACKUP
    if late or (last is None and not lenient):
        reasons.append("No backup for two nights: run `varta backup`.")
