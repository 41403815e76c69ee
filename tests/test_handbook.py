"""The printed handbook in docs/reference is what the code prints today."""

import pytest
from click.testing import CliRunner

from varta.cli.handbook import CHECKOUT, command, pages


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_committed_handbook_is_up_to_date(language):
    file = CHECKOUT / "docs" / "reference" / f"handbook-{language}.md"

    assert file.read_text("utf-8") == pages(CHECKOUT / "tests" / "spec")[language], "Run `varta handbook`."


def test_the_handbook_is_printed_where_it_is_asked_for(tmp_path):
    result = CliRunner().invoke(command, ["--out", str(tmp_path / "new")])

    assert result.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == ["handbook-en.md", "handbook-uk.md"]
    assert CliRunner().invoke(command, ["--out", str(tmp_path / "new"), "--check"]).exit_code == 0


def test_a_stale_handbook_fails_the_check_and_is_left_alone(tmp_path):
    (tmp_path / "handbook-uk.md").write_text("old")

    result = CliRunner().invoke(command, ["--out", str(tmp_path), "--check"])

    assert result.exit_code == 1
    assert "Run `varta handbook` and commit." in result.output
    assert (tmp_path / "handbook-uk.md").read_text() == "old"
