"""What may be asked, and what may not."""

from dataclasses import dataclass
from datetime import date

import pytest

from varta.law import Choices, asked, fields_of

YES = Choices(yes=("так", "yes"))


@dataclass(frozen=True)
class Asked:
    text: str = asked("Т", "T")
    code: str = asked("К", "C", choices=YES, default="yes")
    day: date | None = asked("Д", "D", default=None, countable=False, personal=True)
    plain: str = "as it is"


def test_text_is_personal_and_never_countable():
    text = fields_of(Asked)[0]

    assert (text.kind, text.personal, text.countable, text.required) == ("text", True, False, True)


def test_a_choice_is_countable_and_not_personal():
    code = fields_of(Asked)[1]

    assert (code.kind, code.personal, code.countable, code.required) == ("choice", False, True, False)


def test_a_field_may_say_otherwise():
    day = fields_of(Asked)[2]

    assert (day.personal, day.countable, day.optional) == (True, False, True)


def test_a_bare_field_is_called_by_its_name():
    assert fields_of(Asked)[3].title == {"uk": "plain", "en": "plain"}


def test_free_text_cannot_be_made_countable():
    @dataclass(frozen=True)
    class Wrong:
        text: str = asked("Т", "T", countable=True)

    with pytest.raises(TypeError, match="never counted"):
        fields_of(Wrong)


def test_the_code_of_a_place_is_countable_and_not_personal():
    @dataclass(frozen=True)
    class Placed:
        hromada: str = asked("Громада", "Hromada", coded=True)

    [field] = fields_of(Placed)

    assert (field.kind, field.countable, field.personal) == ("text", True, False)


@pytest.mark.parametrize("kind", [bytes, list[str], int | str, tuple[str, ...]])
def test_a_type_that_no_form_can_ask_for_is_refused(kind):
    record = dataclass(
        type("Wrong", (), {"__annotations__": {"x": kind}, "x": asked("Х", "X", default=None)})
    )

    with pytest.raises(TypeError, match="no form can ask for"):
        fields_of(record)


def test_choices_go_with_text_only():
    @dataclass(frozen=True)
    class Wrong:
        x: int = asked("Х", "X", choices=YES, default=1)

    with pytest.raises(TypeError, match="no form can ask for"):
        fields_of(Wrong)


def test_a_record_is_a_dataclass():
    with pytest.raises(TypeError, match="not a dataclass"):
        fields_of(int)
