"""Taking a call at /calls/new/: what is registered, what is proposed, what is refused and how."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from varta.calls import boxes, practice, queries
from varta.calls.views.offline import FILES
from varta.cases.models import Case, Entry
from varta.lib.clock import now
from varta.lib.uuid7 import moment_of, uuid7
from varta.people import demo
from varta.people.models import Look
from varta.people.scope import Reader, reading

JSON = {"accept": "application/json"}
OBUKHIVKA = "UA12020170010095010"


@pytest.fixture(autouse=True)
def in_demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def signed_in():
    def sign_in(officer):
        client = Client()
        client.force_login(officer)
        return client

    return sign_in


@pytest.fixture
def at_desk(signed_in, olena):
    return signed_in(olena)


def told(**other) -> dict:
    """Return what the form sends for a typical call."""
    given = {
        "key": str(uuid7(now())),
        "channel": "line_102",
        "phone": "+380 00 111 22 33",
        "name": "Вигаданенко Петро Іванович",
        "place": "Обухівка Шевченка 12",
        "about": "Сусід шумить, музика о другій ночі",
    }
    return {name: value for name, value in (given | other).items() if value is not None}


def sent(client, **other):
    return client.post("/calls/new/", told(**other), headers=JSON)


def record(key: str) -> dict:
    with reading(Reader.system()):
        return Entry.objects.get(key=key).data


def case(key: str) -> Case:
    with reading(Reader.system()):
        return Case.objects.select_related("place", "unit").get(key=key)


def count() -> int:
    with reading(Reader.system()):
        return Case.objects.count()


def test_a_call_is_registered_with_everything_that_its_words_say(at_desk):
    form = told()
    answer = at_desk.post("/calls/new/", form, headers=JSON)

    assert answer.status_code == 201
    assert answer.json()["number"].endswith(f"/{now().year}")
    assert answer.json()["url"] == f"/calls/{form['key']}/"
    written = record(form["key"])
    assert (written["kind"], written["category"], written["proposed"]) == ("noise", "gamma", "gamma")
    assert (written["address"], written["zone"]) == ("Шевченка 12", "rural")
    found = case(form["key"])
    assert (found.place_id, found.unit_id) == (OBUKHIVKA, demo.SECTOR)


def test_a_form_without_script_leads_to_the_call(at_desk):
    form = told()

    answer = at_desk.post("/calls/new/", form)

    assert (answer.status_code, answer["Location"]) == (302, f"/calls/{form['key']}/")


def test_sent_twice_it_is_registered_once_and_answered_alike(at_desk):
    form = told()

    first, second = (at_desk.post("/calls/new/", form, headers=JSON) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


def test_the_same_key_with_other_words_is_refused_and_changes_nothing(at_desk):
    form = told()
    at_desk.post("/calls/new/", form, headers=JSON)

    answer = at_desk.post("/calls/new/", form | {"about": "Зовсім інше: бійка"}, headers=JSON)

    assert answer.status_code == 422
    assert record(form["key"])["about"] == form["about"]


def test_the_call_happened_when_it_began_to_be_taken_not_when_it_arrived(at_desk):
    begun = now() - timedelta(hours=3)
    key = uuid7(begun)

    assert sent(at_desk, key=str(key)).status_code == 201

    with reading(Reader.system()):
        entry = Entry.objects.get(key=key)
    assert entry.at == moment_of(key)
    assert entry.received_at - entry.at > timedelta(hours=2)


def test_a_time_that_was_typed_counts(at_desk):
    form = told(at="2026-10-03T11:15")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    with reading(Reader.system()):
        assert Entry.objects.get(key=form["key"]).at == datetime(2026, 10, 3, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize("at", ["2099-01-01T10:00", "1950-01-01T10:00", "позавчора"])
def test_an_impossible_time_is_refused_beside_its_field(at_desk, at):
    answer = sent(at_desk, at=at)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["at"]


def test_the_next_call_comes_the_way_the_last_one_came(at_desk):
    sent(at_desk, channel="in_person")

    page = at_desk.get("/calls/new/").content.decode()

    assert 'value="in_person" checked' in page


# --- Category ---


def test_answers_raise_the_category_and_stay_with_the_call(at_desk):
    form = told(kind="conflict", **{"q-danger": "yes", "q-weapon": "no"})

    at_desk.post("/calls/new/", form, headers=JSON)

    written = record(form["key"])
    assert (written["category"], written["proposed"]) == ("alpha", "alpha")
    assert written["answers"] == "2026-1 danger=yes weapon=no"


def test_a_lower_category_needs_a_reason(at_desk):
    form = told(kind="conflict", category="gamma", **{"q-danger": "yes"})

    refused = at_desk.post("/calls/new/", form, headers=JSON)
    taken = at_desk.post("/calls/new/", form | {"category_reason": "патруль уже поруч"}, headers=JSON)

    assert refused.status_code == 422
    assert "Поясніть" in json.dumps(refused.json(), ensure_ascii=False)
    assert taken.status_code == 201
    assert record(form["key"])["category"] == "gamma"


def test_a_higher_category_is_free(at_desk):
    assert sent(at_desk, kind="noise", category="alpha").status_code == 201


def test_without_script_the_questions_are_asked_by_a_button(at_desk):
    page = at_desk.post("/calls/new/", told(kind="noise", ask="1")).content.decode()

    assert 'name="q-danger"' in page
    assert "звичайна категорія для виду «порушення тиші»" in page
    assert count() == 0


def test_nobody_has_verified_the_questions_and_the_page_says_so(at_desk):
    assert "не звірено" in at_desk.get("/calls/new/").content.decode()


# --- Place ---


def test_a_name_borne_twice_in_the_own_area_must_be_chosen(at_desk):
    answer = at_desk.post("/calls/new/", told(place="Миколаївка Садова 3"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('type="radio" name="place_code"') >= 2
    assert "Оберіть одне" in page


def test_a_chosen_place_counts(at_desk):
    form = told(place="Миколаївка Садова 3", place_code="UA12020170020084150", address="Садова 3")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert case(form["key"]).place_id == "UA12020170020084150"


def test_words_that_name_no_place_are_kept_as_a_landmark_of_the_own_area(at_desk, olena):
    form = told(place="за ставком біля трьох дубів")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert case(form["key"]).place_id == demo.RAION
    assert record(form["key"])["place_words"] == "за ставком біля трьох дубів"


def test_nothing_about_the_place_registers_it_in_the_own_area(at_desk):
    form = told(place="")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert case(form["key"]).place_id == demo.RAION


@pytest.mark.parametrize("typed", ["48.55, 34.85", "48,55 34,85", "48°33' 34°51'"])
def test_coordinates_are_a_place(at_desk, typed):
    form = told(place=typed)

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    written = record(form["key"])
    assert (written["lat"], written["lon"]) == (48.55, 34.85)
    assert case(form["key"]).place_id == OBUKHIVKA


def test_coordinates_outside_the_country_are_refused_with_a_hint(at_desk):
    answer = sent(at_desk, place="34.85, 48.55")

    assert answer.status_code == 422
    assert "помін" in answer.json()["errors"]["place"][0]


def test_a_place_outside_the_area_says_who_answers_there(at_desk):
    answer = sent(at_desk, place="Полтава Соборності 5")

    assert answer.status_code == 422
    assert "поза вашою зоною" in answer.json()["errors"]["place"][0]
    assert "Полтав" in answer.json()["errors"]["place"][0]


def test_a_place_outside_the_area_can_be_registered_here_in_words(at_desk):
    form = told(place="Полтава Соборності 5", here="on")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert record(form["key"])["place_words"] == "Полтава Соборності 5"
    assert case(form["key"]).place_id == demo.RAION


def test_another_unit_can_be_named(at_desk):
    form = told(unit_code=demo.DIRECTORATE)

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert case(form["key"]).unit_id == demo.DIRECTORATE


# --- What is typed in haste ---


@pytest.mark.parametrize("phone", ["абв", "1", "----", "😀", "1" * 30])
def test_what_is_no_telephone_is_refused_beside_its_field(at_desk, phone):
    answer = sent(at_desk, phone=phone)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["phone"]


@pytest.mark.parametrize("phone", ["102", "+380 (00) 111-22-33", "8 000 111 22 33", "тел. 0001112233", ""])
def test_a_telephone_is_taken_as_people_say_it(at_desk, phone):
    assert sent(at_desk, phone=phone).status_code == 201


def test_ten_thousand_letters_are_kept_and_one_more_is_refused(at_desk):
    assert sent(at_desk, about="шум " * 2499 + "ніч!").status_code == 201
    answer = sent(at_desk, about="а" * 10_001)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["about"]


def test_signs_that_no_keyboard_types_fall_out_and_the_rest_is_kept(at_desk):
    form = told(about="Шум\x00 \x07у\u202e під’їзді 😀\r\nдруга")

    assert at_desk.post("/calls/new/", form, headers=JSON).status_code == 201
    assert record(form["key"])["about"] == "Шум у під’їзді 😀\nдруга"


def test_script_in_words_is_shown_as_words(at_desk):
    form = told(about="<script>alert(1)</script> шум", name="<b>Жирний</b>", address="<i>")

    page = at_desk.post("/calls/new/", form | {"at": "колись"}).content.decode()
    at_desk.post("/calls/new/", form)
    slip = at_desk.get(f"/calls/{form['key']}/slip/").content.decode()

    assert "<script>alert" not in page + slip
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Жирний" not in slip


@pytest.mark.parametrize("name", ["channel", "kind", "category", "zone", "part"])
def test_a_choice_that_is_none_is_refused(at_desk, name):
    assert sent(at_desk, **{name: "такого немає"}).status_code == 422


@pytest.mark.parametrize("key", ["", "x", "0190b6f0-0000-4000-8000-000000000001"])
def test_a_key_that_is_none_is_refused(at_desk, key):
    assert sent(at_desk, key=key).status_code == 422


def test_errors_come_in_the_language_of_the_officer(signed_in, olena):
    client = signed_in(olena)
    client.post("/choose/", {"language": "en"})

    answer = sent(client, phone="абв")

    assert answer.json()["errors"]["phone"][0].startswith("This is no telephone number")


# --- Who ---


def test_a_stranger_gets_401_as_a_program_and_the_door_as_a_person(db):
    client = Client()

    assert client.post("/calls/new/", told(), headers=JSON).status_code == 401
    assert client.get("/calls/new/").status_code == 302


def test_a_role_without_the_desk_finds_no_such_page(signed_in, officer_at_results):
    client = signed_in(officer_at_results)

    assert client.get("/calls/new/").status_code == 404
    assert client.get("/calls/new/keys").status_code == 404
    assert client.post("/calls/new/places", {"place": "Обухівка"}).status_code == 404


@pytest.fixture
def officer_at_results(db):
    from varta.people.tests.story import officer_at

    return officer_at("analyst-1", "Показник Антон", "analyst", demo.UKRAINE, demo.HEADQUARTERS)


def test_what_another_officer_took_is_not_sent_in_my_name(at_desk, andrii):
    form = told(mine=boxes.owner_of(andrii.pk))

    answer = at_desk.post("/calls/new/", form, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (409, "another-officer")
    assert count() == 0


def test_an_officer_of_another_hromada_cannot_register_it_here(signed_in, maria):
    answer = sent(signed_in(maria), place_code=OBUKHIVKA)

    assert answer.status_code == 422
    assert count() == 0


# --- Joining ---


def test_a_very_similar_report_is_asked_about_before_it_is_written(at_desk):
    first = told()
    at_desk.post("/calls/new/", first, headers=JSON)

    page = at_desk.post("/calls/new/", told(phone="+380 00 444 55 66")).content.decode()

    assert f'name="join" value="{first["key"]}"' in page
    assert "та сама адреса" in page
    assert count() == 1


def test_the_officer_who_says_it_is_another_event_registers_it_separately(at_desk):
    at_desk.post("/calls/new/", told(), headers=JSON)
    second = told(alike_seen="1", join="")

    assert at_desk.post("/calls/new/", second).status_code == 302
    assert case(second["key"]).last_step == "receive"


def test_a_report_is_registered_and_at_once_joined(at_desk):
    first, second = told(), told()
    at_desk.post("/calls/new/", first, headers=JSON)

    answer = at_desk.post(
        "/calls/new/", second | {"join": first["key"], "join_reason": "та сама адреса"}, headers=JSON
    )

    assert answer.status_code == 201
    assert "Приєднано" in answer.json()["notes"][0]
    joined = case(second["key"])
    assert (joined.last_step, joined.closed_at is not None) == ("join", True)


def test_sent_twice_it_is_joined_once(at_desk):
    first, second = told(), told()
    at_desk.post("/calls/new/", first, headers=JSON)
    answers = [at_desk.post("/calls/new/", second | {"join": first["key"]}, headers=JSON) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert case(second["key"]).entries == 2


def test_where_the_other_call_is_gone_the_report_is_registered_all_the_same(at_desk):
    form = told(join=str(uuid7(now())))

    answer = at_desk.post("/calls/new/", form, headers=JSON)

    assert answer.status_code == 201
    assert "не приєднано" in answer.json()["notes"][0]
    assert case(form["key"]).closed_at is None


def test_nobody_joins_a_report_to_a_call_that_they_do_not_see(at_desk, signed_in, maria):
    first = told()
    at_desk.post("/calls/new/", first, headers=JSON)
    form = told(place="Слобожанське", join=first["key"])

    answer = signed_in(maria).post("/calls/new/", form, headers=JSON)

    assert answer.status_code == 201
    assert case(form["key"]).closed_at is None


# --- While it is typed ---


def looked_up(client, words: str) -> dict:
    return client.post("/calls/new/places", {"place": words}).json()


def test_the_place_is_told_with_who_answers_there(at_desk, andrii):
    found = looked_up(at_desk, "Обухівка Шевченка 12")

    spot = found["spots"][found["chosen"]]
    assert (spot["code"], spot["address"], spot["own"]) == (OBUKHIVKA, "Шевченка 12", True)
    assert "Обухівської громади" in spot["unit"]
    assert andrii.name in spot["officers"][0]
    assert "інших місцях" in found["note"] or "Такі назви" in found["note"]


@pytest.mark.parametrize(
    "words",
    [
        "j,e[sdrf Шевченка 12",
        "Obukhivka, Shevchenka 12",
        "с-ще Обухівка вул. Шевченка 12",
        "Шевченка 12, Обухівка",
    ],
)
def test_the_place_is_found_however_it_is_typed(at_desk, words):
    found = looked_up(at_desk, words)

    assert found["chosen"] is not None
    assert found["spots"][found["chosen"]]["code"] == OBUKHIVKA


def test_a_former_name_is_a_name(at_desk):
    from varta.places.models import Territory, TerritoryChange

    with reading(Reader.system()):
        place = Territory.objects.get(code=OBUKHIVKA)
        TerritoryChange.objects.create(
            territory=place, what="name", was="Кіровське", folded="кіровське", until="2016-05-19"
        )

    found = looked_up(at_desk, "Кіровське Шевченка 12")

    assert found["spots"][found["chosen"]]["code"] == OBUKHIVKA


def test_the_word_for_a_street_is_not_taken_for_a_village(at_desk):
    found = looked_up(at_desk, "вул. Степова 5")

    assert found["chosen"] is None
    assert not found["exact"]


def test_a_name_with_a_number_alone_may_be_a_street_and_is_only_offered(at_desk):
    found = looked_up(at_desk, "Обухівка 12")

    assert (found["chosen"], found["exact"]) == (None, False)
    assert (found["spots"][0]["code"], found["spots"][0]["address"]) == (OBUKHIVKA, "12")


def test_nothing_is_taken_where_the_own_area_has_two(at_desk):
    found = looked_up(at_desk, "Миколаївка")

    assert found["chosen"] is None
    assert sum(spot["own"] for spot in found["spots"]) >= 2
    assert len({spot["path"] for spot in found["spots"]}) == len(found["spots"])


@pytest.mark.parametrize("words", ["", " ", "\x00", "😀", "<script>", "а" * 500, "12", ";;;", "'"])
def test_no_words_break_the_search_of_a_place(at_desk, words):
    assert at_desk.post("/calls/new/places", {"place": words}).status_code == 200


def test_earlier_calls_of_a_telephone_are_shown_and_the_look_is_written(at_desk):
    sent(at_desk)

    page = at_desk.post("/calls/new/caller", {"phone": "8 000 111 22 33"}).content.decode()

    assert "порушення тиші" in page
    assert "Вигаданенко" in page
    with reading(Reader.system()):
        look = Look.objects.filter(action="search", subject_kind="person").latest("at")
    assert (look.purpose, look.detail) == ("call", {"asked": "380001112233"})


def test_a_part_of_a_number_shows_nothing_and_is_no_look(at_desk):
    answer = at_desk.post("/calls/new/caller", {"phone": "0001"})

    assert answer.status_code == 204
    with reading(Reader.system()):
        assert not Look.objects.filter(action="search").exists()


def test_earlier_calls_elsewhere_are_not_shown(at_desk, signed_in, maria):
    sent(at_desk)

    page = signed_in(maria).post("/calls/new/caller", {"phone": "0001112233"}).content.decode()

    assert "Вигаданенко" not in page
    assert "порушення тиші" not in page


def test_earlier_violence_and_false_calls_are_marked(at_desk, desk_steps):
    key = told(kind="domestic_violence")
    at_desk.post("/calls/new/", key, headers=JSON)
    desk_steps(key["key"], "close", {"outcome": "false_call", "confirmed": False})
    desk_steps(key["key"], "false_call", {"number": "АА 1", "drawn_on": "2026-11-01"})

    page = at_desk.post("/calls/new/caller", {"phone": "0001112233"}).content.decode()

    assert "домашнє насильство раніше" in page
    assert "1 неправдивий виклик" in page
    assert "1 протокол за неправдивий виклик" in page


@pytest.fixture
def desk_steps(olena):
    from varta.cases.actions import take
    from varta.lib.clock import kyiv_day

    def step(call: str, code: str, data: dict) -> None:
        reader = Reader.of(olena, on=kyiv_day(now()))
        with reading(reader):
            take(
                key=uuid7(now()),
                case=UUID(call),
                procedure="call",
                step=code,
                data=data,
                by=reader,
                at=now(),
                received_at=now(),
            )

    return step


def test_a_flood_warns_reminds_of_the_protocol_and_is_registered_all_the_same(at_desk):
    keys = [told(place=f"Обухівка Садова {number}", alike_seen="1") for number in range(practice.FLOOD)]
    answers = [at_desk.post("/calls/new/", form, headers=JSON) for form in keys]

    page = at_desk.post("/calls/new/caller", {"phone": "0001112233"}).content.decode()

    assert {answer.status_code for answer in answers} == {201}
    assert f"{practice.FLOOD} виклики за годину" in page
    assert "/take/false_call/" in page
    assert sent(at_desk).status_code == 201


def test_calls_of_the_same_event_are_offered_with_the_reason(at_desk):
    first = told()
    at_desk.post("/calls/new/", first, headers=JSON)

    [call] = at_desk.post("/calls/new/alike", told(phone="")).json()["calls"]

    assert call["key"] == first["key"]
    assert call["strong"]
    assert "та сама адреса" in call["why"]


def test_a_call_that_was_said_to_be_another_is_not_offered_again(at_desk):
    first = told()
    at_desk.post("/calls/new/", first, headers=JSON)

    assert at_desk.post("/calls/new/alike", told(not_same=first["key"])).json()["calls"] == []


def test_calls_elsewhere_are_not_offered(at_desk, signed_in, maria):
    sent(at_desk)

    assert signed_in(maria).post("/calls/new/alike", told()).json()["calls"] == []


def test_the_place_of_violence_is_not_told_in_an_offer(at_desk):
    sent(at_desk, kind="domestic_violence")

    [call] = at_desk.post("/calls/new/alike", told(kind="domestic_violence")).json()["calls"]

    assert call["address"] == ""


# --- For times without the server ---


def test_the_pulse_beats_for_everybody(db):
    assert set(Client().get("/calls/pulse").json()) == {"now"}


def test_the_keys_of_an_officer_are_always_the_same_and_of_nobody_else(at_desk, signed_in, andrii):
    first, second = at_desk.get("/calls/new/keys").json(), at_desk.get("/calls/new/keys").json()
    other = signed_in(andrii).get("/calls/new/keys").json()

    assert first["private"] == second["private"]
    assert first["owner"] == second["owner"]
    assert first["private"] != other["private"]
    assert first["owner"] != other["owner"]
    assert "d" not in first["public"]


def test_the_kept_screen_tells_nothing_of_whoever_opened_it(at_desk, olena):
    page = at_desk.get("/calls/new/shell/").content.decode()

    assert "data-intake" in page
    assert olena.name not in page
    assert olena.name.split()[0] not in page
    assert "csrfmiddlewaretoken" not in page


def test_the_screen_is_light_and_what_its_scripts_know_is_not_sent_twice(at_desk):
    page, known = at_desk.get("/calls/new/"), at_desk.get("/calls/new/knows.json")
    again = at_desk.get("/calls/new/knows.json", headers={"if-none-match": known["ETag"]})

    assert len(page.content) < 50_000
    assert len(known.content) < 100_000
    assert set(known.json()) == {"language", "tree", "words", "kinds", "texts"}
    assert again.status_code == 304


def test_the_places_of_the_own_area_are_sent_and_not_sent_again(at_desk):
    answer = at_desk.get("/calls/new/places.json")
    again = at_desk.get("/calls/new/places.json", headers={"if-none-match": answer["ETag"]})

    places = {one["code"]: one for one in answer.json()["places"]}
    assert places[OBUKHIVKA]["unit"] == demo.SECTOR
    assert places[OBUKHIVKA]["keys"] == ["обухівка", "obukhivka"]
    assert all(code.startswith(demo.RAION[:6]) for code in places)
    assert again.status_code == 304


def test_the_worker_keeps_files_that_exist_and_its_version_is_theirs(db):
    answer = Client().get("/calls/worker.js")
    first = answer.content.decode().splitlines()[0]

    assert answer["Content-Type"].startswith("text/javascript")
    assert all(f"/static/{name}" in first for name in FILES)


def test_every_script_that_a_kept_script_imports_is_kept(db):
    import re
    from pathlib import Path

    from django.contrib.staticfiles import finders

    for name in FILES:
        if name.endswith(".js"):
            text = Path(finders.find(name)).read_text()
            assert {f"calls/{one}" for one in re.findall(r'from "\./([\w.]+)"', text)} <= set(FILES)


def test_a_slip_shows_the_call_and_the_look_is_written(at_desk, signed_in, maria):
    form = told(kind="conflict", **{"q-danger": "yes"})
    at_desk.post("/calls/new/", form, headers=JSON)

    page = at_desk.get(f"/calls/{form['key']}/slip/").content.decode()

    assert "Вигаданенко" in page
    assert "Комусь зараз загрожує небезпека? — так" in page
    assert "Комусь зараз загрожує небезпека? — так" in at_desk.get(f"/cases/{form['key']}/").content.decode()
    with reading(Reader.system()):
        assert Look.objects.filter(action="open", subject_key=form["key"]).exists()
    assert signed_in(maria).get(f"/calls/{form['key']}/slip/").status_code == 404


def test_a_call_that_waited_for_the_server_shows_when_it_came(at_desk):
    form = told(key=str(uuid7(now() - timedelta(hours=3))))
    at_desk.post("/calls/new/", form, headers=JSON)

    assert "чекав у браузері" in at_desk.get(f"/calls/{form['key']}/slip/").content.decode()


def test_registering_asks_the_database_few_things(at_desk, django_assert_max_num_queries):
    sent(at_desk)

    with django_assert_max_num_queries(22):
        assert sent(at_desk, place="", place_code=OBUKHIVKA).status_code == 201


def test_the_calls_stand_in_the_queries_of_the_desk(at_desk, olena):
    form = told()
    at_desk.post("/calls/new/", form, headers=JSON)
    from varta.lib.clock import kyiv_day

    with reading(Reader.of(olena, on=kyiv_day(now()))) as reader:
        assert [str(one.key) for one in queries.open_calls(reader)] == [form["key"]]
