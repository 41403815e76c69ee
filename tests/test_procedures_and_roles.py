"""Steps name roles, and roles are written elsewhere: the two must meet."""

import pytest

from varta.law import discover
from varta.people.roles import ROLES
from varta.people.scope import SYSTEM

STEPS = [(procedure, step) for procedure in discover().values() for step in procedure.steps]
EACH_STEP = pytest.mark.parametrize(
    ("procedure", "step"), STEPS, ids=[f"{p.code}.{s.code}" for p, s in STEPS]
)


@EACH_STEP
def test_every_step_is_taken_by_roles_that_exist_and_register_or_have_the_procedure_for_themselves(
    procedure, step
):
    assert step.roles
    assert all(
        role == SYSTEM or ROLES[role].registers or procedure.code in ROLES[role].also for role in step.roles
    )


@EACH_STEP
def test_every_step_is_taken_by_a_role_that_may_read_the_procedure(procedure, step):
    assert any(
        role == SYSTEM or ROLES[role].may_read(procedure.code, procedure.sensitivity) for role in step.roles
    )
