"""Reports as everybody sees them: nothing small, in no edition, and exactly the same on page and in files."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from varta.figures import Period
from varta.indicators import discover
from varta.people.demo import HROMADA, OTHER_HROMADA, RAION
from varta.people.scope import Reader
from varta.published.models import Publication
from varta.results.pack import Chapter, Figure, Line, Pack, Table, from_plain, head_of
from varta.results.public import AlreadyPublished, preview, publish, urls

AT = datetime(2026, 10, 5, 9, tzinfo=UTC)
SYSTEM = Reader.system()
CODES = ("C01", "C02", "C03")
THIRD = "UA12020150000090184"


def figures(calls: int, *, people: int = 10_000, asked: int = 50, confirmed: int = 20) -> dict[str, Figure]:
    return {
        "C01": Figure(
            calls, "known", calls, calls + 40, "known", -40.0, rank=1, share=0.5, before_base=calls + 40
        ),
        "C02": Figure(calls / people * 1000, "known", calls, None, "unknown"),
        "C03": Figure(confirmed / asked, "known", asked, None, "unknown"),
    }


def pack(
    name: str, calls: dict[str, int], *, first=date(2026, 1, 1), last=date(2026, 9, 30), edition=1, **given
) -> Pack:
    heads = tuple(head_of(discover()[code], Period(first, last)) for code in CODES)
    lines = tuple(
        Line(code, {"uk": f"Г{code[-3:]}", "en": f"H{code[-3:]}"}, 10_000, figures(count, **given))
        for code, count in calls.items()
    )
    whole = figures(sum(calls.values()), people=30_000, asked=50 * len(lines), confirmed=20 * len(lines))
    total = Line("*", {"uk": "Усього", "en": "Total"}, 30_000, whole)
    table = Table("hromada", heads, lines, total)
    chapter = Chapter("calls", {"uk": "Виклики", "en": "Calls"}, (table,))
    title = {"uk": "Звіт за дев'ять місяців", "en": "Nine months"}
    return Pack(
        name, title, edition, first, last, first.replace(year=2025), last.replace(year=2025), None, None, (chapter,),
        AT, "", 1, "0.1", "", {"lake": "hash"},
    )  # fmt: skip


SMALL = {HROMADA: 3, OTHER_HROMADA: 40, THIRD: 70}


def shown(found: Pack, row: str, code: str = "C01") -> Figure:
    [table] = found.chapters[0].tables
    return next(line.figures[code] for line in (*table.lines, table.total) if line.code == row)


def test_a_small_count_is_hidden_with_its_rate_and_another_row_guards_it(db):
    found = preview(pack("nine", SMALL), place=RAION)

    states = {row: shown(found.pack, row).state for row in (*SMALL, "*")}
    assert states == {HROMADA: "hidden", OTHER_HROMADA: "hidden", THIRD: "known", "*": "known"}
    assert shown(found.pack, HROMADA, "C02").state == "hidden"
    assert {name[1]: why for name, why in found.hidden.items() if name[2] == "C01"} == {
        HROMADA: "small",
        OTHER_HROMADA: "guard",
    }


def test_what_follows_from_a_hidden_figure_is_gone_too(db):
    figure = shown(preview(pack("nine", SMALL), place=RAION).pack, HROMADA)

    assert (figure.now, figure.base, figure.share, figure.rank, figure.change, figure.low) == (None,) * 6
    assert figure.before == 43


def test_a_share_whose_part_or_rest_is_small_is_hidden(db):
    few = preview(pack("few", {HROMADA: 60, OTHER_HROMADA: 40}, confirmed=2), place=RAION)
    most = preview(pack("most", {HROMADA: 60, OTHER_HROMADA: 40}, confirmed=48), place=RAION)

    assert shown(few.pack, HROMADA, "C03").state == shown(most.pack, HROMADA, "C03").state == "hidden"


def test_the_rank_is_among_the_rows_that_are_shown(db):
    assert shown(preview(pack("nine", SMALL), place=RAION).pack, THIRD).rank == 1


def test_a_later_period_does_not_give_a_month_away(db):
    publish(
        pack("eight", {HROMADA: 30, OTHER_HROMADA: 40, THIRD: 70}, last=date(2026, 8, 31)),
        of="eight",
        place=RAION,
        by=SYSTEM,
        at=AT,
    )

    found = preview(pack("nine", {HROMADA: 33, OTHER_HROMADA: 60, THIRD: 90}), place=RAION)

    assert shown(found.pack, HROMADA).state == "hidden"  # 33 - 30 = 3 in September


def test_a_revision_does_not_show_how_few_entries_came_late(db):
    publish(
        pack("nine", {HROMADA: 30, OTHER_HROMADA: 40, THIRD: 70}), of="nine", place=RAION, by=SYSTEM, at=AT
    )

    found = preview(pack("nine-2", {HROMADA: 32, OTHER_HROMADA: 40, THIRD: 70}, edition=2), place=RAION)

    assert shown(found.pack, HROMADA).state == "hidden"
    assert found.hidden["hromada", HROMADA, "C01", "now"] == "change"
    assert shown(found.pack, OTHER_HROMADA).now == 40


def test_words_of_units_and_the_lakes_files_are_not_published(db):
    assert preview(pack("nine", SMALL), place=RAION).pack.files == {}


def test_an_edition_is_published_once(db):
    publish(pack("nine", SMALL), of="nine", place=RAION, by=SYSTEM, at=AT)

    with pytest.raises(AlreadyPublished):
        publish(pack("nine", SMALL), of="nine", place=RAION, by=SYSTEM, at=AT)


@pytest.fixture
def published(db) -> Publication:
    return publish(pack("nine", SMALL), of="nine", place=RAION, by=SYSTEM, at=AT)


def test_anybody_reads_the_list_and_the_report_in_both_languages(client, published):
    listed = client.get(reverse("public_results:listed"))
    page = client.get(reverse("public_results:one", args=["nine"]))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(reverse("public_results:one", args=["nine"]))

    assert "дев&#x27;ять місяців" in listed.content.decode()
    assert "приховано" in page.content.decode()
    assert "hidden" in english.content.decode() and "Nine months" in english.content.decode()


def test_files_hold_exactly_what_the_page_shows_and_may_be_kept(client, published):
    answer = client.get(reverse("public_results:json", args=["nine"]))
    table = client.get(reverse("public_results:csv", args=["nine", "uk"]))

    assert from_plain(answer.json()) == from_plain(published.shown)
    assert "max-age=86400" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    assert table.content.decode().count("hidden") == sum(
        figure.get(state) == "hidden"
        for line in (
            *published.shown["chapters"][0]["tables"][0]["lines"],
            published.shown["chapters"][0]["tables"][0]["total"],
        )
        for figure in line["figures"].values()
        for state in ("state", "before_state")
    )


def test_nothing_public_holds_the_small_count(client, published):
    """Tries every public address of results: neither the count nor its rate nor its share stands in any."""
    addresses = [route for route in urls.urlpatterns if route.name != "listed"]
    given = {"name": "nine", "language": "uk"}
    assert {route.name for route in addresses} == {
        "one",
        "json",
        "csv",
        "statement",
    }  # a new one has to be tried here
    hidden = {"C01", "C02"}

    table = client.get(reverse("public_results:csv", kwargs=given)).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["код"] == HROMADA]
    plain = client.get(reverse("public_results:json", args=["nine"])).json()
    lines = [line for line in plain["chapters"][0]["tables"][0]["lines"] if line["code"] == HROMADA]
    page = client.get(reverse("public_results:one", args=["nine"])).content.decode()
    row = page[page.index(f"Г{HROMADA[-3:]}") :].split("</tr>")[0]

    assert [row["період"] for row in rows if row["показник"] in hidden] == ["", ""]
    assert [{"now", "base", "share", "rank"} & {*lines[0]["figures"][code]} - {"now"} for code in hidden] == [
        set(),
        set(),
    ]
    assert [lines[0]["figures"][code]["now"] for code in hidden] == [None, None]
    assert row.count("приховано") == 2


@pytest.mark.parametrize("name", ["one", "json"])
def test_what_is_not_published_is_not_found(client, db, name):
    assert client.get(reverse(f"public_results:{name}", args=["secret"])).status_code == 404
