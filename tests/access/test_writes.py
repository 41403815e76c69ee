"""Writing through the pages: nobody writes where they may not read, or what is not theirs to write."""

import pytest

from varta.cases.models import Case
from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at

OWN = {"place_code": demo.HROMADA, "unit_code": demo.SECTOR, "place": "Обухівська", "unit": "Сектор"}


def calls() -> int:
    with reading(Reader.system()):
        return Case.objects.count()


def posted(client, **more: str) -> dict[str, str]:
    """Return the form of a new call filled in as a person would."""
    form = client.get("/cases/new/call/").context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    typed = {name: str(value) for name, value in values.items() if value not in (None, "", [])}
    record = {
        "channel": "line_102",
        "category": "beta",
        "kind": "public_order",
        "zone": "rural",
        "about": "Шумлять",
    }
    return typed | {f"r-{name}": value for name, value in record.items()} | OWN | more


@pytest.fixture
def new_call(andrii, signed_in):
    client = signed_in(andrii)

    def send(**more: str):
        return client.post("/cases/new/call/", posted(client, **more))

    return send


def test_a_call_of_the_own_hromada_is_registered(new_call):
    answer = new_call()

    assert answer.status_code == 302, answer.context["form"].errors
    assert calls() == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"place_code": demo.OTHER_HROMADA, "place": "Слобожанська"},
        {"unit_code": demo.OTHER_SECTOR, "unit": "Сектор"},
        {"place_code": "UA80000000000093317", "place": "Київ"},
        {"unit_code": "NPU", "unit": "Національна поліція"},
    ],
)
def test_a_call_of_elsewhere_is_refused_and_nothing_is_written(new_call, elsewhere):
    answer = new_call(**elsewhere)

    assert answer.status_code == 422
    assert calls() == 0


@pytest.mark.parametrize("role", ["coordinator", "analyst", "editor", "partner", "auditor", "administrator"])
def test_a_role_that_registers_no_calls_finds_no_form(db, signed_in, role):
    client = signed_in(officer_at("other", "Інша Посада", role, demo.HROMADA, demo.SECTOR))

    assert client.get("/cases/new/call/").status_code == 404
    assert client.post("/cases/new/call/", OWN).status_code == 404
    assert calls() == 0
