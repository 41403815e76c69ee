"""What Varta tells of the programme, from the demonstration's entries: statement, pages, files, published series."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.db import ProgrammingError
from django.test import Client

from varta.officers import comparing, prospects, queries
from varta.officers.demo import making
from varta.officers.models import SeriesEdition
from varta.officers.series import SHIPPED
from varta.officers.statement import text, write
from varta.officers.telling import DayRefused, state_of
from varta.people.demo import HROMADA, OBLAST
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

DAY = date(2019, 10, 31)
STORY = {
    "uk": "Станом на 31 жовтня 2019 року програма «Поліцейський офіцер громади» діє в 7 регіонах України. "
    "У громадах Дніпропетровської області служать 33 поліцейські офіцери, ще 48 осіб проходять стажування. "
    "173 особи проходять спеціальне навчання в Дніпропетровському та Львівському державних університетах "
    "внутрішніх справ",
    "en": "As of 31 October 2019 the Hromada Police Officer programme works in 7 regions of Ukraine. "
    "In the hromadas of Dnipropetrovsk oblast 33 officers are serving and 48 people are on internship. "
    "173 people are in special training at the Dnipropetrovsk and the Lviv State University of Internal Affairs",
}


@pytest.fixture
def programme(db) -> None:
    """Write the cohorts of 2019 and their memoranda from entries."""
    now = datetime(2019, 12, 31, 12, tzinfo=UTC)
    for chapter in making.chapters(now):
        made = making.write(chapter)
        assert not made.refused, made.refused[0]


@pytest.fixture
def signed_in(settings):
    settings.DEMO = True  # no second factor in tests of pages

    def enter(officer, language="en"):
        officer.language = language
        with reading(Reader.system()):
            officer.save(update_fields=["language"])
        client = Client()
        client.force_login(officer)
        return client

    return enter


@pytest.fixture
def coordinator(db, signed_in):
    return signed_in(officer_at("kateryna", "Катерина Вигадана", "coordinator", "UA", "NPU"))


@pytest.fixture
def analyst(db, signed_in):
    return signed_in(officer_at("anton", "Антон Вигаданий", "analyst", "UA", "NPU"))


def plain(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_storys_figures_are_told_from_records(programme, language):
    with reading(Reader.system()) as system:
        told = text(write(state_of(system, DAY, today=date(2020, 1, 1)), language))

    assert told.startswith(STORY[language])


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_command_prints_them(programme, monkeypatch, language):
    from varta.cli import statement

    monkeypatch.setattr(statement, "django_ready", lambda **_: None)

    printed = CliRunner().invoke(statement.command, ["programme", "--on", "2019-10-31", "--lang", language])
    linked = CliRunner().invoke(statement.command, ["programme", "--on", "2019-10-31", "--links"])
    plain_json = CliRunner().invoke(statement.command, ["programme", "--on", "2019-10-31", "--json"])

    assert printed.output.startswith(STORY[language])
    assert f"33  /officers/counted/?on=2019-10-31&stage=serving&oblast={OBLAST}" in linked.output
    assert {"number": 7, "on": "2019-10-31", "distinct": "oblast"} in json.loads(plain_json.output)[
        "sentences"
    ][0]


def test_a_day_that_has_not_come_is_refused_in_words(monkeypatch, db):
    from varta.cli import statement

    monkeypatch.setattr(statement, "django_ready", lambda **_: None)

    printed = CliRunner().invoke(statement.command, ["programme", "--on", "2099-01-01", "--lang", "en"])

    assert printed.exit_code == 1
    assert "01.01.2099 has not come yet" in printed.output
    with reading(Reader.system()) as system, pytest.raises(DayRefused):
        state_of(system, date(2019, 11, 2), today=date(2019, 11, 1))


def test_the_page_shows_the_statement_beside_the_tables(programme, analyst):
    page = analyst.get("/officers/?on=2019-10-31")

    assert page.status_code == 200
    assert STORY["en"] in plain(page)
    assert STORY["uk"] in plain(page)
    row = re.search(r"Dnipropetrovsk oblast</a></th>(.*?)</tr>", page.content.decode(), re.S)
    assert re.findall(r">(\d+)</", row.group(1))[1:4] == ["173", "48", "33"]


@pytest.mark.parametrize(
    ("by", "expected"), [("hromada", "hromada"), ("university", "Lviv State University")]
)
def test_it_is_divided_by_hromada_and_by_university(programme, analyst, by, expected):
    page = analyst.get(f"/officers/?on=2019-10-31&by={by}")

    assert expected in plain(page)
    assert "173" in plain(page)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("on=2099-01-01", "has not come yet"),
        ("on=31.02.2019x", "valid date"),
        ("on=1991-01-01", "began in 2015"),
    ],
)
def test_a_bad_day_is_told_beside_its_field(db, analyst, query, said):
    page = analyst.get(f"/officers/?{query}")

    assert page.status_code == 400
    assert said in plain(page)


def test_before_the_programme_the_page_says_when_it_began(programme, analyst):
    page = analyst.get("/officers/?on=2016-01-01")

    assert "On this day nobody is in the programme" in plain(page)
    assert "The first record is of" in plain(page)


def test_a_number_leads_to_the_rule_and_what_it_is_made_of(programme, coordinator, analyst):
    address = f"/officers/counted/?on=2019-10-31&stage=serving&oblast={OBLAST}"

    for client in (coordinator, analyst):
        assert '<p class="figure">33</p>' in client.get(address).content.decode()
    assert coordinator.get(address).content.decode().count("/cases/") >= 33
    assert "open to coordinators" in plain(analyst.get(address))
    assert "/cases/0" not in analyst.get(address).content.decode()


def test_the_parts_of_a_number_add_up_to_it(programme, coordinator):
    page = coordinator.get(f"/officers/counted/?on=2019-10-31&stage=serving&oblast={OBLAST}").content.decode()

    parts = re.search(r'id="parts".*?<tbody>(.*?)</tbody>', page, re.S).group(1)

    assert sum(map(int, re.findall(r'number">(\d+)<', parts))) == 33


def test_seven_regions_are_listed_behind_the_number(programme, coordinator):
    page = coordinator.get("/officers/counted/?on=2019-10-31&distinct=oblast").content.decode()

    assert '<p class="figure">7</p>' in page


@pytest.mark.parametrize(
    "query", ["", "on=2099-01-01", "on=2019-10-31&stage=heroes", "on=2019-10-31&distinct=person", "on=x"]
)
def test_what_cannot_be_counted_is_not_found(db, coordinator, query):
    assert coordinator.get(f"/officers/counted/?{query}").status_code == 404


def test_maria_sees_none_of_andriis_hromada(programme, andrii, maria, signed_in):
    address = f"/officers/counted/?on=2019-10-31&stage=serving&hromada={HROMADA}"

    assert '<p class="figure">1</p>' in signed_in(andrii).get(address).content.decode()
    assert '<p class="figure">0</p>' in signed_in(maria).get(address).content.decode()


def test_the_duty_desk_has_no_such_pages(db, olena, signed_in):
    for path in ("", "counted/?on=2019-10-31", "published/", "prospects/", "state.csv"):
        assert signed_in(olena).get(f"/officers/{path}").status_code == 404


def test_files_hold_the_same_numbers(programme, analyst):
    found = analyst.get("/officers/state.csv?on=2019-10-31&by=oblast").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(found)))

    [dnipropetrovsk] = [row for row in rows if row[0] == OBLAST]
    assert dnipropetrovsk[4:7] == ["173", "48", "33"]
    assert analyst.get("/officers/state.xlsx?on=2019-10-31").content[:2] == b"PK"
    assert analyst.get("/officers/state.pdf?on=2019-10-31").status_code == 404


def test_who_exports_nothing_has_no_files(programme, andrii, signed_in):
    assert signed_in(andrii).get("/officers/state.csv?on=2019-10-31").status_code == 404


def test_published_figures_stand_beside_the_records_with_the_difference(programme):
    with reading(Reader.system()) as system:
        found = {(one.row.figure, one.place): one for one in comparing.on(system, DAY)}
        later = comparing.whole(system, today=date(2020, 1, 1))

    assert {key[0]: (one.row.value, one.ours, one.difference) for key, one in found.items()} == {
        "regions": (7, 7, 0),
        "serving": (33, 33, 0),
        "internship": (48, 48, 0),
        "training": (173, 173, 0),
        "pipeline": (254, 254, 0),
    }
    assert {one.ours for one in later.rows if one.row.first > date(2020, 1, 1)} == {None}
    assert all(one.ours is None for one in later.rows if one.row.figure in ("people", "trust_percent"))


def test_a_reader_of_one_oblast_is_not_shown_the_countrys_published_figures(programme):
    officer = officer_at("lesia", "Леся Вигадана", "coordinator", "UA46000000000026241", "NPU-46")

    with reading(Reader.of(officer, on=date(2020, 1, 1))) as lesia:
        assert {one.row.place for one in comparing.whole(lesia, today=date(2020, 1, 1)).rows} == set()
        assert not comparing.sees_all(lesia)


def test_the_page_of_the_series_keeps_its_contradictions(db, analyst):
    page = plain(analyst.get("/officers/published/"))

    assert "9 of 9 derived figures follow from their parts" in page
    assert "Two reports of the launch give different days" in page
    assert "1,412 hromadas" in page


def loaded(*arguments):
    from varta.officers.commands import programme_series

    return CliRunner().invoke(programme_series, [str(one) for one in arguments])


def test_a_series_loads_once_and_is_shown_instead(db, analyst, tmp_path):
    file = tmp_path / "newer.csv"
    shipped = (SHIPPED / "programme.csv").read_text("utf-8")
    file.write_text(shipped.replace("serving,1476,", "serving,1500,"), "utf-8")

    first, again = loaded(file), loaded(file)

    assert "69 figures loaded; 8 of 9 derived ones follow" in first.output
    assert "its parts give 1.96" in first.output
    assert "Nothing changed" in again.output
    assert SeriesEdition.objects.count() == 1
    assert "1,500" in plain(analyst.get("/officers/published/"))


def test_a_bad_series_is_refused_whole(db, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text(
        (SHIPPED / "programme.csv").read_text("utf-8").replace("2019-10-31", "31.10.2019", 1), "utf-8"
    )

    found = loaded(file)

    assert found.exit_code == 1
    assert "Line " in found.output
    assert SeriesEdition.objects.count() == 0


def test_prospects_are_learnt_from_entries_and_answer_in_time(programme, analyst):
    page = analyst.get("/officers/prospects/?on=2019-12-31&part=30&years=2")

    assert page.status_code == 200
    assert "band-chart" in page.content.decode()
    assert "believed: too few ended" in plain(page)


def test_what_if_changes_the_answer(programme):
    with reading(Reader.system()) as system:
        spells, courses = prospects.spells_of(system), prospects.capacities()
    usual = prospects.runs(spells, date(2019, 12, 31), (), courses, 104, prospects.WhatIf())
    larger = prospects.runs(
        spells, date(2019, 12, 31), (), courses, 104, prospects.WhatIf(capacity=300, times_applied=3)
    )

    assert larger.band()[1][-1] > usual.band()[1][-1]


def test_spells_hold_what_stays_hold(programme):
    with reading(Reader.system()) as system:
        spells = prospects.spells_of(system)
        counted = queries.counts(system, DAY, by=("stage",))

    day = DAY.toordinal()
    for stage in ("candidate", "training", "internship", "serving"):
        held = sum(
            one.stage == stage and one.began <= day and (one.ended is None or day < one.ended)
            for one in spells
        )
        assert held == counted[(stage,)]


def test_a_cover_that_cannot_be_is_told_beside_its_field(db, analyst):
    page = analyst.get("/officers/prospects/?part=0&norm=3&on=2099-01-01")

    assert page.status_code == 400
    assert plain(page).count("Ensure this value is greater than or equal to") == 2
    assert "has not come yet" in plain(page)


def test_before_anybody_came_nobody_new_is_expected(programme, analyst):
    page = plain(analyst.get("/officers/prospects/?on=2017-01-01"))

    assert "No course began in the year before this day" in page
    assert "believed: too few ended" in page


def test_an_oblast_without_people_in_the_data_is_unknown_and_not_reached(programme, analyst):
    page = analyst.get("/officers/prospects/?on=2019-12-31&years=1").content.decode()

    row = re.search(r"Autonomous Republic of Crimea</th>(.*?)</tr>", page, re.S).group(1)
    assert "Unknown" in row


def test_an_aim_of_hromadas_asks_for_as_many_officers_as_serve_one_now(programme):
    with reading(Reader.system()) as system:
        spells, courses = prospects.spells_of(system), prospects.capacities()
        places = [one for one in prospects.oblasts(system) if one.code == OBLAST]
        covered = prospects.covered_on(system, DAY)
    known = prospects.understood(spells, DAY, (OBLAST,), courses)

    wanted = prospects.wanted(prospects.Aim("hromadas", 6000, 1.0), places, known, covered, DAY)

    standing = comparing.standing(places[0], DAY)
    assert wanted == {OBLAST: -(-standing * 33 // covered[OBLAST])}


def test_the_back_test_shows_each_published_figure_with_its_error(programme):
    with reading(Reader.system()) as system:
        spells, courses = prospects.spells_of(system), prospects.capacities()

    found = prospects.backtest(spells, date(2019, 12, 31), courses)

    assert [one.value for one in found.published] == [190, 450, 442, 632, 1476]
    assert found.error == pytest.approx(sum(abs(one.error) for one in found.published) / 5)
    assert all(one.low <= one.middle <= one.high for one in found.published)


def test_a_back_test_without_records_is_none(db):
    assert prospects.backtest((), date(2019, 12, 31), ()) is None


def test_without_anybody_there_is_nothing_to_learn(db, analyst):
    assert "there is nothing to learn from" in plain(analyst.get("/officers/prospects/"))


def sql(statement):
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


EDITION = """INSERT INTO officers_seriesedition (name, loaded_at, digest, figures, sources)
             VALUES ('x', now(), '', '', '')"""


def test_the_database_lets_only_the_loader_add_an_edition_and_nobody_change_one(db):
    officer = officer_at("kateryna", "Катерина Вигадана", "coordinator", "UA", "NPU")

    with reading(Reader.of(officer, on=date(2020, 1, 1))), pytest.raises(ProgrammingError, match="policy"):
        sql(EDITION)
    with reading(Reader.system()):
        sql(EDITION)
        for forbidden in (
            "UPDATE officers_seriesedition SET name = 'y'",
            "DELETE FROM officers_seriesedition",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                sql(forbidden)
    with reading(Reader.of(officer, on=date(2020, 1, 1))):
        assert sql("SELECT name FROM officers_seriesedition") == [("x",)]


def test_looking_leaves_no_trace_of_people(programme, analyst):
    before = Look.objects.count()

    analyst.get("/officers/?on=2019-10-31")

    assert Look.objects.count() == before
