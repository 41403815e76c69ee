"""`varta report NAME`: a frozen report on the screen and as a file of any form."""

import pytest
from click.testing import CliRunner

from varta.cli.report import command
from varta.results.out.making import FORMS
from varta.results.out.tests.kept import keep
from varta.results.out.tests.packs import small


@pytest.fixture
def kept(db):
    return keep()


def test_the_command_writes_every_form_of_a_frozen_report(kept, tmp_path):
    for form in FORMS.values():
        file = tmp_path / f"report.{form.code}"
        asked = ["nine-months-2019", "--form", form.code, "--lang", "en", "--out", str(file)]
        done = CliRunner().invoke(command, asked, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert file.read_bytes() == form.make(small(), "en")


def test_the_command_prints_words_and_refuses_a_report_that_is_not_there(kept):
    printed = CliRunner().invoke(command, ["nine-months-2019", "--lang", "uk"], catch_exceptions=False)
    absent = CliRunner().invoke(command, ["nothing", "--form", "pdf"])
    both = CliRunner().invoke(command, ["nine-months-2019", "--period", "2019-9M"])

    assert "приховано" in printed.output and "13\u00a0579" in printed.output
    assert (absent.exit_code, both.exit_code) == (1, 2)
    assert "nothing" in absent.output
