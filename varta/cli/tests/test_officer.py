"""Accounts from the command line."""

from click.testing import CliRunner

from varta.cli.officer import command
from varta.people.models import Officer


def run(*arguments: str):
    return CliRunner().invoke(command, [*arguments])


def test_the_first_administrator_is_made_with_a_password_to_change(db):
    result = run("add", "boss", "--name", "Борис Головний", "--role", "administrator")

    boss = Officer.objects.get(login="boss")
    assert boss.check_password(result.output.splitlines()[0].rpartition(" ")[2])
    assert boss.must_change_password
    assert boss.appointments.get().role == "administrator"


def test_a_login_that_is_taken_makes_nothing(db, andrii):
    result = run("add", "andrii", "--name", "Інший Андрій", "--role", "duty")

    assert result.exit_code == 1
    assert "another account" in result.output
    assert Officer.objects.count() == 1


def test_an_unknown_place_or_unit_makes_nothing(db):
    assert run("add", "x", "--name", "Х", "--role", "duty", "--place", "nowhere").exit_code == 1
    assert run("add", "x", "--name", "Х", "--role", "duty", "--unit", "nowhere").exit_code == 1
    assert Officer.objects.count() == 0


def test_a_new_password_replaces_the_old_one(db, andrii):
    result = run("reset", "andrii")

    andrii.refresh_from_db()
    assert andrii.check_password(result.output.strip().rpartition(" ")[2])
    assert run("reset", "nobody").exit_code == 1
