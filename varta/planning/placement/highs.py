"""HiGHS behind one call: a mixed-integer problem in arrays, with a time limit and a way to stop it."""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from varta.lib.highs import quiet
from varta.planning.placement.instance import Floats

LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Problem:
    """Minimise cost @ x + constant with low <= rows @ x <= high and least <= x <= most (1 where not given)."""

    cost: Floats
    rows: csr_matrix
    low: Floats
    high: Floats
    whole: NDArray[np.bool_]  # columns that take whole numbers only
    least: Floats
    constant: float = 0.0
    most: Floats | None = None


@dataclass(frozen=True)
class Answer:
    """`x` is None where no solution was found; `infeasible` where it is proven that there is none."""

    x: Floats | None
    value: float
    bound: float
    infeasible: bool


def solve(
    problem: Problem,
    *,
    seconds: float,
    stop: Callable[[], bool],
    start: Floats | None = None,
    gap: float = 0.0,
    tell: Callable[[float, float], None] = lambda value, bound: None,
) -> Answer:
    """Return the best solution found and the proven bound. `start` is a feasible solution to begin with.

    `tell` gets value and bound as long as it runs.
    """
    model = quiet()
    model.setOptionValue("output_flag", False)
    model.passModel(_lp(problem))
    for name, value in (
        ("time_limit", max(seconds, 0.01)),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 1e-6),
        ("threads", 2),
        ("random_seed", 0),
    ):
        model.setOptionValue(name, value)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        given.value_valid = True
        model.setSolution(given)
    known: list[tuple[float, float]] = []
    model.cbMipInterrupt += lambda event: known.append(
        (event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
    )
    model.HandleUserInterrupt = True
    model.startSolve()
    while not model.wait(LOOK_EVERY_S)[0]:
        if stop():
            model.cancelSolve()  # type: ignore[no-untyped-call]
        if known:
            tell(*known[-1])
    return _answer(model)


def _lp(problem: Problem) -> highspy.HighsLp:
    rows = csr_matrix(problem.rows)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = rows.shape
    lp.col_cost_, lp.offset_ = problem.cost, problem.constant
    lp.col_lower_ = problem.least
    lp.col_upper_ = np.ones(rows.shape[1]) if problem.most is None else problem.most
    lp.row_lower_, lp.row_upper_ = problem.low, problem.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
    lp.integrality_ = [kinds[bool(one)] for one in problem.whole]
    return lp


def _answer(model: highspy.Highs) -> Answer:
    status, info = model.getModelStatus(), model.getInfo()
    infeasible = status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    )
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.array(model.getSolution().col_value) if found else None
    value = float(info.objective_function_value) if found else np.inf
    return Answer(x, value, float(info.mip_dual_bound), infeasible)
