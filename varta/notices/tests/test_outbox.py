"""The outbox: once each, not at night, not for ever, and never without the change that it tells of."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.template import TemplateDoesNotExist

from varta.lib.quiet import after_quiet
from varta.notices import actions, queries
from varta.notices.models import Notice
from varta.notices.providers import local
from varta.notices.tests.conftest import NIGHT, NOON, TO
from varta.people.scope import Reader, reading


def test_a_notice_goes_where_it_was_sent_to(send, deliver, notice):
    send()

    assert deliver()
    [letter] = local.letters()
    assert (letter["to"], letter["subject"]) == (TO, "Запит 482-915-036")
    assert notice().sent_at == NOON


def test_the_same_notice_is_written_once(send):
    assert send()
    assert not send(at=NOON + timedelta(minutes=1))


def test_a_notice_is_sent_once_however_often_the_worker_comes(send, deliver, notice):
    send()

    assert deliver()
    assert not deliver(NOON + timedelta(hours=2))
    assert notice().tries == 1


def test_a_notice_is_lost_with_the_change_that_it_tells_of(send):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    with reading(Reader.system()):
        assert not Notice.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%deliver_one'")
        assert cursor.fetchone() == (0,)


def test_the_worker_is_asked_in_the_same_transaction(send, notice):
    send()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'key' FROM procrastinate_jobs WHERE task_name LIKE '%deliver_one'")
        assert cursor.fetchall() == [(str(notice().key),)]


def test_nobody_is_woken(send, deliver, notice):
    send(at=NIGHT)

    assert not deliver(NIGHT + timedelta(hours=1))
    assert notice().tries == 0
    assert deliver(NIGHT + timedelta(hours=8))


def test_what_was_asked_for_at_once_comes_at_night_too(send, deliver):
    send(at=NIGHT, anytime=True)

    assert deliver(NIGHT)


def test_quiet_hours_end_at_the_hour_of_kyiv_when_clocks_change():
    before = NIGHT.replace(day=24)  # the clocks go back in the morning of 25 October 2026

    assert after_quiet(before, (22, 8)).isoformat() == "2026-10-25T06:00:00+00:00"
    assert after_quiet(before, (8, 8)) == before


def test_a_notice_that_comes_too_late_is_not_sent(send, deliver, notice):
    send(useless_after=NOON + timedelta(minutes=30))

    assert not deliver(NOON + timedelta(hours=1))
    assert notice().given_up_at is not None
    assert local.letters() == []


def test_a_notice_that_nobody_wrote_is_refused_before_anything_is_kept(send):
    with pytest.raises(TemplateDoesNotExist):
        send(template="unheard_of")

    with reading(Reader.system()):
        assert not Notice.objects.exists()


def test_a_stranger_writes_no_notice(send):
    with pytest.raises(PermissionError):
        send(by=Reader.nobody())


def test_a_provider_that_is_down_is_tried_again_with_pauses_and_then_no_more(send, notice, settings):
    send(anytime=True)
    settings.VARTA_NOTICES = ""  # no provider at all
    at, pauses = NOON, []

    while notice().given_up_at is None:
        actions.deliver(key=notice().key, at=at)
        pauses.append(notice().not_before - at)
        at = notice().not_before

    assert tuple(pauses) == actions.BACKOFF
    assert notice().tries == actions.MOST_TRIES
    assert notice().error == "no provider is set up"


def test_between_two_tries_nobody_tries(send, deliver, notice, settings):
    send()
    settings.VARTA_NOTICES = ""
    deliver()

    deliver(NOON + timedelta(seconds=30))

    assert notice().tries == 1


def test_what_a_killed_worker_claimed_is_sent_after_the_pause(send, deliver, notice):
    send()
    with reading(Reader.system()):  # as it stands when the worker dies between the claim and the answer
        Notice.objects.update(tries=1, not_before=NOON + actions.BACKOFF[0])

    assert queries.due(now=NOON, limit=10) == []
    assert queries.due(now=NOON + timedelta(minutes=2), limit=10) == [notice().key]
    assert deliver(NOON + timedelta(minutes=2))
    assert len(local.letters()) == 1


def test_the_address_is_sealed_and_later_forgotten(send, deliver, notice):
    send()
    with reading(Reader.system()), connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM notices_notice n")
        assert TO not in cursor.fetchone()[0]
    deliver()

    assert actions.forget(at=NOON + timedelta(days=29)) == 0
    assert actions.forget(at=NOON + timedelta(days=31)) == 1
    assert notice().to == ""


def test_only_the_system_reads_the_outbox(send, olena, reading_as):
    send()

    with reading_as(olena):
        assert not Notice.objects.exists()
    assert not Notice.objects.exists()


def test_counts_tell_what_is_stuck(send, deliver, settings):
    send()
    send(dedupe="two", to="other@mail.example", channel="sms")
    deliver_all(settings, broken=True)

    assert queries.waiting_and_late(now=NOON + timedelta(minutes=30)) == (2, 0)
    assert queries.waiting_and_late(now=NOON + timedelta(hours=2)) == (2, 2)
    assert queries.errors(now=NOON)[0]["error"] == "no provider is set up"


def deliver_all(settings, *, broken: bool) -> None:
    settings.VARTA_NOTICES = "" if broken else "local"
    for key in queries.due(now=NOON, limit=10):
        actions.deliver(key=key, at=NOON)
