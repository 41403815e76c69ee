"""`varta partner`, as an administrator uses it; and the printed tables of the exchange."""

import pytest
from click.testing import CliRunner

from varta.api.models import Key, Partner
from varta.api.partners import gate
from varta.api.partners.refusals import Refused
from varta.api.reference import pages
from varta.cli.partner import CHECKOUT, command
from varta.lib.clock import now
from varta.people.demo import HROMADA, SECTOR
from varta.people.models import Look
from varta.people.scope import Reader, reading

ADD = [
    "add",
    "line-112",
    "--name",
    "Служба 112",
    "--may",
    "calls",
    "--may",
    "cap_in",
    "--channel",
    "line_112",
]
WHERE = ["--place", HROMADA, "--unit", SECTOR]


@pytest.fixture
def run(committed_db, monkeypatch):
    """Run the command against the test's own database."""
    monkeypatch.setattr("varta.cli.partner.django_ready", lambda **more: None)
    return lambda *words: CliRunner().invoke(command, [*words])


def enters(key: str) -> bool:
    try:
        return gate.enter(key, right="calls", at=now()).code == "line-112"
    except Refused:
        return False


def test_a_partner_is_added_and_its_key_is_shown_once(run):
    added = run(*ADD, *WHERE)

    key = added.output.split()[0]
    assert (added.exit_code, enters(key)) == (0, True)
    listed = run("list").output
    assert "line-112  Служба 112  calls,cap_in" in listed and key not in listed
    assert key.split("_")[1] in listed


def test_keys_are_renewed_and_revoked_one_by_one(run):
    first = run(*ADD, *WHERE).output.split()[0]
    second = run("renew", "line-112", "--days", "10").output.split()[0]
    assert (enters(first), enters(second)) == (True, True)

    assert "1 revoked" in run("revoke", "line-112", "--key", first.split("_")[1]).output
    assert (enters(first), enters(second)) == (False, True)

    run("revoke", "line-112")
    assert (enters(first), enters(second)) == (False, False)
    assert run("list").output.count("revoked on") == 2


def test_what_was_done_stands_in_the_access_log_without_the_key(run):
    key = run(*ADD, *WHERE).output.split()[0]
    run("revoke", "line-112")

    with reading(Reader.system()):
        looks = list(Look.objects.filter(action="account").order_by("at"))
        assert Key.objects.count() == Partner.objects.count() == 1
    assert [look.detail["change"] for look in looks] == ["partner-added", "key-given", "keys-revoked"]
    assert all(key not in str(look.detail) for look in looks)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*ADD, "--place", "UA00", "--unit", SECTOR], "no place with this code"),
        ([*ADD, "--place", HROMADA, "--unit", "none"], "no unit with this code"),
        ([*ADD, *WHERE, "--made-by", "nobody"], "no account nobody"),
        (["renew", "nobody"], "no partner nobody"),
        (["revoke", "nobody"], "no partner nobody"),
        ([*ADD, *WHERE, "--may", "everything"], "Invalid value"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(run, words, said):
    answer = run(*words)

    assert answer.exit_code != 0 and said in answer.output
    with reading(Reader.system()):
        assert Partner.objects.count() == 0


def test_the_same_code_is_not_given_twice(run):
    run(*ADD, *WHERE)

    assert "There is a partner line-112 already" in run(*ADD, *WHERE).output


@pytest.mark.parametrize("name", ["exchange-uk.md", "exchange-en.md"])
def test_the_committed_tables_are_up_to_date(name):
    file = CHECKOUT / "docs" / "reference" / name

    assert file.read_text("utf-8") == pages()[name], "Run `varta partner tables`."


def test_the_tables_are_printed_where_it_is_asked_for(tmp_path):
    runner = CliRunner()

    assert runner.invoke(command, ["tables", "--check", "--out", str(tmp_path)]).exit_code == 1
    assert runner.invoke(command, ["tables", "--out", str(tmp_path)]).exit_code == 0
    assert runner.invoke(command, ["tables", "--check", "--out", str(tmp_path)]).exit_code == 0
