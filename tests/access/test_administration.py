"""The administrator's and the auditor's pages."""

import csv
import io

import pytest

from tests.access.conftest import looks
from varta.people import demo
from varta.people.models import Appointment, Officer
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.people.views.log import harmless


def account(pk: int, action: str = "") -> str:
    return f"/people/accounts/{pk}/{action}"


def test_a_new_account_shows_its_password_once(adam, signed_in):
    client = signed_in(adam)
    new = {"login": "ivan", "name": "Іван Новенко", "unit": demo.SECTOR, "language": "uk"}

    shown = client.post("/people/accounts/new/", new).content.decode()

    ivan = Officer.objects.get(login="ivan")
    password = shown.split("<code>")[1].split("</code>")[0]
    assert ivan.check_password(password)
    assert password not in client.get(account(ivan.pk)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "і"},
        {"login": "andrii"},
        {"name": ""},
        {"unit": "NPU"},
        {"unit": "nowhere"},
        {"language": "xx"},
    ],
)
def test_a_wrong_new_account_is_refused_with_a_reason(adam, andrii, signed_in, wrong):
    new = {"login": "ivan", "name": "Іван Новенко", "unit": demo.SECTOR, "language": "uk"} | wrong

    answer = signed_in(adam).post("/people/accounts/new/", new)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Officer.objects.filter(name="Іван Новенко").exists()


def test_an_appointment_is_given_and_ended(adam, andrii, signed_in):
    client = signed_in(adam)
    given = {"role": "duty", "place": demo.RAION, "unit": demo.DIRECTORATE, "since": "2026-01-01"}

    client.post(account(andrii.pk, "appoint/"), given)
    duty = Appointment.objects.get(officer=andrii, role="duty")
    client.post(account(andrii.pk, f"appointments/{duty.pk}/end/"), {"until": "2026-02-01"})

    duty.refresh_from_db()
    assert str(duty.until) == "2026-02-01"
    assert len(looks(action="account", subject_key=str(andrii.pk))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "minister"},
        {"place": "UA80000000000093317"},
        {"place": "Атлантида"},
        {"unit": "NPU"},
        {"since": "31.02.2026"},
        {"until": "2025-01-01"},
    ],
)
def test_a_wrong_appointment_is_refused_with_a_reason(adam, andrii, signed_in, wrong):
    given = {"role": "duty", "place": demo.RAION, "unit": demo.DIRECTORATE, "since": "2026-01-01"} | wrong

    answer = signed_in(adam).post(account(andrii.pk, "appoint/"), given)

    assert answer.context["appoint"].errors
    assert not Appointment.objects.filter(officer=andrii, role="duty").exists()


def test_a_reset_ends_the_officers_sessions(adam, andrii, signed_in):
    theirs = signed_in(andrii)
    assert theirs.get("/people/me/").status_code == 200

    signed_in(adam).post(account(andrii.pk, "reset/"))

    assert theirs.get("/people/me/").status_code == 302


def test_a_lock_is_put_and_taken_off(adam, andrii, signed_in):
    client = signed_in(adam)

    client.post(account(andrii.pk, "lock/"), {"locked": "1"})
    locked = not Officer.objects.get(pk=andrii.pk).is_active
    client.post(account(andrii.pk, "lock/"), {"locked": "0"})

    assert locked
    assert Officer.objects.get(pk=andrii.pk).is_active


def test_an_administrator_finds_no_account_of_another_oblast(adam, signed_in):
    levko = officer_at("levko", "Левко Західний", "duty", "UA46000000000026241", "NPU-46")
    client = signed_in(adam)

    assert client.get(account(levko.pk)).status_code == 404
    assert client.post(account(levko.pk, "reset/")).status_code == 404
    assert "Західний" not in client.get("/people/accounts/").content.decode()


def test_an_administrator_changes_nothing_of_the_own_account(adam, signed_in):
    client = signed_in(adam)

    client.post(account(adam.pk, "lock/"), {"locked": "1"})
    client.post(account(adam.pk, "reset/"))

    assert Officer.objects.get(pk=adam.pk).is_active
    assert looks(action="account") == []


def test_the_log_is_the_auditors_and_not_the_administrators(adam, oksana, signed_in):
    assert signed_in(adam).get("/people/log/").status_code == 404
    assert signed_in(oksana).get("/people/log/").status_code == 200


def test_the_log_is_filtered(oksana, andrii, maria, signed_in):
    signed_in(andrii).get("/people/log/")
    signed_in(maria).get("/people/log/")
    client = signed_in(oksana)

    shown = client.get("/people/log/", {"officer": "Громаденко", "action": "denied"}).content.decode()

    assert "Андрій Громаденко" in shown and "Марія" not in shown
    assert "Андрій" not in client.get("/people/log/", {"until": "2019-01-01"}).content.decode()


def test_a_wrong_date_in_the_filter_is_told(oksana, signed_in):
    assert signed_in(oksana).get("/people/log/", {"since": "учора"}).context["form"].errors


def test_the_exported_log_has_every_line_and_is_itself_a_line(oksana, andrii, signed_in):
    signed_in(andrii).get("/people/log/")

    answer = signed_in(oksana).post("/people/log/export/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert any("Андрій Громаденко" in row for row in rows)
    assert len(looks(action="export")) == 1


def test_only_an_auditor_exports_the_log(adam, halyna, signed_in):
    for officer in (adam, halyna):
        assert signed_in(officer).post("/people/log/export/").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+380001234567", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_export_is_a_formula(cell):
    assert harmless(cell).startswith("'")


def test_an_ordinary_cell_stays_as_it_is():
    assert harmless("Дар'я") == "Дар'я"


def test_preferences_are_kept_and_nonsense_is_refused(andrii, signed_in):
    client = signed_in(andrii)

    client.post("/people/me/preferences/", {"language": "en", "theme": "dark"})
    client.post("/people/me/preferences/", {"language": "fr", "theme": "pink"})

    with reading(Reader.system()):
        kept = Officer.objects.get(pk=andrii.pk)
    assert (kept.language, kept.theme) == ("en", "dark")
