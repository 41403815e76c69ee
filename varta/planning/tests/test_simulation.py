"""The simulation held against theory, and against what no simulation of crews may do."""

from itertools import pairwise

import numpy as np
import pytest

from varta.planning import Demand, OnScene, Settings
from varta.planning.policies import Diverting, NearestFree, Recommended, Relieving
from varta.planning.queueing import mean_wait_of_one_s, mean_wait_s, waits_at_all
from varta.planning.simulation import Call, Post, Rules, Unserved, replay, utilisation

HERE = (48.45, 35.05)
AT_ONCE = Rules(turnout_s=0.0, look_again_s=1e9)
SERVICE_S = 1800.0


def calls_by_chance(seed: int, *, number: int, per_s: float, service: str = "exponential") -> list[Call]:
    chance = np.random.default_rng(seed)
    at = np.cumsum(chance.exponential(1 / per_s, number))
    stay = chance.exponential(SERVICE_S, number) if service == "exponential" else np.full(number, SERVICE_S)
    return [Call(a, *HERE, "gamma", "noise", s) for a, s in zip(at.tolist(), stay.tolist(), strict=True)]


def scattered(seed: int, number: int = 60) -> list[Call]:
    """Calls over a region with every category, each with its own pace."""
    chance = np.random.default_rng(seed)
    at = np.sort(chance.uniform(0, 18_000, number))
    return [
        Call(
            received_s=float(moment),
            lat=float(48.3 + chance.uniform(0, 0.4)),
            lon=float(34.8 + chance.uniform(0, 0.6)),
            category=str(chance.choice(["alpha", "beta", "gamma"])),
            kind=str(chance.choice(["noise", "domestic_violence", "theft"])),
            on_scene_s=float(chance.lognormal(7.6, 0.6)),
            pace=float(chance.lognormal(-0.03, 0.25)),
        )
        for moment in at
    ]


POSTS = [Post(f"Явір-{n}", 48.3 + n * 0.05, 34.8 + (n * 7 % 8) * 0.08) for n in range(8)]
POSTS += [Post("Омега-1", 48.5, 35.1, force="violence_group")]
DEMAND = Demand.learnt(np.array([(call.lat, call.lon) for call in scattered(99)]), hours=5)
POLICIES = {
    "nearest": NearestFree(),
    "recommended": Recommended(DEMAND),
    "diverting": Diverting(Recommended(DEMAND)),
    "relieving": Relieving(Diverting(Recommended(DEMAND))),
}


def mean_and_error(values: list[float]) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))


@pytest.mark.parametrize("policy", [NearestFree(), Recommended()], ids=["nearest", "recommended"])
@pytest.mark.parametrize(("crews", "busy"), [(1, 0.7), (5, 0.8)])
def test_waits_are_those_of_erlang(policy, crews, busy):
    per_s = busy * crews / SERVICE_S
    means, waited = [], []
    for seed in range(8):
        served = replay(
            calls_by_chance(seed, number=600, per_s=per_s),
            [Post(str(n), *HERE) for n in range(crews)],
            policy,
            AT_ONCE,
        )
        waits = np.array([one.sent_s - one.received_s for one in served[100:]])
        means.append(waits.mean())
        waited.append((waits > 0).mean())

    for values, theory in (
        (means, mean_wait_s(crews, per_s, SERVICE_S)),
        (waited, waits_at_all(crews, crews * busy)),
    ):
        mean, error = mean_and_error(values)
        assert abs(mean - theory) < 3.5 * error


def test_a_fixed_time_at_calls_halves_the_wait_as_pollaczek_and_khinchine_say():
    per_s = 0.7 / SERVICE_S
    means = []
    for seed in range(10):
        served = replay(
            calls_by_chance(seed, number=600, per_s=per_s, service="fixed"),
            [Post("one", *HERE)],
            NearestFree(),
            AT_ONCE,
        )
        means.append(np.mean([one.sent_s - one.received_s for one in served[100:]]))

    mean, error = mean_and_error(means)
    theory = mean_wait_of_one_s(per_s, SERVICE_S, 0.0)
    assert theory == pytest.approx(mean_wait_s(1, per_s, SERVICE_S) / 2)
    assert abs(mean - theory) < 3.5 * error


def test_crews_are_as_busy_as_the_load_that_is_offered():
    shares = []
    for seed in range(6):
        posts = [Post(str(n), *HERE) for n in range(4)]
        served = replay(calls_by_chance(seed, number=800, per_s=2 / SERVICE_S), posts, NearestFree(), AT_ONCE)
        shares.append(utilisation(served, posts, since_s=0, until_s=served[-1].received_s))

    mean, error = mean_and_error(shares)
    assert abs(mean - 0.5) < 3.5 * error


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("seed", range(3))
def test_each_call_is_served_once_and_no_crew_is_in_two_places(policy, seed):
    calls = scattered(seed)

    served = replay(calls, POSTS, policy)

    assert [one.call for one in served] == list(range(len(calls)))
    by_post = {n: sorted((s.sent_s, s.freed_s) for s in served if s.post == n) for n in range(len(POSTS))}
    for trips in by_post.values():
        assert all(freed <= sent for (_, freed), (sent, _) in pairwise(trips))
        assert len(trips) == len(set(trips))
    for one in served:
        call = calls[one.call]
        assert call.received_s <= one.sent_s < one.arrived_s
        assert one.freed_s == pytest.approx(one.arrived_s + call.on_scene_s)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_the_same_period_gives_the_same_history(policy):
    assert replay(scattered(5), POSTS, policy) == replay(scattered(5), POSTS, policy)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_a_special_force_answers_what_wants_it_and_what_cannot_wait(policy):
    calls = scattered(7)

    served = replay(calls, POSTS, policy)

    by_group = [calls[one.call] for one in served if POSTS[one.post].force == "violence_group"]
    assert {one.kind for one in by_group if one.category != "alpha"} == {"domestic_violence"}


def test_a_way_takes_the_expected_time_at_the_calls_own_pace():
    rules = Rules(turnout_s=60)
    away = (48.55, 35.05)
    plain = replay([Call(0, *away, "alpha", "injury", 10)], [Post("one", *HERE)], NearestFree(), rules)
    slow = replay(
        [Call(0, *away, "alpha", "injury", 10, pace=1.5)], [Post("one", *HERE)], NearestFree(), rules
    )

    assert slow[0].arrival_s - 60 == pytest.approx(1.5 * (plain[0].arrival_s - 60))


@pytest.mark.parametrize(("returns", "nearer"), [(True, 0), (False, 1)])
def test_a_crew_returns_to_its_base_or_stays(returns, nearer):
    posts = [Post("west", 48.45, 35.0), Post("east", 48.45, 35.5)]
    drawn_west = Call(0, 48.45, 35.3, "gamma", "noise", 60)  # the eastern one goes, and is drawn to the west
    later = Call(30_000, 48.45, 35.20, "gamma", "noise", 60)

    served = replay([drawn_west, later], posts, NearestFree(), Rules(returns=returns))

    assert [one.post for one in served] == [1, nearer]


def test_nobody_is_sent_before_the_shift_or_after_it():
    posts = [Post("night", *HERE, until_s=1000), Post("day", *HERE, since_s=5000)]
    calls = [Call(at, *HERE, "gamma", "noise", 60) for at in (500, 2000, 6000)]

    served = replay(calls, posts, NearestFree(), Rules(turnout_s=0))

    assert [(one.post, one.sent_s) for one in served] == [(0, 500), (1, 5000), (1, 6000)]


def test_who_works_when_the_shift_ends_finishes_first():
    posts = [Post("night", *HERE, until_s=1000), Post("day", *HERE, since_s=3000)]
    calls = [Call(900, *HERE, "gamma", "noise", 600), Call(1600, *HERE, "gamma", "noise", 60)]

    served = replay(calls, posts, NearestFree(), Rules(turnout_s=0))

    assert [(one.post, one.freed_s) for one in served] == [(0, 1500), (1, 3060)]


def test_calls_that_nobody_can_serve_are_an_error():
    with pytest.raises(Unserved, match="1 of 1 calls"):
        replay([Call(2000, *HERE, "gamma", "noise", 60)], [Post("night", *HERE, until_s=1000)], NearestFree())


def test_a_policy_that_sends_a_busy_crew_is_refused():
    def both_to_one(incidents, crews):
        return [(one.key, crews[0].key) for one in incidents]

    calls = [Call(0, *HERE, "gamma", "noise", 600), Call(60, *HERE, "gamma", "noise", 600)]

    with pytest.raises(ValueError, match="on_scene, to call 1"):
        replay(calls, [Post("one", *HERE)], both_to_one, Rules(turnout_s=0))


def test_a_diverted_crew_arrives_where_it_was_diverted_to_and_its_call_waits_again():
    far, near = (48.8, 35.05), (48.47, 35.05)

    def divert(incidents, crews):
        urgent = [one for one in incidents if one.category == "alpha"]
        return [
            (one.key, crews[0].key)
            for one in (urgent or incidents)
            if crews[0].state == "free" or (urgent and crews[0].state == "on_the_way")
        ][:1]

    calls = [Call(0, *far, "gamma", "noise", 600), Call(120, *near, "alpha", "injury", 600)]

    first, second = replay(calls, [Post("one", *HERE)], divert, Rules(returns=False))

    assert second.arrived_s < first.arrived_s
    assert (first.changes, second.changes) == (1, 0)


def test_a_relieved_crew_is_free_and_the_nearer_one_arrives():
    near, far = Post("near", *HERE), Post("far", 48.65, 35.05)
    calls = [Call(0, *HERE, "gamma", "noise", 300), Call(60, 48.46, 35.05, "gamma", "noise", 600)]

    plain = replay(calls, [near, far], NearestFree())
    swapped = replay(calls, [near, far], Relieving(Recommended(settings=Settings(may_wait=frozenset()))))

    assert [one.post for one in plain] == [0, 1]
    assert [one.post for one in swapped] == [0, 0]
    assert swapped[1].arrived_s < plain[1].arrived_s
    assert swapped[1].changes == 1


def test_the_desk_expects_what_is_left_and_does_not_know_it():
    seen = []

    def watch(incidents, crews):
        seen.append(crews[0].free_in_s)
        return NearestFree()(incidents, crews)

    calls = [Call(0, *HERE, "gamma", "noise", 5000), Call(1000, *HERE, "gamma", "noise", 10)]
    on_scene = OnScene(median_s=1200, spread=0.6)

    replay(calls, [Post("one", *HERE)], watch, Rules(turnout_s=0, on_scene=on_scene))

    assert seen[1] == pytest.approx(on_scene.left(1000))
