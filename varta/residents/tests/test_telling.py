"""Residents are told what came of their matter: what they asked for, once, and nothing in a delicate matter."""

from datetime import UTC, datetime, timedelta

import pytest

from varta.cases.actions import take
from varta.cases.models import Case
from varta.lib.clock import now
from varta.lib.uuid7 import uuid7
from varta.notices.models import Notice
from varta.people.scope import Reader, reading
from varta.residents import actions, telling
from varta.residents.models import Subscription
from varta.residents.tests.conftest import receipt_of, seen

TOLD = {"notify": "email", "notify_to": "marta@mail.example"}


@pytest.fixture
def step(db, olena):
    """Take a step in the only case as Olena, at the desk's own door."""

    def taking(name, data, *, by=None):
        at = now()
        with reading(Reader.system()):
            case = Case.objects.get()
        with reading(by or Reader.of(olena, on=at.date())) as reader:
            take(key=uuid7(at), procedure=case.procedure, step=name, data=data, by=reader, at=at,
                 received_at=at, case=case.key)  # fmt: skip

    return taking


def told() -> list[str]:
    telling.tell(at=now())
    found = sorted(seen(Notice), key=lambda one: (one.made_at, one.template != "received"))
    return [notice.template for notice in found]


def test_a_report_is_acknowledged_with_its_number(send):
    number, code = receipt_of(send(**TOLD))

    assert told() == ["received"]
    [notice] = seen(Notice)
    assert notice.context["number"] == number
    assert (notice.to, notice.language) == ("marta@mail.example", "uk")
    assert code not in str(vars(notice))


def test_every_step_is_told_once_however_often_the_worker_comes(send, step):
    send(**TOLD)
    told()
    step("close", {"outcome": "resolved"})

    assert told() == told() == ["received", "finished"]


def test_a_crew_on_the_way_is_told_only_to_whoever_asked(send, step):
    send(**TOLD)
    step("assign", {"force": "response"})
    step("accept", {})
    assert told() == ["received"]


def test_a_crew_on_the_way_is_told_at_once_and_not_when_it_is_old_news(send, step):
    send(**TOLD, coming="on")
    step("assign", {"force": "response"})
    step("accept", {})

    assert told() == ["received", "on_the_way"]
    [coming] = seen(Notice, template="on_the_way")
    assert coming.anytime
    assert coming.useless_after - coming.made_at == telling.COMING_IS_NEWS


def test_what_the_desk_does_among_itself_is_told_to_nobody(send, step):
    send(**TOLD)
    step("report_shortage", {"reason": "усі зайняті"})
    step("hand_over", {"to": "criminal_block"})

    assert told() == ["received"]


def test_an_appeal_is_told_with_its_days(send, step):
    send("/public/appeal/", **TOLD)
    told()
    until = now().date() + timedelta(days=40)
    with reading(Reader.system()) as system:
        step("extend", {"until": until.isoformat(), "reason": "перевірка"}, by=system)

    assert told() == ["received", "extended"]
    received, extended = (seen(Notice, template=name)[0] for name in ("received", "extended"))
    assert received.context["due"] != extended.context["due"]
    assert extended.context["due"].split()[0] == str(until.day)


def test_a_finished_matter_is_told_no_more(send, step):
    send(**TOLD)
    step("close", {"outcome": "resolved"})
    told()

    assert seen(Subscription)[0].ended_at is not None


@pytest.mark.parametrize("safe", [{}, {"safe": "on"}])
def test_of_violence_nothing_is_written_unless_that_was_said_to_be_safe(send, safe):
    send(topic="violence", sure="on", about="Потрібна допомога", **TOLD, **safe)

    assert told() == (["news"] if safe else [])


def test_where_violence_is_only_in_the_words_nothing_is_written_either(send):
    response = send(topic="dispute", sure="on", about="Чоловік б’є дружину", coming="on", **TOLD)

    assert told() == []
    assert response.context["silent"]


def test_a_discreet_notice_says_only_that_there_is_news(send, step):
    send(topic="violence", sure="on", about="Потрібна допомога", safe="on", coming="on", **TOLD)
    step("assign", {"force": "violence_group"})
    step("accept", {})
    step("close", {"outcome": "resolved"})

    assert told() == ["news", "news"]
    assert all(notice.context["discreet"] == 1 for notice in seen(Notice))


def test_notices_stop_when_the_resident_says_so(send, step, resident):
    number, code = receipt_of(send(**TOLD))
    told()
    resident.post("/public/follow/", {"number": number, "code": code, "do": "stop"})
    step("close", {"outcome": "resolved"})

    assert told() == ["received"]


def test_a_correction_is_not_told_as_news(send, step, olena):
    send(**TOLD)
    told()
    with reading(Reader.system()):
        case = Case.objects.get()
        first = case.key
    at = now()
    with reading(Reader.of(olena, on=at.date())) as reader:
        take(key=uuid7(at), procedure="call", step="receive", by=reader, at=at, received_at=at, case=first,
             corrects=first, data={"channel": "web", "category": "gamma", "kind": "noise"})  # fmt: skip

    assert told() == ["received"]


@pytest.mark.parametrize(
    ("channel", "to", "kept"), [("sms", "050 123 45 67", "+380501234567"), ("telegram", "", None)]
)
def test_each_way_keeps_the_address_that_it_needs(send, channel, to, kept):
    response = send(notify=channel, notify_to=to)

    assert response.status_code == 200
    [subscription] = seen(Subscription)
    assert subscription.channel == channel
    assert kept is None or subscription.to == kept


@pytest.mark.parametrize(
    ("channel", "to"), [("email", "marta"), ("sms", "1"), ("email", ""), ("pigeon", "x")]
)
def test_an_address_that_is_none_is_asked_for_again(send, channel, to):
    assert send(notify=channel, notify_to=to).status_code == 422


def test_a_worker_killed_while_telling_tells_all_and_nothing_twice(send, step, monkeypatch):
    send(**TOLD)
    step("close", {"outcome": "resolved"})
    written = telling.notices.send

    def dies(**given):
        written(**given)
        if given["template"] == "finished":
            raise KeyboardInterrupt

    monkeypatch.setattr(telling.notices, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        telling.tell(at=now())
    assert seen(Notice) == []

    monkeypatch.setattr(telling.notices, "send", written)
    assert told() == ["received", "finished"]


def test_days_are_named_in_the_language_of_the_notice():
    day = datetime(2026, 11, 3, tzinfo=UTC).date()

    assert (telling._day(day, "uk"), telling._day(day, "en")) == ("3 листопада", "3 November")


def test_where_residents_were_written_to_is_forgotten_a_month_after_the_end(send, step):
    send(**TOLD)
    step("close", {"outcome": "resolved"})
    told()

    assert actions.forget(at=now() + timedelta(days=29)) == 0
    assert actions.forget(at=now() + timedelta(days=31)) == 1
    assert seen(Subscription)[0].to == ""
