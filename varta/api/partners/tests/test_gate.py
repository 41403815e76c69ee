"""Whose key it is, and what follows: refusals leave nothing but a count."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from varta.api.conftest import NOW
from varta.api.models import Key, Use
from varta.api.partners import actions, gate, keys, limits
from varta.api.partners.refusals import Refused
from varta.people.demo import HROMADA, SECTOR
from varta.people.models import Look
from varta.people.scope import EXCHANGE, Reader, reading

pytestmark = pytest.mark.django_db


def enter(key, *, right="calls", at=NOW):
    return gate.enter(key, right=right, at=at)


def refusal(*args, **more):
    with pytest.raises(Refused) as refused:
        enter(*args, **more)
    return refused.value


def test_a_key_opens_to_its_partner(partner, key):
    assert enter(key) == partner


def test_only_a_keyed_hash_of_the_key_is_kept(partner, key):
    with reading(Reader.system()):
        [kept] = Key.objects.all()

    assert key.split("_")[1] == kept.name
    assert key not in str(kept.__dict__)
    assert bytes(kept.hash) == keys.hashed(key)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "varta",
        "x" * 5000,
        "varta_aaaaaaaaaa_" + "A" * 43,
        "varta_аaaaaaaaaa_" + "A" * 43,
        "\x00",
        "\ud800",
    ],
)
def test_what_is_no_key_opens_nothing_and_leaves_nothing(partner, wrong):
    refused = refusal(wrong)

    assert (refused.status, refused.faults[0].code) == (401, "key-unknown")
    with reading(Reader.system()):
        assert Use.objects.count() == 0


def test_a_key_with_one_other_letter_opens_nothing(key):
    assert refusal(key[:-1] + ("a" if key[-1] != "a" else "b")).status == 401


def test_a_lapsed_key_opens_nothing(let_in):
    _, key = let_in(days=30)

    assert refusal(key, at=NOW + timedelta(days=30)).status == 401


def test_a_revoked_key_opens_nothing(partner, key):
    with reading(Reader.system()) as by:
        assert actions.revoke(by=by, at=NOW, partner=partner) == 1

    assert refusal(key).status == 401


def test_a_new_key_holds_beside_the_old_one(partner, key):
    with reading(Reader.system()) as by:
        other = actions.give_key(by=by, at=NOW, partner=partner, days=1)

    assert enter(other) == enter(key) == partner


def test_a_locked_account_closes_its_keys(partner, key):
    with reading(Reader.system()):
        partner.account.is_active = False
        partner.account.save(update_fields=["is_active"])

    assert refusal(key).status == 401


def test_a_right_that_was_not_given_is_refused(let_in):
    _, key = let_in(rights=("cap_out",))

    assert (refusal(key, right="cap_in").status, refusal(key, right="cap_in").faults[0].code) == (
        403,
        "no-right",
    )


def test_the_request_after_the_last_allowed_one_is_refused_until_the_next_minute(let_in):
    _, key = let_in(per_minute=3)
    for _ in range(3):
        enter(key)

    refused = refusal(key)

    assert (refused.status, refused.retry_after) == (429, 30)
    assert enter(key, at=NOW + timedelta(seconds=30))


def test_the_access_log_keeps_the_first_of_a_flood_and_not_each(let_in):
    partner, key = let_in(per_minute=1)
    enter(key)
    for _ in range(5):
        refusal(key)

    with reading(Reader.system()):
        looks = Look.objects.filter(officer=partner.pk, action="denied")
        assert [look.detail["why"] for look in looks] == ["too-many"]


def test_the_log_names_the_partner_and_never_the_key(let_in):
    _, key = let_in(per_minute=1)
    with capture_logs() as lines:
        enter(key)
        refusal(key)
        refusal(key[:-1] + "-")

    assert {"partner": "line-112", "what": "too-many", "event": "partner", "log_level": "info"} in lines
    assert key.split("_", 2)[2][:20] not in str(lines)


def test_a_partner_reads_within_its_place_and_unit_as_a_program(let_in):
    partner, _ = let_in(place=HROMADA, unit=SECTOR)

    by = gate.reader_of(partner, "calls")

    assert (by.role, by.officer_id, by.takes) == (EXCHANGE, partner.pk, {"call.receive"})
    assert by.covers_place(partner.place.pre) and not by.covers_place(partner.place.pre - 1)


@pytest.mark.parametrize(("role", "sees"), [("olena", True), ("andrii", False), ("maria", False)])
def test_the_desk_of_the_area_is_told_of_a_flood(let_in, request, role, sees):
    _, key = let_in(per_minute=1, place=HROMADA, unit=SECTOR)
    enter(key)
    for _ in range(4):
        refusal(key)
    reader = Reader.of(request.getfixturevalue(role), on=NOW.date())

    with reading(reader):
        found = limits.floods(reader, now=NOW + timedelta(minutes=5))

    assert [(one.partner, one.count, one.since.minute) for one in found] == (
        [("Служба 112", 4, 15)] if sees else []
    )


def test_a_flood_is_forgotten_after_an_hour(let_in, olena):
    _, key = let_in(per_minute=1)
    enter(key)
    refusal(key)
    reader = Reader.of(olena, on=NOW.date())

    with reading(reader):
        assert limits.floods(reader, now=NOW + timedelta(hours=2)) == []


def test_many_faulty_messages_are_a_flood_too_and_one_is_not(partner, key, olena):
    reader = Reader.of(olena, on=NOW.date())
    error = Refused(400, limits_fault())
    gate.faulty(partner, error, at=NOW)
    with reading(reader):
        assert limits.floods(reader, now=NOW) == []

    for _ in range(limits.FAULTY):
        gate.faulty(partner, error, at=NOW)

    with reading(reader):
        assert [one.count for one in limits.floods(reader, now=NOW)] == [limits.FAULTY + 1]


def test_old_counts_are_cleared_by_the_system(partner, key):
    enter(key)
    with reading(Reader.system()):
        assert limits.forget_old(now=NOW + timedelta(days=6)) == 0
        assert limits.forget_old(now=NOW + timedelta(days=8)) == 1


def limits_fault():
    from varta.api.partners.refusals import Fault

    return Fault("xml", "не XML", "not XML")
