"""Reading what came from outside, and writing it plainly."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.law import Choices, RecordInvalid, asked, fields_of, read_record, record_json

COLOURS = Choices(red=("червоний", "red"), blue=("синій", "blue"), green=("зелений", "green"))


@dataclass(frozen=True)
class Everything:
    """One field of each kind."""

    name: str = asked("Назва", "Name", max_length=20)
    story: str = asked("Опис", "Story", default="", long=True)
    colour: str = asked("Колір", "Colour", choices=COLOURS, default="red")
    colours: tuple[str, ...] = asked("Кольори", "Colours", choices=COLOURS, default=())
    count: int = asked("Кількість", "Count", default=1, least=1, most=10)
    lat: float | None = asked("Широта", "Latitude", default=None, least=-90, most=90)
    sure: bool | None = asked("Точно", "Sure", default=None)
    on: date | None = asked("День", "Day", default=None, least=date(1991, 8, 24))
    at: datetime | None = asked("Час", "Moment", default=None)


def read(**given: object) -> Everything:
    return read_record(Everything, {"name": "Варта", **given})


def fault(field: str, value: object) -> dict[str, str]:
    with pytest.raises(RecordInvalid) as caught:
        read(**{field: value})
    assert list(caught.value.errors) == [field]
    return caught.value.errors[field]


def test_what_is_not_given_takes_its_default():
    assert read() == Everything("Варта")


def test_a_missing_required_field_is_named_in_both_languages():
    with pytest.raises(RecordInvalid) as caught:
        read_record(Everything, {"name": "   "})

    assert caught.value.errors["name"] == {
        "uk": "«Назва»: заповніть це поле.",
        "en": "“Name”: fill in this field.",
    }
    assert str(caught.value) == "“Name”: fill in this field."


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(RecordInvalid) as caught:
        read_record(Everything, {"count": "x", "colour": "pink", "nonsense": 1})

    assert set(caught.value.errors) == {"name", "count", "colour", "nonsense"}


def test_a_field_that_the_record_does_not_have_is_refused():
    assert "nonsense" in fault("nonsense", "")["en"]


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name", "  Марія  ", "Марія"),
        ("name", "В'ячеслав\tҐ", "В'ячеслав\tҐ"),
        ("story", "рядок\r\nдругий\rтретій", "рядок\nдругий\nтретій"),
        ("story", "👩‍👧", "👩‍👧"),
        ("colour", "blue", "blue"),
        ("colours", ["green", "red", "red"], ("red", "green")),
        ("colours", "blue", ("blue",)),
        ("count", "7", 7),
        ("count", 7, 7),
        ("lat", "50,45", 50.45),
        ("lat", "50.45", 50.45),
        ("lat", 50, 50.0),
        ("lat", 1.23456789, 1.234568),
        ("lat", -0.0, 0.0),
        ("sure", "on", True),
        ("sure", "TRUE", True),
        ("sure", "yes", True),
        ("sure", "1", True),
        ("sure", 1, True),
        ("sure", "no", False),
        ("sure", "off", False),
        ("sure", "0", False),
        ("sure", "false", False),
        ("count", 1, 1),
        ("count", 10, 10),
        ("lat", 90, 90.0),
        ("on", "2100-01-01", date(2100, 1, 1)),
        ("sure", False, False),
        ("sure", 0, False),
        ("sure", "", None),
        ("on", "31.10.2019", date(2019, 10, 31)),
        ("on", "2019-10-31", date(2019, 10, 31)),
        ("on", date(2019, 10, 31), date(2019, 10, 31)),
        ("at", "2019-10-31T14:05+02:00", datetime(2019, 10, 31, 12, 5, tzinfo=UTC)),
        ("at", datetime(2019, 10, 31, 12, 5, tzinfo=UTC), datetime(2019, 10, 31, 12, 5, tzinfo=UTC)),
    ],
)
def test_a_value_is_read_as_people_and_machines_write_it(field, given, kept):
    value = getattr(read(**{field: given}), field)

    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", 5),
        ("name", ["a"]),
        ("name", "x" * 21),
        ("name", "a\x00b"),
        ("name", "a\x1b[31m"),
        ("name", "один\nдва"),
        ("name", "\ud800"),
        ("name", "нормальне\u202eім'я"),
        ("story", "x" * 10_001),
        ("story", "a\x00"),
        ("colour", "pink"),
        ("colour", 5),
        ("colour", ["red"]),
        ("colours", ["red", "pink"]),
        ("colours", 5),
        ("count", "7.5"),
        ("count", "1_0"),
        ("count", True),
        ("count", 0),
        ("count", 11),
        ("count", 10**30),
        ("count", "9" * 5000),
        ("lat", "north"),
        ("lat", "nan"),
        ("lat", float("inf")),
        ("lat", 10**400),
        ("lat", True),
        ("lat", 91),
        ("lat", [1]),
        ("sure", "maybe"),
        ("sure", 2),
        ("sure", [True]),
        ("on", "2019-02-30"),
        ("on", "1991-08-23"),
        ("on", "tomorrow"),
        ("on", 20191031),
        ("on", datetime(2019, 10, 31, tzinfo=UTC)),
        ("at", "2019-10-31T14:05"),
        ("at", "0001-01-01T00:00+14:00"),
        ("at", "x"),
        ("at", 5),
    ],
)
def test_a_wrong_value_is_refused_with_the_fields_title_in_both_languages(field, given):
    [known] = [each for each in fields_of(Everything) if each.name == field]

    text = fault(field, given)

    assert text["uk"].startswith(f"«{known.title['uk']}»: ")
    assert text["en"].startswith(f"“{known.title['en']}”: ")


def test_a_wrong_choice_is_told_what_there_is_to_choose():
    assert fault("colour", "pink")["en"] == (
        "“Colour”: “pink” is not in the list. Choose one of: red (red), blue (blue), green (green)."
    )


def test_a_short_field_is_told_to_be_one_line_and_a_control_is_named():
    assert fault("name", "один\nдва")["en"] == "“Name”: write it in one line."
    assert "U+0000" in fault("name", "a\x00")["en"]


def test_a_bound_on_one_side_is_the_only_one():
    assert "at least 1991-08-24" in fault("on", "1991-08-23")["en"]


def test_a_long_wrong_value_is_repeated_shortly():
    assert len(fault("colour", "x" * 100_000)["en"]) < 200


def test_a_record_is_written_plainly_with_its_defaults():
    record = read(on="2019-10-31", at="2019-10-31T14:05+02:00", colours=["blue"])

    assert record_json(record) == {
        "name": "Варта",
        "story": "",
        "colour": "red",
        "colours": ["blue"],
        "count": 1,
        "lat": None,
        "sure": None,
        "on": "2019-10-31",
        "at": "2019-10-31T12:05:00Z",
    }


PLAIN = st.fixed_dictionaries(
    {"name": st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)},
    optional={
        "story": st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=100),
        "colour": st.sampled_from(list(COLOURS)),
        "colours": st.lists(st.sampled_from(list(COLOURS))),
        "count": st.integers(1, 10),
        "lat": st.none() | st.floats(-90, 90),
        "sure": st.none() | st.booleans(),
        "on": st.dates(date(1991, 8, 24)).map(date.isoformat),
        "at": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    },
)


@given(PLAIN)
def test_what_was_written_reads_back_the_same_through_json(data):
    record = read_record(Everything, data)

    again = read_record(Everything, json.loads(json.dumps(record_json(record))))

    assert again == record


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([each.name for each in fields_of(Everything)]) | st.text(), ANYTHING))
def test_whatever_comes_is_read_or_refused_and_never_breaks(data):
    try:
        json.dumps(record_json(read_record(Everything, data)), allow_nan=False)
    except RecordInvalid as refused:
        assert refused.errors
