"""Front-line and occupied territory, and beats: what files say, what is refused, and what holds on a day."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from varta.places import commands, dated, demo, facts
from varta.places.errors import MissingColumns, NoRows, NoSuchFile, RejectsNotWritable
from varta.places.models import Beat, Territory, TerritoryFact
from varta.places.rejects import Outcome

HROMADA = "UA12020170000068526"  # Обухівська
OTHER = "UA12020250000010438"  # Слобожанська
OBLAST = "UA12000000000090473"
HEAD = "code,kind,since,until,source,verified_by,verified_on,invented\n"
ONE = f"{HROMADA},front_line,2022-03-01,2022-06-01,вигадано,,,1\n"
BEAT_HEAD = "code,hromada,name,kind,places,population,population_on,since,until,source,invented\n"


@pytest.fixture
def load(db, file_of: Callable[..., Path], tmp_path: Path) -> Callable[[str], Outcome]:
    def run(content: str) -> Outcome:
        return dated.load_facts(file_of(HEAD + content), reject=tmp_path / "rejected.csv")

    return run


@pytest.fixture
def load_beats(db, file_of: Callable[..., Path], tmp_path: Path) -> Callable[[str], Outcome]:
    def run(content: str) -> Outcome:
        return dated.load_beats(file_of(BEAT_HEAD + content), reject=tmp_path / "rejected.csv")

    return run


def rejected(folder: Path) -> list[dict[str, str]]:
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds(on: date) -> list[tuple[str, str]]:
    return [(one.place_id, one.kind) for one in facts.on_day(on) if one.place_id[:4] not in facts.CRIMEA]


def test_a_setup_of_before_learns_of_crimea_when_the_same_codifier_is_loaded_again(db):
    TerritoryFact.objects.all().delete()

    answer = CliRunner().invoke(commands.territory, [])

    assert answer.exit_code == 0, answer.output
    assert [one.place_id[:4] for one in facts.on_day(date(2014, 2, 20))] == ["UA01", "UA85"]


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2022-02-28", False), ("2022-03-01", True), ("2022-05-31", True), ("2022-06-01", False)],
)
def test_a_fact_holds_from_its_first_day_to_the_day_before_until(load, day, holds):
    load(ONE)

    assert kinds(date.fromisoformat(day)) == ([(HROMADA, "front_line")] if holds else [])


def test_crimea_and_sevastopol_are_occupied_from_the_first_setup_and_unverified(db):
    found = facts.on_day(date(2014, 2, 20))

    assert [one.place_id[:4] for one in found] == ["UA01", "UA85"]
    assert {one.kind for one in found} == {"occupied"}
    assert not any(one.verified_by or one.is_invented for one in found)
    assert facts.on_day(date(2014, 2, 19)) == []
    assert facts.fill() == 0


def test_a_fact_of_an_oblast_is_also_one_of_its_hromadas(load):
    load(f"{OBLAST},occupied,01.03.2022,,вигадано,,,1\n")

    row = Territory.objects.get(code=HROMADA)
    assert [one.place_id for one in facts.of_place(row)] == [OBLAST]
    assert [one.place_id for one in facts.on_day(date(2023, 1, 1), within=(row.pre, row.pre_end))] == [OBLAST]


def test_the_same_file_again_changes_nothing(load):
    load(ONE)

    again = load(ONE)

    assert (again.read, again.added, again.changed, again.there, again.rejected) == (1, 0, 0, 1, [])


def test_a_later_file_that_ends_a_fact_changes_it(load):
    load(f"{HROMADA},front_line,2022-03-01,,вигадано,,,1\n")

    outcome = load(ONE)

    assert (outcome.added, outcome.changed) == (0, 1)
    assert TerritoryFact.objects.get(place=HROMADA).until == date(2022, 6, 1)


def test_who_verified_a_fact_and_when_is_kept(load):
    load(f"{HROMADA},окупована,2022-03-01,,наказ,Олена Черговенко,2026-11-25,\n")

    fact = TerritoryFact.objects.get(place=HROMADA)
    assert (fact.kind, fact.verified_by, fact.verified_on) == (
        "occupied",
        "Олена Черговенко",
        date(2026, 11, 25),
    )


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("UA0,front_line,2022-03-01,,s,,,", "unknown-codes", "UA0"),
        (f"{HROMADA},quiet,2022-03-01,,s,,,", "bad-value", "quiet"),
        (f"{HROMADA},front_line,,,s,,,", "bad-value", "since"),
        (f"{HROMADA},front_line,31.02.2022,,s,,,", "bad-value", "31.02.2022"),
        (f"{HROMADA},front_line,2022-03-01,2022-03-01,s,,,", "bad-value", "until"),
        (f"{HROMADA},front_line,2022-03-01,2021-03-01,s,,,", "bad-value", "until"),
        (f"{HROMADA},front_line,2022-03-01,,,,,", "bad-value", "source"),
        (f"{HROMADA},front_line,2022-03-01,,s,Olena,,", "bad-value", "verified"),
        (f"{HROMADA},front_line,2022-05-01,,s,,,", "already-so", "2022-03-01"),
        (f"{HROMADA},front_line,2021-01-01,,s,,,", "already-so", "2022-03-01"),
    ],
)
def test_a_wrong_line_goes_to_the_reject_file_and_good_ones_are_kept(load, tmp_path, line, code, word):
    outcome = load(ONE + line + "\n")

    [one] = rejected(tmp_path)
    assert (outcome.added, len(outcome.rejected), one["line"], one["reason"]) == (1, 1, "3", code)
    assert word in one["reason_en"] and one["reason_uk"] != one["reason_en"]
    assert one["kind"] == line.split(",")[1]


def test_a_fact_may_follow_another_on_the_day_when_that_one_ends(load):
    outcome = load(ONE + f"{HROMADA},front_line,2022-06-01,,вигадано,,,1\n")

    assert (outcome.added, outcome.rejected) == (2, [])


def test_front_line_and_occupied_may_hold_at_once(load):
    assert load(ONE + f"{HROMADA},occupied,2022-03-01,,вигадано,,,1\n").added == 2


def test_without_a_wrong_line_the_reject_file_of_an_earlier_run_goes(load, tmp_path):
    load("UA0,front_line,2022-03-01,,s,,,\n")
    assert (tmp_path / "rejected.csv").exists()

    load(ONE)

    assert not (tmp_path / "rejected.csv").exists()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [("code,kind\nx,y\n", MissingColumns), (HEAD, NoRows), ("", NoRows)],
)
def test_a_file_that_is_no_table_of_facts_is_refused_as_a_whole(db, file_of, tmp_path, content, refusal):
    with pytest.raises(refusal):
        dated.load_facts(file_of(content), reject=tmp_path / "r.csv")


def test_a_missing_file_and_a_reject_file_that_cannot_be_written_are_told(db, file_of, tmp_path):
    with pytest.raises(NoSuchFile):
        dated.load_facts(tmp_path / "none.csv", reject=tmp_path / "r.csv")
    with pytest.raises(RejectsNotWritable):
        dated.load_facts(file_of(HEAD + "x,,,,,,,\n"), reject=tmp_path / "no" / "r.csv")
    with pytest.raises(RejectsNotWritable):
        dated.load_facts(file_of(HEAD + ONE), reject=tmp_path / "places.csv")


def test_the_database_itself_refuses_a_fact_that_ends_before_it_begins(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryFact.objects.create(
            place_id=HROMADA, kind="occupied", since=date(2022, 1, 2), until=date(2022, 1, 2), source="s"
        )


def test_a_beat_has_its_places_and_its_people_from_a_day_on(load_beats):
    settlement = Territory.objects.filter(hromada=HROMADA, level=4).first()

    outcome = load_beats(
        f"12-1,{HROMADA},Дільниця 1,сільська,{settlement.code},6500,2019-01-01,2019-06-01,,вигадано,1\n"
    )

    [beat] = facts.beats_on(date(2019, 6, 1), [HROMADA])
    assert (outcome.added, beat.kind, beat.population) == (1, "rural", 6500)
    assert [one.code for one in beat.places.all()] == [settlement.code]
    assert facts.beats_on(date(2019, 5, 31)) == []
    assert facts.beats_on(date(2019, 6, 1), [OTHER]) == []


def test_the_same_beats_again_change_nothing_and_other_people_change_one(load_beats):
    line = f"12-1,{HROMADA},Дільниця 1,rural,,{{}},2019-01-01,2019-06-01,,вигадано,1\n"
    load_beats(line.format(6500))

    assert load_beats(line.format(6500)).there == 1
    assert load_beats(line.format(6400)).changed == 1
    assert Beat.objects.get().population == 6400


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"12-1,{OBLAST},Дільниця,rural,,1,,2019-06-01,,s,", "bad-value"),
        (f"12-1,{HROMADA},Дільниця,rural,{OTHER},1,,2019-06-01,,s,", "not-in-hromada"),
        (f"12-1,{HROMADA},Дільниця,rural,UA0,1,,2019-06-01,,s,", "unknown-codes"),
        (f"12-1,{HROMADA},Дільниця,rural,,-1,,2019-06-01,,s,", "bad-value"),
        (f"12-1,{HROMADA},Дільниця,rural,,99999999999,,2019-06-01,,s,", "bad-value"),
        (f",{HROMADA},Дільниця,rural,,1,,2019-06-01,,s,", "bad-value"),
        (f"{'9' * 65},{HROMADA},Дільниця,rural,,1,,2019-06-01,,s,", "bad-value"),
    ],
)
def test_a_wrong_beat_goes_to_the_reject_file(load_beats, tmp_path, line, code):
    load_beats(line + "\n")

    assert [one["reason"] for one in rejected(tmp_path)] == [code]
    assert not Beat.objects.exists()


def test_the_commands_say_what_they_did(db, file_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = file_of(HEAD + ONE + "UA0,front_line,2022-03-01,,s,,,\n", "facts.csv")

    answer = CliRunner().invoke(commands.facts, [str(file)])

    assert answer.exit_code == 0, answer.output
    assert "Rejected lines with their reasons: facts.csv.rejected.csv" in answer.output
    assert "Added" in answer.output


def test_the_demonstration_calls_its_facts_and_beats_invented_and_adds_them_once(db):
    made = demo.make()

    assert made == len(demo.FACTS) + len(demo.BEATS)
    assert demo.make() == 0
    assert not TerritoryFact.objects.filter(is_invented=False, source=demo.SOURCE).exists()
    assert {beat.is_invented for beat in Beat.objects.all()} == {True}


def test_the_page_of_a_place_shows_what_holds_of_it_with_source_and_mark(client, olena, load, settings):
    settings.DEMO = True
    load(ONE)
    client.force_login(olena)

    place = client.get(f"/places/{HROMADA}/").content.decode()
    crimea = client.get("/places/UA01000000000013043/").content.decode()

    assert "вигадано" in place and "01.06.2022" in place
    assert "1207-VII" in crimea and "не перевірено" in crimea
