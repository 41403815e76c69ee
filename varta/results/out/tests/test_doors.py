"""Who may take a report out, in which forms, and what is written down of it."""

import io
import json
import zipfile

import pytest

from varta.people import demo
from varta.people.models import Look
from varta.people.scope import Reader, reading
from varta.results.out.making import FORMS
from varta.results.out.tests.kept import keep, signed_in
from varta.results.out.tests.packs import small
from varta.results.pack import as_plain

HERE = "/results/reports/nine-months-2019/out/"
API = "/api/reports/nine-months-2019"
BEGINNINGS = {
    "pdf": b"%PDF",
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "csv": b"PK",
    "json": b"{",
    "sdmx": b"{",
}


@pytest.fixture
def head(db, settings):
    settings.DEMO = True
    keep()
    return signed_in("head", "head")


def looks():
    with reading(Reader.system()):
        return [
            (look.subject_key, look.detail) for look in Look.objects.filter(action="export").order_by("at")
        ]


def test_every_form_is_sent_as_what_it_is_and_written_down(head):
    for form in FORMS.values():
        answer = head.get(f"{HERE}{form.code}?lang=en")
        assert (answer.status_code, answer["Content-Type"]) == (200, form.media_type)
        assert answer.content.startswith(BEGINNINGS[form.code])
        assert answer["Content-Disposition"].endswith(f'nine-months-2019-en.{form.ending}"')

    assert looks() == [("nine-months-2019", {"form": code, "language": "en"}) for code in FORMS]


def test_the_page_offers_every_form_in_both_languages(head):
    page = head.get(HERE).content.decode()

    assert all(f"{HERE}{code}?lang={language}" in page for code in FORMS for language in ("uk", "en"))


def test_an_unknown_form_report_or_language_is_not_found(head):
    absent = (f"{HERE}exe", f"{HERE}pdf?lang=ru", HERE.replace("2019", "2020"), f"{API}9", f"{API}9/sdmx")

    assert [head.get(address).status_code for address in absent] == [404] * 5
    assert looks() == []


def test_who_serves_elsewhere_or_may_not_export_finds_nothing(head):
    maria = signed_in("maria", "head", demo.OTHER_HROMADA, demo.OTHER_SECTOR)
    andrii = signed_in("andrii", "hromada_officer")

    for address in (HERE, f"{HERE}pdf", API, f"{API}/sdmx"):
        assert (maria.get(address).status_code, andrii.get(address).status_code) == (404, 404)
    assert maria.get("/api/reports").json() == []
    assert looks() == []


def test_the_api_gives_the_pack_and_the_message_and_describes_both(head):
    assert head.get(API).json() == json.loads(json.dumps(as_plain(small())))
    assert head.get(f"{API}/sdmx").json()["meta"]["sender"]["id"] == "VARTA"
    assert [one["name"] for one in head.get("/api/reports").json()] == ["nine-months-2019"]
    assert len(looks()) == 2

    paths = head.get("/api/openapi.json").json()["paths"]
    told = paths["/api/reports/{name}/sdmx"]["get"]["responses"]["200"]["content"]
    assert list(told) == ["application/vnd.sdmx.data+json;version=2.0.0"]
    assert "/api/reports/{name}" in paths


def test_the_archive_of_the_csv_opens(head):
    archive = zipfile.ZipFile(io.BytesIO(head.get(f"{HERE}csv").content))

    assert archive.testzip() is None
