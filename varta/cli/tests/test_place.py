"""`varta place` prints JSON that programs read, and says what is wrong with a file."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from varta.cli.place import command


def run(*arguments: object):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_a_graph_is_answered_with_a_proven_plan(tmp_path):
    (tmp_path / "g.txt").write_text("4 3 2\n1 2 1\n2 3 9\n3 4 1\n")

    answer = json.loads(run("pmedian", tmp_path / "g.txt").stdout)

    assert (answer["value"], answer["bound"], answer["gap"], answer["stopped"]) == (2, 2, 0, "proven")
    assert len(answer["chosen"]) == 2


def test_a_covering_names_its_sites(tmp_path):
    (tmp_path / "d.csv").write_text("lat,lon,weight\n48.5,35.0,100\n49.5,36.0,10\n")
    (tmp_path / "s.csv").write_text("name,lat,lon,group\nОбухівка,48.5,35.0,a\nДальня,49.5,36.0,b\n")

    answer = json.loads(
        run("cover", tmp_path / "d.csv", tmp_path / "s.csv", "--officers", 1, "--minutes", 20).stdout
    )

    assert (answer["value"], answer["of"], answer["chosen"]) == (100, 110, {"Обухівка": 1})


def test_a_p_median_of_points_names_its_sites_and_keeps_who_is_there(tmp_path):
    (tmp_path / "d.csv").write_text("lat,lon,weight\n48.5,35.0,100\n49.5,36.0,10\n")
    (tmp_path / "s.csv").write_text("name,lat,lon,present\nОбухівка,48.5,35.0,\nДальня,49.5,36.0,1\n")

    one, two = (
        json.loads(run("median", tmp_path / "d.csv", tmp_path / "s.csv", "--officers", many).stdout)
        for many in (1, 2)
    )

    assert (one["chosen"], two["chosen"]) == (["Дальня"], ["Обухівка", "Дальня"])
    assert (two["value"], two["gap"]) == (pytest.approx(0, abs=1e-4), pytest.approx(0, abs=1e-6))


def test_what_the_command_prints_is_json_alone(tmp_path):
    (tmp_path / "d.csv").write_text("lat,lon,weight\n48.5,35.0,100\n49.5,36.0,10\n")
    (tmp_path / "s.csv").write_text("lat,lon\n48.5,35.0\n49.5,36.0\n")
    asked = ["place", "cover", tmp_path / "d.csv", tmp_path / "s.csv", "--officers", "1", "--minutes", "20"]

    printed = subprocess.run(
        [sys.executable, "-m", "varta", *map(str, asked)], capture_output=True, check=True
    )

    assert json.loads(printed.stdout)["value"] == 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lat\n1\n", "no column lon"),
        ("lat,lon\n", "no rows"),
        ("lat,lon\n95,3\n", "line 2"),
        ("lat,lon,weight\n5,3,many\n", "weight"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, text, said):
    (tmp_path / "d.csv").write_text(text)

    outcome = run("cover", tmp_path / "d.csv", tmp_path / "d.csv", "--officers", 1, "--minutes", 20)

    assert outcome.exit_code == 1
    assert said in outcome.output


def test_groups_that_ask_for_too_much_are_named(tmp_path):
    (tmp_path / "s.csv").write_text("lat,lon,group\n48,35,a\n49,36,b\n")

    outcome = run(
        "cover", tmp_path / "s.csv", tmp_path / "s.csv", "--officers", 1, "--minutes", 9, "--least", "a=1",
        "--least", "b=1",
    )  # fmt: skip

    assert "at least 1 in a; at least 1 in b" in outcome.output
