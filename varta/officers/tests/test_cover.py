"""Cover on a day: what an appointment, a merger, occupation and unknown figures make of it, and who sees it."""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pytest
from django.test import Client

from varta.cases import actions
from varta.lib.uuid7 import uuid7
from varta.officers import covering
from varta.officers.covering import Cover, Line
from varta.officers.tests.conftest import HROMADA, NOW, OTHER_HROMADA
from varta.people.demo import MAIN_DIRECTORATE
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.places import bulk
from varta.places.models import Beat, Territory, TerritoryChange, TerritoryFact
from varta.planning.coverage import People

BEFORE, FIRST = date(2019, 11, 19), date(2019, 11, 20)  # of the appointment
CENTRE = (48.55, 34.85)


@pytest.fixture
def known(db) -> list[str]:
    """Say where the settlements of the hromada lie and how many people live in the first two; return their codes."""
    codes = list(
        Territory.objects.filter(hromada=HROMADA, level=4).order_by("pre").values_list("code", flat=True)
    )
    rows = [
        (code, CENTRE[0] + 0.1 * nth * nth, CENTRE[1], 3_000 + 1_000 * nth if nth < 2 else None)
        for nth, code in enumerate(codes)
    ]
    bulk.update_from(Territory, ("code", "lat", "lon", "population"), rows)
    return codes


@pytest.fixture
def on(kateryna: Reader) -> Callable[..., Cover]:
    def cover_on(day: date, reader: Reader | None = None) -> Cover:
        with reading(reader or kateryna) as by:
            return covering.cover(by, day)

    return cover_on


def line(found: Cover, code: str = HROMADA) -> Line:
    return found.lines[found.snapshot.row_of[code]]


def fact(kind: str, since: str, until: str | None, place: str = HROMADA) -> None:
    TerritoryFact.objects.create(place_id=place, kind=kind, since=since, until=until, source="вигадано")


def test_a_hromada_is_covered_from_the_day_of_the_appointment(candidate, on):
    candidate().comes_to("appoint")

    assert (line(on(BEFORE)).officers, line(on(BEFORE)).state) == (0, "empty")
    assert (line(on(FIRST)).officers, line(on(FIRST)).state) == (1, "covered")
    assert covering.sums(on(FIRST).lines).covered == 1


def test_a_past_day_is_counted_as_it_was_after_a_transfer(candidate, on):
    candidate().comes_to("appoint").does("transfer", hromada=OTHER_HROMADA, since="2020-03-01")

    assert line(on(date(2020, 2, 29))).officers == 1
    assert (line(on(date(2020, 3, 1))).officers, line(on(date(2020, 3, 1)), OTHER_HROMADA).officers) == (0, 1)
    assert line(on(FIRST)).officers == 1


def test_without_any_officer_nobody_is_near_and_nothing_is_known_of_minutes(known, on):
    found = line(on(FIRST))

    assert (found.officers, found.each, found.beside, found.median) == (0, None, "none", None)
    assert (found.timed, found.settlements) == (0, len(known))


def test_minutes_follow_from_where_the_officer_stands(candidate, known, on):
    candidate().comes_to("appoint")

    found = line(on(FIRST))

    # Without a centre the officer stands at the largest settlement whose point is known: the second.
    assert found.timed == found.settlements == len(known)
    assert 0 < found.median < found.farthest
    assert 0 < found.within < found.timed


def test_unknown_people_are_not_zero_and_a_part_is_a_lower_bound(candidate, known, on):
    candidate().comes_to("appoint")
    Territory.objects.filter(hromada=OTHER_HROMADA, level=4).update(population=None)

    found = on(FIRST)

    assert line(found).people == People(7_000, whole=False)
    assert line(found).beside == "above"  # 7,000 at least of one officer, and the rural norm is 6,000
    assert line(found, OTHER_HROMADA).people == People(None)
    assert line(found, OTHER_HROMADA).each is None


def test_a_lower_bound_below_the_norm_says_nothing(candidate, known, on):
    candidate().comes_to("appoint")
    candidate().comes_to("appoint")

    assert (line(on(FIRST)).officers, line(on(FIRST)).beside) == (2, "unknown")


def test_stated_people_are_measured_by_the_kind_of_hromada(candidate, on):
    candidate().comes_to("appoint")
    Territory.objects.filter(code=HROMADA).update(population=6_500, kind="urban")
    urban = line(on(FIRST))
    Territory.objects.filter(code=HROMADA).update(kind="rural")
    rural = line(on(FIRST))

    assert (urban.norm, urban.beside) == (7_000, "within")
    assert (rural.norm, rural.beside) == (6_000, "above")


def test_an_occupied_hromada_is_apart_on_those_days_only(candidate, on):
    candidate().comes_to("appoint")
    fact("occupied", "2022-03-01", "2022-10-01")

    days = {day: on(date.fromisoformat(day)) for day in ("2022-02-28", "2022-03-01", "2022-10-01")}

    sums = {day: covering.sums(found.lines) for day, found in days.items()}
    assert [one.base for one in sums.values()] == [1469, 1468, 1469]
    assert [one.covered for one in sums.values()] == [1, 0, 1]
    assert [one.officers_apart for one in sums.values()] == [0, 1, 0]
    assert line(days["2022-03-01"]).state == "occupied"


def test_a_front_line_hromada_is_apart_and_crimea_is_never_in_the_base(on):
    fact("front_line", "2019-01-01", None)

    found = covering.sums(on(FIRST).lines)

    assert (found.base, found.front_line, found.occupied) == (1468, 1, 303)


def test_a_hromada_that_joined_another_keeps_its_past_and_its_officers_are_named_apart(candidate, on):
    candidate().comes_to("appoint")
    day = date(2021, 1, 1)
    Territory.objects.filter(code=HROMADA).update(valid_to=day, became=OTHER_HROMADA)
    for settlement in Territory.objects.filter(hromada=HROMADA, level=4):
        TerritoryChange.objects.create(territory=settlement, what="parent", was=HROMADA, until=day)
    Territory.objects.filter(hromada=HROMADA, level=4).update(hromada=OTHER_HROMADA, parent=OTHER_HROMADA)

    before, after = on(date(2020, 12, 31)), on(day)

    assert (line(before).officers, line(before).settlements > 0, before.elsewhere) == (1, True, [])
    assert HROMADA not in after.snapshot.row_of
    assert [(one.place.code, one.officers) for one in after.elsewhere] == [(HROMADA, 1)]
    assert line(after, OTHER_HROMADA).settlements > line(before, OTHER_HROMADA).settlements
    assert covering.sums(after.lines).covered == 0


def test_beats_are_beside_the_norm_of_their_kind_and_day(on):
    columns = {"hromada_id": HROMADA, "source": "вигадано", "since": date(2019, 1, 1)}
    Beat.objects.create(code="1", name="1", kind="rural", population=6_001, **columns)
    Beat.objects.create(code="2", name="2", kind="urban", population=7_000, **columns)
    Beat.objects.create(code="3", name="3", kind="rural", **columns)

    found = line(on(FIRST))

    assert (found.beats, found.beats_above, found.beats_unknown) == (3, 1, 1)
    assert line(on(date(2018, 12, 31))).beats == 0


def test_a_head_of_an_oblast_sees_that_oblast_and_nobody_elsewhere(candidate, on, halyna, lesia):
    candidate().comes_to("appoint")

    own, other = on(FIRST, halyna), on(FIRST, lesia)

    assert {one.hromada.oblast for one in own.lines} == {"UA12000000000090473"}
    assert covering.sums(own.lines).officers == 1
    assert HROMADA not in other.snapshot.row_of
    assert covering.sums(other.lines).officers == 0 and len(other.post_of) == 0


def test_an_officer_of_a_hromada_sees_the_cover_of_that_hromada_alone(candidate, on, andrii, maria):
    candidate().comes_to("appoint")

    own = on(FIRST, Reader.of(andrii, on=FIRST))
    other = on(FIRST, Reader.of(maria, on=FIRST))

    assert [(one.hromada.code, one.officers) for one in own.lines] == [(HROMADA, 1)]
    assert [(one.hromada.code, one.officers) for one in other.lines] == [(OTHER_HROMADA, 0)]


@pytest.fixture
def signed(kateryna: Reader) -> Callable[..., None]:
    """Return what takes the steps of the memorandum of the hromada, each with its record and its day."""

    def told(*steps: tuple[str, str, dict]) -> None:
        case = None
        for step, day, data in steps:
            with reading(kateryna):
                entry = actions.take(
                    key=uuid7(NOW), procedure="hromada_memorandum", step=step, data=data | {"on": day}, by=kateryna,
                    at=datetime.fromisoformat(f"{day}T09:00:00+00:00"), received_at=NOW, case=case,
                    place=HROMADA if case is None else None, unit=MAIN_DIRECTORATE if case is None else None,
                )  # fmt: skip
            case = case or entry.key

    return told


APPLIED = ("apply", "2019-05-02", {"hromada": HROMADA, "officers": 2})
SIGNED = ("sign", "2019-06-03", {"officers": 2})


def test_officers_stand_at_the_open_stations_of_their_hromada(candidate, known, on, signed):
    candidate().comes_to("appoint")
    station = {"number": 1, "settlement": known[2]}
    signed(
        APPLIED, SIGNED, ("station", "2019-12-02", station), ("close_station", "2020-02-03", {"number": 1})
    )

    where = {
        day: on(date.fromisoformat(day)).posts.tolist() for day in ("2019-12-01", "2019-12-02", "2020-02-03")
    }

    third, second = [[CENTRE[0] + 0.4, CENTRE[1]]], [[CENTRE[0] + 0.1, CENTRE[1]]]
    assert [where["2019-12-01"], where["2019-12-02"], where["2020-02-03"]] == [
        pytest.approx(np.array(one)) for one in (second, third, second)
    ]


def test_a_memorandum_is_shown_as_it_stood_on_the_day(on, signed, page):
    signed(APPLIED, SIGNED)

    assert (line(on(date(2019, 6, 2))).signed, line(on(date(2019, 6, 3))).signed) == (False, True)
    assert "заявки не подавала" in page(f"/officers/cover/{HROMADA}/", on="2019-05-01")
    assert "подано заявку" in page(f"/officers/cover/{HROMADA}/", on="2019-06-02")
    text = page(f"/officers/cover/{HROMADA}/", on="2019-06-03")
    assert "щонайбільше 2 офіцери" in text and "/officers/memoranda/" in text


# Pages.


@pytest.fixture
def page(client: Client, kateryna: Reader, settings) -> Callable[..., str]:
    """Return what opens a page as the coordinator, and gives its text."""
    settings.DEMO = True
    client.force_login(Officer.objects.get(login="kateryna"))

    def opened(address: str, status: int = 200, **asked: str) -> str:
        answer = client.get(address, asked)
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    return opened


def test_the_page_of_the_country_shows_base_map_and_table_of_the_day(candidate, page):
    candidate().comes_to("appoint")

    text = page("/officers/cover/", on="2019-11-20", only="covered")

    assert "1469".replace("1", "1\u00a0", 1) in text
    assert "Обухівська громада" in text and f'"{HROMADA}": "covered"' in text
    assert "19.01.2024" in text  # no list of that day is known, and the page says which is shown
    assert "Слобожанська громада" not in text


@pytest.mark.parametrize("measure", ["covered", "officers", "each", "minutes"])
def test_each_measure_has_its_legend(candidate, page, measure):
    candidate().comes_to("appoint")

    text = page("/officers/cover/", on="2019-11-20", show=measure)

    assert f"swatch {measure}" in text


@pytest.mark.parametrize(
    "asked", [{"on": "2019-02-30"}, {"minutes": "0"}, {"minutes": "x"}, {"show": "x"}, {"oblast": "UA99"}]
)
def test_a_wrong_choice_is_told_and_nothing_is_counted(page, asked):
    text = page("/officers/cover/", 400, **asked)

    assert 'class="error"' in text and "cover-classes" not in text


@pytest.mark.parametrize("sort", ["name", "-officers", "-each", "median", "-within", "state", "nonsense"])
def test_every_order_works_and_what_is_unknown_goes_last(candidate, page, sort):
    candidate().comes_to("appoint")

    assert "Обухівська громада" in page("/officers/cover/", on="2019-11-20", sort=sort, all="1")


def test_pages_of_the_table_follow_one_another(page):
    assert "page=2" in page("/officers/cover/", on="2019-11-20")
    assert page("/officers/cover/", on="2019-11-20", all="1").count('class="first"') == 1772


def test_a_hromada_has_its_own_page_with_officers_settlements_and_beats(candidate, known, page):
    candidate().comes_to("appoint")
    Beat.objects.create(
        code="1", name="Дільниця № 1", kind="rural", hromada_id=HROMADA, population=6_001,
        source="вигадано", since=date(2019, 1, 1), is_invented=True,
    )  # fmt: skip

    text = page(f"/officers/cover/{HROMADA}/", on="2019-11-20")

    assert "Кандидатенко" in text and "20.11.2019" in text and "/officers/candidates/" in text
    assert "Дільниця № 1" in text and "понад норму" in text and "вигадано" in text
    assert text.count('data-name="Хвилин"') == len(known)


def test_a_hromada_that_ceased_says_so_and_names_its_heir(page):
    Territory.objects.filter(code=HROMADA).update(valid_to=date(2021, 1, 1), became=OTHER_HROMADA)

    text = page(f"/officers/cover/{HROMADA}/", on="2021-01-01")

    assert "01.01.2021" in text and OTHER_HROMADA in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_goes_out_as_a_file_and_who_took_it_is_written_down(candidate, client, page, form):
    candidate().comes_to("appoint")
    page("/officers/cover/", on="2019-11-20")

    answer = client.get(f"/officers/cover/export.{form}", {"on": "2019-11-20", "only": "covered"})

    assert answer.status_code == 200
    if form == "csv":
        [head, one] = answer.content.decode("utf-8-sig").splitlines()
        assert head.startswith("код,громада") and one.startswith(f"{HROMADA},Обухівська громада")


def test_an_analyst_sees_how_many_serve_and_no_names(candidate, client, settings):
    from varta.people.tests.story import officer_at

    settings.DEMO = True
    candidate().comes_to("appoint")
    client.force_login(officer_at("anton", "Антон Показник", "analyst", "UA", "NPU"))

    text = client.get(f"/officers/cover/{HROMADA}/", {"on": "2019-11-20"}).content.decode()

    assert "офіцер 1" in text and "Кандидатенко" not in text


def test_who_has_nothing_to_do_with_the_programme_finds_no_page(client, olena, settings):
    settings.DEMO = True
    client.force_login(olena)

    for address in ("", "export.csv", f"{HROMADA}/"):
        assert client.get(f"/officers/cover/{address}").status_code == 404


def test_the_hromada_of_another_is_absent_for_its_neighbour(client, maria, settings):
    settings.DEMO = True
    client.force_login(maria)

    assert client.get(f"/officers/cover/{OTHER_HROMADA}/").status_code == 200
    assert client.get(f"/officers/cover/{HROMADA}/").status_code == 404
    assert client.get("/officers/cover/export.csv").status_code == 404
