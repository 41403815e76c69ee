"""Targets: who sets them for whom, on which basis, and how a changed one leaves the old one visible."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from varta.people import demo
from varta.people.scope import Reader, reading
from varta.people.tests.story import officer_at
from varta.results.ahead import loading, targets
from varta.results.ahead.models import Target
from varta.results.ahead.targets import TargetRefused, Wanted

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def wanted(**other):
    usual = {
        "indicator": "C05", "span": "year", "first": date(2026, 1, 1), "value": 0.9, "method": "decision",
        "basis": "Протокол наради 18.01.2026", "place": demo.HROMADA,
    }  # fmt: skip
    return Wanted(**(usual | other))


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def heads(db):
    """Return the heads of the sectors of two hromadas: of Andrii's and of Maria's."""
    made = [
        officer_at(login, "Варта Вигадана", "head", place, unit)
        for login, place, unit in (
            ("own", demo.HROMADA, demo.SECTOR),
            ("other", demo.OTHER_HROMADA, demo.OTHER_SECTOR),
        )
    ]
    return [(one, Reader.of(one, on=AT.date())) for one in made]


def refused(by, **other):
    with reading(by), pytest.raises(TargetRefused) as why:
        targets.set_target(wanted(**other), by=by, at=AT)
    assert set(why.value.texts) == {"uk", "en"}
    return why.value.field


def test_a_target_is_seen_by_who_answers_for_the_place_and_by_nobody_elsewhere(heads):
    (_, own), (_, other) = heads
    with reading(own):
        made = targets.set_target(wanted(), by=own, at=AT)
        assert list(targets.in_force(own)) == [made]

    with reading(other):
        assert list(targets.visible_to(other)) == []
        assert list(Target.objects.all()) == []  # the second wall alone


def test_a_changed_target_leaves_the_old_one_visible_with_the_reason(heads):
    (_, own), _ = heads
    with reading(own):
        first = targets.set_target(wanted(), by=own, at=AT)
        last = targets.correct(
            first, value=0.85, method="other", basis="Розрахунок", reason="Помилка в частці", by=own, at=AT
        )

        assert list(targets.editions(last)) == [first, last]
        assert [one.value for one in targets.in_force(own)] == [0.85]
        with pytest.raises(TargetRefused):
            targets.correct(first, value=0.8, method="other", basis="Ні", reason="Ще раз", by=own, at=AT)


def test_a_withdrawn_target_is_not_in_force_and_stays_in_the_list(heads):
    (_, own), _ = heads
    with reading(own):
        first = targets.set_target(wanted(), by=own, at=AT)
        targets.correct(first, value=None, method="decision", basis="Протокол", reason="Знято", by=own, at=AT)

        assert not targets.in_force(own).exists()
        assert targets.visible_to(own).count() == 2


def test_what_cannot_be_a_target_is_refused_and_the_field_is_named(heads):
    (_, own), _ = heads

    assert refused(own, basis="  ") == "basis"
    assert refused(own, indicator="C99") == "indicator"
    assert refused(own, place="UA99") == "place"
    assert refused(own, place=demo.OTHER_HROMADA) == "place"
    assert refused(own, first=date(2025, 1, 1)) == "first"
    assert refused(own, span="quarter", first=date(2026, 2, 1)) == "first"
    assert refused(own, value=1.5) == "value"
    assert refused(own, indicator="C01", value=900) == "sense"


def test_an_officer_who_does_not_set_targets_is_refused(db):
    andrii = Reader.of(
        officer_at("andrii", "Варта Вигадана", "hromada_officer", demo.HROMADA, demo.SECTOR), on=AT.date()
    )

    assert refused(andrii) == "value"


def test_the_database_lets_nobody_change_or_delete_a_target(heads):
    (_, own), _ = heads
    with reading(own):
        targets.set_target(wanted(), by=own, at=AT)
        for statement in ("UPDATE ahead_target SET value = 1", "DELETE FROM ahead_target"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_file_keeps_good_lines_and_gives_bad_ones_back_with_the_reason(db, tmp_path):
    file, rejects = tmp_path / "targets.csv", tmp_path / "rejects.csv"
    head = "indicator,place,unit,span,first,value,method,basis\n"
    good = f"C05,{demo.HROMADA},,year,2026-01-01,0.9,decision,Протокол\n"
    file.write_text(head + good + f"C77,{demo.HROMADA},,year,2026-01-01,0.9,decision,Протокол\n")

    with reading(Reader.system()) as system:
        found = [loading.load_targets(file, reject=rejects, by=system, at=AT) for _ in range(2)]

    assert [(one.added, one.there, len(one.rejected)) for one in found] == [(1, 0, 1), (0, 1, 1)]
    assert "C77" in rejects.read_text()


def test_the_page_sets_a_target_and_shows_it_to_its_own_area_only(heads):
    (own, _), (other, _) = heads
    client, stranger = Client(), Client()
    client.force_login(own)
    stranger.force_login(other)
    year = datetime.now(UTC).year
    form = {
        "indicator": "C05", "place": demo.HROMADA, "span": "year", "first": f"{year}-01-01", "value": "90",
        "method": "decision", "basis": "Протокол",
    }  # fmt: skip

    answer = client.post("/results/targets/new/", form)

    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert client.get(answer.url).status_code == 200
    assert "90,0" in client.get("/results/targets/").content.decode()
    assert stranger.get(answer.url).status_code == 404
    assert client.post("/results/targets/new/", form | {"basis": ""}).status_code == 400
