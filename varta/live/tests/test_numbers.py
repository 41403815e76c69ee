"""What /health and /metrics know of the live process."""

from django.test import Client

from varta.live.tests.conftest import wait_until


def reasons():
    return [reason for reason in Client().get("/health").json()["reasons"] if "live" in reason]


def told():
    return Client().get("/metrics").content.decode()


def test_health_names_a_live_process_that_is_missing(live):
    wait_until(lambda: not reasons())

    live.stop()

    wait_until(reasons)


def test_metrics_tell_open_boards_and_the_age_of_the_last_look(live, board, olena_there):
    listener = board(olena_there)

    wait_until(lambda: "varta_live_boards 1.0" in told())
    assert "varta_live_age_seconds" in told()
    assert "varta_live_behind_seconds" in told()
    listener.close()
    wait_until(lambda: "varta_live_boards 0.0" in told())
