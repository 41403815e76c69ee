"""The urgent call

Виклик
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from varta.law import Due, NotInForce, RecordInvalid, State, StepClosed, Taken, read_record, record_json
from varta.lib.clock import KYIV
from varta.procedures import call

CAME = datetime(2026, 5, 4, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def received(*, at: datetime = CAME, **fields: object) -> Taken:
    told = {"channel": "line_102", "category": "alpha", "kind": "theft", "zone": "city", **fields}
    return Taken("receive", at, record_json(read_record(call.Call, told)))


def state(*history: Taken) -> State:
    return call.procedure.state(history)


def deadline(step: str, *history: Taken) -> Due | None:
    return next((due for due in state(*history).deadlines if due.step == step), None)


@pytest.mark.parametrize(
    ("category", "zone", "minutes"),
    [
        ("alpha", "city_zone", 7),
        ("alpha", "city", 10),
        ("alpha", "rural", 20),
        ("beta", "city_zone", 7),
        ("beta", "city", 10),
        ("beta", "rural", 20),
        ("gamma", "city_zone", 40),
        ("gamma", "city", 40),
        ("gamma", "rural", 40),
    ],
)
def test_the_crew_arrives_within_minutes_that_depend_on_category_and_zone(category, zone, minutes):
    """Alpha and Beta: 7 minutes in a city's operational zone, 10 elsewhere in a city, 20 in rural areas
    (20 is not confirmed); Gamma: the longest norm, 40 (not confirmed). Counted from the call.

    Альфа і Бета: 7 хвилин в оперативній зоні міста, 10 в іншій частині міста, 20 у сільській місцевості
    (20 не підтверджено); Гамма: найдовший норматив, 40 (не підтверджено). Рахують від виклику.
    """
    due = deadline("arrive", received(category=category, zone=zone), Taken("assign", CAME + 3 * MINUTE))

    assert due is not None
    assert due.due_at == CAME + minutes * MINUTE
    assert due.verified == (minutes in (7, 10))


@pytest.mark.parametrize(("category", "zone"), [("delta", "city"), ("unknown", "city"), ("alpha", "unknown")])
def test_without_a_category_that_needs_a_crew_or_a_known_zone_there_is_no_norm(category, zone):
    """Delta needs no crew; where the category or the zone was not recorded, the norm is unknown, not zero.

    Дельта не потребує виїзду; де категорію чи зону не записано, норматив невідомий, а не нульовий.
    """
    assert deadline("arrive", received(category=category, zone=zone)) is None


def test_where_a_source_never_records_arrivals_nobody_is_late():
    """A loaded file that holds no arrivals says so, and its calls have no norm to keep.

    Завантажений файл без прибуттів так і каже, і його виклики не мають нормативу, якого треба дотримати.
    """
    assert deadline("arrive", received(unrecorded=["arrive", "close"])) is None
    assert deadline("arrive", received(unrecorded=["close"])) is not None


def test_arrival_on_the_last_second_is_in_time():
    """Ten minutes to the second are in time; a second more is late.

    Рівно десять хвилин — вчасно, на секунду більше — запізно.
    """
    arrived, late = CAME + 10 * MINUTE, CAME + 10 * MINUTE + timedelta(seconds=1)

    assert not deadline("arrive", received(), Taken("arrive", arrived)).is_late(now=late)
    assert deadline("arrive", received(), Taken("arrive", late)).is_late(now=late)


def test_the_norm_of_the_order_in_force_on_the_day_counts():
    """A call of 14 May 2020 is measured by order 111/2018, one of 15 May 2020 by order 357/2020; for the
    earlier order the same minutes are assumed, and marked as not confirmed.

    Виклик 14 травня 2020 року міряють за наказом № 111 2018 року, виклик 15 травня — за наказом № 357
    2020 року; для давнішого наказу ті самі хвилини припущено і позначено як не підтверджені.
    """
    before = deadline("arrive", received(at=datetime(2020, 5, 14, 20, 59, tzinfo=UTC)))
    after = deadline("arrive", received(at=datetime(2020, 5, 14, 21, tzinfo=UTC)))

    assert (before.law.act, before.verified) == ("111/2018", False)
    assert (after.law.act, after.verified) == ("357/2020", True)


def test_before_the_national_police_there_is_no_norm_but_a_call_is_registered_all_the_same():
    """A call of 6 November 2015 has no norm of arrival; registering it was a duty even then.

    Виклик 6 листопада 2015 року не має нормативу прибуття, але зареєструвати його були зобов’язані й тоді.
    """
    early = received(at=datetime(2015, 11, 6, 12, tzinfo=UTC))

    call.procedure.check([], early)
    assert deadline("arrive", early) is None
    assert call.arrival_norm("alpha", "city", on=date(2015, 11, 6)) is None
    assert call.arrival_norm("alpha", "city", on=date(2015, 11, 7)).amount == 10


def test_a_crime_goes_into_the_register_within_24_hours_of_the_report():
    """Where there are signs of a crime, the report is entered into the register of pre-trial investigations
    within 24 hours: 24 real hours, also on the night when the clock changes.

    Якщо є ознаки кримінального правопорушення, відомості вносять до ЄРДР протягом 24 годин — справжніх
    24 годин, також у ніч, коли переводять годинник.
    """
    saturday = datetime(2026, 3, 28, 10, tzinfo=KYIV).astimezone(UTC)

    due = deadline("register_crime", received(at=saturday, crime_signs=True))

    assert due.due_at == datetime(2026, 3, 29, 11, tzinfo=KYIV)
    assert not due.verified


def test_without_signs_of_a_crime_nothing_goes_into_the_register():
    """A call without signs of a crime sets no such term.

    Виклик без ознак кримінального правопорушення такого строку не має.
    """
    assert deadline("register_crime", received()) is None


def test_signs_found_on_the_spot_count_from_the_report():
    """Signs of a crime found on arrival, or named when the matter is closed, start no new 24 hours.

    Ознаки злочину, виявлені на місці або названі під час завершення, не починають нових 24 годин.
    """
    arrived = Taken("arrive", CAME + 9 * MINUTE, {"crime_signs": True})
    closed = Taken("close", CAME + 60 * MINUTE, {"outcome": "criminal"})

    assert deadline("register_crime", received(), arrived).due_at == CAME + timedelta(hours=24)
    assert deadline("register_crime", received(), closed).due_at == CAME + timedelta(hours=24)


def test_closing_the_call_does_not_end_the_duty_to_register_the_crime():
    """A closed call drops the norm of arrival, but the crime must still be registered, and may be.

    Завершений виклик уже не потребує прибуття, але злочин однаково треба зареєструвати, і це можливо.
    """
    history = (received(crime_signs=True), Taken("close", CAME + 5 * MINUTE, {"outcome": "criminal"}))

    assert state(*history).closed
    assert [due.step for due in state(*history).deadlines] == ["register_crime"]
    call.procedure.check(history, Taken("register_crime", CAME + timedelta(hours=3)))


def test_a_protocol_for_a_false_call_may_be_drawn_up_after_the_call_is_closed():
    """Article 183 of the Code of Administrative Offences: the protocol may come later; a crew may not.

    Стаття 183 КУпАП: протокол може бути складено й пізніше, а наряд уже не направляють.
    """
    history = [received(), Taken("close", CAME + 5 * MINUTE, {"outcome": "false_call"})]

    call.procedure.check(history, Taken("false_call", CAME + timedelta(days=1)))
    with pytest.raises(StepClosed, match="the case has ended"):
        call.procedure.check(history, Taken("assign", CAME + timedelta(days=1)))


def test_a_crew_may_be_sent_again_but_the_call_is_received_once():
    """Another crew may be sent in the same case; another report is another case.

    У тій самій справі можна направити ще один наряд; нове повідомлення — нова справа.
    """
    history = [received(), Taken("assign", CAME + MINUTE)]

    call.procedure.check(history, Taken("assign", CAME + 2 * MINUTE))
    with pytest.raises(StepClosed, match="it only opens a case"):
        call.procedure.check(history, received())


def test_the_police_may_arrive_at_once_on_their_own_finding():
    """What an officer found himself needs no crew to be sent.

    Те, що поліцейський виявив сам, не потребує направлення наряду.
    """
    call.procedure.check([received(channel="own_finding")], Taken("arrive", CAME))


def test_nobody_arrives_before_the_call():
    """Arrival earlier than the call is refused: one of the two times is wrong.

    Прибуття, раніше за виклик, не приймають: одне з двох значень хибне.
    """
    with pytest.raises(StepClosed, match="before the step it follows"):
        call.procedure.check([received()], Taken("arrive", CAME - timedelta(seconds=1)))


def test_when_forces_are_short_the_head_decides_and_it_is_written_down():
    """Order 357/2020, section VII, point 4: the head names extra forces. Only the head takes this step.

    Наказ № 357 2020 року, розділ VII, пункт 4: керівник визначає додаткові сили. Цей крок виконує лише
    керівник.
    """
    step = call.procedure.step("forces_shortage")

    assert step.roles == ("head",)
    assert step.law.article == "VII.4"
    call.procedure.check([received()], Taken("forces_shortage", CAME + MINUTE))


def test_before_the_criminal_procedure_code_no_entry_is_made_under_it():
    """The Criminal Procedure Code is in force from 20 November 2012: a day earlier its step is refused.

    Кримінальний процесуальний кодекс чинний з 20 листопада 2012 року: днем раніше його крок не приймають.
    """
    early = received(at=datetime(2012, 11, 18, 12, tzinfo=UTC), crime_signs=True)

    with pytest.raises(NotInForce, match="in force from 2012-11-20"):
        call.procedure.check([early], Taken("register_crime", datetime(2012, 11, 19, 21, 59, tzinfo=UTC)))
    call.procedure.check([early], Taken("register_crime", datetime(2012, 11, 19, 22, tzinfo=UTC)))
    assert deadline("register_crime", early) is None


def test_a_call_needs_its_channel_category_and_kind():
    """Nothing else is demanded of a duty officer while somebody waits for help.

    Поки людина чекає на допомогу, від чергового не вимагають більше нічого.
    """
    with pytest.raises(RecordInvalid) as caught:
        read_record(call.Call, {})

    assert set(caught.value.errors) == {"channel", "category", "kind"}


def test_what_was_not_checked_on_site_is_unknown_and_not_unconfirmed():
    """A call closed without a check on site says neither yes nor no.

    Виклик, завершений без перевірки на місці, не каже ні «так», ні «ні».
    """
    assert read_record(call.Close, {"outcome": "explained"}).confirmed is None
    assert read_record(call.Close, {"outcome": "no_offence", "confirmed": "no"}).confirmed is False
