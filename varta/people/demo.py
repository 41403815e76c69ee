"""Accounts of the demonstration: one officer for each role around Dnipro. All names are invented."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from varta.lib import home
from varta.lib.text import sort_key, transliterate
from varta.people.actions import new_password
from varta.people.models import Appointment, Officer
from varta.people.roles import ROLES
from varta.people.scope import Reader, reading
from varta.places.models import Territory, Unit

UKRAINE, HEADQUARTERS = "UA", "NPU"
OBLAST, MAIN_DIRECTORATE = "UA12000000000090473", "NPU-12"
RAION, DIRECTORATE = "UA12020000000052809", "NPU-12-1202"
HROMADA, SECTOR = "UA12020170000068526", "NPU-12-1202-017"  # Обухівська
OTHER_HROMADA, OTHER_SECTOR = "UA12020250000010438", "NPU-12-1202-025"  # Слобожанська
SINCE = date(2018, 1, 1)


class Demo(NamedTuple):
    """An officer of the demonstration."""

    login: str
    name: str
    rank: str
    role: str
    place: str
    unit: str


OFFICERS = (
    Demo("olena", "Олена Черговенко", "капітан поліції", "duty", RAION, DIRECTORATE),
    Demo("andrii", "Андрій Громаденко", "старший лейтенант поліції", "hromada_officer", HROMADA, SECTOR),
    Demo("maria", "Марія Сусіденко", "лейтенант поліції", "hromada_officer", OTHER_HROMADA, OTHER_SECTOR),
    Demo("yuliia", "Юлія Підліткова", "майор поліції", "juvenile_officer", RAION, DIRECTORATE),
    Demo("kyrylo", "Кирило Розшуков", "капітан поліції", "criminal_block", RAION, DIRECTORATE),
    Demo("halyna", "Галина Керівна", "полковник поліції", "head", OBLAST, MAIN_DIRECTORATE),
    Demo("orest", "Орест Головний", "генерал поліції", "head", UKRAINE, HEADQUARTERS),
    Demo("kateryna", "Катерина Програмна", "підполковник поліції", "coordinator", UKRAINE, HEADQUARTERS),
    Demo("anton", "Антон Показник", "майор поліції", "analyst", UKRAINE, HEADQUARTERS),
    Demo("nadiia", "Надія Превентивна", "полковник поліції", "head", UKRAINE, HEADQUARTERS),
    Demo("erika", "Еріка Дописенко", "", "editor", UKRAINE, HEADQUARTERS),
    Demo("petro", "Петро Взаємодійний", "", "partner", OBLAST, MAIN_DIRECTORATE),
    Demo("oksana", "Оксана Перевірко", "полковник поліції", "auditor", UKRAINE, HEADQUARTERS),
    Demo("admin", "Адам Обліковець", "", "administrator", UKRAINE, HEADQUARTERS),
)


class Account(NamedTuple):
    """What is printed for whoever tries the demonstration."""

    login: str
    password: str
    role: dict[str, str]
    place: str


def make(*, at: datetime) -> list[Account]:
    """Make the accounts that are missing and return all; a second run changes nothing.

    Passwords are made once for an installation and kept in `demo-accounts.json` of the home folder,
    readable by its owner alone. The accounts sign in only while VARTA_DEMO is 1.
    """
    kept = _kept()
    with reading(Reader.system()):
        for demo in OFFICERS:
            _make(demo, at=at, kept=kept)
    home.write_private(_file(), json.dumps(kept, indent=1))
    return accounts()


def accounts() -> list[Account]:
    """Return the accounts of this installation with their passwords."""
    kept = _kept()
    return [
        Account(demo.login, kept[demo.login], dict(ROLES[demo.role].title), demo.place)
        for demo in OFFICERS
        if demo.login in kept
    ]


@transaction.atomic
def _make(demo: Demo, *, at: datetime, kept: dict[str, str]) -> None:
    officer = Officer.objects.filter(login=demo.login).first()
    if officer is not None and demo.login in kept:
        return
    kept[demo.login] = new_password()
    if officer is None:
        officer = _written(demo, at=at)
    officer.set_password(kept[demo.login])
    officer.save(update_fields=["password"])


def _written(demo: Demo, *, at: datetime) -> Officer:
    unit, place = Unit.objects.get(code=demo.unit), Territory.objects.get(code=demo.place)
    officer = Officer(
        login=demo.login,
        name=demo.name,
        name_en=transliterate(demo.name),
        sort_key=sort_key(demo.name),
        rank=demo.rank,
        unit=unit,
        is_demo=True,
        created_at=at,
    )
    officer.set_unusable_password()
    officer.save(force_insert=True)
    Appointment.objects.create(officer=officer, role=demo.role, place=place, unit=unit, since=SINCE)
    return officer


def _file() -> Path:
    return home.path() / "demo-accounts.json"


def _kept() -> dict[str, str]:
    return json.loads(_file().read_text()) if _file().exists() else {}
