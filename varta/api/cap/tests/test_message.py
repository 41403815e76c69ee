"""CAP 1.2: what is read is what was written, and every rule of the standard has its refusal."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from varta.api.cap.message import Alert, Area, Circle, Info, Pair, Reference
from varta.api.cap.reading import read
from varta.api.cap.tests.schema import problems
from varta.api.cap.tests.strategies import alerts
from varta.api.cap.writing import write
from varta.api.partners.refusals import Refused

SENT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
INFO = Info(
    categories=("Security",),
    event="Бійка",
    urgency="Immediate",
    severity="Severe",
    certainty="Observed",
    language="uk",
    areas=(Area("Обухівка", circles=(Circle((48.549, 34.854), 0.2),)),),
)
ALERT = Alert("112-1", "112@dp.example", SENT, "Actual", "Alert", "Public", infos=(INFO,))
WHOLE = write(ALERT).decode()


def faults(document: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read(document.encode() if isinstance(document, str) else document)
    assert all(fault.uk and fault.en and fault.uk != fault.en for fault in refused.value.faults)
    return [(fault.code, fault.at) for fault in refused.value.faults]


def with_text(element: str, text: str) -> str:
    """Return the message with another text in the first element of this name."""
    return re.sub(rf"(<{element}>)[^<]*(</{element}>)", lambda m: m[1] + text + m[2], WHOLE, count=1)


def after(element: str, added: str) -> str:
    return WHOLE.replace(f"</{element}>", f"</{element}>{added}", 1)


@settings(max_examples=200, deadline=None)
@given(alerts())
def test_what_is_written_is_read_again_as_the_same(alert):
    assert read(write(alert)) == alert


@settings(max_examples=100, deadline=None)
@given(alerts())
def test_what_is_written_keeps_the_schema(alert):
    assert problems(write(alert)) == []


def test_an_alert_from_another_system_is_read():
    document = """<?xml version="1.0" encoding="UTF-8"?>
    <cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><!-- a comment -->
      <cap:identifier>KSTO1055887203</cap:identifier><cap:sender>KSTO@example.org</cap:sender>
      <cap:sent>2026-03-02T11:15:00+02:00</cap:sent><cap:status>Actual</cap:status>
      <cap:msgType>Alert</cap:msgType><cap:scope>Public</cap:scope>
      <cap:info><cap:category>Met</cap:category><cap:event>STORM</cap:event>
        <cap:urgency>Immediate</cap:urgency><cap:severity>Severe</cap:severity>
        <cap:certainty>Observed</cap:certainty>
        <cap:area><cap:areaDesc>X</cap:areaDesc>
          <cap:polygon>38.47,-120.14 38.34,-119.95 38.52,-119.74 38.62,-119.89 38.47,-120.14</cap:polygon>
        </cap:area></cap:info>
    </cap:alert>"""

    alert = read(document.encode())

    assert (alert.identifier, alert.sent, alert.infos[0].language) == ("KSTO1055887203", SENT, "en-US")
    assert len(alert.infos[0].areas[0].polygons[0]) == 5


def test_a_signature_is_let_in_and_noted():
    signature = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></alert>'

    assert read(WHOLE.replace("</alert>", signature).encode()).signed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"<",
        b"<alert>",
        b"not xml",
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="nothing"?><a/>',
        b"\xff\xfe<\x00a\x00",
        "<а>".encode("cp1251"),
        b"<a>&undefined;</a>",
        b"<a>&#0;</a>",
        b"<a " * 3000,
    ],
)
def test_what_is_no_xml_is_refused(body):
    assert [code for code, _ in faults(body)] == ["xml"]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE alert [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE alert SYSTEM "http://127.0.0.1:1/evil.dtd">',
        '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE alert>",
    ],
)
def test_a_dtd_is_refused_before_anything_is_expanded_or_fetched(declared):
    document = WHOLE.replace("<alert", declared + "<alert", 1)

    assert faults(document) == [("xml-unsafe", "/")]


@pytest.mark.parametrize(
    "document",
    [
        "<alert/>",
        WHOLE.replace("cap:1.2", "cap:1.1"),
        '<info xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>',
    ],
)
def test_another_root_is_no_cap(document):
    assert faults(document) == [("not-cap", "/")]


@pytest.mark.parametrize(
    "element", ["identifier", "sender", "sent", "status", "msgType", "scope", "event", "urgency", "areaDesc"]
)
def test_a_required_element_is_missed(element):
    document = re.sub(rf"<{element}>[^<]*</{element}>", "", WHOLE)

    assert "missing" in [code for code, _ in faults(document)]


@pytest.mark.parametrize("element", ["identifier", "sender", "sent", "event", "areaDesc", "circle"])
def test_an_empty_element_is_refused(element):
    assert ("empty" in [code for code, _ in faults(with_text(element, " "))]) is True


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (after("identifier", "<identifier>b</identifier>"), ("repeated", "/alert/identifier[2]")),
        (after("event", "<event>b</event>"), ("repeated", "/alert/info[1]/event[2]")),
        (after("scope", "<source>b</source>"), ("order", "/alert/source[1]")),
        (after("certainty", "<category>Fire</category>"), ("order", "/alert/info[1]/category[2]")),
        (after("scope", "<colour>b</colour>"), ("unknown-element", "/alert/colour[1]")),
        (after("scope", '<note xmlns="urn:x">b</note>'), ("unknown-element", "/alert/{urn:x}note[1]")),
        (after("scope", "stray"), ("stray-text", "/alert")),
        (WHOLE.replace("<identifier>", '<identifier a="b">'), ("unknown-attribute", "/alert/identifier[1]")),
        (WHOLE.replace("<info>", '<info lang="uk">'), ("unknown-attribute", "/alert/info[1]")),
        (with_text("event", "<b>x</b>"), ("holds-elements", "/alert/info[1]/event[1]")),
    ],
)
def test_the_structure_is_that_of_the_schema(document, fault):
    assert fault in faults(document)


@pytest.mark.parametrize("element", ["identifier", "sender"])
@pytest.mark.parametrize("name", ["a b", "a,b", "a&amp;b", "a&lt;b", "a\tb", "x" * 201])
def test_an_identifier_has_no_restricted_characters(element, name):
    assert faults(with_text(element, name)) == [("name", f"/alert/{element}[1]")]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-02T09:15:00Z",
        "2026-03-02T09:15:00",
        "2026-03-02 09:15:00+02:00",
        "2026-03-02T09:15+02:00",
        "2026-03-02T09:15:00.5+02:00",
        "2026-02-30T09:15:00+02:00",
        "2026-03-02T24:15:00+02:00",
        "2026-03-02T09:15:00+0200",
        "2026-03-02T09:15:00+15:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "٢٠٢٦-03-02T09:15:00+02:00",
    ],
)
def test_a_moment_has_seconds_and_a_numeric_offset(moment):
    assert faults(with_text("sent", moment)) == [("moment", "/alert/sent[1]")]


def test_minus_zero_is_the_offset_of_utc():
    assert read(with_text("sent", "2026-03-02T09:15:00-00:00").encode()).sent == SENT


@pytest.mark.parametrize(
    ("element", "where"),
    [
        ("status", "/alert/status[1]"),
        ("msgType", "/alert/msgType[1]"),
        ("scope", "/alert/scope[1]"),
        ("category", "/alert/info[1]/category[1]"),
        ("urgency", "/alert/info[1]/urgency[1]"),
        ("severity", "/alert/info[1]/severity[1]"),
        ("certainty", "/alert/info[1]/certainty[1]"),
    ],
)
@pytest.mark.parametrize("value", ["actual", "Very Likely", "x"])
def test_a_coded_value_is_one_of_the_list(element, where, value):
    assert faults(with_text(element, value)) == [("choice", where)]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"scope": "Restricted"}, ("restriction-missing", "/alert")),
        ({"restriction": "x"}, ("restriction-unasked", "/alert/restriction[1]")),
        ({"scope": "Private"}, ("addresses-missing", "/alert")),
        ({"msg_type": "Update"}, ("references-missing", "/alert")),
        ({"msg_type": "Cancel"}, ("references-missing", "/alert")),
        ({"msg_type": "Ack"}, ("references-missing", "/alert")),
        ({"msg_type": "Error"}, ("references-missing", "/alert")),
        ({"infos": (replace(INFO, expires=SENT),)}, ("expires-early", "/alert/info[1]/expires[1]")),
        (
            {"infos": (INFO, replace(INFO, areas=(Area("x", ceiling_ft=1.0),)))},
            ("ceiling-without-altitude", "/alert/info[2]/area[1]/ceiling[1]"),
        ),
    ],
)
def test_elements_that_depend_on_each_other(changed, fault):
    assert faults(write(replace(ALERT, **changed))) == [fault]


@pytest.mark.parametrize(
    "text", ["a", "a,b", "a,b,c", "a,b,2026-03-02T09:15:00Z", "a,b,2026-03-02T09:15:00+02:00,d", "a b,c,d"]
)
def test_a_reference_names_sender_identifier_and_moment(text):
    document = after("scope", f"<references>{text}</references>")

    assert faults(document) == [("references", "/alert/references[1]")]


def test_references_and_quoted_addresses_are_read():
    document = after(
        "scope",
        '<addresses>one "two words"</addresses>'
        "<references>a,b,2026-03-02T11:15:00+02:00\n c,d,2026-03-02T11:15:00+02:00</references>",
    )

    alert = read(document.encode())

    assert alert.addresses == ("one", "two words")
    assert alert.references == (Reference("a", "b", SENT), Reference("c", "d", SENT))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,1 2,2 1,1", "polygon-short"),
        ("1,1 2,2 3,3 4,4", "polygon-open"),
        ("91,1 2,2 3,3 91,1", "point"),
        ("1,181 2,2 3,3 1,181", "point"),
        ("1;1 2,2 3,3 1;1", "point"),
        ("NaN,1 2,2 3,3 NaN,1", "point"),
        ("inf,1 2,2 3,3 inf,1", "point"),
        ("1e1,1 2,2 3,3 1e1,1", "point"),
        ("1,1,1 2,2 3,3 1,1,1", "point"),
    ],
)
def test_a_polygon_is_closed_and_lies_on_earth(text, code):
    document = after("areaDesc", f"<polygon>{text}</polygon>")

    assert faults(document) == [(code, "/alert/info[1]/area[1]/polygon[1]")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,1", "circle"),
        ("1,1 -1", "circle"),
        ("1,1 x", "circle"),
        ("1,1 1 1", "circle"),
        ("99,1 1", "point"),
    ],
)
def test_a_circle_has_a_centre_on_earth_and_a_radius(text, code):
    assert faults(with_text("circle", text)) == [(code, "/alert/info[1]/area[1]/circle[1]")]


def resource(inner: str) -> str:
    whole = f"<resource><resourceDesc>x</resourceDesc><mimeType>image/png</mimeType>{inner}</resource>"
    return WHOLE.replace("<area>", whole + "<area>", 1)


@pytest.mark.parametrize(
    ("inner", "fault"),
    [
        ("<size>x</size>", ("number", "size")),
        ("<size>-1</size>", ("number", "size")),
        ("<uri>a b</uri>", ("address", "uri")),
        ("<derefUri>%%%</derefUri>", ("base64", "derefUri")),
        ("<derefUri>ї</derefUri>", ("base64", "derefUri")),
        ("<digest>123</digest>", ("digest", "digest")),
        ("<derefUri>YQ==</derefUri><digest>" + "0" * 40 + "</digest>", ("digest-other", "digest")),
        ("<derefUri>" + "A" * 400_000 + "</derefUri>", ("resource-large", "derefUri")),
    ],
)
def test_a_file_in_the_message_is_small_and_whole(inner, fault):
    code, element = fault

    assert faults(resource(inner)) == [(code, f"/alert/info[1]/resource[1]/{element}[1]")]


def test_a_message_of_too_many_elements_is_refused():
    document = WHOLE.replace("<info>", "<code>x</code>" * 6000 + "<info>", 1)

    assert faults(document) == [("too-many-elements", "/alert")]


def test_all_faults_are_told_at_once():
    document = with_text("sender", "a b").replace("<urgency>Immediate</urgency>", "<urgency>Now</urgency>")

    assert len(faults(document)) == 2


def test_a_parameter_may_be_empty_and_keeps_its_name():
    document = after("certainty", "<parameter><valueName>a</valueName><value/></parameter>")

    assert read(document.encode()).infos[0].parameters == (Pair("a", ""),)
