"""The eleven roles, and what each may read."""

from types import SimpleNamespace

import pytest

from varta.law import discover
from varta.people.roles import ROLES, may, may_export, procedures_of, title
from varta.people.scope import SYSTEM

PERSONLESS = ("analyst", "editor", "auditor", "administrator")


def test_there_are_eleven_roles_with_titles_in_both_languages():
    assert len(ROLES) == 11
    assert all(role.title["uk"] and role.title["en"] for role in ROLES.values())


@pytest.mark.parametrize("role", PERSONLESS)
def test_who_counts_controls_or_writes_news_reads_no_matters_of_people(role):
    reports = {"period_report", "explanation"}  # which hold figures and what units say of them

    assert procedures_of(role, discover().values()) == (reports if role == "analyst" else frozenset())


def test_matters_of_violence_are_closed_to_the_criminal_block():
    violence = SimpleNamespace(code="risk_assessment", sensitivity="violence")

    assert procedures_of("criminal_block", [violence]) == frozenset()
    assert procedures_of("duty", [violence]) == {"risk_assessment"}


def test_a_sensitivity_that_nobody_knows_is_open_to_nobody():
    strange = SimpleNamespace(code="strange", sensitivity="secret")

    assert all(not procedures_of(role, [strange]) for role in ROLES)


def test_a_partner_service_reads_what_was_handed_to_it_only():
    violence = SimpleNamespace(code="domestic_violence", sensitivity="violence")
    call = SimpleNamespace(code="call", sensitivity="ordinary")

    assert procedures_of("partner", [violence, call]) == {"domestic_violence"}


def test_whoever_manages_accounts_does_not_read_the_log():
    for role in ROLES:
        acting = SimpleNamespace(role=role)

        assert not (may(acting, "accounts") and may(acting, "log"))


def test_a_role_that_does_not_exist_opens_nothing():
    stranger = SimpleNamespace(role="minister")

    assert not may(stranger, "cases") and not may_export(stranger)
    assert procedures_of("minister", discover().values()) == frozenset()
    assert title("minister", "uk") == "minister"


def test_every_step_belongs_to_roles_that_exist_and_may_read_the_procedure():
    for procedure in discover().values():
        for step in procedure.steps:
            for role in set(step.roles) - {SYSTEM}:
                assert ROLES[role].may_read(procedure.code, procedure.sensitivity), (procedure.code, role)
