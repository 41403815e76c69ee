"""The commands that load places: what they say, and that a refusal changes nothing."""

import pytest
from click.testing import CliRunner

from varta.places import commands
from varta.places.models import Territory
from varta.places.tests.conftest import FIRST

ABROAD = ["--root", "XX", "--name", "Вигадія", "--name-en", "Fancia", "--as-of", "2024-01-01"]


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_country_of_ones_own_is_loaded(db, file_of):
    answer = run(commands.territory, file_of(FIRST), *ABROAD)

    assert answer.exit_code == 0, answer.output
    assert "Added" in answer.output
    assert Territory.objects.get(code="XX").name_en == "Fancia"


def test_a_refusal_is_told_in_both_languages_and_changes_nothing(db, file_of):
    answer = run(commands.territory, file_of(FIRST + "Z,nowhere,Ніде,,,,,\n"), *ABROAD)

    assert answer.exit_code == 1
    assert "немає у файлі" in answer.output and "not in the file" in answer.output
    assert not Territory.objects.filter(code="XX").exists()


def test_a_missing_file_is_told(db, tmp_path):
    for command in (commands.territory, commands.hromadas, commands.units):
        answer = run(command, tmp_path / "nowhere.csv")

        assert answer.exit_code == 1
        assert "nowhere.csv" in answer.output


def test_a_wrong_day_is_told(db, file_of):
    assert run(commands.territory, file_of(FIRST), "--as-of", "31.02.2024").exit_code == 2


@pytest.mark.parametrize("day", ["2024-01-31", "31.01.2024"])
def test_a_day_is_written_either_way(db, file_of, day):
    assert run(commands.territory, file_of(FIRST), "--root", "XX", "--as-of", day).exit_code == 0


def test_hromadas_and_units_say_what_changed(db, file_of):
    known = file_of(
        "code,center_code,center_lat,center_lon,population_2022\n"
        "UA12060010000090992,UA12060010010033935,47.66,33.72,5\n"
    )
    own = file_of("code,parent,name,kind,branch,places\nPD,,Відділ,department,patrol,\n", "units.csv")

    assert "Places changed" in run(commands.hromadas, known).output
    assert "Added" in run(commands.units, own).output
