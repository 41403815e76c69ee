"""Accounts of the demonstration."""

import json
import stat
from datetime import UTC, datetime

from varta.people import demo
from varta.people.models import Officer
from varta.people.roles import ROLES

AT = datetime(2026, 10, 31, 9, 30, tzinfo=UTC)


def test_there_is_an_account_for_each_role(db, home):
    accounts = demo.make(at=AT)

    roles = {officer.role for officer in demo.OFFICERS}
    assert roles == set(ROLES)
    assert all(Officer.objects.get(login=one.login).check_password(one.password) for one in accounts)


def test_a_second_run_changes_nothing(db, home):
    first = demo.make(at=AT)

    assert demo.make(at=AT) == first
    assert Officer.objects.count() == len(demo.OFFICERS)


def test_passwords_differ_between_accounts_and_are_readable_by_the_owner_alone(db, home):
    accounts = demo.make(at=AT)
    file = home / "demo-accounts.json"

    assert len({one.password for one in accounts}) == len(accounts)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(json.loads(file.read_text())) == {one.login for one in accounts}


def test_a_lost_file_of_passwords_gives_new_ones(db, home):
    before = demo.make(at=AT)
    (home / "demo-accounts.json").unlink()

    after = demo.make(at=AT)

    assert not {one.password for one in before} & {one.password for one in after}
    assert Officer.objects.get(login="olena").check_password(after[0].password)
