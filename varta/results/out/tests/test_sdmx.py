"""The SDMX-JSON message keeps the rules of the published schema of data messages 2.0.

The rules are written here in our own words, after the schema at json.sdmx.org/2.0.0, as the network is
not asked in tests.
"""

import re
from datetime import datetime

import pytest

from varta.results.out.sdmx import message
from varta.results.out.tests.packs import DNIPRO, KYIV, LVIV, small

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")  # of a component
CODE = re.compile(r"[A-Za-z0-9_@$-]+")  # of a value, a party, a message
PLAIN = (int, float, bool, str, type(None), dict, list)
TYPES = {"String", "Double", "Integer"}  # those of the schema's list that we use
MEMBERS = {
    "structure": {"dataSets", "links", "name", "names", "description", "descriptions", "dimensions",
                  "measures", "attributes", "annotations"},
    "data set": {"structure", "action", "reportingBegin", "reportingEnd", "validFrom", "validTo", "links",
                 "publicationYear", "publicationPeriod", "annotations", "attributes",
                 "dimensionGroupAttributes", "observations", "series"},
    "component": {"id", "name", "names", "description", "descriptions", "keyPosition", "roles", "format",
                  "isMandatory", "relationship", "default", "links", "annotations", "values"},
    "value": {"id", "value", "values", "name", "names", "description", "descriptions", "start", "end",
              "parent", "order", "links", "annotations"},
}  # fmt: skip


@pytest.fixture(scope="module")
def sent():
    return message(small(), "uk")


def structure(sent):
    return sent["data"]["structures"][0]


def data_set(sent):
    return sent["data"]["dataSets"][0]


def localised(one):
    return isinstance(one["name"], str) and one["names"] and set(one["names"]) == {"uk", "en"}


def test_the_message_says_who_sent_it_when_and_under_which_id(sent):
    meta = sent["meta"]

    assert set(sent) == {"meta", "data"}
    assert {"id", "prepared", "sender"} <= set(meta)
    assert CODE.fullmatch(meta["id"])
    assert CODE.fullmatch(meta["sender"]["id"])
    assert datetime.fromisoformat(meta["prepared"]).tzinfo
    assert set(meta["contentLanguages"]) == {"uk", "en"}


def test_links_name_their_relation_and_where_they_lead(sent):
    for holder in (structure(sent), data_set(sent)):
        assert holder["links"]
        assert all("rel" in link and ("href" in link or "urn" in link) for link in holder["links"])


def test_structure_and_data_set_have_no_other_members_than_the_schema_knows(sent):
    assert set(structure(sent)) <= MEMBERS["structure"]
    assert set(data_set(sent)) <= MEMBERS["data set"]
    assert set(structure(sent)["dimensions"]) <= {"dataSet", "series", "observation"}
    assert set(structure(sent)["measures"]) == {"observation"}
    assert set(structure(sent)["attributes"]) <= {"dataSet", "dimensionGroup", "series", "observation"}
    assert data_set(sent)["action"] in {"Information", "Append", "Replace", "Delete"}
    assert structure(sent)["dataSets"] == [0] and data_set(sent)["structure"] == 0


def test_a_dimension_has_an_id_a_position_and_different_values(sent):
    dimensions = structure(sent)["dimensions"]["observation"]

    assert [one["keyPosition"] for one in dimensions] == [0, 1, 2, 3]
    for one in dimensions:
        assert set(one) <= MEMBERS["component"] and NAME.fullmatch(one["id"]) and localised(one)
        for value in one["values"]:
            assert set(value) <= MEMBERS["value"]
            assert ("value" in value) != ("id" in value and localised(value))
            assert "id" not in value or CODE.fullmatch(value["id"])
        told = [value.get("id", value.get("value")) for value in one["values"]]
        assert told and len(set(told)) == len(told)


def test_an_attribute_says_on_what_it_depends(sent):
    attributes = structure(sent)["attributes"]
    dimensions = {one["id"] for one in structure(sent)["dimensions"]["observation"]}

    for one in (*attributes["dimensionGroup"], *attributes["observation"]):
        assert set(one) <= MEMBERS["component"] and NAME.fullmatch(one["id"]) and localised(one)
        [(kind, on)] = one["relationship"].items()
        assert (kind, on) == ("observation", {}) or (kind == "dimensions" and set(on) <= dimensions)
        assert one.get("format", {"dataType": "String"})["dataType"] in TYPES
        assert all(CODE.fullmatch(value["id"]) and localised(value) for value in one.get("values", ()))


def test_annotations_are_referred_to_by_their_places(sent):
    annotations = structure(sent)["annotations"]
    indicators = structure(sent)["dimensions"]["observation"][2]["values"]

    assert [one["annotations"] for one in indicators if "annotations" in one] == [[0]]
    assert annotations[0]["title"] == "C01"


def test_keys_lead_to_values_and_coded_attributes_to_their_lists(sent):
    dimensions = structure(sent)["dimensions"]["observation"]
    attributes = structure(sent)["attributes"]["observation"]

    for key, told in data_set(sent)["observations"].items():
        assert re.fullmatch(r"\d+(:\d+){3}", key)
        for place, dimension in zip(key.split(":"), dimensions, strict=True):
            assert int(place) < len(dimension["values"])
        assert len(told) <= 1 + len(attributes) and all(isinstance(one, PLAIN) for one in told)
        for given, attribute in zip(told[1:], attributes, strict=False):
            assert given is None or "values" not in attribute or given < len(attribute["values"])
    for key, told in data_set(sent)["dimensionGroupAttributes"].items():
        assert re.fullmatch(r"::\d+:", key)
        assert len(told) == len(structure(sent)["attributes"]["dimensionGroup"])


def told(sent, area, indicator, period=0):
    """Return the observation's value, and its attributes by name, codes instead of places."""
    _, areas, indicators, _ = (
        [v.get("id") for v in d["values"]] for d in structure(sent)["dimensions"]["observation"]
    )
    held = data_set(sent)["observations"][f"0:{areas.index(area)}:{indicators.index(indicator)}:{period}"]
    attributes = structure(sent)["attributes"]["observation"]
    found = {}
    for value, one in zip(held[1:], attributes, strict=False):
        found[one["id"]] = one["values"][value]["id"] if "values" in one and value is not None else value
    return held[0], found


def test_zero_unknown_and_hidden_are_three_different_things(sent):
    assert told(sent, KYIV, "C01") == (0, {"OBS_STATUS": "A"})
    assert told(sent, KYIV, "C05") == (None, {"OBS_STATUS": "O"})
    assert told(sent, DNIPRO, "C04") == (None, {"OBS_STATUS": "Q"})
    assert told(sent, DNIPRO, "C04", period=1) == (12.0, {"OBS_STATUS": "A"})
    assert told(sent, LVIV, "C05", period=1) == (None, {"OBS_STATUS": "O"})


def test_bounds_base_target_and_notable_changes_are_attributes(sent):
    value, more = told(sent, DNIPRO, "C05")

    assert value == 0.9123
    assert more == {"OBS_STATUS": "A", "NOTABLE": "UP", "LOWER_BOUND": 0.904, "UPPER_BOUND": 0.919,
                    "BASE": 5201.0, "TARGET": 0.95}  # fmt: skip


def test_a_period_is_a_range_of_time_with_its_ends_in_kyiv(sent):
    periods = structure(sent)["dimensions"]["observation"][3]["values"]

    assert [one["value"] for one in periods] == ["2019-01-01/P9M", "2018-01-01/P9M"]
    assert (periods[0]["start"], periods[0]["end"]) == (
        "2018-12-31T22:00:00+00:00",
        "2019-09-30T20:59:59+00:00",
    )
