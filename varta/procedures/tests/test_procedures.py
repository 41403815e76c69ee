"""What holds for every procedure of Varta."""

import json

import pytest

from varta.law import discover, fields_of

PROCEDURES = discover()
STEPS = [(procedure, step) for procedure in PROCEDURES.values() for step in procedure.steps]
EACH_STEP = pytest.mark.parametrize(
    ("procedure", "step"), STEPS, ids=[f"{p.code}.{s.code}" for p, s in STEPS]
)


def test_the_first_two_procedures_are_found():
    assert {"appeal", "call"} <= set(PROCEDURES)


@EACH_STEP
def test_what_is_personal_is_never_counted(procedure, step):
    assert not [field.name for field in fields_of(step.record) if field.personal and field.countable]


@EACH_STEP
def test_every_record_grows_by_fields_with_defaults_only(procedure, step):
    """Required fields come first: what is added later stands after them and has a default."""
    required = [field.required for field in fields_of(step.record)]

    assert required == sorted(required, reverse=True)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=list(PROCEDURES))
def test_a_procedure_goes_to_a_phone_as_plain_json(procedure):
    plain = procedure.as_json()

    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert len(plain["norms"]) == len(procedure.norms)
