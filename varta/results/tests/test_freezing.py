"""A frozen report stays, and counting it again finds what was changed."""

import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, transaction
from django.test import Client

from varta.cli.recount import command as recount_command
from varta.cli.report import command as report_command
from varta.figures import scanning
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.results import on_cluster
from varta.results.freezing import differences, freeze
from varta.results.models import FrozenReport
from varta.results.report import Asked, ReportRefused
from varta.results.tests.conftest import NOW, PERIOD

SYSTEM = Reader.system()


def frozen(name="nine-months", **asked):
    return freeze(Asked(PERIOD, "hromada", **asked), name=name, by=SYSTEM, at=NOW)


def test_a_frozen_report_is_counted_again_and_found_identical(told):
    assert list(differences(frozen())) == []
    assert list(differences(frozen("raion", place=demo.RAION))) == []


def test_a_figure_that_the_entries_do_not_give_is_named(told):
    spoilt = frozen()
    spoilt.rows["chapters"][0]["tables"][0]["total"]["figures"]["C01"]["now"] += 1

    [difference] = differences(spoilt)

    assert "C01" in difference


def test_a_name_is_given_once(told):
    frozen()

    with pytest.raises(ReportRefused):
        frozen()


def test_the_application_may_not_change_what_is_frozen(told):
    kept = frozen()

    for change in (lambda: FrozenReport.objects.update(version="0"), kept.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_the_commands_freeze_and_recount(told):
    days = ["--from", str(PERIOD.first), "--to", str(PERIOD.last), "--by", "hromada", "--format", "json"]

    first = CliRunner().invoke(report_command, [*days, "--freeze", "by-hand"])
    again = CliRunner().invoke(recount_command, ["by-hand"])
    absent = CliRunner().invoke(recount_command, ["nothing"])

    assert first.exit_code == 0, first.output
    assert (again.exit_code, again.output.split(":")[0]) == (0, "Identical"), again.output
    assert absent.exit_code == 1


def test_a_frozen_report_is_seen_by_those_whose_area_holds_it(told, settings):
    settings.DEMO = True
    frozen("country")
    frozen("home", place=demo.HROMADA, unit=demo.SECTOR)
    andrii = officer_at("andrii", "Андрій Громаденко", "hromada_officer", demo.HROMADA, demo.SECTOR)
    maria = officer_at("maria", "Марія Сусіденко", "hromada_officer", demo.OTHER_HROMADA, demo.OTHER_SECTOR)

    seen = {}
    for officer in (andrii, maria):
        client = Client()
        client.force_login(officer)
        client.get("/results/reports/")
        seen[officer.login] = [
            client.get(f"/results/reports/{name}/").status_code for name in ("country", "home")
        ]
        with reading(Reader.of(officer, on=NOW.date())):
            seen[officer.login].append(FrozenReport.objects.count())

    assert seen == {"andrii": [404, 200, 1], "maria": [404, 404, 0]}


def test_another_engine_counts_the_same_files_again_and_finds_what_was_spoilt(told):
    kept = frozen()
    assert list(on_cluster.differences(kept, scanning.count)) == []

    kept.rows["chapters"][0]["tables"][0]["total"]["figures"]["C01"]["now"] += 1
    [difference] = on_cluster.differences(kept, scanning.count)
    assert "C01" in difference

    kept.files = {"call.receive/other.parquet": "0"}
    with pytest.raises(ReportRefused):
        list(on_cluster.differences(kept, scanning.count))
