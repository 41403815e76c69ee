"""Plans against brute force, published optima, and conditions that cannot be kept."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from varta.planning.placement import cover, instance, median, orlib


def graph(seed: int, vertices: int, edges: int) -> list[tuple[int, int, int]]:
    chance = np.random.default_rng(seed)
    found = {(n, n + 1): int(chance.integers(1, 101)) for n in range(1, vertices)}
    while len(found) < edges:
        one, other = sorted(int(n) + 1 for n in chance.choice(vertices, 2, replace=False))
        found.setdefault((one, other), int(chance.integers(1, 101)))
    return [(one, other, cost) for (one, other), cost in found.items()]


def write(path: Path, edges: list[tuple[int, int, int]], vertices: int, wanted: int) -> Path:
    lines = [f"{vertices} {len(edges)} {wanted}", *(" ".join(map(str, edge)) for edge in edges)]
    path.write_text("\n".join(lines) + "\n")
    return path


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 9), st.integers(4, 9), st.integers(1, 4))
def test_a_plan_is_as_cheap_as_the_best_of_all_plans(seed, clients, sites, wanted):
    matrix = np.random.default_rng(seed).integers(0, 30, (clients, sites)).astype(float)
    best = min(matrix[:, list(plan)].min(axis=1).sum() for plan in combinations(range(sites), wanted))

    answer = median.solve(instance.of_matrix(matrix), wanted, seconds=20)

    assert (answer.value, answer.bound, answer.stopped) == (best, best, "proven")
    assert len(answer.chosen) == wanted


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_fixed_and_forbidden_sites_are_kept(seed):
    chance = np.random.default_rng(seed)
    matrix = chance.random((8, 8)) * 20
    fixed, forbidden = {int(chance.integers(0, 4))}, {int(chance.integers(4, 8))}
    plans = [p for p in combinations(range(8), 3) if fixed <= set(p) and not forbidden & set(p)]
    best = min(matrix[:, list(plan)].min(axis=1).sum() for plan in plans)

    answer = median.solve(instance.of_matrix(matrix), 3, fixed=fixed, forbidden=forbidden, seconds=20)

    assert answer.value == pytest.approx(best)
    assert fixed <= set(answer.chosen) and not forbidden & set(answer.chosen)


@pytest.mark.parametrize("wanted", [5, 12, 30])
def test_branching_and_programs_agree_on_a_larger_graph(tmp_path, wanted, monkeypatch):
    read = orlib.read(write(tmp_path / "g.txt", graph(wanted, 90, 180), 90, wanted))
    problem = instance.of_matrix(read.distances)

    answers = []
    for few in (0, 90):  # all by HiGHS, then all by branching
        monkeypatch.setattr(median, "FEW", few)
        answers.append(median.solve(problem, wanted, seconds=60))

    assert answers[0].value == answers[1].value == answers[0].bound == answers[1].bound


def test_a_bound_holds_when_clients_know_only_the_nearest_sites():
    chance = np.random.default_rng(7)
    clients, sites = chance.random((60, 2)), chance.random((25, 2))
    weights = chance.integers(1, 100, 60).astype(float)
    everything = median.solve(instance.of_points(clients, sites, weights, depth=25), 6, seconds=20)

    shortened = median.solve(instance.of_points(clients, sites, weights, depth=8), 6, seconds=20)

    assert shortened.bound <= everything.value * (1 + 1e-9)
    assert shortened.value >= everything.value * (1 - 1e-9)


def test_a_stopped_solve_still_gives_a_plan_with_a_bound(tmp_path):
    read = orlib.read(write(tmp_path / "g.txt", graph(3, 200, 800), 200, 5))

    answer = median.solve(instance.of_matrix(read.distances), 5, cancelled=lambda: True)

    assert answer.stopped == "cancelled"
    assert len(answer.chosen) == 5 and answer.bound <= answer.value


@pytest.mark.parametrize(
    ("wanted", "fixed", "forbidden", "said"),
    [
        (2, {0, 1, 2}, (), "3 sites are fixed"),
        (2, {0}, {0}, "fixed and forbidden"),
        (5, (), {0}, "only 4 are not forbidden"),
        (0, (), (), "At least one"),
        (1, {9}, (), "no site 9"),
    ],
)
def test_conditions_that_conflict_are_named(wanted, fixed, forbidden, said):
    with pytest.raises(median.Infeasible, match=said):
        median.solve(instance.of_matrix(np.ones((3, 5))), wanted, fixed=fixed, forbidden=forbidden)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("2 1 1\n1 x 3\n", "line 2"),
        ("2 1 3\n1 2 3\n", "must lie between"),
        ("2 2 1\n1 2 3\n", "announces 2 edges"),
        ("2 1 1\n1 5 3\n", "numbered 1 to 2"),
        ("2 1 1\n1 2 -3\n", "negative"),
        ("3 1 1\n1 2 3\n", "not connected"),
    ],
)
def test_a_file_that_is_no_graph_is_refused_with_its_line(tmp_path, text, said):
    (tmp_path / "g.txt").write_text(text)

    with pytest.raises(orlib.FileRefused, match=said):
        orlib.read(tmp_path / "g.txt")


def test_of_a_repeated_edge_the_last_cost_counts(tmp_path):
    (tmp_path / "g.txt").write_text("2 2 1\n1 2 9\n2 1 4\n")

    assert orlib.read(tmp_path / "g.txt").distances[0, 1] == 4


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_a_covering_is_as_good_as_the_best_of_all(seed, officers):
    chance = np.random.default_rng(seed)
    near, weights = chance.random((12, 7)) < 0.3, chance.integers(1, 50, 12).astype(float)
    best = max(weights[near[:, list(plan)].any(axis=1)].sum() for plan in combinations(range(7), officers))

    answer = cover.solve(csr_matrix(near), weights, officers, seconds=20)

    assert (answer.value, answer.bound, answer.stopped) == (
        pytest.approx(best),
        pytest.approx(best),
        "proven",
    )


def test_limits_groups_and_present_officers_are_kept():
    near = csr_matrix(np.eye(6))
    weights = np.array([9.0, 8, 7, 1, 1, 1])
    kept = cover.Conditions(fixed={3: 1}, limit={0: 2}, group=list("aaabbb"), least={"b": 2}, most={"a": 2})

    answer = cover.solve(near, weights, 4, kept, seconds=20)

    assert answer.value == 9 + 8 + 1 + 1
    assert answer.officers[3] == 1 and sum(answer.officers.values()) == 4


def test_of_conditions_that_conflict_only_those_are_named():
    kept = cover.Conditions(fixed={0: 1}, group=list("aabb"), least={"a": 2, "b": 2}, most={"b": 1})

    with pytest.raises(median.Infeasible) as refused:
        cover.solve(csr_matrix(np.eye(4)), np.ones(4), 3, kept)

    assert "at least 2 in b" in str(refused.value) and "at most 1 in b" in str(refused.value)
    assert "in a" not in str(refused.value) and "fixed" not in str(refused.value)
