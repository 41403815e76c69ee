"""The report on every way out: page, file, command, API; for each reader what the reader may see."""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from django.test import Client

from varta.cases.models import Case
from varta.cli.report import command
from varta.figures.chart import Bar, bars
from varta.figures.value import Value
from varta.indicators import discover
from varta.lake import manifest
from varta.people import demo
from varta.people.scope import Reader
from varta.people.tests.story import officer_at
from varta.results.out import words
from varta.results.out.table import csv as as_csv
from varta.results.out.xlsx import xlsx
from varta.results.pack import as_plain, of_report
from varta.results.report import Asked, ReportRefused, make
from varta.results.tests.conftest import NOW, PERIOD

SYSTEM = Reader.system()
DAYS = f"from={PERIOD.first}&to={PERIOD.last}"
PAGE = f"first={PERIOD.first}&last={PERIOD.last}&by=hromada&indicator=C01"


@pytest.fixture
def reader(told):
    """Return the reader, and the signed-in client, that an officer of a role in a place is."""

    def made(login, role, place=demo.HROMADA, unit=demo.SECTOR):
        officer = officer_at(login, "Варта Вигадана", role, place, unit)
        client = Client()
        client.force_login(officer)
        return Reader.of(officer, on=NOW.date()), client

    return made


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


def c01(report):
    return {line.code: line.cells["C01"].now.number for line in report.lines if line.cells["C01"].now.number}


def test_andrii_and_maria_see_their_own_hromada_and_the_whole_is_both(reader):
    andrii, _ = reader("andrii", "hromada_officer")
    maria, _ = reader("maria", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)

    his, hers = (c01(make(Asked(PERIOD, "hromada"), reader=one)) for one in (andrii, maria))
    whole = c01(make(Asked(PERIOD, "hromada"), reader=SYSTEM))

    assert (list(his), list(hers)) == ([demo.HROMADA], [demo.OTHER_HROMADA])
    assert his | hers == whole


def test_a_place_out_of_scope_is_refused_in_both_languages(reader):
    maria, _ = reader("maria", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)

    with pytest.raises(ReportRefused) as refused:
        make(Asked(PERIOD, place=demo.HROMADA), reader=maria)

    assert demo.HROMADA in refused.value.texts["uk"]
    assert demo.HROMADA in refused.value.texts["en"]


def test_an_unknown_indicator_is_refused_with_those_there_are(told):
    with pytest.raises(ReportRefused) as refused:
        make(Asked(PERIOD, codes=("C99",)), reader=SYSTEM)

    assert all("C99" in text and "C01" in text for text in refused.value.texts.values())


def test_every_way_out_shows_the_same_numbers(reader):
    officer, client = reader("head", "head", demo.RAION, demo.DIRECTORATE)
    report = make(Asked(PERIOD, "hromada"), reader=officer)
    expected = c01(report)

    told_by_api = client.get(f"/api/report?{DAYS}&by=hromada").json()
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/results/export.csv?{PAGE}").content))
    rows = csv.reader(io.StringIO(archive.read(archive.namelist()[0]).decode("utf-8-sig")))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/results/export.xlsx?{PAGE}").content))
    page = client.get(f"/results/?{PAGE}").content.decode()

    [calls] = [one for one in told_by_api["chapters"] if one["code"] == "calls"]
    listed = {row["code"]: row["figures"]["C01"]["now"] for row in calls["tables"][0]["lines"]}
    assert {code: number for code, number in listed.items() if number} == expected
    assert {row[2]: float(row[8]) for row in rows if row[5] == "C01" and row[2] in expected} == expected
    named = {line.names["uk"]: line.cells["C01"].now.number for line in report.lines}
    sheet = {row[1]: row[3] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)}
    assert {name: sheet[name] for name in named} == named
    cells = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="number known">(?:<a[^>]*>)?(\d+)', page)
    assert {name: int(number) for name, number in cells if name in named} == named


def test_the_command_prints_what_the_report_holds(told):
    asked = ["--from", str(PERIOD.first), "--to", str(PERIOD.last), "--by", "hromada", "--format", "json"]

    printed = json.loads(CliRunner().invoke(command, asked, catch_exceptions=False).output)

    report = make(Asked(PERIOD, "hromada"), reader=SYSTEM)
    assert printed["chapters"] == as_plain(of_report(report, name="same", at=NOW))["chapters"]


@pytest.mark.parametrize("wrong", [["--indicators", "C99"], ["--place", "UA0"], ["--to", "2025-01-01"]])
def test_the_command_refuses_in_words(told, wrong):
    asked = ["--from", str(PERIOD.first), "--to", str(PERIOD.last), *wrong]

    refused = CliRunner().invoke(command, asked)

    assert refused.exit_code == 1
    assert "Traceback" not in refused.output


def test_behind_a_figure_lie_as_many_records_as_it_says(reader):
    officer, client = reader("andrii", "hromada_officer")
    [number] = c01(make(Asked(PERIOD, "hromada"), reader=officer)).values()

    page = client.get(f"/results/records/?{PAGE}&row={demo.HROMADA}")

    assert page.context["count"] == number
    assert all(case.place_id == demo.HROMADA for case in page.context["cases"])
    assert len(page.context["cases"]) == min(number, 50)


def test_records_of_elsewhere_are_not_found(reader):
    _, client = reader("maria", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)

    assert client.get(f"/results/records/?{PAGE}&row={demo.HROMADA}").status_code == 404
    assert client.get(f"/results/?{PAGE}&place=x&place_code={demo.HROMADA}").status_code == 400


def test_the_analyst_sees_figures_but_no_records(reader):
    _, client = reader("analyst", "analyst", demo.RAION, demo.DIRECTORATE)

    page = client.get(f"/results/?{PAGE}")

    assert page.status_code == 200
    assert "/results/records/" not in page.content.decode()
    assert client.get(f"/results/records/?{PAGE}&row={demo.HROMADA}").status_code == 404
    assert Case.objects.count() > 0  # as the system reads, there is something to be hidden


def test_a_page_asks_the_database_no_more_than_twenty_times(reader, django_assert_max_num_queries):
    _, client = reader("head", "head", demo.RAION, demo.DIRECTORATE)

    for address in (f"/results/?{PAGE}", f"/results/records/?{PAGE}&row={demo.HROMADA}"):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_unknown_zero_and_hidden_are_told_apart():
    one = discover()["C01"]

    for language, told in (("uk", ["0", "невідомо", "приховано"]), ("en", ["0", "unknown", "hidden"])):
        values = (Value.known(0), Value.unknown(), Value.hidden())
        assert [words.value_shown(value, one, language) for value in values] == told


def test_a_figure_without_sources_is_null_with_its_state_and_zero_is_zero(told):
    report = make(Asked(PERIOD, "hromada"), reader=SYSTEM)
    [calls] = [one for one in of_report(report, name="x", at=NOW).chapters if one.code == "calls"]
    [table] = calls.tables
    total = table.total.figures

    assert (total["C04"].now, total["C04"].state) == (0, "known")
    assert (total["C02"].now is None) == (total["C02"].state == "unknown")
    nobody = next(line for line in table.lines if not line.figures["C01"].now)
    assert (nobody.figures["C06"].now, nobody.figures["C06"].state) == (None, "unknown")


@pytest.mark.parametrize("name", ["=1+1", "+380", "-2", "@cmd", "\t=1"])
def test_no_spreadsheet_runs_a_name(told, name):
    report = make(Asked(PERIOD, "country"), reader=SYSTEM)
    line = report.lines[0]
    spoilt = type(line)(line.code, {"uk": name, "en": name}, line.population, line.cells)
    report = type(report)(**{**vars(report), "lines": (spoilt,)})

    pack = of_report(report, name="x", at=NOW)
    second = list(csv.reader(io.StringIO(as_csv(pack, "uk"))))[1]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(pack, "uk"))).worksheets[0]

    assert second[3] == "'" + name
    assert sheet.cell(5, 2).data_type == "s"


def test_a_chart_escapes_names():
    drawn = bars([Bar("<script>&", 1, None, "1")], title="<b>", source='"&<')

    assert "<script>" not in drawn and "<b>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


def test_the_page_names_a_damaged_file_of_the_lake_in_both_languages_and_does_not_break(reader):
    _, client = reader("andrii", "hromada_officer")
    paths = manifest.read().paths("call.receive")
    paths[0].unlink()
    paths[-1].write_bytes(b"PAR1" + paths[-1].read_bytes()[4:-4] + b"XXXX")

    answers = {
        language: client.get(f"/results/?{PAGE}", headers={"accept-language": language})
        for language in ("uk", "en")
    }

    assert {one.status_code for one in answers.values()} == {503}
    assert all(paths[0].name in one.content.decode() for one in answers.values())
    assert "файлу немає" in answers["uk"].content.decode()


def test_a_period_in_the_future_is_refused_on_the_page_and_one_that_runs_is_counted_to_this_day(reader):
    _, client = reader("andrii", "hromada_officer")

    future = client.get("/results/?first=2090-01-01&last=2090-03-31&by=hromada")
    runs = client.get("/results/?first=2026-01-01&last=2090-03-31&by=hromada")
    named = client.get("/results/?period=2026-9M&by=hromada")
    nonsense = client.get("/results/?period=soon")

    assert (future.status_code, runs.status_code, nonsense.status_code) == (400, 200, 400)
    assert "01.01.2090" in future.content.decode()
    assert "а не по 31.03.2090" in runs.content.decode()
    assert (named.status_code, "first=2026-01-01&last=2026-09-30" in named["Location"]) == (302, True)
