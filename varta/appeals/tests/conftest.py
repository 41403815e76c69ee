"""What tests of appeals share: an appeal that Olena registers in Andrii's hromada, and a head over both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, override_settings

from varta.appeals import actions
from varta.appeals.letters import Content
from varta.appeals.models import Letter
from varta.appeals.tests.browsing import SYSTEM, signed_in, step_at
from varta.cases.actions import take
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.lib.clock import kyiv_day
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.places.models import Unit

CAME = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
APPEAL = {
    "kind": "request",
    "subject": "neighbours",
    "about": "Сусіди щоночі вмикають гучну музику, прошу вжити заходів",
}
SENDER = {
    "surname": "Вигаданенко",
    "given": "Петро",
    "patronymic": "Іванович",
    "phone": "+380 00 000 00 07",
    "sex": "m",
    "residence": "вул. Садова, 4, с. Обухівка",
}
LETTER = {
    "kind": "acknowledgement",
    "letterhead": "Національна поліція України\nСектор поліцейської діяльності",
    "to": "Вигаданенку Петру Івановичу",
    "heading": "Про реєстрацію звернення",
    "greeting": "Шановний пане Петре!",
    "body": "Ваше звернення зареєстровано.",
    "signatory_post": "Начальник",
    "signatory_name": "Галина КЕРІВНА",
}


@pytest.fixture
def halyna(db: object) -> Officer:
    """Head of the main directorate: decides over both hromadas."""
    return officer_at("halyna", "Галина Керівна", "head", demo.OBLAST, demo.MAIN_DIRECTORATE)


@pytest.fixture
def reader_of() -> Callable[[Officer], Reader]:
    """Return who an officer is on the day of the appeal."""
    return lambda officer: Reader.of(officer, on=kyiv_day(CAME))


@pytest.fixture
def desk(olena: Officer, reader_of: Callable[[Officer], Reader]) -> Iterator[Reader]:
    """Read and write as Olena for the whole test."""
    with reading(reader_of(olena)) as reader:
        yield reader


@pytest.fixture
def sector(db: object) -> Unit:
    """The sector of Andrii's hromada."""
    return Unit.objects.get(code=demo.SECTOR)


def register(
    by: Reader, *, at: datetime = CAME, sender: dict[str, str] | None = None, **more: Any
) -> Written:
    """Register an appeal in Andrii's hromada; `more` goes into its record or into `actions.register`."""
    own = {name: more.pop(name) for name in ("known", "signed", "place", "unit", "key") if name in more}
    given = {"place": demo.HROMADA, "unit": demo.SECTOR, "key": uuid7(at)} | own
    given["signatories"] = given.pop("signed", ())
    return actions.register(
        data=APPEAL | more.pop("record", {}) | more,
        sender=SENDER if sender is None else sender,
        by=by,
        at=at,
        received_at=at,
        **given,
    )


def step(by: Reader, case: UUID, code: str, *, days: float = 1, **data: Any) -> Written:
    """Take a later step of an appeal, some days after it came."""
    at = CAME + timedelta(days=days)
    more = {"corrects": data.pop("corrects")} if "corrects" in data else {}
    return take(
        key=uuid7(at),
        case=case,
        procedure="appeal",
        step=code,
        data=data,
        by=by,
        at=at,
        received_at=at,
        **more,
    )


def send(by: Reader, case: UUID, *, days: float = 1, address: str = "вул. Садова, 4", **more: Any) -> Letter:
    """Send a letter in an appeal, some days after it came."""
    at = CAME + timedelta(days=days)
    key = more.pop("key", uuid7(at))
    return actions.send_letter(
        key=key,
        case=Case.objects.get(key=case),
        content=Content.of(LETTER | more),
        address=address,
        by=by,
        at=at,
        received_at=at,
    )


@pytest.fixture
def demonstration() -> Iterator[None]:
    """Ask for no second factor."""
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def at_desk(olena: Officer, demonstration: None) -> Client:
    """Return Olena's browser."""
    return signed_in(olena)


@pytest.fixture
def three(olena, andrii, reader_of) -> list[UUID]:
    """A late complaint given to Andrii, a privileged proposal that came electronically, an anonymous request."""
    long_ago = datetime.now(UTC) - timedelta(days=60)
    lately = datetime.now(UTC) - timedelta(days=2)
    with reading(SYSTEM):
        late = register(SYSTEM, at=long_ago, kind="complaint", about="Не приїхали на виклик")
        own = register(
            SYSTEM,
            at=lately,
            kind="proposal",
            form="electronic",
            privileged=True,
            sender=SENDER | {"surname": "Інша"},
        )
        nobody = register(SYSTEM, at=lately, sender={}, anonymous=True, about="У парку темно")
        step_at(late.case_key, "assign", long_ago, executor="andrii", executor_name=andrii.name, control=True)
    return [late.case_key, own.case_key, nobody.case_key]
