"""GeoReport v2, rule by rule, in both forms. The rules are read from the published specification."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest

from varta.api.open311.services import SERVICES
from varta.api.open311.tests.conftest import NOISE, read
from varta.lib.clock import now

pytestmark = pytest.mark.django_db

UNKNOWN = "53631d25-a0a6-43ad-8889-fd8937eea949"  # nobody has it
FORM = pytest.mark.parametrize("form", ["json", "xml"])
GETS = ["discovery", "v2/discovery", "v2/services", "v2/services/noise", "v2/requests"]
W3 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


# Encoding and forms


@pytest.mark.parametrize("path", GETS)
def test_xml_is_declared_utf_8_and_has_no_namespace(get, path):
    answer = get(path, "xml")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert re.match(rb"<\?xml version=.1\.0. encoding=.utf-8.\?>", answer.content, re.IGNORECASE)
    assert all("{" not in node.tag and not node.attrib for node in fromstring(answer.content).iter())


@pytest.mark.parametrize("path", GETS)
def test_json_is_utf_8(get, path):
    answer = get(path, "json")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    json.loads(answer.content.decode("utf-8"))


@pytest.mark.parametrize("path", GETS)
def test_both_forms_say_the_same(get, post, path):
    post()

    assert read(get(path, "xml")) == read(get(path, "json"))


@FORM
def test_what_the_client_sends_is_utf_8(post, get, form):
    made = read(post(form, address_string="вул. Їжакевича, Обухівка", description="Ґвалт і шум")).pop()

    assert get(f"v2/requests/{made['service_request_id']}", form).status_code == 200


# Service discovery


@FORM
def test_discovery_has_every_required_field(get, form):
    found = read(get("discovery", form))

    assert all(found[name] for name in ("changeset", "contact", "key_service", "endpoints"))
    [endpoint] = found["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["type"] in ("production", "test")
    assert set(endpoint["formats"]) == {"text/xml", "application/json"}
    assert endpoint["changeset"]


@FORM
def test_the_endpoint_of_discovery_answers(get, client, form):
    [endpoint] = read(get("discovery", form))["endpoints"]

    assert (
        client.get(endpoint["url"].removeprefix("http://testserver") + f"/services.{form}").status_code == 200
    )


# GET services


@FORM
def test_each_service_has_every_field_with_a_value_of_the_standard(get, form):
    listed = read(get("v2/services", form))

    assert [one["service_code"] for one in listed] == list(SERVICES)
    for one in listed:
        assert set(one) == {
            "service_code",
            "service_name",
            "description",
            "metadata",
            "type",
            "keywords",
            "group",
        }
        assert all(one.values())
        assert one["metadata"] in ("true", "false")
        assert one["type"] in ("realtime", "batch", "blackbox")


def test_metadata_is_a_truth_value_in_json(get):
    assert all(isinstance(one["metadata"], bool) for one in get("v2/services").json())


def test_services_are_named_in_the_language_of_the_client(get):
    names = {
        language: get("v2/services", language=language).json()[0]["service_name"] for language in ("uk", "en")
    }

    assert names == {"uk": "Порушення тиші", "en": "Noise"}


# GET a service definition


@FORM
@pytest.mark.parametrize("code", [code for code, one in SERVICES.items() if one.attributes])
def test_a_definition_has_every_field_with_a_value_of_the_standard(get, form, code):
    found = read(get(f"v2/services/{code}", form))

    assert found["service_code"] == code
    orders = [one["order"] for one in found["attributes"]]
    assert len(set(orders)) == len(orders) and all(int(order) > 0 for order in orders)
    for one in found["attributes"]:
        assert one["variable"] in ("true", "false") and one["required"] in ("true", "false")
        kinds = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
        assert one["datatype"] in kinds
        assert one["code"] and one["description"] and "datatype_description" in one
        if one["datatype"].endswith("valuelist"):
            assert all(value["key"] and value["name"] for value in one["values"])


@pytest.mark.parametrize("code", list(SERVICES))
def test_metadata_says_whether_there_is_a_definition(get, code):
    [listed] = [one for one in get("v2/services").json() if one["service_code"] == code]

    assert listed["metadata"] == bool(get(f"v2/services/{code}").json()["attributes"])


@FORM
def test_an_unknown_service_is_not_found(get, form):
    assert error(get("v2/services/nothing", form)) == 404


# jurisdiction_id


@FORM
@pytest.mark.parametrize("path", ["v2/services", "v2/services/noise", "v2/requests"])
def test_an_unknown_jurisdiction_is_not_found(get, form, path):
    assert error(get(path, form, jurisdiction_id="elsewhere.example")) == 404


@FORM
@pytest.mark.parametrize("given", ["", "police.example"])
def test_our_jurisdiction_or_none_is_taken(get, post, form, given, settings):
    settings.VARTA_JURISDICTION = "police.example"

    assert get("v2/services", form, jurisdiction_id=given).status_code == 200
    assert post(form, jurisdiction_id=given).status_code == 201


@FORM
def test_a_request_of_another_jurisdiction_is_not_found(post, form):
    assert error(post(form, jurisdiction_id="elsewhere.example")) == 404


# POST a request


@FORM
def test_a_request_is_created_and_answered_with_its_id_alone(post, form):
    answer = post(form)

    [made] = read(answer)
    assert answer.status_code == 201
    assert set(made) == {"service_request_id", "service_notice", "account_id"}
    assert made["service_request_id"] and "token" not in made


@FORM
@pytest.mark.parametrize("key", ["", "wrong", "varta_aaaaaaaaaa_" + "A" * 43])
def test_a_missing_or_wrong_key_is_forbidden(post, form, key):
    assert error(post(form, key=key)) == 403


@FORM
def test_the_key_of_a_partner_without_the_right_is_forbidden(post, let_in, form):
    assert error(post(form, key=let_in("cap-only", rights=("cap_in",))[1])) == 403


@FORM
@pytest.mark.parametrize(
    ("code", "status"), [(None, 400), ("", 400), ("nothing", 404), ("street_light", 404)]
)
def test_the_service_code_is_required_and_known(post, form, code, status):
    assert error(post(form, service_code=code)) == status


@FORM
@pytest.mark.parametrize(
    "location",
    [
        {"lat": "48.5491", "long": "34.8542", "address_string": None},
        {"lat": None, "long": None, "address_string": "Садова 5, Обухівка"},
        {"lat": None, "long": None, "address_string": None, "address_id": "UA12020170010095010"},
        {"lat": "", "long": "", "address_string": "Обухівка"},
    ],
)
def test_one_location_is_enough(post, form, location):
    assert post(form, **location).status_code == 201


@FORM
@pytest.mark.parametrize(
    "location",
    [
        {"lat": None, "long": None, "address_string": None},
        {"lat": "", "long": "", "address_string": " ", "address_id": ""},
        {"lat": "48.5", "long": None},
        {"lat": None, "long": "34.8"},
        {"lat": "north", "long": "34.8"},
        {"lat": "91", "long": "34.8"},
        {"lat": "nan", "long": "34.8"},
        {"lat": None, "long": None, "address_string": None, "address_id": "12345"},
    ],
)
def test_a_location_that_is_none_is_a_bad_request(post, form, location):
    assert error(post(form, **location)) == 400


@FORM
@pytest.mark.parametrize("answer", [None, "", "sometimes", ["once", "often"]])
def test_a_required_attribute_is_required_with_a_value_of_the_definition(post, form, answer):
    assert error(post(form, **{"attribute[repeated]": answer})) == 400


@FORM
def test_several_values_of_an_attribute_are_taken(post, form):
    made = post(
        form,
        service_code="parking",
        **{"attribute[repeated]": None, "attribute[blocks][]": ["pavement", "yard"]},
    )

    assert made.status_code == 201


@FORM
def test_a_description_of_4000_characters_is_taken_and_not_one_more(post, form):
    assert post(form, description="ї" * 4000).status_code == 201
    assert error(post(form, description="ї" * 4001)) == 400


@FORM
def test_a_description_may_hold_line_breaks_and_no_html(post, form):
    assert post(form, description="перший рядок\r\nдругий < третій").status_code == 201
    assert error(post(form, description="<b>шум</b>")) == 400


@FORM
@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x"]
)
def test_a_request_is_a_urlencoded_form(client, app_key, form, content_type):
    answer = client.generic(
        "POST", f"/open311/v2/requests.{form}", json.dumps(NOISE), content_type=content_type
    )

    assert error(answer) == 400


@FORM
def test_an_empty_optional_parameter_is_as_none(post, get, form):
    full = {"email": "", "device_id": "", "account_id": "", "media_url": "", "phone": "", "description": ""}

    assert post(form, **full).status_code == 201
    assert read(get("v2/requests", form, status="", service_code="", start_date="", end_date="")) == read(
        get("v2/requests", form)
    )


# Tokens


@FORM
def test_a_request_in_real_time_is_its_own_token(post, get, form):
    [made] = read(post(form))
    key = made["service_request_id"]

    assert read(get(f"v2/tokens/{key}", form)) == [{"service_request_id": key, "token": key}]


@FORM
@pytest.mark.parametrize("token", ["12345", UNKNOWN, "а"])
def test_an_unknown_token_is_not_found(get, form, token):
    assert error(get(f"v2/tokens/{token}", form)) == 404


# GET requests

FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address",
    "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


@FORM
def test_a_request_is_described_with_the_fields_of_the_standard(post, get, form):
    [made] = read(post(form))

    [found] = read(get(f"v2/requests/{made['service_request_id']}", form))

    assert set(found) == FIELDS
    assert (found["service_request_id"], found["status"]) == (made["service_request_id"], "open")
    assert (found["service_code"], found["service_name"]) == ("noise", "Порушення тиші")
    assert W3.fullmatch(found["requested_datetime"]) and W3.fullmatch(found["updated_datetime"])


@FORM
def test_the_list_has_the_same_request(post, get, form):
    [made] = read(post(form))

    assert read(get("v2/requests", form)) == read(get(f"v2/requests/{made['service_request_id']}", form))


@FORM
def test_a_closed_request_was_updated_when_it_was_closed(post, get, close, form):
    [made] = read(post(form))
    before = now().replace(microsecond=0)
    close(made["service_request_id"])

    [found] = read(get(f"v2/requests/{made['service_request_id']}", form))

    assert found["status"] == "closed"
    assert found["status_notes"] == "Вирішено на місці"
    assert datetime.fromisoformat(found["updated_datetime"]) >= before


@FORM
@pytest.mark.parametrize("key", ["1", UNKNOWN, "a.b"])
def test_an_unknown_request_is_not_found(get, form, key):
    assert error(get(f"v2/requests/{key}", form)) == 404


@FORM
def test_several_requests_are_asked_for_at_once_and_this_overrides_the_rest(post, get, form):
    keys = [read(post(form, description=f"шум {nth}"))[0]["service_request_id"] for nth in range(3)]
    asked = ",".join([*keys[:2], UNKNOWN, "x"])

    found = read(get("v2/requests", form, service_request_id=asked, status="closed", service_code="animals"))

    assert {one["service_request_id"] for one in found} == set(keys[:2])


@FORM
def test_requests_are_narrowed_by_service_and_status(post, get, close, form):
    noise, animals = (
        read(post(form, service_code=code, **{"attribute[repeated]": given}))[0]["service_request_id"]
        for code, given in (("noise", "once"), ("animals", None))
    )
    close(noise)

    def ids(**query):
        return {one["service_request_id"] for one in read(get("v2/requests", form, **query))}

    assert ids(service_code="noise") == ids(status="closed") == {noise}
    assert ids(service_code="animals") == ids(status="open") == {animals}
    assert ids(status="open,closed") == ids(service_code=["noise", "animals"]) == {noise, animals}
    assert ids(service_code="noise,animals", status="open") == {animals}


def w3(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@FORM
def test_requests_are_narrowed_by_time(post, get, form):
    post(form)
    day = timedelta(days=1)

    def count(**query):
        return len(read(get("v2/requests", form, **query)))

    assert count(start_date=w3(now() - day), end_date=w3(now() + day)) == 1
    assert count(start_date=w3(now() + day)) == 0
    assert count(end_date=w3(now() - day)) == 0
    assert count(start_date=w3(now() - 89 * day)) == 1
    assert count(start_date=w3(now() - 91 * day)) == 0  # ninety days from the start
    assert count(end_date=w3(now() + 91 * day)) == 0  # ninety days until the end
    assert count(start_date="2026-01-01T00:00:00 02:00") == 0  # a plus sign that was not escaped


@FORM
@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:01Z"},
        {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00"},
        {"start_date": "2026-01-01"},
        {"end_date": "yesterday"},
        {"start_date": "0001-01-01T00:00:00+14:00"},
        {"end_date": "9999-12-31T23:59:59-14:00"},
        {"status": "pending"},
        {"service_code": "nothing"},
        {"service_request_id": ",".join(["1"] * 101)},
    ],
)
def test_an_impossible_question_is_a_bad_request(get, form, query):
    assert error(get("v2/requests", form, **query)) == 400


def test_a_list_is_a_list_even_with_one_or_none(post, get):
    assert get("v2/requests").json() == []
    post()
    assert len(get("v2/requests").json()) == 1


# Errors


def error(answer) -> int:
    """Return the status of a refusal after its body was compared with the standard."""
    assert answer.headers["Content-Type"] in ("text/xml; charset=utf-8", "application/json; charset=utf-8")
    if answer.headers["Content-Type"].startswith("text/xml"):
        assert fromstring(answer.content).tag == "errors"
    listed = read(answer)
    assert listed and all(set(one) == {"code", "description"} and one["description"] for one in listed)
    assert {int(one["code"]) for one in listed} == {answer.status_code}
    return answer.status_code


@FORM
def test_several_faults_are_told_at_once(post, form):
    answer = post(form, lat="x", description="<b>", **{"attribute[repeated]": None})

    assert (error(answer), len(read(answer))) == (400, 3)


@FORM
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_there(client, form, method):
    assert getattr(client, method)(f"/open311/v2/requests.{form}").status_code == 405


@FORM
def test_get_needs_no_key_and_no_session(client, form):
    for path in GETS:
        assert client.get(f"/open311/{path}.{form}").status_code == 200
