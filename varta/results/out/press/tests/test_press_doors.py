"""Pages of the press: who may write and publish, what is refused, and what stays."""

from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from varta.people import demo
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.results.out.press import actions
from varta.results.out.press.models import Published, Template
from varta.results.out.tests.kept import keep, publish, signed_in
from varta.results.out.tests.packs import MADE, small

CALLS = '{{ C01.country.now | plural "виклик" "виклики" "викликів" }}'
UK = f"# За {{{{ period }}}}\n\nБуло {CALLS}, служать {{{{ G01.country.now }}}}."
EN = 'There were {{ C01.country.now | plural "call" "calls" }}.'
LIST, NEW = "/results/statements/", "/results/statements/templates/new/"
HERE = "/results/reports/nine-months-2019/out/press/"


def filled(**other):
    given = {
        "code": "nine-months",
        "title_uk": "Заява за дев’ять місяців",
        "title_en": "Statement on nine months",
        "uk": UK,
        "en": EN,
        "after": 0,
        "report": "nine-months-2019",
        "do": "save",
    }
    return given | other


@pytest.fixture
def editor(db, settings):
    settings.DEMO = True
    keep()
    publish()
    return signed_in("editor", "editor")


def reader(login="editor"):
    return Reader.of(Officer.objects.get(login=login), on=MADE.date())


def rows(table, *, by):
    with reading(by), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_an_editor_tries_saves_and_publishes_a_statement(editor):
    tried = editor.post(NEW, filled(do="preview")).content.decode()
    saved = editor.post(NEW, filled())
    page = editor.get(HERE).content.decode()
    done = editor.post(HERE, {"template": "nine-months"})
    shown = editor.get(done["Location"]).content.decode()

    assert "13\u00a0579\u00a0викликів" in tried and saved.status_code == 302
    for told in (page, shown):
        assert "13\u00a0579\u00a0викликів</a>" in told and "13\u00a0579\u00a0calls</a>" in told
        assert "<h2>" in told and 'href="#text-uk"' in told
    assert done["Location"] in editor.get(LIST).content.decode()


def test_a_number_typed_by_hand_is_refused_with_how_to_refer_to_it_and_the_text_is_kept(editor):
    answer = editor.post(NEW, filled(uk="Було 13 579 викликів."))
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "«13 579»" in page and "{{ C01.country.now }}" in page
    assert "Було 13 579 викликів.</textarea>" in page


def test_editions_of_a_template_are_kept_and_two_editors_do_not_overwrite_each_other(editor):
    editor.post(NEW, filled())
    address = f"{LIST}templates/nine-months/"

    second = editor.post(address, filled(uk=UK + " Усе.", after=1))
    late = editor.post(address, filled(uk=UK + " Інше.", after=1))

    assert (second.status_code, late.status_code) == (302, 400)
    assert "вже є" in late.content.decode() and "Інше." in late.content.decode()
    with reading(Reader.system()):
        assert list(Template.objects.values_list("edition", flat=True)) == [2, 1]


def test_the_same_edition_is_published_of_a_report_once(editor):
    editor.post(NEW, filled())

    assert [editor.post(HERE, {"template": "nine-months"}).status_code for _ in range(2)] == [302, 400]


def test_who_is_no_editor_or_serves_elsewhere_finds_no_templates(editor):
    editor.post(NEW, filled())
    key = editor.post(HERE, {"template": "nine-months"})["Location"]
    head = signed_in("head", "head")
    maria = signed_in("maria", "editor", demo.OTHER_HROMADA, demo.OTHER_SECTOR)

    assert [head.get(one).status_code for one in (NEW, HERE, f"{LIST}templates/nine-months/")] == [404] * 3
    assert head.get(key).status_code == 200
    assert [maria.get(one).status_code for one in (HERE, key, f"{LIST}templates/nine-months/")] == [404] * 3
    assert key not in maria.get(LIST).content.decode()


def test_the_database_keeps_others_out_and_what_was_written_unchanged(editor):
    editor.post(NEW, filled())
    editor.post(HERE, {"template": "nine-months"})
    signed_in("maria", "editor", demo.OTHER_HROMADA, demo.OTHER_SECTOR)
    signed_in("head", "head")

    assert (rows("press_template", by=reader("maria")), rows("press_template", by=reader())) == (0, 1)
    for table in ("press_template", "press_published"):
        for change in ("UPDATE {} SET made_by = 0", "DELETE FROM {}"):
            with pytest.raises(ProgrammingError), reading(reader()), transaction.atomic():
                connection.cursor().execute(change.format(table))
    with pytest.raises(ProgrammingError), reading(reader("head")), transaction.atomic():
        Template.objects.create(**_template_of_hromada())


def _template_of_hromada():
    with reading(Reader.system()):
        kept = Template.objects.values().get()
    return {name: value for name, value in kept.items() if name != "id"} | {"edition": 9}


def test_everybody_reads_what_was_published_and_figures_lead_into_the_public_report(editor):
    editor.post(NEW, filled())
    key = editor.post(HERE, {"template": "nine-months"})["Location"].split("/")[-2]

    page = Client().get(f"/public/results/statements/{key}/").content.decode()

    assert 'href="/public/results/nine-months-2019/?level=oblast&amp;chapter=calls"' in page
    assert "13\u00a0579\u00a0викликів</a>" in page and 'href="#text-uk"' in page
    assert f"/public/results/statements/{key}/" in Client().get("/public/results/").content.decode()
    assert Client().get("/public/results/statements/999999/").status_code == 404


def test_a_statement_shows_no_figure_that_everybody_may_not_see_and_waits_for_its_report(editor):
    other = small(name="other")
    keep(other)
    editor.post(NEW, filled())
    refused = editor.post("/results/reports/other/out/press/", {"template": "nine-months"})

    [calls_, *rest] = other.chapters
    [table] = calls_.tables
    hidden = replace(table.total.figures["C01"], now=None, state="hidden")
    total = replace(table.total, figures={**table.total.figures, "C01": hidden})
    publish(replace(other, chapters=(replace(calls_, tables=(replace(table, total=total),)), *rest)))
    later = editor.post("/results/reports/other/out/press/", {"template": "nine-months"})

    assert (refused.status_code, later.status_code) == (400, 400)
    assert "ще не опубліковано" in refused.content.decode()
    assert "C01.country.now» у цьому звіті – приховано" in later.content.decode()


def test_the_action_itself_asks_who_acts(editor):
    signed_in("head", "head")

    with pytest.raises(actions.PressRefused), reading(reader("head")):
        actions.save(
            code="x", title={"uk": "а", "en": "a"}, uk="а", en="", after=0, by=reader("head"), at=MADE
        )


def test_a_statement_that_is_kept_is_read_back_as_it_was(editor):
    editor.post(NEW, filled())
    editor.post(HERE, {"template": "nine-months"})

    with reading(Reader.system()):
        kept = Published.objects.get()
    again = actions.statement_of(kept.content)

    assert again.text("en") == "There were 13\u00a0579\u00a0calls."
    assert kept.digest == actions.words.digest(small())
