"""Travel times by road from a server that speaks as Valhalla, and what happens when it does not answer."""

import socket
from collections.abc import Iterator

import numpy as np
import pytest

from varta.planning import Crew, Incident, recommend
from varta.planning.roads import Roads, travel_times
from varta.planning.tests.valhalla import Valhalla, running
from varta.planning.travel import GreatCircle, points

HERE, NORTH, ISLAND, SEA = (48.0, 35.0), (48.1, 35.0), (65.0, 35.0), (10.0, 35.0)


@pytest.fixture
def valhalla() -> Iterator[Valhalla]:
    with running() as server:
        yield server


@pytest.fixture
def roads(valhalla: Valhalla) -> Iterator[Roads]:
    client = Roads(valhalla.address, timeout_s=5)
    yield client
    client.close()


def places(number: int) -> np.ndarray:
    return np.column_stack((48 + np.arange(number) / 100, np.full(number, 35.0)))


@pytest.mark.parametrize("compact", [True, False])
def test_both_forms_of_the_answer_are_read(valhalla, roads, compact):
    valhalla.compact = compact

    times = roads.matrix(points([HERE, NORTH]), points([NORTH]))

    assert times.seconds.tolist() == [[600.0], [0.0]]
    assert (times.estimated_by, times.trouble) == ("roads", {})


def test_a_large_matrix_is_asked_in_requests_that_the_server_allows(valhalla, roads):
    times = roads.matrix(places(300), places(200))

    assert times.estimated_by == "roads"
    assert times.seconds[299, 7] == 6000 * 2.92
    assert max(len(one["sources"]) * len(one["targets"]) for one in valhalla.asked) <= 2500
    assert len(valhalla.asked) == 25


def test_more_origins_than_a_request_may_have_are_asked_in_parts(valhalla):
    valhalla.pairs = 40
    roads = Roads(valhalla.address, pairs=40, timeout_s=5)

    times = roads.matrix(places(100), places(2))

    assert times.estimated_by == "roads"
    assert times.seconds[99, 1] == 6000 * 0.98


def test_null_is_no_way_and_not_no_time(valhalla, roads):
    valhalla.nulls = True

    seconds = roads.matrix(points([HERE, NORTH]), points([NORTH, ISLAND])).seconds

    assert np.isnan(seconds).tolist() == [[False, True], [False, True]]


@pytest.mark.parametrize("nowhere", [ISLAND, SEA])
def test_one_place_that_no_road_reaches_does_not_spoil_the_others(valhalla, roads, nowhere):
    origins = np.vstack((places(50), points([nowhere])))

    times = roads.matrix(origins, points([HERE, NORTH]))

    assert times.estimated_by == "roads"
    assert np.isfinite(times.seconds[:50]).all()
    assert np.isnan(times.seconds[50]).all()


def test_an_unknown_place_is_not_asked_for(valhalla, roads):
    times = roads.matrix(points([(None, None), HERE]), points([NORTH, (None, None)]))

    assert np.isnan(times.seconds).tolist() == [[True, True], [False, True]]
    assert len(valhalla.asked[0]["sources"]) == len(valhalla.asked[0]["targets"]) == 1


def test_police_may_be_faster_than_the_cars_of_the_graph(valhalla):
    roads = Roads(valhalla.address, factor=0.8)

    assert roads.matrix(points([HERE]), points([NORTH])).seconds[0, 0] == pytest.approx(480)


def assert_straight(times, words: str) -> None:
    straight = GreatCircle().matrix(points([HERE]), points([NORTH]))

    assert times.estimated_by == "great_circle"
    assert times.seconds.tolist() == straight.seconds.tolist()
    assert words in times.trouble["uk"]
    assert times.trouble["en"].endswith("times are estimated by straight lines.")


def test_a_slow_server_is_not_waited_for(valhalla):
    valhalla.delay_s = 0.5

    times = Roads(valhalla.address, timeout_s=0.05).matrix(points([HERE]), points([NORTH]))

    assert_straight(times, "не встиг відповісти")


def test_no_server_is_said_in_the_result():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        times = Roads(address).matrix(points([HERE]), points([NORTH]))

    assert_straight(times, "недоступний")


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_refusal_is_said_in_the_result(valhalla, roads, status):
    valhalla.status, valhalla.body = status, b'{"error_code": 199, "error": "Unknown"}'

    assert_straight(roads.matrix(points([HERE]), points([NORTH])), f"код {status}")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"sources_to_targets": {"durations": [[1, 2]]}}',
        b'{"sources_to_targets": {"durations": [["soon"]]}}',
        b'{"sources_to_targets": {"durations": [[-5]]}}',
        b'{"sources_to_targets": [[{"distance": 5}]]}',
        b'{"sources_to_targets": {"durations": [[1], [1, 2]]}}',
    ],
)
def test_an_answer_that_is_not_understood_is_not_believed(valhalla, roads, body):
    valhalla.body = body

    assert_straight(roads.matrix(points([HERE]), points([NORTH])), "незрозуміла")


def test_a_server_that_failed_is_left_alone_for_a_while(valhalla):
    clock = [0.0]
    roads = Roads(valhalla.address, pause_s=30, clock=lambda: clock[0])
    valhalla.status = 503
    roads.matrix(points([HERE]), points([NORTH]))
    valhalla.status = 200

    clock[0] = 29.0
    paused = roads.matrix(points([HERE]), points([NORTH]))
    clock[0] = 31.0
    again = roads.matrix(points([HERE]), points([NORTH]))

    assert_straight(paused, "щойно не відповів")
    assert again.estimated_by == "roads"
    assert len(valhalla.asked) == 2


def test_what_was_answered_before_the_time_ran_out_is_used(valhalla):
    ticks = iter([0.0, 0.0, 0.0, 9.0, 9.0])
    roads = Roads(valhalla.address, pairs=1, timeout_s=2, clock=lambda: next(ticks))

    times = roads.matrix(points([HERE]), points([NORTH, NORTH]))

    straight = GreatCircle().matrix(points([HERE]), points([NORTH])).seconds[0, 0]
    assert times.estimated_by == "roads+great_circle"
    assert times.seconds.tolist() == [[600.0, straight]]


def test_without_an_address_times_are_by_straight_lines():
    assert travel_times("") == GreatCircle()


def test_a_recommendation_says_by_what_its_times_were_estimated(valhalla):
    crew, call = Crew("near", "Явір-12", *HERE), Incident("call", *NORTH, "alpha", "injury")

    by_road = recommend(call, [crew], travel=travel_times(valhalla.address))
    valhalla.status = 503
    elsewhere = Incident("call", 48.3, 35.0, "alpha", "injury")
    by_line = recommend(elsewhere, [crew], travel=travel_times(valhalla.address))

    assert (by_road.estimated_by, by_road.trouble) == ("roads", {})
    assert by_road.choice.arrival_s == 660
    assert by_line.estimated_by == "great_circle"
    assert "код 503" in by_line.trouble["uk"]


def test_only_what_is_new_is_asked_for(valhalla):
    travel = travel_times(valhalla.address)
    travel.matrix(places(30), places(20))
    valhalla.asked.clear()

    moved = places(30)
    moved[4] = (49.0, 35.0)
    new_call = np.vstack((places(20), points([(49.5, 35.0)])))
    times = travel.matrix(moved, new_call)

    assert times.estimated_by == "roads"
    assert [(len(one["sources"]), len(one["targets"])) for one in valhalla.asked] == [(30, 1), (1, 20)]
    np.testing.assert_allclose(times.seconds, 6000 * np.abs(moved[:, :1] - new_call[:, 0]), atol=1)


def test_what_was_estimated_by_straight_lines_is_asked_for_again(valhalla):
    clock = [0.0]
    from varta.planning.remembered import Remembered

    travel = Remembered(Roads(valhalla.address, clock=lambda: clock[0]))
    valhalla.status = 503
    assert travel.matrix(places(3), places(2)).estimated_by == "great_circle"
    valhalla.status, clock[0] = 200, 60.0

    assert travel.matrix(places(3), places(2)).estimated_by == "roads"


def test_a_crew_that_moved_a_few_metres_is_not_asked_for_again(valhalla):
    travel = travel_times(valhalla.address)
    travel.matrix(points([HERE]), points([NORTH]))

    travel.matrix(points([(48.0002, 35.0002)]), points([NORTH]))

    assert len(valhalla.asked) == 1


def test_memory_is_bounded(valhalla):
    from varta.planning import remembered

    travel = travel_times(valhalla.address)
    for first in range(0, 3 * remembered.MOST, 500):
        travel.matrix(places(1), np.column_stack((48 + (first + np.arange(500)) / 500, np.full(500, 35.0))))

    assert max(travel._known.shape) <= 2 * remembered.MOST
